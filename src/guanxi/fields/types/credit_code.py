"""Unified social credit code: the number of a Chinese company or institution."""

import re

import sqlalchemy as sa

from guanxi.fields.capabilities import COUNTING, TEXT_OPERATORS, Family, ValueKind
from guanxi.fields.field_type import FieldOptions, FieldType, InvalidValueError, ReadingContext
from guanxi.fields.plain_text import WRONG_CHECK, read_line, widths_folded
from guanxi.kit.text import Locale, Text

NOT_A_CREDIT_CODE = Text(
    zh="请填 18 位统一社会信用代码，由数字和大写字母组成，不含 I、O、S、V、Z。",
    en="Enter the 18 characters of a unified social credit code: digits and letters other than I, O, S, V, Z.",
)
CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SHAPE = re.compile(f"[{CHARACTERS}]{{2}}[0-9]{{6}}[{CHARACTERS}]{{10}}")


def check_character(code: str) -> str:
    """The last character for the first 17: weights 3^i modulo 31, as GB 32100-2015 prescribes."""
    total = sum(
        CHARACTERS.index(character) * pow(3, place, 31) for place, character in enumerate(code)
    )
    return CHARACTERS[-total % 31]


class CreditCode(FieldType[FieldOptions]):
    """A unified social credit code with its check character (GB 32100-2015)."""

    name = "credit_code"
    label = Text(zh="统一社会信用代码", en="Credit code")
    description = Text(
        zh="18 位统一社会信用代码，自动校验",
        en="The unified social credit code of a Chinese company, checked",
    )
    family = Family.CODES
    icon = "building"
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
        code = written.replace(" ", "").replace("-", "").upper()
        if not _SHAPE.fullmatch(code):
            raise InvalidValueError("not_a_credit_code", NOT_A_CREDIT_CODE)
        if check_character(code[:17]) != code[17]:
            raise InvalidValueError("wrong_check_character", WRONG_CHECK)
        return code

    def to_text(self, value: object, options: FieldOptions, locale: Locale) -> str:
        return str(value)
