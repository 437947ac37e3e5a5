"""Money: an exact amount with two decimals in the currency of the field."""

from decimal import Decimal
from typing import Annotated

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
from guanxi.kit.text import Locale, Text

DECIMALS, DIGITS = 2, 18


class MoneyOptions(FieldOptions):
    """The currency and between what an amount lies."""

    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "CNY"
    minimum: Decimal | None = None
    maximum: Decimal | None = None


class Money(FieldType[MoneyOptions]):
    """An amount of money, rounded half up to two decimals."""

    name = "money"
    label = Text(zh="金额", en="Money")
    description = Text(
        zh="金额，两位小数",
        en="An amount of money, with two decimals",
    )
    family = Family.FIGURES
    icon = "banknote"
    options_model = MoneyOptions
    value_kind = ValueKind.NUMBER
    can_be_computed = True
    operators = NUMBER_OPERATORS
    aggregates = NUMBER_AGGREGATES
    sheet_format = "#,##0.00"

    def column_type(self, options: MoneyOptions) -> sa.types.TypeEngine[Decimal]:
        return sa.Numeric(DECIMALS + DIGITS, DECIMALS)

    def parse(self, raw: object, options: MoneyOptions, context: ReadingContext) -> Decimal | None:
        return _checked(read_decimal(raw, decimals=DECIMALS, digits=DIGITS), options)

    def to_text(self, value: object, options: MoneyOptions, locale: Locale) -> str:
        return format(fitted(Decimal(str(value)), decimals=DECIMALS, digits=DIGITS), "f")

    def formats(self, options: MoneyOptions) -> tuple[TextFormat, ...]:
        return NUMBER_FORMATS

    def read_text(
        self,
        text: str,
        options: MoneyOptions,
        context: ReadingContext,
        format_name: str | None = None,
    ) -> Decimal | None:
        amount = read_written_number(text, format_name)
        if amount is None:
            return None
        return _checked(fitted(amount, decimals=DECIMALS, digits=DIGITS), options)

    def check_options(self, options: MoneyOptions) -> list[Text]:
        return crossed_limits(options.minimum, options.maximum)


def _checked(amount: Decimal | None, options: MoneyOptions) -> Decimal | None:
    if amount is not None:
        check_limits(amount, options.minimum, options.maximum)
    return amount
