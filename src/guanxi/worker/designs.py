"""Goes on with what designs left to be done on large tables."""

from guanxi.bootstrap import Platform
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.jobs.job import Handlers, Job, Lease
from guanxi.metadata.pending import FINISH_DESIGN, ask_to_finish, finish_pending, pending_of


def register(handlers: Handlers, platform: Platform) -> None:
    async def finish(job: Job, lease: Lease) -> None:
        del job, lease
        await finish_pending(platform.database, platform.schema, platform.field_types)

    handlers.register_leased(FINISH_DESIGN, finish)


async def set_up(work: UnitOfWork) -> None:
    """Takes up again what nobody finished."""
    if await pending_of(work):
        await ask_to_finish(work)
