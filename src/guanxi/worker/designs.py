"""Goes on with what designs and saves left to be done on large tables."""

from guanxi.bootstrap import Platform
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.jobs.job import Handlers, Job, Lease
from guanxi.metadata.computing_store import COMPUTE, ask_to_compute, is_anything_left
from guanxi.metadata.pending import FINISH_DESIGN, ask_to_finish, finish_pending, pending_of
from guanxi.records.recompute_waiting import recompute_waiting


def register(handlers: Handlers, platform: Platform) -> None:
    async def finish(job: Job, lease: Lease) -> None:
        del job, lease
        await finish_pending(platform.database, platform.schema, platform.field_types)

    async def recompute(job: Job, lease: Lease) -> None:
        del job, lease
        await recompute_waiting(lambda: platform.gate.system_write("job"))

    handlers.register_leased(FINISH_DESIGN, finish)
    handlers.register_leased(COMPUTE, recompute)


async def set_up(work: UnitOfWork) -> None:
    """Takes up again what nobody finished."""
    if await pending_of(work):
        await ask_to_finish(work)
    if await is_anything_left(work):
        await ask_to_compute(work)
