"""The jobs of imports: check, run, undo. A killed one is taken up again by whoever finds it."""

from collections.abc import Awaitable, Callable
from functools import partial
from uuid import UUID

from guanxi.bootstrap import Platform
from guanxi.db.failures import DatabaseAway
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.jobs.job import Handlers, Job, Lease
from guanxi.jobs.schedule import Schedule, set_schedule
from guanxi.kit.errors import GuanxiError
from guanxi.records import import_store as store
from guanxi.records.import_check import check_import
from guanxi.records.import_control import CHECK_JOB, RUN_JOB, UNDO_JOB
from guanxi.records.import_errors import ImportIncompleteError
from guanxi.records.import_run import fail_import, note_failed, run_import
from guanxi.records.import_undo import undo_import
from guanxi.records.importing import Importing

Verb = Callable[..., Awaitable[object]]

#: The kind of the job that looks for imports nobody is at work on.
TEND_JOB = "import.tend"

#: What went wrong so often is told; a worker that was killed is no failure of the import and tried more often.
MOST_FAILURES = 3

_EVERY = "*/5 * * * *"

_VERBS: dict[str, Verb] = {CHECK_JOB: check_import, RUN_JOB: run_import, UNDO_JOB: undo_import}


def register(handlers: Handlers, platform: Platform) -> None:
    for kind, verb in _VERBS.items():
        handlers.register_leased(kind, partial(_do, platform.importing, verb), give_up=_give_up)
    handlers.register_database(TEND_JOB, _tend)


async def set_up(work: UnitOfWork, platform: Platform) -> None:
    await set_schedule(work, Schedule("imports", _EVERY, TEND_JOB, platform.workspace.time_zone))
    await fail_unattended(work)


async def fail_unattended(work: UnitOfWork) -> None:
    """Imports at work that no job stands for will not go on by themselves; their people are told."""
    for id_ in await store.unattended(work, list(_VERBS)):
        await note_failed(work, id_, ImportIncompleteError())


async def _tend(work: UnitOfWork, job: Job) -> None:
    del job
    await fail_unattended(work)


async def _give_up(work: UnitOfWork, job: Job) -> None:
    await note_failed(work, UUID(job.payload["import"]), ImportIncompleteError())


async def _do(importing: Importing, verb: Verb, job: Job, lease: Lease) -> None:
    id_ = UUID(job.payload["import"])
    try:
        await verb(importing, id_, finish=lease.finish)
    except GuanxiError as error:
        await fail_import(importing, id_, error)
    except DatabaseAway:
        # It may be back at the next attempt.
        raise
    except Exception:
        if job.attempt >= MOST_FAILURES:
            await fail_import(importing, id_, ImportIncompleteError())
        raise
