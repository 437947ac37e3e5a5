"""Progress: how far something has come, of a hundred."""

from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from guanxi.fields.capabilities import (
    NUMBER_AGGREGATES,
    NUMBER_OPERATORS,
    Family,
    ValueKind,
)
from guanxi.fields.decimals import (
    NUMBER_FORMATS,
    check_limits,
    read_decimal,
    read_written_number,
)
from guanxi.fields.field_type import FieldOptions, FieldType, ReadingContext, TextFormat
from guanxi.kit.money import plain
from guanxi.kit.text import Locale, Text

DECIMALS, DIGITS = 2, 3
NOTHING, ALL = Decimal(0), Decimal(100)


class Progress(FieldType[FieldOptions]):
    """A share of a hundred from 0 to 100, drawn as a bar."""

    name = "progress"
    label = Text(zh="进度", en="Progress")
    description = Text(
        zh="0 到 100 的进度条",
        en="A bar from 0 to 100",
    )
    family = Family.FIGURES
    icon = "loader"
    value_kind = ValueKind.NUMBER
    can_be_computed = True
    operators = NUMBER_OPERATORS
    aggregates = NUMBER_AGGREGATES
    sheet_format = 'General"%"'

    def column_type(self, options: FieldOptions) -> sa.types.TypeEngine[Decimal]:
        return sa.Numeric(DECIMALS + DIGITS, DECIMALS)

    def parse(self, raw: object, options: FieldOptions, context: ReadingContext) -> Decimal | None:
        number = read_decimal(raw, decimals=DECIMALS, digits=DIGITS)
        if number is not None:
            check_limits(number, NOTHING, ALL)
        return number

    def to_json(
        self, column: sa.ColumnElement[Any], options: FieldOptions
    ) -> sa.ColumnElement[Any]:
        return sa.func.trim_scale(column)

    def to_text(self, value: object, options: FieldOptions, locale: Locale) -> str:
        return f"{plain(Decimal(str(value)))}%"

    def formats(self, options: FieldOptions) -> tuple[TextFormat, ...]:
        return NUMBER_FORMATS

    def read_text(
        self,
        text: str,
        options: FieldOptions,
        context: ReadingContext,
        format_name: str | None = None,
    ) -> Decimal | None:
        number = read_written_number(text, format_name, percent=True)
        return None if number is None else self.parse(number, options, context)
