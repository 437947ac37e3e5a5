"""Unified social credit code: the number of a Chinese company or institution."""

import re

from guanxi.fields.checked_code import CheckedCode
from guanxi.kit.text import Text

NOT_A_CREDIT_CODE = Text(
    zh="请填 18 位统一社会信用代码，由数字和大写字母组成，不含 I、O、S、V、Z。",
    en="Enter the 18 characters of a unified social credit code: digits and letters other than I, O, S, V, Z.",
)
CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


class CreditCode(CheckedCode):
    """A unified social credit code with its check character (GB 32100-2015)."""

    name = "credit_code"
    label = Text(zh="统一社会信用代码", en="Credit code")
    description = Text(
        zh="18 位统一社会信用代码，自动校验",
        en="The unified social credit code of a Chinese company, checked",
    )
    icon = "building"
    shape = re.compile(f"[{CHARACTERS}]{{2}}[0-9]{{6}}[{CHARACTERS}]{{10}}")
    refusal = ("not_a_credit_code", NOT_A_CREDIT_CODE)

    def check_character(self, code: str) -> str:
        """Weights 3^i modulo 31."""
        total = sum(
            CHARACTERS.index(character) * pow(3, place, 31) for place, character in enumerate(code)
        )
        return CHARACTERS[-total % 31]
