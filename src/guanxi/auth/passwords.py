"""Passwords: the rules they keep and how they are stored."""

import asyncio
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib import resources
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from guanxi.auth.errors import WeakPasswordError
from guanxi.kit.text import Text

MINIMUM_LENGTH = 8
MAXIMUM_LENGTH = 256

#: OWASP's least memory (19 MiB): a burst of sign-ins must not take a small machine's memory.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)

#: Two at a time: each takes 19 MiB and all of a processor while it lasts.
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="passwords")

Result = TypeVar("Result")

_TOO_SHORT = Text(zh="密码至少需要 8 个字符。", en="Use at least 8 characters.")
_TOO_LONG = Text(zh="密码最多 256 个字符。", en="Use at most 256 characters.")
_LIKE_EMAIL = Text(zh="密码不能与邮箱相同。", en="Do not use the e-mail as the password.")
_COMMON = Text(
    zh="这个密码太常见，容易被猜到，请换一个。",
    en="This password is among the most common ones. Choose another.",
)

#: Without letters and digits that are mistaken for each other when read out.
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


def check_strength(password: str, *, email: str) -> None:
    """Raises WeakPasswordError saying which rule is broken."""
    plain = password.casefold()
    if len(password) < MINIMUM_LENGTH:
        raise WeakPasswordError(reason=_TOO_SHORT)
    if len(password) > MAXIMUM_LENGTH:
        raise WeakPasswordError(reason=_TOO_LONG)
    if plain in {email.casefold(), email.casefold().split("@")[0]}:
        raise WeakPasswordError(reason=_LIKE_EMAIL)
    if plain in _common_passwords() or len(set(plain)) < 3:
        raise WeakPasswordError(reason=_COMMON)


async def hash_password(password: str) -> str:
    """The argon2id hash; computed outside of the event loop."""
    return await _aside(_hasher.hash, password)


async def verify_password(password: str, password_hash: str | None) -> bool:
    """Whether the password is right. Without a hash it takes the same time and is wrong."""
    known = password_hash is not None
    return await _aside(_matches, password, password_hash or _decoy()) and known


def needs_rehash(password_hash: str) -> bool:
    """Whether it was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(password_hash)


def new_password() -> str:
    """A password to be handed over once: 4 groups of 4 readable characters, 79 bits."""
    return "-".join("".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(4))


async def _aside(work: Callable[..., Result], *arguments: object) -> Result:
    return await asyncio.get_running_loop().run_in_executor(_threads, work, *arguments)


def _matches(password: str, password_hash: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _decoy() -> str:
    return _hasher.hash(secrets.token_hex(16))


@cache
def _common_passwords() -> frozenset[str]:
    text = resources.files("guanxi.auth").joinpath("common_passwords.txt").read_text("utf-8")
    return frozenset(text.split())
