"""Percent: 12.5 means 12.5 %."""

from decimal import Decimal
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import Field

from guanxi.fields.capabilities import (
    NUMBER_AGGREGATES,
    NUMBER_OPERATORS,
    Family,
    ValueKind,
)
from guanxi.fields.decimals import (
    NUMBER_FORMATS,
    check_limits,
    crossed_limits,
    fitted,
    read_decimal,
    read_written_number,
)
from guanxi.fields.field_type import FieldOptions, FieldType, ReadingContext, TextFormat
from guanxi.kit.money import plain
from guanxi.kit.text import Locale, Text

DECIMALS, DIGITS = 4, 5


class PercentOptions(FieldOptions):
    """How exact it is and between what it lies."""

    decimals: Annotated[int, Field(ge=0, le=DECIMALS)] = 2
    minimum: Decimal | None = None
    maximum: Decimal | None = None


class Percent(FieldType[PercentOptions]):
    """A share of a hundred."""

    name = "percent"
    label = Text(zh="百分比", en="Percent")
    description = Text(
        zh="百分比，如折扣、赢率",
        en="A share, such as a discount or a probability",
    )
    family = Family.FIGURES
    icon = "percent"
    options_model = PercentOptions
    value_kind = ValueKind.NUMBER
    can_be_computed = True
    operators = NUMBER_OPERATORS
    aggregates = NUMBER_AGGREGATES
    # 12.5 is 12.5 % everywhere in the product, and so it comes back when the file is imported.
    sheet_format = 'General"%"'

    def column_type(self, options: PercentOptions) -> sa.types.TypeEngine[Decimal]:
        return sa.Numeric(DECIMALS + DIGITS, DECIMALS)

    def parse(
        self, raw: object, options: PercentOptions, context: ReadingContext
    ) -> Decimal | None:
        return _checked(read_decimal(raw, decimals=options.decimals, digits=DIGITS), options)

    def to_json(
        self, column: sa.ColumnElement[Any], options: PercentOptions
    ) -> sa.ColumnElement[Any]:
        return sa.func.trim_scale(column)

    def to_text(self, value: object, options: PercentOptions, locale: Locale) -> str:
        return f"{plain(Decimal(str(value)))}%"

    def formats(self, options: PercentOptions) -> tuple[TextFormat, ...]:
        return NUMBER_FORMATS

    def read_text(
        self,
        text: str,
        options: PercentOptions,
        context: ReadingContext,
        format_name: str | None = None,
    ) -> Decimal | None:
        number = read_written_number(text, format_name, percent=True)
        if number is None:
            return None
        return _checked(fitted(number, decimals=options.decimals, digits=DIGITS), options)

    def check_options(self, options: PercentOptions) -> list[Text]:
        return crossed_limits(options.minimum, options.maximum)


def _checked(number: Decimal | None, options: PercentOptions) -> Decimal | None:
    if number is not None:
        check_limits(number, options.minimum, options.maximum)
    return number
