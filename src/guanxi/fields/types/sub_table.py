"""Sub-table: lines that belong to a record, edited in its form and saved with it. The field itself holds how many there are."""

from decimal import Decimal
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import Field

from guanxi.fields.capabilities import NUMBER_AGGREGATES, NUMBER_OPERATORS, Family, ValueKind
from guanxi.fields.decimals import read_decimal
from guanxi.fields.field_type import FieldOptions, FieldType, ReadingContext
from guanxi.kit.money import plain
from guanxi.kit.text import Locale, Text

MOST_LINES = 5000
DIGITS = 9

FEW_IS_MORE = Text(
    zh="最少行数不能大于最多行数。", en="The fewest lines must not be more than the most."
)

_Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]


class SubTableOptions(FieldOptions):
    """Which records are its lines, and how they stand in it."""

    #: The object of the lines.
    object: _Name
    #: The field of a line that links to the record it belongs to.
    link: _Name
    #: The number field of a line that keeps their order; without one they stand as they were made.
    position: _Name | None = None
    #: What of a line stands in the grid, in this order; empty for all its own fields.
    columns: Annotated[tuple[_Name, ...], Field(max_length=60)] = ()
    minimum_lines: Annotated[int, Field(ge=0, le=MOST_LINES)] = 0
    maximum_lines: Annotated[int, Field(ge=1, le=MOST_LINES)] = MOST_LINES


class SubTable(FieldType[SubTableOptions]):
    """Lines of a record. Its value is their number, which the platform counts; the lines are records of their own."""

    name = "sub_table"
    label = Text(zh="子表", en="Sub-table")
    description = Text(
        zh="属于这条记录的明细行，在表单里一起填写",
        en="Lines of a record, filled in with its form",
    )
    family = Family.RELATIONS
    icon = "table-2"
    options_model = SubTableOptions
    value_kind = ValueKind.NUMBER
    operators = NUMBER_OPERATORS
    aggregates = NUMBER_AGGREGATES
    writable = False
    can_be_computed = True

    def column_type(self, options: SubTableOptions) -> sa.types.TypeEngine[Decimal]:
        return sa.Numeric(DIGITS, 0)

    def parse(
        self, raw: object, options: SubTableOptions, context: ReadingContext
    ) -> Decimal | None:
        return read_decimal(raw, decimals=0, digits=DIGITS)

    def to_json(
        self, column: sa.ColumnElement[Any], options: SubTableOptions
    ) -> sa.ColumnElement[Any]:
        return sa.func.trim_scale(column)

    def to_text(self, value: object, options: SubTableOptions, locale: Locale) -> str:
        return plain(Decimal(str(value)))

    def check_options(self, options: SubTableOptions) -> list[Text]:
        return [FEW_IS_MORE] if options.minimum_lines > options.maximum_lines else []
