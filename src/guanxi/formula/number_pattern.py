"""Patterns by which numbers are written, as spreadsheets have them: `¥#,##0.00`, `0.0%`, `00000`."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from guanxi.formula.arithmetic import WIDE, rounded
from guanxi.formula.errors import FormulaError
from guanxi.formula.tree import Literal, Node, Span
from guanxi.kit.text import Text

NO_PATTERN = Text(
    zh="这个数字格式看不懂：{reason}", en="This pattern for numbers cannot be read: {reason}"
)
NO_DIGITS = Text(zh="至少要有一个 0 或 #。", en="it needs a 0 or a #.")
TWO_NUMBERS = Text(
    zh="0、# 必须连在一起，其他文字放在两边的引号里。",
    en="its 0 and # must stand together; put other text before or after them, in quotes.",
)
ODD_SIGN = Text(zh="“{sign}”要放在引号里。", en="put “{sign}” in quotes.")
TOO_MANY_DIGITS = Text(zh="最多 30 位整数和 20 位小数。", en="at most 30 digits and 20 decimals.")

MOST_DIGITS, MOST_DECIMALS = 30, 20
#: Signs with a meaning in spreadsheets that is not ours.
_ODD = frozenset("?*_@;[]!eE")
_NUMBER = re.compile(r"[#0,]*(?:\.[#0]*)?,*")
_THOUSANDS = re.compile(r"([0-9])(?=(?:[0-9]{3})+$)")


@dataclass(frozen=True)
class NumberPattern:
    """How to write a number."""

    before: str
    after: str
    #: Digits written at least.
    digits: int
    #: Decimals written at least, and at most.
    fewest: int
    most: int
    in_thousands: bool
    #: The power of ten it is multiplied by first.
    shift: int


@lru_cache(maxsize=1000)
def number_pattern(written: str) -> NumberPattern:
    """Raises FormulaError when it makes no sense."""
    before, rest = _plain(written)
    found = _NUMBER.match(rest)
    number = found.group() if found else ""
    after, more = _plain(rest[len(number) :])
    if not re.search("[0#]", number):
        raise _wrong(NO_DIGITS)
    if more:
        raise _wrong(TWO_NUMBERS)
    body = number.rstrip(",")
    whole, _, decimals = body.partition(".")
    scaled = len(number) - len(body) + len(whole) - len(whole.rstrip(","))
    whole = whole.rstrip(",")
    digits, fewest = whole.count("0"), decimals.rfind("0") + 1
    if digits > MOST_DIGITS or len(decimals) > MOST_DECIMALS or scaled > MOST_DIGITS // 3:
        raise _wrong(TOO_MANY_DIGITS)
    percents = before[1] + after[1]
    return NumberPattern(
        before[0], after[0], digits, fewest, len(decimals), "," in whole, 2 * percents - 3 * scaled
    )


def check_pattern(span: Span, *arguments: Node) -> None:
    """Raises FormulaError at the pattern."""
    pattern = arguments[1]
    written = pattern.value if isinstance(pattern, Literal) else None
    try:
        number_pattern(written if isinstance(written, str) else "")
    except FormulaError as error:
        raise FormulaError(error.code, error.message, pattern.span) from None


def number_as(value: Decimal | None, written: str) -> str | None:
    """The number written by the pattern; empty stays empty."""
    if value is None:
        return None
    pattern = number_pattern(written)
    shifted = WIDE.multiply(value.copy_abs(), Decimal(1).scaleb(pattern.shift))
    size = rounded(shifted, pattern.most)
    whole, _, decimals = format(size, "f").partition(".")
    whole = whole.lstrip("0").rjust(pattern.digits, "0")
    if pattern.in_thousands:
        whole = _THOUSANDS.sub(r"\1,", whole)
    decimals = decimals[: pattern.fewest] + decimals[pattern.fewest :].rstrip("0")
    sign = "-" if value < 0 and size else ""
    point = "." if decimals else ""
    return f"{sign}{pattern.before}{whole}{point}{decimals}{pattern.after}" or None


def _plain(written: str) -> tuple[tuple[str, int], str]:
    """The text up to the number with how many per cent signs it has, and the rest. Quoted text stands as it is."""
    found, percents, place = "", 0, 0
    while place < len(written):
        sign = written[place]
        if sign in "0#.,":
            break
        if sign == '"':
            end = written.find('"', place + 1)
            end = len(written) if end < 0 else end
            found += written[place + 1 : end]
            place = end + 1
        elif sign == "\\":
            found += written[place + 1 : place + 2]
            place += 2
        elif sign in _ODD:
            raise _wrong(ODD_SIGN.fill(sign=sign))
        else:
            percents += sign == "%"
            found += sign
            place += 1
    return (found, percents), written[place:]


def _wrong(reason: Text) -> FormulaError:
    return FormulaError("no_number_pattern", NO_PATTERN.fill(reason=reason))
