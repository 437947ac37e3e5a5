"""An import from the file to its end at one call: for whoever has no browser and needs no worker."""

import asyncio
from collections.abc import Coroutine
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.jobs.holding import hold, holding
from guanxi.jobs.job import Job, Lease
from guanxi.kit.errors import GuanxiError
from guanxi.permissions.viewer import Viewer
from guanxi.records.import_by_header import HeaderWishes, column_wishes
from guanxi.records.import_change import FileWish, change_import
from guanxi.records.import_check import check_import
from guanxi.records.import_control import (
    CHECK_JOB,
    RUN_JOB,
    begin_check,
    begin_run,
    cancel,
    job_of,
)
from guanxi.records.import_model import DuplicatePolicy, Duplicates, Import, PeopleWish
from guanxi.records.import_people_make import Tell
from guanxi.records.import_run import Watch, fail_import, run_import, unwatched
from guanxi.records.import_upload import fields_of, upload
from guanxi.records.importing import Importing, importable_object


@dataclass(frozen=True)
class ImportWishes:
    """Everything that can be decided about an import; what is missing stays as it is guessed."""

    columns: HeaderWishes = field(default_factory=HeaderWishes)
    key: str | None = None
    policy: DuplicatePolicy | None = None
    people: PeopleWish | None = None
    file: FileWish | None = None


class WholeImport:
    """One import in the name of a person, or of nobody with all rights."""

    def __init__(self, importing: Importing, person: UUID | None) -> None:
        self._importing = importing
        self._person = person

    async def prepare(
        self, object_name: str, path: Path, name: str, wishes: ImportWishes
    ) -> Import:
        """Takes the file and decides about its columns.

        Raises UnreadableFileError, FileTooLargeError, ImportRefusedError, ObjectNotFoundError, InvalidMappingError.
        """
        importing = self._importing
        async with importing.begin() as work:
            viewer = await self._viewer(work)
            made = await upload(work, viewer, importing, object_name, path, name)
            if wishes.file is not None:
                made = await change_import(work, viewer, importing, made.id, file=wishes.file)
            fields = fields_of(viewer, importable_object(viewer, object_name))
            return await change_import(
                work,
                viewer,
                importing,
                made.id,
                mapping=column_wishes(made, wishes.columns, fields),
                duplicates=_duplicates(made, wishes),
                people=wishes.people,
            )

    async def check(self, import_: Import) -> Import:
        """The dry run; afterwards the import is forgotten. Raises what makes it fail."""
        async with self._importing.begin() as work:
            await begin_check(work, await self._viewer(work), import_.id)
            job = await hold(work, job_of(CHECK_JOB, import_.id))
        async with self._holding(job) as lease:
            checking = check_import(self._importing, import_.id, finish=lease.finish)
            await self._ended(import_, checking)
        checked = await self._importing.load(import_.id)
        await self._cancel(import_)
        return checked or import_

    async def run(
        self, import_: Import, *, watch: Watch = unwatched, tell: Tell | None = None
    ) -> Import:
        """Writes the rows. Raises what makes it fail."""
        async with self._importing.begin() as work:
            await begin_run(work, await self._viewer(work), import_.id)
            job = await hold(work, job_of(RUN_JOB, import_.id))
        async with self._holding(job) as lease:
            running = run_import(
                self._importing, import_.id, watch=watch, tell=tell, finish=lease.finish
            )
            await self._ended(import_, running)
        return await self._importing.load(import_.id) or import_

    def _holding(self, job: Job) -> AbstractAsyncContextManager[Lease]:
        """Should this process be killed, a worker goes on with the import."""
        return holding(self._importing.database, self._importing.schema, job)

    async def _ended(self, import_: Import, doing: Coroutine[Any, Any, object]) -> None:
        """Waits for the work. One that is broken off counts as cancelled, one that fails as failed."""
        try:
            await doing
        except GuanxiError as error:
            await fail_import(self._importing, import_.id, error)
            raise
        except asyncio.CancelledError:
            await asyncio.shield(self._cancel(import_))
            raise

    async def _cancel(self, import_: Import) -> None:
        async with self._importing.begin() as work:
            await cancel(work, await self._viewer(work), import_.id)

    async def _viewer(self, work: UnitOfWork) -> Viewer:
        gate = self._importing.gate
        if self._person is None:
            return await gate.system_viewer(work, "command")
        return await gate.person_viewer(work, self._person, "command")


def _duplicates(made: Import, wishes: ImportWishes) -> Duplicates:
    """With a key alone, records that are there already are changed."""
    if wishes.key is None and wishes.policy is None:
        return made.duplicates
    key = wishes.key or made.duplicates.key
    return Duplicates(key=key, policy=wishes.policy or "update")
