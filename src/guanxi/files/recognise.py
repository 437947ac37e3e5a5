"""What kind of file it is, told by its first bytes; and its name as it can be kept."""

import mimetypes
import re
import unicodedata

LONGEST_NAME = 200
#: So many bytes are looked at.
HEAD = 64
ANYTHING = "application/octet-stream"

#: What the first bytes of a file say, and where they begin.
_SIGNS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"%PDF-", "application/pdf"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypavif", "image/avif"),
)
_TOLD_BY_SIGN = frozenset(sign[2] for sign in _SIGNS)
_UNWANTED = re.compile(r'[\x00-\x1f\x7f<>:"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_ENDING = re.compile(r"\.([A-Za-z0-9]{1,10})$")


def media_type_of(head: bytes, name: str) -> str:
    """By the first bytes; else by the ending, unless the ending claims what the bytes would have told."""
    for place, sign, media_type in _SIGNS:
        if head[place : place + len(sign)] == sign and (
            media_type != "image/webp" or head[:4] == b"RIFF"
        ):
            return media_type
    guessed = mimetypes.guess_type(name, strict=True)[0]
    return ANYTHING if guessed is None or guessed in _TOLD_BY_SIGN else guessed


def kept_name(name: str) -> str:
    """The last part of the path, without what file systems and readers stumble over; the ending stays."""
    last = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode()).replace("\\", "/")
    clean = _UNWANTED.sub("", last.rsplit("/", 1)[-1]).strip().strip(".")
    if len(clean) > LONGEST_NAME:
        ending = ending_of(clean)
        tail = f".{ending}" if ending else ""
        clean = clean[: LONGEST_NAME - len(tail)] + tail
    return clean or "file"


def ending_of(name: str) -> str:
    """`pdf` of `Offer.PDF`; "" when there is none."""
    found = _ENDING.search(name)
    return found.group(1).lower() if found else ""
