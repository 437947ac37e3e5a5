"""Text as we keep it: NFC, without NUL, control characters and half surrogate pairs."""

import re
import unicodedata

from guanxi.fields.field_type import InvalidValueError
from guanxi.kit.text import Text

NOT_TEXT = Text(zh="请填文字。", en="Enter text.")
UNREADABLE = Text(
    zh="含有看不见的控制字符，请删掉后再试。",
    en="It holds a control character that cannot be kept. Remove it and try again.",
)
TOO_LONG = Text(
    zh="最多 {most} 个字，现在有 {length} 个，请缩短。",
    en="At most {most} characters; this has {length}. Shorten it.",
)

WRONG_CHECK = Text(
    zh="校验位不对，多半有一位填错了，请核对。",
    en="The last character does not match the others, so one of them is likely mistyped. Check them.",
)

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LINE_BREAKS = re.compile("[ \t]*[\n\r\u0085\u2028\u2029]+[ \t]*")


def read_lines(raw: object, *, most: int) -> str | None:
    """Text of several lines, trimmed; None when nothing is left. Raises InvalidValueError."""
    if raw is None:
        return None
    if not isinstance(raw, str):
        raise InvalidValueError("not_text", NOT_TEXT)
    if raw.isascii() and raw.isprintable():
        text = raw.strip()
    else:
        if _FORBIDDEN.search(raw):
            raise InvalidValueError("unreadable_text", UNREADABLE)
        text = unicodedata.normalize("NFC", raw).replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > most:
        raise InvalidValueError("too_long", TOO_LONG.fill(most=most, length=len(text)))
    return text or None


def read_line(raw: object, *, most: int) -> str | None:
    """Text of one line; line breaks become blanks. Raises InvalidValueError."""
    if isinstance(raw, str) and not raw.isprintable():
        raw = _LINE_BREAKS.sub(" ", raw.strip()).replace("\t", " ")
    return read_lines(raw, most=most)


def widths_folded(raw: object) -> object:
    """Full-width letters and digits as the ordinary ones; everything but text untouched."""
    if isinstance(raw, str) and not raw.isascii():
        return unicodedata.normalize("NFKC", raw)
    return raw


def matching_key(text: str) -> str:
    """What two writings of one name have in common: case, width and blanks do not count."""
    if text.isascii():
        return "".join(text.casefold().split())
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
