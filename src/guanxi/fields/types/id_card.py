"""Chinese resident identity number."""

import re
from datetime import date

from guanxi.fields.checked_code import CheckedCode
from guanxi.fields.field_type import InvalidValueError
from guanxi.kit.text import Text

NOT_AN_ID_CARD = Text(
    zh="请填 18 位身份证号码，末位可以是 X。",
    en="Enter the 18 characters of an identity number; the last may be X.",
)
WRONG_DAY = Text(
    zh="第 7 到 14 位不是有效的出生日期，请核对。",
    en="The 7th to 14th digits are no day of birth. Check them.",
)
_FIRST_YEAR = 1800


class IdCard(CheckedCode):
    """The number of a resident identity card, with its check character (GB 11643-1999)."""

    name = "id_card"
    label = Text(zh="身份证号", en="Identity number")
    description = Text(
        zh="18 位居民身份证号码，自动校验",
        en="A Chinese resident identity number, checked",
    )
    icon = "id-card"
    shape = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)
    refusal = ("not_an_id_card", NOT_AN_ID_CARD)

    def check_character(self, code: str) -> str:
        """ISO 7064 MOD 11-2."""
        total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(code))
        return "10X98765432"[total % 11]

    def check_parts(self, code: str) -> None:
        if not _is_day(code[6:14]):
            raise InvalidValueError("wrong_day_of_birth", WRONG_DAY)


def _is_day(digits: str) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return day.year >= _FIRST_YEAR
