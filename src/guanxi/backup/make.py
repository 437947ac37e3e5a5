"""Makes a backup while people work: one moment of the workspace, with the content of its files."""

import os
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from guanxi.backup import rows_store, structure_store
from guanxi.backup.archive import ArchiveWriter
from guanxi.backup.errors import NoSuchWorkspaceError
from guanxi.backup.model import END_JSON, FORMAT, HEAD_JSON, End, Head, Table
from guanxi.backup.rows import RowsWriter
from guanxi.db.database import Database
from guanxi.db.locks import LockSpace, lock_shared
from guanxi.db.migrations.upgrade import schema_of
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.files.content import Content
from guanxi.kit.clock import Clock

HEAD = "guanxi-backup.json"
END = "end.json"

#: Told as it goes on: what is written just now, how many of how many things are done.
Progress = Callable[[str, int, int], None]

#: A staging table of an import may go while its lock is asked for.
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Made:
    """What a backup holds."""

    tables: int
    rows: int
    files: int
    #: Of the file that was written.
    size: int
    #: Files whose content was not there any more.
    missing: Sequence[str]
    #: Things of the operator's own that a backup does not take along.
    left_out: Sequence[str]


async def make_backup(
    database: Database,
    content: Content,
    workspace: str,
    to: Path,
    *,
    clock: Clock,
    progress: Progress,
) -> Made:
    """Writes the file, whole or not at all. Nobody waits for it but designers, until it is done.

    Raises NoSuchWorkspaceError, OSError.
    """
    schema = schema_of(workspace)
    async with _held_still(database, schema, workspace) as work:
        with _written_whole(to) as file:
            making = _Making(work, content, ArchiveWriter(file), progress)
            return await making.make(workspace, clock)


@dataclass(frozen=True, slots=True)
class _Making:
    work: UnitOfWork
    content: Content
    archive: ArchiveWriter
    progress: Progress

    async def make(self, workspace: str, clock: Clock) -> Made:
        tables = await structure_store.tables_of(self.work)
        head = Head(
            format=FORMAT,
            version=version("guanxi"),
            revision=await structure_store.reached_revision(self.work),
            workspace=workspace,
            made_at=clock.now().isoformat(),
            tables=tables,
        )
        self.archive.add(HEAD, HEAD_JSON.dump_json(head))
        identities = await self._rows(rows_store.IDENTITIES, rows_store.query_of_identities())
        rows = {rows_store.IDENTITIES: identities}
        copied = [one for one in tables if _has_rows(one)]
        for done, table in enumerate(copied):
            self.progress(table.name, done, len(copied))
            rows[table.name] = await self._rows(table.name, rows_store.query_of(table))
        files, size, missing = await self._files(rows.get("file", 0))
        end = End(self.archive.sha256, rows, files, size, tuple(missing))
        self.archive.add(END, END_JSON.dump_json(end))
        self.archive.finish()
        return Made(
            tables=len(copied),
            rows=sum(rows.values()),
            files=files,
            size=self.archive.size,
            missing=missing,
            left_out=await structure_store.other_things(self.work),
        )

    async def _rows(self, name: str, query: str) -> int:
        writer, count = RowsWriter(self.archive, f"tables/{name}"), 0
        async for line in rows_store.lines(self.work, query):
            writer.write(line)
            count += 1
        writer.close()
        return count

    async def _files(self, total: int) -> tuple[int, int, list[str]]:
        files, size, missing = 0, 0, list[str]()
        async for ids in rows_store.file_ids(self.work):
            for id_ in ids:
                self.progress("files", files, total)
                added = self._file(id_)
                if added is None:
                    missing.append(str(id_))
                else:
                    files, size = files + 1, size + added
        return files, size, missing

    def _file(self, id_: UUID) -> int | None:
        """Bytes of its content, with its small picture; None when it is not there."""
        place, picture = self.content.path(id_), self.content.path(id_, thumbnail=True)
        if place is None:
            return None
        size = 0
        for path, name in ((picture, f"files/{id_}.webp"), (place, f"files/{id_}")):
            if path is not None:
                with path.open("rb") as opened:
                    bytes_ = os.fstat(opened.fileno()).st_size
                    self.archive.add_file(name, opened, bytes_)
                size += bytes_
        return size


def _has_rows(table: Table) -> bool:
    return table.divided_by is None and table.name not in rows_store.LEFT_OUT


@asynccontextmanager
async def _held_still(database: Database, schema: str, workspace: str) -> AsyncIterator[UnitOfWork]:
    """One moment of the workspace: no content of files goes and no table is rebuilt before the end of the block."""
    async with database.begin(schema) as guard, AsyncExitStack() as reading:
        if not await structure_store.is_workspace(guard):
            raise NoSuchWorkspaceError(workspace=workspace)
        await lock_shared(guard, LockSpace.CONTENT)
        for _ in range(_TRIES):
            async with database.begin(schema) as designers:
                await rows_store.hold_design(designers)
                work = await reading.enter_async_context(database.begin(schema, still=True))
                names = await structure_store.table_names(work)
                if await rows_store.hold_tables(work, names):
                    break
            await reading.aclose()
        yield work


@contextmanager
def _written_whole(to: Path) -> Iterator[BinaryIO]:
    """A file for the operator's eyes alone that appears under its name when it is complete."""
    unfinished = to.with_name(f".{to.name}.unfinished")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb", buffering=1 << 20) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(to)
    finally:
        unfinished.unlink(missing_ok=True)
