"""Putting jobs into the queue, inside the caller's transaction."""

from collections.abc import Sequence

from guanxi.db.notify import Topic, announce
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.jobs import store
from guanxi.jobs.job import Lane, NewJob

#: Database work must not block its record for long, so it is given up after few tries.
MOST_ATTEMPTS = {Lane.FLOW: 4, Lane.RULE: 4, Lane.CRON: 4, Lane.IO: 8, Lane.BULK: 3}


async def enqueue(work: UnitOfWork, job: NewJob) -> int | None:
    """Queues a job; the worker hears of it after the commit. Returns its id, None when an equal one waits already."""
    ids = await enqueue_many(work, [job])
    return ids[0] if ids else None


async def enqueue_many(work: UnitOfWork, jobs: Sequence[NewJob]) -> list[int]:
    """Queues many jobs by one statement; returns the ids of those that did not wait already."""
    ids = await store.insert(work, jobs, MOST_ATTEMPTS)
    announce(work, Topic.JOBS)
    return ids
