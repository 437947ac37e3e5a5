"""What types that hold several lines of text share."""

from typing import Annotated

import sqlalchemy as sa
from pydantic import Field

from guanxi.fields.capabilities import EMPTINESS, PARTS, Aggregate, Family, ValueKind
from guanxi.fields.field_type import FieldOptions, FieldType, ReadingContext
from guanxi.fields.plain_text import read_lines
from guanxi.kit.text import Locale


class LinesOptions(FieldOptions):
    """How long it may be."""

    max_length: Annotated[int, Field(ge=1, le=100_000)] = 20_000


class Lines(FieldType[LinesOptions]):
    """Several lines of text; a type says how they are shown."""

    family = Family.WORDS
    options_model = LinesOptions
    value_kind = ValueKind.TEXT
    can_be_computed = True
    operators = (*PARTS, *EMPTINESS)
    aggregates = (Aggregate.COUNT_FILLED,)
    sortable = False
    searchable = True

    def column_type(self, options: LinesOptions) -> sa.types.TypeEngine[str]:
        return sa.Text()

    def parse(self, raw: object, options: LinesOptions, context: ReadingContext) -> str | None:
        return read_lines(raw, most=options.max_length)

    def to_text(self, value: object, options: LinesOptions, locale: Locale) -> str:
        return str(value)
