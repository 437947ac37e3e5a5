"""Looks through a backup from front to end before anything is done with it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from guanxi.backup.archive import ArchiveEndsError, ArchiveReader, BrokenArchiveError, Entry
from guanxi.backup.errors import (
    DamagedBackupError,
    IncompleteBackupError,
    NewerBackupError,
    NotABackupError,
)
from guanxi.backup.make import END, HEAD
from guanxi.backup.model import END_JSON, FORMAT, HEAD_JSON, End, Head
from guanxi.backup.rows_store import IDENTITIES
from guanxi.db.migrations.schema_kinds import WORKSPACE

#: What a head may take: some thousand tables of some hundred columns.
LONGEST_HEAD = 256 << 20

_TABLE = re.compile(r"tables/([a-z_][a-z0-9_]{0,62})/[0-9]{7}\.gz")
_FILE = re.compile(r"files/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(\.webp)?")
_FORMAT = re.compile(rb'\{"format":([0-9]{1,6}),"version":"([^"]{1,50})"')


@dataclass(frozen=True, slots=True)
class Verified:
    """A backup that is whole."""

    path: Path
    head: Head
    end: End


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows of a table."""

    table: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class FileContent:
    """Content of a file, or its small picture."""

    id: str
    is_picture: bool
    entry: Entry


Found = Head | Rows | FileContent | End


def verify(path: Path) -> Verified:
    """Reads all of it. Raises NotABackupError, IncompleteBackupError, DamagedBackupError, NewerBackupError, OSError."""
    head: Head | None = None
    end: End | None = None
    size = 0
    for one in contents(path):
        if isinstance(one, Head):
            head = one
        elif isinstance(one, End):
            end = one
        elif isinstance(one, FileContent):
            size += one.entry.size
    if head is None or end is None:
        raise IncompleteBackupError(path=path)
    if size != end.content:
        raise DamagedBackupError(path=path, reason="files")
    return Verified(path, head, end)


def contents(path: Path) -> Iterator[Found]:
    """What is in it, in order: the head, rows, content of files, and the end, which has been compared with the rest.

    Raises as `verify` does.
    """
    with path.open("rb") as file, told(path):
        if file.read(len(HEAD)) != HEAD.encode():
            raise NotABackupError(path=path)
        file.seek(0)
        reader = ArchiveReader(file)
        tables: set[str] | None = None
        for entry in reader:
            if tables is None:
                head = _head(path, entry)
                tables = {one.name for one in head.tables} | {IDENTITIES}
                yield head
            elif entry.name == END:
                before = reader.sha256_before
                end = END_JSON.validate_json(entry.content(most=LONGEST_HEAD))
                if end.sha256 != before:
                    raise BrokenArchiveError("sha256")
                yield end
                _finish(reader, entry)
                return
            else:
                yield _part(entry, tables)
        raise ArchiveEndsError


def _finish(reader: ArchiveReader, entry: Entry) -> None:
    """Nothing stands behind the end."""
    reader.take(-entry.size % 512)
    if any(reader.take(512)) or not reader.is_at_end():
        raise BrokenArchiveError("end")


def _head(path: Path, entry: Entry) -> Head:
    text = entry.content(most=LONGEST_HEAD)
    # A newer head may say things this version does not know; its first words stay as they are.
    form = _FORMAT.match(text)
    if form is not None and int(form[1]) > FORMAT:
        raise NewerBackupError(path=path, version=form[2].decode("ascii", "replace"))
    head = HEAD_JSON.validate_json(text)
    if head.revision > WORKSPACE.head:
        raise NewerBackupError(path=path, version=head.version)
    return head


def _part(entry: Entry, tables: set[str]) -> Rows | FileContent:
    of_table, of_file = _TABLE.fullmatch(entry.name), _FILE.fullmatch(entry.name)
    if of_table is not None and of_table[1] in tables:
        return Rows(of_table[1], entry)
    if of_file is not None:
        return FileContent(of_file[1], of_file[2] is not None, entry)
    raise BrokenArchiveError("entry")


@contextmanager
def told(path: Path) -> Iterator[None]:
    """What is wrong with the file, in words of the reader."""
    try:
        yield
    except ArchiveEndsError:
        raise IncompleteBackupError(path=path) from None
    except BrokenArchiveError as error:
        raise DamagedBackupError(path=path, reason=error) from None
    except ValidationError:
        raise DamagedBackupError(path=path, reason="json") from None
