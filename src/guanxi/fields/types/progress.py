"""Progress: how far something has come, of a hundred."""

from decimal import Decimal

from guanxi.fields.field_type import FieldOptions
from guanxi.fields.shares import Limit, Share
from guanxi.kit.text import Text


class Progress(Share[FieldOptions]):
    """A share of a hundred from 0 to 100, drawn as a bar."""

    name = "progress"
    label = Text(zh="进度", en="Progress")
    description = Text(
        zh="0 到 100 的进度条",
        en="A bar from 0 to 100",
    )
    icon = "loader"
    decimals, digits = 2, 3

    def decimals_of(self, options: FieldOptions) -> int:
        return self.decimals

    def limits_of(self, options: FieldOptions) -> tuple[Limit, Limit]:
        return Decimal(0), Decimal(100)
