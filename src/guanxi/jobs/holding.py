"""Work that is done here and now, and that a worker goes on with when whoever does it dies."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from guanxi.db.database import Database
from guanxi.db.failures import AnyFailure
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.jobs import store
from guanxi.jobs.job import Job, Lease, LeaseLostError, NewJob
from guanxi.jobs.queue import enqueue
from guanxi.kit.clock import SystemClock
from guanxi.kit.tasks import end_tasks

#: How often whoever holds a job gives a sign of life.
HEARTBEAT_SECONDS = 30.0

_log = logging.getLogger(__name__)


class _Held:
    """See `job.Lease`."""

    def __init__(self, job: Job) -> None:
        self._job = job

    async def finish(self, work: UnitOfWork) -> None:
        if not await store.finish(work, self._job):
            raise LeaseLostError(f"Job {self._job.id} was taken over by a worker.")


async def hold(work: UnitOfWork, new: NewJob) -> Job:
    """Queues work nobody takes for the length of a lease, for `holding` from the commit on.

    Raises LeaseLostError when the same work waits already.
    """
    due_at = SystemClock().now() + timedelta(seconds=store.LEASE_SECONDS)
    id_ = await enqueue(
        work,
        NewJob(new.kind, new.lane, new.payload, dedupe_key=new.dedupe_key, due_at=due_at),
    )
    if id_ is None:
        raise LeaseLostError(f"{new.kind} {new.dedupe_key} is in the queue already.")
    return Job(id_, new.lane, new.kind, new.payload, attempt=0, max_attempt=0)


@asynccontextmanager
async def holding(database: Database, schema: str, job: Job) -> AsyncIterator[Lease]:
    """Keeps the job from workers until the end of the block, which ends it however the block ends."""
    heartbeat = asyncio.create_task(_beat(database, schema, job))
    try:
        yield _Held(job)
    finally:
        await end_tasks(heartbeat)
        async with database.begin(schema) as work:
            await store.finish(work, job)


async def _beat(database: Database, schema: str, job: Job) -> None:
    while True:
        await asyncio.sleep(HEARTBEAT_SECONDS)
        try:
            async with database.begin(schema) as work:
                await store.prolong(work, job)
        except AnyFailure as error:
            _log.warning("Job %s could not give a sign of life: %s", job.id, error)
