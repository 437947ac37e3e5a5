"""Colour."""

import re

import sqlalchemy as sa

from guanxi.fields.capabilities import COUNTING, EMPTINESS, EQUALITY, Family, ValueKind
from guanxi.fields.field_type import FieldOptions, FieldType, InvalidValueError, ReadingContext
from guanxi.fields.plain_text import widths_folded
from guanxi.kit.text import Locale, Text

NOT_A_COLOUR = Text(zh="请填颜色，例如 #1677ff。", en="Enter a colour, such as #1677ff.")
_COLOUR = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})", re.ASCII)


class Color(FieldType[FieldOptions]):
    """An sRGB colour without transparency, kept as `#rrggbb`."""

    name = "color"
    label = Text(zh="颜色", en="Colour")
    description = Text(
        zh="产品颜色、标记色",
        en="The colour of a product or of a mark",
    )
    family = Family.CHOICES
    icon = "palette"
    value_kind = ValueKind.TEXT
    operators = (*EQUALITY, *EMPTINESS)
    aggregates = COUNTING
    groupable = True

    def column_type(self, options: FieldOptions) -> sa.types.TypeEngine[str]:
        return sa.Text()

    def parse(self, raw: object, options: FieldOptions, context: ReadingContext) -> str | None:
        if raw is None or raw == "":
            return None
        written = str(widths_folded(raw)).strip().lower() if isinstance(raw, str) else ""
        match = _COLOUR.fullmatch(written) if len(written) <= 7 else None
        if match is None:
            raise InvalidValueError("not_a_colour", NOT_A_COLOUR)
        digits = match.group(1)
        return "#" + (digits if len(digits) == 6 else "".join(one * 2 for one in digits))

    def to_text(self, value: object, options: FieldOptions, locale: Locale) -> str:
        return str(value)
