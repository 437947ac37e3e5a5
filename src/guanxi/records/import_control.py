"""What a person tells an import to do: check, run, undo, cancel. The work itself is a job."""

from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.jobs.job import Lane, NewJob
from guanxi.jobs.queue import enqueue
from guanxi.kit.text import Text
from guanxi.permissions.viewer import Viewer
from guanxi.records import import_stage_store as stage_store
from guanxi.records import import_store as store
from guanxi.records.import_errors import PartlyWrittenError, PeopleStayError
from guanxi.records.import_model import Import, ImportStatus
from guanxi.records.import_stage_store import Stage
from guanxi.records.importing import (
    importable_object,
    is_of_people,
    own_import,
    require_status,
)

CHECK_JOB = "import.check"
RUN_JOB = "import.run"
UNDO_JOB = "import.undo"

#: What is written stays written, so one whose worker was killed often has still come further each time.
MOST_ATTEMPTS = 10

_CHECK = Text(zh="检查", en="check it")
_RUN = Text(zh="开始导入", en="run it")
_UNDO = Text(zh="撤销", en="take it back")
_CANCEL = Text(zh="取消", en="cancel it")

_WAITING = (ImportStatus.MAPPING, ImportStatus.CHECKED, ImportStatus.FAILED)
_AT_WORK = (ImportStatus.CHECKING, ImportStatus.RUNNING)
_WRITTEN = (ImportStatus.DONE, ImportStatus.FAILED, ImportStatus.CANCELLED)


async def begin_check(work: UnitOfWork, viewer: Viewer, id_: UUID) -> Import:
    """The dry run begins. Raises ImportNotFoundError, ImportBusyError, PartlyWrittenError, ImportRefusedError."""
    import_ = await ready_import(work, viewer, id_, _CHECK)
    await store.begin_work(work, import_.id, ImportStatus.CHECKING)
    return await own_import(work, viewer, id_)


async def begin_run(work: UnitOfWork, viewer: Viewer, id_: UUID) -> Import:
    """The import begins, or goes on behind the last row that was written. Raises as `begin_check`.

    One that was taken back in part does not go on: PartlyWrittenError.
    """
    import_ = await own_import(work, viewer, id_, lock=True)
    if import_.status is ImportStatus.FAILED and import_.last_row and not _is_taken_back(import_):
        importable_object(viewer, import_.object)
        await store.go_on(work, id_)
        return await own_import(work, viewer, id_)
    import_ = await ready_import(work, viewer, id_, _RUN)
    await store.begin_work(work, import_.id, ImportStatus.RUNNING)
    return await own_import(work, viewer, id_)


async def begin_undo(work: UnitOfWork, viewer: Viewer, id_: UUID) -> Import:
    """Taking it back begins. Raises ImportNotFoundError, ImportBusyError, PeopleStayError."""
    import_ = await own_import(work, viewer, id_, lock=True)
    if is_of_people(import_):
        raise PeopleStayError
    require_status(import_, _UNDO, *_WRITTEN)
    await store.set_status(work, id_, ImportStatus.UNDOING)
    return await own_import(work, viewer, id_)


async def cancel(work: UnitOfWork, viewer: Viewer, id_: UUID) -> None:
    """Stops an import that has not ended; whole chunks that are written stay until it is taken back.

    Raises ImportNotFoundError, ImportBusyError.
    """
    import_ = await own_import(work, viewer, id_, lock=True)
    require_status(import_, _CANCEL, *_WAITING, *_AT_WORK)
    await store.set_status(work, id_, ImportStatus.CANCELLED, is_over=True)
    # Whoever is at work on it finds out by itself and forgets the stage.
    if import_.status not in _AT_WORK:
        await stage_store.drop_stage(work, Stage.of(id_))


def _is_taken_back(import_: Import) -> bool:
    """Whether taking it back was begun."""
    return import_.result is not None and import_.result.removed is not None


async def queue_job(work: UnitOfWork, kind: str, id_: UUID) -> None:
    """Leaves the work to a worker."""
    await enqueue(work, job_of(kind, id_))


def job_of(kind: str, id_: UUID) -> NewJob:
    """The work on an import as a job."""
    return NewJob(
        kind,
        Lane.BULK,
        {"import": str(id_)},
        dedupe_key=str(id_),
        max_attempt=MOST_ATTEMPTS,
    )


async def ready_import(work: UnitOfWork, viewer: Viewer, id_: UUID, wish: Text) -> Import:
    """An import of which nothing is written yet and on which nobody works; it stays locked."""
    import_ = await own_import(work, viewer, id_, lock=True)
    require_status(import_, wish, *_WAITING)
    if import_.last_row:
        raise PartlyWrittenError
    importable_object(viewer, import_.object)
    return import_
