"""Telephone number."""

import re

import sqlalchemy as sa

from guanxi.fields.capabilities import COUNTING, TEXT_OPERATORS, Family, ValueKind
from guanxi.fields.field_type import FieldOptions, FieldType, InvalidValueError, ReadingContext
from guanxi.fields.plain_text import read_line, widths_folded
from guanxi.kit.text import Locale, Text

NOT_A_PHONE = Text(
    zh="请填电话号码，例如 138 0013 8000 或 021-62880000 转 12。",
    en="Enter a telephone number, such as +86 138 0013 8000 or 021-62880000 ext 12.",
)
_PHONE = re.compile(r"\+?[\d\s().\-/]*(?:\s*(?:转|分机|ext\.?|x|#|,|\*)\s*\d{1,8})?", re.IGNORECASE)
_DIGIT = re.compile(r"\d", re.ASCII)


class Phone(FieldType[FieldOptions]):
    """A telephone number, kept as written."""

    name = "phone"
    label = Text(zh="电话", en="Phone")
    description = Text(
        zh="电话号码",
        en="A telephone number",
    )
    family = Family.CODES
    icon = "phone"
    value_kind = ValueKind.TEXT
    operators = TEXT_OPERATORS
    aggregates = COUNTING
    searchable = True
    can_be_unique = True

    def column_type(self, options: FieldOptions) -> sa.types.TypeEngine[str]:
        return sa.Text()

    def parse(self, raw: object, options: FieldOptions, context: ReadingContext) -> str | None:
        phone = read_line(widths_folded(raw), most=40)
        if phone is None:
            return None
        if not _PHONE.fullmatch(phone) or not 3 <= len(_DIGIT.findall(phone)) <= 25:
            raise InvalidValueError("not_a_phone", NOT_A_PHONE)
        return phone

    def to_text(self, value: object, options: FieldOptions, locale: Locale) -> str:
        return str(value)

    def search_text(self, value: object, options: FieldOptions) -> str | None:
        """Also without blanks and hyphens, which nobody remembers."""
        written = str(value)
        bare = "".join(_DIGIT.findall(written))
        return written if bare == written else f"{written} {bare}"
