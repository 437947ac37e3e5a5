"""Long text: several lines."""

from typing import Annotated

import sqlalchemy as sa
from pydantic import Field

from guanxi.fields.capabilities import EMPTINESS, PARTS, Aggregate, Family, ValueKind
from guanxi.fields.field_type import FieldOptions, FieldType, ReadingContext
from guanxi.fields.plain_text import read_lines
from guanxi.kit.text import Locale, Text


class LongTextOptions(FieldOptions):
    """How long it may be."""

    max_length: Annotated[int, Field(ge=1, le=100_000)] = 20_000


class LongText(FieldType[LongTextOptions]):
    """Several lines of text."""

    name = "long_text"
    label = Text(zh="多行文本", en="Long text")
    description = Text(
        zh="多行文字，如备注、说明",
        en="Several lines of text, such as notes",
    )
    family = Family.WORDS
    icon = "text"
    options_model = LongTextOptions
    value_kind = ValueKind.TEXT
    can_be_computed = True
    operators = (*PARTS, *EMPTINESS)
    aggregates = (Aggregate.COUNT_FILLED,)
    sortable = False
    searchable = True

    def column_type(self, options: LongTextOptions) -> sa.types.TypeEngine[str]:
        return sa.Text()

    def parse(self, raw: object, options: LongTextOptions, context: ReadingContext) -> str | None:
        return read_lines(raw, most=options.max_length)

    def to_text(self, value: object, options: LongTextOptions, locale: Locale) -> str:
        return str(value)
