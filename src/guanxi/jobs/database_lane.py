"""Database work: a job is removed by the transaction that does it, so it is done exactly once."""

import logging
import traceback

from guanxi.db.database import Database
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.jobs import store
from guanxi.jobs.backoff import seconds_after
from guanxi.jobs.job import Handlers, Job, Lane

#: So many jobs share one transaction.
BATCH = 50

_log = logging.getLogger(__name__)


class _JobFailedError(Exception):
    """Rolls the transaction back; the cause is what the handler raised."""

    def __init__(self, job: Job) -> None:
        self.job = job
        super().__init__(job.kind)


class DatabaseLane:
    """Works off one lane in batches; a batch with a failure is done again one by one."""

    def __init__(self, database: Database, schema: str, handlers: Handlers, lane: Lane) -> None:
        self._database = database
        self._schema = schema
        self._handlers = handlers
        self._lane = lane

    async def work_off(self) -> int:
        """Does what is due, at most one batch; returns how many jobs were taken."""
        taken: list[Job] = []
        try:
            async with self._database.begin(self._schema) as work:
                taken = await store.take(work, self._lane, self._handlers.kinds(self._lane), BATCH)
                for job in taken:
                    await self._run(work, job)
        except _JobFailedError as failure:
            if len(taken) == 1:
                await self._answer_failure(failure)
            else:
                await self._one_by_one(taken)
        return len(taken)

    async def _run(self, work: UnitOfWork, job: Job) -> None:
        try:
            await self._handlers.database(job.kind)(work, job)
        except Exception as error:
            raise _JobFailedError(job) from error

    async def _one_by_one(self, jobs: list[Job]) -> None:
        for job in jobs:
            try:
                async with self._database.begin(self._schema) as work:
                    mine = await store.take_one(work, job.id)
                    if mine is not None:
                        await self._run(work, mine)
            except _JobFailedError as failure:
                await self._answer_failure(failure)

    async def _answer_failure(self, failure: _JobFailedError) -> None:
        job, error = failure.job, failure.__cause__
        _log.warning("Job %s (%s) failed at attempt %s: %r", job.id, job.kind, job.attempt, error)
        async with self._database.begin(self._schema) as work:
            if job.attempt >= job.max_attempt:
                trace = "".join(traceback.format_exception(error))
                await store.bury(
                    work, job, error=repr(error), trace=trace, known_attempt=job.attempt - 1
                )
            else:
                await store.postpone(
                    work, job, seconds_after(job.attempt), known_attempt=job.attempt - 1
                )
