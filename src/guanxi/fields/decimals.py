"""Reading and writing exact numbers: on the wire and in the many ways files write them."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from guanxi.fields.field_type import InvalidValueError, TextFormat
from guanxi.fields.plain_text import widths_folded
from guanxi.kit.money import EXACT, plain, round_half_up
from guanxi.kit.text import Text

NOT_A_NUMBER = Text(zh="请填数字，例如 1234.5。", en="Enter a number, such as 1234.5.")
TOO_LARGE = Text(
    zh="数字太大，小数点前最多 {digits} 位。",
    en="The number is too large; at most {digits} digits before the point.",
)
TOO_SMALL = Text(zh="不能小于 {minimum}。", en="It must be {minimum} or more.")
TOO_BIG = Text(zh="不能大于 {maximum}。", en="It must be {maximum} or less.")
LIMITS_CROSSED = Text(zh="最小值不能大于最大值。", en="The minimum must not be above the maximum.")

_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)


def read_decimal(raw: object, *, decimals: int, digits: int) -> Decimal | None:
    """An exact number, rounded half up to its decimals; None for null and "".

    `digits` is the most that may stand before the point. Raises InvalidValueError for anything that is no
    number: booleans, NaN and infinities too.
    """
    number = _exact(raw)
    if number is None:
        return None
    return fitted(number, decimals=decimals, digits=digits)


def fitted(number: Decimal, *, decimals: int, digits: int) -> Decimal:
    """Rounded to its decimals; raises InvalidValueError when it has too many digits."""
    if number and number.adjusted() >= digits:
        raise InvalidValueError("too_large", TOO_LARGE.fill(digits=digits))
    rounded = round_half_up(number, decimals)
    if rounded and rounded.adjusted() >= digits:
        raise InvalidValueError("too_large", TOO_LARGE.fill(digits=digits))
    return rounded if rounded else abs(rounded)


def _exact(raw: object) -> Decimal | None:
    if raw is None:
        return None
    if isinstance(raw, bool):
        raise InvalidValueError("not_a_number", NOT_A_NUMBER)
    if isinstance(raw, int):
        if raw.bit_length() > 200:
            raise InvalidValueError("too_large", TOO_LARGE.fill(digits=28))
        return Decimal(raw)
    if isinstance(raw, float):
        number = Decimal(repr(raw))
        if number.is_finite():
            return number
    elif isinstance(raw, Decimal):
        if raw.is_finite():
            return raw
    elif isinstance(raw, str):
        text = str(widths_folded(raw)).strip()
        if not text:
            return None
        if len(text) <= 100 and _PLAIN.fullmatch(text):
            return EXACT.create_decimal(text)
    raise InvalidValueError("not_a_number", NOT_A_NUMBER)


def check_limits(number: Decimal, minimum: Decimal | None, maximum: Decimal | None) -> None:
    """Raises InvalidValueError when the number lies outside."""
    if minimum is not None and number < minimum:
        raise InvalidValueError("too_small", TOO_SMALL.fill(minimum=plain(minimum)))
    if maximum is not None and number > maximum:
        raise InvalidValueError("too_big", TOO_BIG.fill(maximum=plain(maximum)))


def crossed_limits(minimum: Decimal | None, maximum: Decimal | None) -> list[Text]:
    if minimum is not None and maximum is not None and minimum > maximum:
        return [LIMITS_CROSSED]
    return []


# --- as files write them ------------------------------------------------------------------------------------

POINT = "1,234.56"
COMMA = "1.234,56"
BLANK = "1 234,56"
NUMBER_FORMATS = (TextFormat(POINT), TextFormat(COMMA), TextFormat(BLANK))

_MARKS = re.compile(
    r"^(?:rmb|cny|usd|eur|us\$|[¥$€£元])|(?:rmb|cny|usd|eur|[¥$€£元])$", re.IGNORECASE
)
_SCALES: Mapping[str, int] = {"万": 4, "亿": 8, "千": 3, "百万": 6, "千万": 7, "万亿": 12}
_SCALED = re.compile(r"(.*?)(万亿|百万|千万|[千万亿])")


def _grouped(group: str, point: str) -> Callable[[str], str | None]:
    pattern = re.compile(rf"([+-]?)(\d{{1,3}}(?:{group}\d{{3}})+|\d+)?(?:{point}(\d*))?", re.ASCII)
    drop = re.compile(group)

    def as_plain(text: str) -> str | None:
        match = pattern.fullmatch(text)
        if match is None:
            return None
        sign, whole, fraction = match.groups()
        if not whole and not fraction:
            return None
        return f"{sign}{drop.sub('', whole or '0')}.{fraction or '0'}"

    return as_plain


_READERS: Mapping[str, Callable[[str], str | None]] = {
    POINT: _grouped(",", r"\."),
    COMMA: _grouped(r"\.", ","),
    BLANK: _grouped("[ \u00a0\u202f']", ","),
}


def read_written_number(
    text: str, format_name: str | None, *, percent: bool = False
) -> Decimal | None:
    """A number as a file writes it: with groups, in brackets when negative, with a currency mark, with 万 or 亿.

    A percent sign is understood when `percent`. None for an empty cell. Raises InvalidValueError.
    """
    text = text.strip()
    if _PLAIN.fullmatch(text) and (format_name in (None, POINT) or "." not in text):
        return EXACT.create_decimal(text) if len(text) <= 100 else _refuse()
    text = str(widths_folded(text)).strip()
    if not text:
        return None
    negative = text.startswith("(") and text.endswith(")")
    if negative:
        text = text[1:-1].strip()
    if percent and text.endswith("%"):
        text = text[:-1].strip()
    text = text.replace("\u2212", "-")
    if text[:1] in ("-", "+"):
        sign, text = text[0], text[1:].lstrip()
    else:
        sign = ""
    for _ in range(2):
        text = _MARKS.sub("", text).strip()
    if not sign and text[:1] in ("-", "+"):
        sign, text = text[0], text[1:].lstrip()
    if not sign and text.endswith("-"):
        sign, text = "-", text[:-1].rstrip()
    scale = 0
    if scaled := _SCALED.fullmatch(text):
        text, scale = scaled.group(1).rstrip(), _SCALES[scaled.group(2)]
    reader = _READERS.get(format_name or POINT)
    written = reader(text) if reader is not None and len(text) <= 100 else None
    if written is None or text[:1] in ("-", "+"):
        return _refuse()
    number = EXACT.create_decimal(written).scaleb(scale, EXACT)
    return -number if negative != (sign == "-") else number


def _refuse() -> Decimal:
    raise InvalidValueError("not_a_number", NOT_A_NUMBER)
