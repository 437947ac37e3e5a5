"""What the verbs of imports share, and what every one of them asks first."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from guanxi.db.database import Database
from guanxi.db.locks import LockSpace, held
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.text import Text, text_of
from guanxi.metadata.model import ObjectDefinition
from guanxi.permissions.gate import Gate
from guanxi.permissions.model import EVERYTHING, Action, WorkspaceRight
from guanxi.permissions.viewer import Viewer
from guanxi.records import import_store as store
from guanxi.records.import_errors import (
    FileTooLargeError,
    ImportBusyError,
    ImportNotFoundError,
    ImportRefusedError,
    UnreadableFileError,
)
from guanxi.records.import_file_store import fetch_file
from guanxi.records.import_model import STATUS_WORDS, Import, ImportStatus
from guanxi.records.rights import object_for
from guanxi.records.saving import Saving

PERSON = "person"

#: Joins in the transaction that ends a piece of work, so that the job is done together with it.
Finish = Callable[[UnitOfWork], Awaitable[None]]

FORGOTTEN = Text(
    zh="这个文件已过保存期，请重新上传。",
    en="This file is past its time and was removed. Upload it again.",
)


async def leave_open(work: UnitOfWork) -> None:
    """The `Finish` of work that is no job."""
    del work


@dataclass(frozen=True)
class Importing:
    """Collaborators of imports."""

    database: Database
    schema: str
    gate: Gate
    saving: Saving
    upload_limit_mb: int = 200
    #: Rows written per transaction.
    chunk: int = 5000

    def begin(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """A unit of work for the platform's own tables."""
        return self.database.begin(self.schema)

    def staging(self, id_: UUID) -> AbstractAsyncContextManager[None]:
        """Waits until nobody else reads the file of the import into its stage."""
        return held(self.database, self.schema, LockSpace.IMPORT, str(id_))

    async def load(self, id_: UUID) -> Import | None:
        """The import as it stands."""
        async with self.begin() as work:
            return await store.load_import(work, id_)

    @asynccontextmanager
    async def work_as(self, import_: Import) -> AsyncIterator[tuple[UnitOfWork, Viewer]]:
        """A unit of work in the name of whoever began the import; its changes are marked as one batch."""
        async with self.begin() as work:
            yield work, await self.viewer_of(work, import_)

    async def viewer_of(self, work: UnitOfWork, import_: Import) -> Viewer:
        """Raises SignedOutError when the person has left meanwhile."""
        if import_.created_by is None:
            return await self.gate.system_viewer(work, "import", batch=import_.id)
        return await self.gate.person_viewer(work, import_.created_by, "import", batch=import_.id)

    @asynccontextmanager
    async def file_of(self, import_: Import) -> AsyncIterator[Path]:
        """The uploaded file, fetched to a place of its own for a while. Raises UnreadableFileError."""
        with TemporaryDirectory(prefix="guanxi-import-") as folder:
            path = Path(folder) / "file"
            async with self.begin() as work:
                await fetch_file(work, import_.id, path)
            if not path.stat().st_size:
                raise UnreadableFileError(FORGOTTEN)
            yield path

    def check_size(self, size: int) -> None:
        """Raises FileTooLargeError."""
        if size > self.upload_limit_mb << 20:
            raise FileTooLargeError(limit=self.upload_limit_mb)


def is_of_people(import_: Import) -> bool:
    """People are no records: `auth` makes them."""
    return import_.object == PERSON


def importable_object(viewer: Viewer, name: str) -> ObjectDefinition:
    """The object to import into. Raises ObjectNotFoundError, NotAllowedError, ImportRefusedError."""
    if name == PERSON:
        definition = viewer.catalog.objects[PERSON]
        if not viewer.rights.has(WorkspaceRight.MANAGE_PEOPLE):
            raise ImportRefusedError(object=text_of(definition.label))
        return definition
    definition = object_for(viewer, name, Action.CREATE)
    if not viewer.may(Action.IMPORT, name):
        raise ImportRefusedError(object=text_of(definition.label))
    return definition


async def own_imports(
    work: UnitOfWork, viewer: Viewer, *, object_name: str | None, limit: int
) -> list[Import]:
    """The viewer's own imports, the newest first; an administrator has all."""
    person = None if viewer.rights.is_administrator else viewer.person_id
    return await store.list_imports(work, object_name=object_name, person=person, limit=limit)


async def own_import(work: UnitOfWork, viewer: Viewer, id_: UUID, *, lock: bool = False) -> Import:
    """An import of the viewer's own; an administrator has all. Raises ImportNotFoundError."""
    import_ = await store.load_import(work, id_, lock=lock)
    if import_ is None:
        raise ImportNotFoundError
    if not viewer.rights.is_administrator and import_.created_by != viewer.person_id:
        raise ImportNotFoundError
    return import_


def require_status(import_: Import, wish: Text, *allowed: ImportStatus) -> None:
    """Raises ImportBusyError when the import is not at one of the stages."""
    if import_.status not in allowed:
        raise ImportBusyError(status=STATUS_WORDS[import_.status], wish=wish)


def unlimited(viewer: Viewer) -> Viewer:
    """The same person as the author of what the platform has promised, such as taking an import back."""
    return replace(viewer, rights=EVERYTHING)
