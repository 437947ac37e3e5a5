"""The rows of a table in the file: lines of COPY, cut into compressed parts of a few megabytes."""

import zlib
from collections.abc import Iterable, Iterator

from guanxi.backup.archive import ArchiveWriter, BrokenArchiveError

#: Bytes of a part before it is compressed; a longer line makes a longer part.
PART = 4 << 20
#: A part may have so many; PostgreSQL keeps no longer line.
LONGEST_PART = PART + (1 << 30)
_GZIP = 31
_QUICKLY = 1
_PIECE = 1 << 20


class RowsWriter:
    """Takes lines and appends parts `<folder>/<number>.gz` to the archive."""

    def __init__(self, archive: ArchiveWriter, folder: str) -> None:
        self._archive = archive
        self._folder = folder
        self._parts = 0
        self._size = 0
        self._lines: list[bytes] = []

    def write(self, line: bytes) -> None:
        self._lines.append(line)
        self._size += len(line)
        if self._size >= PART:
            self.close()

    def close(self) -> None:
        """Writes what is left."""
        if not self._lines:
            return
        packer = zlib.compressobj(_QUICKLY, zlib.DEFLATED, _GZIP)
        packed = packer.compress(b"".join(self._lines)) + packer.flush()
        self._parts += 1
        self._archive.add(f"{self._folder}/{self._parts:07}.gz", packed)
        self._lines, self._size = [], 0


def unpacked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of a part, some at a time: what unfolds to gigabytes never lies in memory as a whole.

    Raises BrokenArchiveError.
    """
    unpacker = zlib.decompressobj(_GZIP)
    total = 0
    for piece in pieces:
        left = piece
        while not unpacker.eof:
            try:
                lines = unpacker.decompress(left, _PIECE)
            except zlib.error as error:
                raise BrokenArchiveError("gzip") from error
            left = unpacker.unconsumed_tail
            if not lines and not left:
                break
            total += len(lines)
            if total > LONGEST_PART:
                raise BrokenArchiveError("gzip: size")
            yield lines
        if unpacker.eof and (left or unpacker.unused_data):
            raise BrokenArchiveError("gzip")
    if not unpacker.eof:
        raise BrokenArchiveError("gzip")
