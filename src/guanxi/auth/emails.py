"""E-mail addresses people sign in by."""

import re
import unicodedata

from guanxi.auth.errors import InvalidEmailError

_SHAPE = re.compile(r"[^@\s\x00-\x1f]{1,64}@[^@\s\x00-\x1f.]+(\.[^@\s\x00-\x1f.]+)+")


def parse_email(raw: str) -> str:
    """The address in the form in which it is stored and compared. Raises InvalidEmailError."""
    email = unicodedata.normalize("NFKC", raw).strip().lower()
    if len(email) > 254 or not _SHAPE.fullmatch(email):
        raise InvalidEmailError(email=raw[:80])
    return email
