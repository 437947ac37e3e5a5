"""Where the content of files lies."""

import contextlib
import os
import shutil
from pathlib import Path
from typing import Protocol
from uuid import UUID


class Content(Protocol):
    """Keeps bytes by the id of a file. Blocking: call it from a thread."""

    def put(self, id_: UUID, source: Path, thumbnail: bytes | None) -> None:
        """Keeps a copy; whole or not at all."""
        ...

    def path(self, id_: UUID, *, thumbnail: bool = False) -> Path | None:
        """Where it can be read; None when it is not there."""
        ...

    def forget(self, id_: UUID) -> None:
        """Also when it is not there."""
        ...


class LocalContent:
    """In a folder of this machine: `<root>/<2 digits of the id>/<id>`."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, id_: UUID, source: Path, thumbnail: bytes | None) -> None:
        target = self._place(id_)
        target.parent.mkdir(parents=True, exist_ok=True)
        if thumbnail is not None:
            _write(self._place(id_, thumbnail=True), thumbnail)
        part = target.with_suffix(".part")
        with source.open("rb") as read, part.open("wb") as write:
            shutil.copyfileobj(read, write, 1 << 20)
            write.flush()
            os.fsync(write.fileno())
        part.replace(target)

    def path(self, id_: UUID, *, thumbnail: bool = False) -> Path | None:
        place = self._place(id_, thumbnail=thumbnail)
        return place if place.is_file() else None

    def forget(self, id_: UUID) -> None:
        for place in (self._place(id_), self._place(id_, thumbnail=True)):
            with contextlib.suppress(FileNotFoundError):
                place.unlink()

    def _place(self, id_: UUID, *, thumbnail: bool = False) -> Path:
        # The last digits of a UUIDv7 are random, the first are the time.
        return self._root / id_.hex[-2:] / (f"{id_}.webp" if thumbnail else str(id_))


def _write(path: Path, content: bytes) -> None:
    part = path.with_suffix(".part")
    part.write_bytes(content)
    part.replace(path)
