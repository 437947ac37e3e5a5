"""Secrets that prove who somebody is. Only their SHA-256 is kept."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode

TOKEN_PREFIX = "gx_"  # noqa: S105 - no secret

#: So many characters of a token are kept to recognise it by.
SHOWN_PREFIX_LENGTH = 9


def secret_hash(secret: str) -> bytes:
    """What is stored of a secret. The secret is random and long, so a plain hash is enough."""
    return hashlib.sha256(secret.encode()).digest()


def new_session_secret() -> str:
    return secrets.token_urlsafe(32)


def new_token() -> str:
    return TOKEN_PREFIX + secrets.token_urlsafe(32)


def csrf_token(session_secret: str) -> str:
    """What a page must send along with unsafe requests; whoever cannot read the cookie cannot know it."""
    digest = hmac.new(session_secret.encode(), b"csrf", hashlib.sha256).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def csrf_token_matches(session_secret: str, given: str | None) -> bool:
    return hmac.compare_digest(csrf_token(session_secret).encode(), (given or "").encode())
