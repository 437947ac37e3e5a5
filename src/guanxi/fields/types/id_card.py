"""Chinese resident identity number."""

import re
from datetime import date

import sqlalchemy as sa

from guanxi.fields.capabilities import COUNTING, TEXT_OPERATORS, Family, ValueKind
from guanxi.fields.field_type import FieldOptions, FieldType, InvalidValueError, ReadingContext
from guanxi.fields.plain_text import WRONG_CHECK, read_line, widths_folded
from guanxi.kit.text import Locale, Text

NOT_AN_ID_CARD = Text(
    zh="请填 18 位身份证号码，末位可以是 X。",
    en="Enter the 18 characters of an identity number; the last may be X.",
)
WRONG_DAY = Text(
    zh="第 7 到 14 位不是有效的出生日期，请核对。",
    en="The 7th to 14th digits are no day of birth. Check them.",
)
_SHAPE = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)
_FIRST_YEAR = 1800


def check_character(digits: str) -> str:
    """The last character for the first 17 digits: ISO 7064 MOD 11-2, as GB 11643-1999 prescribes."""
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(digits))
    return "10X98765432"[total % 11]


class IdCard(FieldType[FieldOptions]):
    """The number of a resident identity card, with its check character (GB 11643-1999)."""

    name = "id_card"
    label = Text(zh="身份证号", en="Identity number")
    description = Text(
        zh="18 位居民身份证号码，自动校验",
        en="A Chinese resident identity number, checked",
    )
    family = Family.CODES
    icon = "id-card"
    value_kind = ValueKind.TEXT
    operators = TEXT_OPERATORS
    aggregates = COUNTING
    searchable = True
    can_be_unique = True

    def column_type(self, options: FieldOptions) -> sa.types.TypeEngine[str]:
        return sa.Text()

    def parse(self, raw: object, options: FieldOptions, context: ReadingContext) -> str | None:
        written = read_line(widths_folded(raw), most=40)
        if written is None:
            return None
        number = written.replace(" ", "").replace("-", "").upper()
        if not _SHAPE.fullmatch(number):
            raise InvalidValueError("not_an_id_card", NOT_AN_ID_CARD)
        if not _is_day(number[6:14]):
            raise InvalidValueError("wrong_day_of_birth", WRONG_DAY)
        if check_character(number[:17]) != number[17]:
            raise InvalidValueError("wrong_check_character", WRONG_CHECK)
        return number

    def to_text(self, value: object, options: FieldOptions, locale: Locale) -> str:
        return str(value)


def _is_day(digits: str) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return day.year >= _FIRST_YEAR
