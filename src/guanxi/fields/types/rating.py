"""Rating: so many stars."""

from decimal import Decimal
from typing import Annotated, Any, Literal

import sqlalchemy as sa
from pydantic import Field

from guanxi.fields.capabilities import (
    NUMBER_AGGREGATES,
    NUMBER_OPERATORS,
    Family,
    ValueKind,
)
from guanxi.fields.decimals import check_limits, read_decimal, read_written_number
from guanxi.fields.field_type import FieldOptions, FieldType, ReadingContext
from guanxi.kit.money import plain
from guanxi.kit.text import Locale, Text

#: The column is numeric(2, 0), so that a later larger scale rewrites no table.
DIGITS = 2


class RatingOptions(FieldOptions):
    """Of how many, and by which sign."""

    maximum: Annotated[int, Field(ge=2, le=10)] = 5
    symbol: Literal["star", "heart", "flame", "thumb"] = "star"


class Rating(FieldType[RatingOptions]):
    """A whole number from one to the maximum. None and 0 are no rating."""

    name = "rating"
    label = Text(zh="评分", en="Rating")
    description = Text(
        zh="几颗星，如重要程度、满意度",
        en="So many stars, such as importance or satisfaction",
    )
    family = Family.FIGURES
    icon = "star"
    options_model = RatingOptions
    value_kind = ValueKind.NUMBER
    operators = NUMBER_OPERATORS
    aggregates = NUMBER_AGGREGATES
    groupable = True

    def column_type(self, options: RatingOptions) -> sa.types.TypeEngine[Decimal]:
        return sa.Numeric(DIGITS, 0)

    def parse(self, raw: object, options: RatingOptions, context: ReadingContext) -> Decimal | None:
        return _checked(read_decimal(raw, decimals=0, digits=DIGITS), options)

    def to_json(
        self, column: sa.ColumnElement[Any], options: RatingOptions
    ) -> sa.ColumnElement[Any]:
        return sa.func.trim_scale(column)

    def to_text(self, value: object, options: RatingOptions, locale: Locale) -> str:
        return plain(Decimal(str(value)))

    def read_text(
        self,
        text: str,
        options: RatingOptions,
        context: ReadingContext,
        format_name: str | None = None,
    ) -> Decimal | None:
        """A figure, or as many stars as one counts (★★★☆☆ is 3)."""
        stars = text.strip()
        if stars and not stars.strip("★☆⭐"):
            return _checked(Decimal(len(stars) - stars.count("☆")), options)
        number = read_written_number(text, format_name)
        return None if number is None else self.parse(number, options, context)


def _checked(number: Decimal | None, options: RatingOptions) -> Decimal | None:
    if not number:
        return None
    check_limits(number, Decimal(1), Decimal(options.maximum))
    return number
