"""Auto-number: a running number made by the platform."""

from typing import Annotated

import sqlalchemy as sa
from pydantic import Field

from guanxi.fields.capabilities import TEXT_OPERATORS, Aggregate, Family, ValueKind
from guanxi.fields.field_type import FieldOptions, FieldType, ReadingContext
from guanxi.fields.number_pattern import InvalidPatternError, read_pattern
from guanxi.fields.plain_text import read_line
from guanxi.kit.text import Locale, Text

BROKEN_PATTERN = Text(
    zh="编号规则里要有且只有一个流水号，例如 OPP-{{YYYY}}{{MM}}-{{0000}}。",
    en="The pattern needs exactly one running number, as in OPP-{{YYYY}}{{MM}}-{{0000}}.",
).fill()


class AutoNumberOptions(FieldOptions):
    """What the number looks like."""

    pattern: Annotated[str, Field(min_length=1, max_length=60)] = "{0000}"


class AutoNumber(FieldType[AutoNumberOptions]):
    """A running number. Nobody writes it; reading one is for filters and for links found by number."""

    name = "auto_number"
    label = Text(zh="自动编号", en="Auto-number")
    description = Text(
        zh="系统自动生成的流水号",
        en="A running number made by the system",
    )
    family = Family.CODES
    icon = "list-ordered"
    options_model = AutoNumberOptions
    value_kind = ValueKind.TEXT
    operators = TEXT_OPERATORS
    aggregates = (Aggregate.COUNT_FILLED,)
    searchable = True
    writable = False
    can_be_unique = True

    def column_type(self, options: AutoNumberOptions) -> sa.types.TypeEngine[str]:
        return sa.Text()

    def parse(self, raw: object, options: AutoNumberOptions, context: ReadingContext) -> str | None:
        return read_line(raw, most=200)

    def to_text(self, value: object, options: AutoNumberOptions, locale: Locale) -> str:
        return str(value)

    def check_options(self, options: AutoNumberOptions) -> list[Text]:
        try:
            read_pattern(options.pattern)
        except InvalidPatternError:
            return [BROKEN_PATTERN]
        return []
