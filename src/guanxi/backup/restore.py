"""Makes a workspace of a backup. It is built beside the others and takes its name only when it is whole."""

import asyncio
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from guanxi.backup import build_store, restore_store
from guanxi.backup.archive import BrokenArchiveError
from guanxi.backup.errors import (
    DamagedBackupError,
    InvalidWorkspaceNameError,
    NoRoomError,
    WorkspaceBusyError,
    WorkspaceInUseError,
)
from guanxi.backup.make import Progress
from guanxi.backup.model import End, Table
from guanxi.backup.rows import unpacked
from guanxi.backup.rows_store import IDENTITIES
from guanxi.backup.verify import FileContent, Rows, Verified, contents, told, verify
from guanxi.db.database import Database
from guanxi.db.failures import BrokenRule, UnusableValue, WrongStatement
from guanxi.db.locks import LockSpace, lock
from guanxi.db.migrations.schema_kinds import INSTALLATION_SCHEMA
from guanxi.db.migrations.upgrade import schema_of, upgrade_installation, upgrade_workspace
from guanxi.files.content import LocalContent

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_MEGABYTE = 1 << 20
#: Small pictures are made by us and are much smaller.
_LARGEST_PICTURE = 8 * _MEGABYTE


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored."""

    workspace: str
    tables: int
    rows: int
    files: int
    #: Files whose content the backup had not.
    missing: Sequence[str]


async def restore_backup(
    database: Database, files: Path, path: Path, workspace: str | None, *, progress: Progress
) -> Restored:
    """`files` is the folder in which each workspace has one of its own; without a name it is called as it was.

    Raises NotABackupError, IncompleteBackupError, DamagedBackupError, NewerBackupError, NoRoomError, WorkspaceInUseError,
    WorkspaceBusyError, InvalidWorkspaceNameError, OSError. Then nothing has changed.
    """
    backup = await asyncio.to_thread(verify, path)
    name = workspace or backup.head.workspace
    if not _NAME.fullmatch(name):
        raise InvalidWorkspaceNameError(workspace=name)
    _look_for_room(files, backup.end.content)
    await asyncio.to_thread(upgrade_installation, database.conninfo)
    restoring = _Restoring(database, files, backup, name, progress)
    async with database.begin(INSTALLATION_SCHEMA) as guard:
        await lock(guard, LockSpace.RESTORE)
        # In a transaction of its own: what it looks at is dropped by another one before this one ends.
        async with database.begin(INSTALLATION_SCHEMA) as work:
            is_free = await restore_store.is_free(work, schema_of(name))
        if not is_free:
            raise WorkspaceInUseError(workspace=name)
        await restoring.clear()
        try:
            return await restoring.restore()
        finally:
            await restoring.clear()


@dataclass(frozen=True, slots=True)
class _Restoring:
    database: Database
    files: Path
    backup: Verified
    workspace: str
    progress: Progress

    @property
    def target(self) -> str:
        return schema_of(self.workspace)

    @property
    def schema(self) -> str:
        """Where it is built; one that was left there by a restore that was killed is cleared away."""
        return f"restoring_{self.workspace}"

    async def clear(self) -> None:
        """Table by table: each is locked until the commit, and thousands would be too many."""
        async with self.database.begin(INSTALLATION_SCHEMA) as work:
            tables = await restore_store.tables_in(work, self.schema)
        for table in tables:
            async with self.database.begin(INSTALLATION_SCHEMA) as work:
                await restore_store.drop_table(work, self.schema, table)
        async with self.database.begin(INSTALLATION_SCHEMA) as work:
            await restore_store.drop_schema(work, self.schema)
        await asyncio.to_thread(shutil.rmtree, self.files / self.schema, ignore_errors=True)

    async def restore(self) -> Restored:
        tables = self.backup.head.tables
        with _hostile(self.backup.path):
            async with self.database.begin(INSTALLATION_SCHEMA) as work:
                await build_store.refuse_acting(work, tables)
                await restore_store.make_schema(work, self.schema)
            for table in tables:
                async with self.database.begin(self.schema) as work:
                    await build_store.make_table(work, table)
            done = await self._fill({one.name: one for one in tables})
            await self._complete(tables)
        await asyncio.to_thread(upgrade_workspace, self.database.conninfo, self.schema)
        await self._take_name()
        rows = sum(done.rows.values()) - done.rows.get(IDENTITIES, 0)
        return Restored(self.workspace, len(tables), rows, done.files, done.missing)

    async def _fill(self, tables: Mapping[str, Table]) -> End:
        """Rows and content of files, as they come. Returns the end of the file."""
        done, counted = 0, dict.fromkeys(self.backup.end.rows, 0)
        files = LocalContent(self.files / self.schema)
        pictures: dict[str, bytes] = {}
        for one in contents(self.backup.path):
            if isinstance(one, Rows):
                if not counted.get(one.table):
                    self.progress(one.table, done, len(counted))
                    done += 1
                counted[one.table] = counted.get(one.table, 0) + await self._copy(one, tables)
            elif isinstance(one, FileContent):
                self.progress("files", 0, self.backup.end.files)
                await asyncio.to_thread(self._keep, files, one, pictures)
            elif isinstance(one, End):
                if counted != one.rows:
                    raise BrokenArchiveError("rows")
                return one
        raise BrokenArchiveError("end")

    async def _copy(self, rows: Rows, tables: Mapping[str, Table]) -> int:
        if rows.table == IDENTITIES:
            command = restore_store.COPY_IDENTITIES
        else:
            table = tables[rows.table]
            command = build_store.copy_into(table.name, table.copied)
        async with self.database.begin(self.schema) as work:
            return await build_store.copy(work, command, unpacked(rows.entry.pieces()))

    def _keep(self, files: LocalContent, one: FileContent, pictures: dict[str, bytes]) -> None:
        """A small picture stands before what it is a picture of."""
        if one.is_picture:
            pictures.clear()
            pictures[one.id] = one.entry.content(most=_LARGEST_PICTURE)
            return
        self.files.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self.files) as spool:
            for piece in one.entry.pieces():
                spool.write(piece)
            spool.flush()
            files.put(UUID(one.id), Path(spool.name), pictures.pop(one.id, None))

    async def _complete(self, tables: Sequence[Table]) -> None:
        """Keys, checks and indexes once the rows are there; references when every table has its key."""
        for done, table in enumerate(tables):
            self.progress(table.name, done, len(tables))
            async with self.database.begin(self.schema) as work:
                for constraint in table.constraints:
                    if constraint.kind != "f":
                        await build_store.add_constraint(work, table, constraint)
                for index in table.indexes:
                    await build_store.add_index(work, table, index)
                await build_store.go_on_counting(work, table)
        for table in tables:
            async with self.database.begin(self.schema) as work:
                for constraint in table.constraints:
                    if constraint.kind == "f":
                        await build_store.add_constraint(work, table, constraint)
                await build_store.gather_figures(work, table)

    async def _take_name(self) -> None:
        """Files first: content without a row is harmless, a row without content is not."""
        built, place = self.files / self.schema, self.files / self.target
        async with self.database.begin(self.schema) as work:
            await restore_store.bring_people(work)
            named = await restore_store.take_name(work, self.schema, self.workspace, self.target)
            if not named:
                raise WorkspaceBusyError(workspace=self.workspace)
            if built.is_dir():
                await asyncio.to_thread(_replace, built, place)


def _replace(built: Path, place: Path) -> None:
    """What lies there belongs to nobody: the workspace was empty."""
    shutil.rmtree(place, ignore_errors=True)
    built.rename(place)


def _look_for_room(files: Path, needed: int) -> None:
    folder = next(one for one in (files.absolute(), *files.absolute().parents) if one.exists())
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise NoRoomError(folder=folder, needed=needed // _MEGABYTE, free=free // _MEGABYTE)


@contextmanager
def _hostile(path: Path) -> Iterator[None]:
    """What the database refuses to build or to hold was never in a database."""
    try:
        with told(path):
            yield
    except (BrokenRule, UnusableValue, *WrongStatement) as error:
        raise DamagedBackupError(path=path, reason=" ".join(str(error).split())[:120]) from error
