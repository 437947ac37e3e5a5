"""The file of a backup: a tar that is written and read from front to end, a little at a time.

Read with nothing but what we write: plain files with plain names. `tarfile` itself would follow a hostile archive into
long headers, links and other places.
"""

import hashlib
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_BLOCK = tarfile.BLOCKSIZE
_PIECE = 1 << 20
_END = bytes(2 * _BLOCK)


class BrokenArchiveError(Exception):
    """What follows is not an entry; the text says why, in few words."""


class ArchiveEndsError(Exception):
    """The file ends in the middle."""


class ArchiveWriter:
    """Appends entries to an open file, and knows the digest of all of them."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self.size = 0

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def add(self, name: str, content: bytes) -> None:
        self._write(_header(name, len(content)))
        self._write(content)
        self._pad(len(content))

    def add_file(self, name: str, source: BinaryIO, size: int) -> None:
        """So many bytes of the source. Raises EOFError when it has fewer."""
        self._write(_header(name, size))
        left = size
        while left:
            piece = source.read(min(left, _PIECE))
            if not piece:
                raise EOFError(name)
            self._write(piece)
            left -= len(piece)
        self._pad(size)

    def finish(self) -> None:
        self._write(_END)

    def _pad(self, size: int) -> None:
        self._write(bytes(-size % _BLOCK))

    def _write(self, piece: bytes) -> None:
        self._file.write(piece)
        self._digest.update(piece)
        self.size += len(piece)


@dataclass(slots=True)
class Entry:
    """What stands at the present place of the file; read it before going on."""

    name: str
    size: int
    _reader: "ArchiveReader"
    _left: int

    def pieces(self) -> Iterator[bytes]:
        while self._left:
            piece = self._reader.take(min(self._left, _PIECE))
            self._left -= len(piece)
            yield piece

    def content(self, *, most: int) -> bytes:
        """All of it. Raises BrokenArchiveError beyond so many bytes."""
        if self.size > most:
            raise BrokenArchiveError(f"{self.name}: {self.size} B")
        return b"".join(self.pieces())


class ArchiveReader:
    """Reads entries one after the other. Raises BrokenArchiveError, ArchiveEndsError."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        #: The digest of everything before the entry that was given last.
        self.sha256_before = self._digest.hexdigest()

    def __iter__(self) -> Iterator[Entry]:
        while True:
            self.sha256_before = self._digest.hexdigest()
            block = self.take(_BLOCK)
            if not any(block):
                return
            entry = self._entry(block)
            yield entry
            for _ in entry.pieces():
                pass
            self.take(-entry.size % _BLOCK)

    def take(self, size: int) -> bytes:
        piece = self._file.read(size)
        if len(piece) < size:
            raise ArchiveEndsError
        self._digest.update(piece)
        return piece

    def is_at_end(self) -> bool:
        """Whether nothing but the closing zeros is left. Raises ArchiveEndsError when they are not all there."""
        left = self._file.read(_BLOCK + 1)
        if len(left) < _BLOCK:
            raise ArchiveEndsError
        return left == bytes(_BLOCK)

    def _entry(self, block: bytes) -> Entry:
        try:
            header = tarfile.TarInfo.frombuf(block, "ascii", "strict")
        except (tarfile.HeaderError, ValueError) as error:
            raise BrokenArchiveError("header") from error
        if header.type != tarfile.REGTYPE or header.size < 0:
            raise BrokenArchiveError("entry")
        return Entry(header.name, header.size, self, header.size)


def _header(name: str, size: int) -> bytes:
    header = tarfile.TarInfo(name)
    header.size, header.mode = size, 0o600
    return header.tobuf(tarfile.USTAR_FORMAT, "ascii", "strict")
