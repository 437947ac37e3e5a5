"""Number: an exact decimal."""

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
from guanxi.kit.money import plain, round_half_up
from guanxi.kit.text import Locale, Text

#: The column is numeric(38, 10) whatever the field's decimals, so that changing them rewrites no table.
DECIMALS, DIGITS = 10, 28


class NumberOptions(FieldOptions):
    """How exact it is, between what it lies, its unit, and how it is written."""

    #: None keeps up to ten decimals and shows as many as there are.
    decimals: Annotated[int, Field(ge=0, le=DECIMALS)] | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    unit: Annotated[str, Field(max_length=20)] | None = None
    #: 12,000 rather than 12000 on screens; no for years and other figures that name rather than count.
    groups_digits: bool = True


class Number(FieldType[NumberOptions]):
    """A number, exact to ten decimals."""

    name = "number"
    label = Text(zh="数字", en="Number")
    description = Text(
        zh="数量、尺寸等精确数值",
        en="An exact figure, such as a quantity or a size",
    )
    family = Family.FIGURES
    icon = "hash"
    options_model = NumberOptions
    value_kind = ValueKind.NUMBER
    can_be_computed = True
    operators = NUMBER_OPERATORS
    aggregates = NUMBER_AGGREGATES
    can_be_unique = True

    def column_type(self, options: NumberOptions) -> sa.types.TypeEngine[Decimal]:
        return sa.Numeric(DECIMALS + DIGITS, DECIMALS)

    def parse(self, raw: object, options: NumberOptions, context: ReadingContext) -> Decimal | None:
        return _checked(read_decimal(raw, decimals=_decimals(options), digits=DIGITS), options)

    def to_json(
        self, column: sa.ColumnElement[Any], options: NumberOptions
    ) -> sa.ColumnElement[Any]:
        if options.decimals is None:
            return sa.func.trim_scale(column)
        return sa.func.round(column, sa.literal_column(str(options.decimals)))

    def to_text(self, value: object, options: NumberOptions, locale: Locale) -> str:
        number = Decimal(str(value))
        if options.decimals is None:
            return plain(number)
        return format(round_half_up(number, options.decimals), "f")

    def formats(self, options: NumberOptions) -> tuple[TextFormat, ...]:
        return NUMBER_FORMATS

    def read_text(
        self,
        text: str,
        options: NumberOptions,
        context: ReadingContext,
        format_name: str | None = None,
    ) -> Decimal | None:
        number = read_written_number(text, format_name)
        if number is None:
            return None
        return _checked(fitted(number, decimals=_decimals(options), digits=DIGITS), options)

    def check_options(self, options: NumberOptions) -> list[Text]:
        return crossed_limits(options.minimum, options.maximum)


def _decimals(options: NumberOptions) -> int:
    return DECIMALS if options.decimals is None else options.decimals


def _checked(number: Decimal | None, options: NumberOptions) -> Decimal | None:
    if number is not None:
        check_limits(number, options.minimum, options.maximum)
    return number
