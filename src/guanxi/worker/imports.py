"""The jobs of imports: check, run, undo. A killed one is taken up again by whoever finds it."""

from collections.abc import Awaitable, Callable
from functools import partial
from uuid import UUID

from guanxi.bootstrap import Platform
from guanxi.db.failures import DatabaseAway
from guanxi.jobs.job import Handlers, Job, Lease
from guanxi.kit.errors import GuanxiError
from guanxi.records import import_store as store
from guanxi.records.import_check import check_import
from guanxi.records.import_control import CHECK_JOB, RUN_JOB, UNDO_JOB
from guanxi.records.import_errors import ImportIncompleteError
from guanxi.records.import_run import fail_import, run_import
from guanxi.records.import_undo import undo_import
from guanxi.records.importing import Importing

Verb = Callable[..., Awaitable[object]]

_VERBS: dict[str, Verb] = {CHECK_JOB: check_import, RUN_JOB: run_import, UNDO_JOB: undo_import}


def register(handlers: Handlers, platform: Platform) -> None:
    for kind, verb in _VERBS.items():
        handlers.register_leased(kind, partial(_do, platform.importing, verb))


async def fail_unattended(platform: Platform) -> None:
    """Imports whose worker died at every attempt will not go on; their people are told."""
    async with platform.importing.begin() as work:
        unattended = await store.unattended(work, list(_VERBS))
    for id_ in unattended:
        await fail_import(platform.importing, id_, ImportIncompleteError())


async def _do(importing: Importing, verb: Verb, job: Job, lease: Lease) -> None:
    id_ = UUID(job.payload["import"])
    try:
        await verb(importing, id_, finish=lease.finish)
    except GuanxiError as error:
        await fail_import(importing, id_, error)
    except DatabaseAway:
        # It may be back at the next attempt; after the last one `fail_unattended` tells.
        raise
    except Exception:
        if job.attempt >= job.max_attempt:
            await fail_import(importing, id_, ImportIncompleteError())
        raise
