"""Seals texts with a key that lies in a file beside the data, not in the database."""

import base64
import hashlib
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from guanxi.kit.errors import ConflictError
from guanxi.kit.text import Text

_KEY_BYTES = 64


class SealedWithAnotherKeyError(ConflictError):
    """What was sealed cannot be opened: its key is not in the file."""

    code = "sealed_with_another_key"
    title = Text(zh="密钥不对", en="The key is another")
    sentence = Text(
        zh="打不开：加密时用的密钥不在密钥文件里。请管理员把原来的密钥放回去。",
        en="This cannot be opened: the key it was sealed with is not in the key file. Ask an administrator to put it back.",
    )


@dataclass(frozen=True)
class Seal:
    """Seals with the first key and opens with any.

    AES-SIV (RFC 5297): equal texts at one place are sealed alike, so that writing a value again is no change; at
    another place they are not, and what was sealed for one place cannot be opened at another.
    """

    keys: Mapping[str, AESSIV]

    @classmethod
    def of(cls, keys: Sequence[bytes]) -> "Seal":
        return cls({_name_of(key): AESSIV(key) for key in keys})

    def close(self, text: str, place: str) -> str:
        name, key = next(iter(self.keys.items()))
        closed = key.encrypt(text.encode(), [place.encode()])
        return f"{name}:{base64.b64encode(closed).decode()}"

    def open(self, sealed: str, place: str) -> str:
        """Raises SealedWithAnotherKeyError."""
        name, _, closed = sealed.partition(":")
        key = self.keys.get(name)
        if key is None:
            raise SealedWithAnotherKeyError
        try:
            return key.decrypt(base64.b64decode(closed), [place.encode()]).decode()
        except (InvalidTag, ValueError) as error:
            raise SealedWithAnotherKeyError from error


def read_seal(file: Path) -> Seal:
    """The keys of a file, one a line in base64, the one to seal with first; made with one key where there is none."""
    if not file.exists():
        _make(file)
    lines = [line.strip() for line in file.read_text("ascii").splitlines()]
    return Seal.of([base64.b64decode(line) for line in lines if line and not line.startswith("#")])


def _make(file: Path) -> None:
    """Whole or not at all, also when two processes start at once."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{secrets.token_hex(6)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as to:
        to.write(base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode() + "\n")
        to.flush()
        os.fsync(to.fileno())
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _name_of(key: bytes) -> str:
    return hashlib.sha256(key).hexdigest()[:8]
