"""Percent: 12.5 means 12.5 %."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from guanxi.fields.decimals import crossed_limits
from guanxi.fields.field_type import FieldOptions
from guanxi.fields.shares import Limit, Share
from guanxi.kit.text import Text

DECIMALS = 4


class PercentOptions(FieldOptions):
    """How exact it is and between what it lies."""

    decimals: Annotated[int, Field(ge=0, le=DECIMALS)] = 2
    minimum: Decimal | None = None
    maximum: Decimal | None = None


class Percent(Share[PercentOptions]):
    """A share of a hundred."""

    name = "percent"
    label = Text(zh="百分比", en="Percent")
    description = Text(
        zh="百分比，如折扣、赢率",
        en="A share, such as a discount or a probability",
    )
    icon = "percent"
    options_model = PercentOptions
    decimals, digits = DECIMALS, 5

    def decimals_of(self, options: PercentOptions) -> int:
        return options.decimals

    def limits_of(self, options: PercentOptions) -> tuple[Limit, Limit]:
        return options.minimum, options.maximum

    def check_options(self, options: PercentOptions) -> list[Text]:
        return crossed_limits(options.minimum, options.maximum)
