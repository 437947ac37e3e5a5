"""Long and outside work: a job is leased, prolonged while it is worked on, and removed when it is done."""

import asyncio
import logging
import traceback

from guanxi.db.database import Database
from guanxi.db.failures import AnyFailure
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.jobs import store
from guanxi.jobs.backoff import seconds_after
from guanxi.jobs.job import Handlers, Job, Lane, LeaseLostError
from guanxi.kit.tasks import end_tasks

#: How often a running job gives a sign of life.
HEARTBEAT_SECONDS = 30.0

_log = logging.getLogger(__name__)


class _Lease:
    """See `job.Lease`."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self.is_finished = False

    async def finish(self, work: UnitOfWork) -> None:
        if not await store.finish(work, self._job):
            raise LeaseLostError(f"Job {self._job.id} was taken over by another worker.")
        work.after_commit(self._note_finished)

    async def _note_finished(self) -> None:
        self.is_finished = True


class LeasedLane:
    """Works off one lane with several jobs at a time."""

    def __init__(
        self,
        database: Database,
        schema: str,
        handlers: Handlers,
        lane: Lane,
        *,
        at_once: int,
        heartbeat_seconds: float = HEARTBEAT_SECONDS,
    ) -> None:
        self._database = database
        self._schema = schema
        self._handlers = handlers
        self._lane = lane
        self._at_once = at_once
        self._heartbeat_seconds = heartbeat_seconds
        self._running: set[asyncio.Task[None]] = set()

    async def work_off(self) -> int:
        """Begins what is due as far as there is room, then waits until there is room again."""
        room = self._at_once - len(self._running)
        async with self._database.begin(self._schema) as work:
            jobs = await store.lease(work, self._lane, self._handlers.kinds(self._lane), room)
        for job in jobs:
            task = asyncio.create_task(self._work_on(job))
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        if len(self._running) >= self._at_once:
            await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
        return len(jobs)

    async def stop(self) -> None:
        """Ends what is running; it is given back for another worker."""
        for task in tuple(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _work_on(self, job: Job) -> None:
        if job.attempt > job.max_attempt:
            await self._bury(job, "The worker died at every attempt.", "")
            return
        lease = _Lease(job)
        handler = asyncio.ensure_future(self._handlers.leased(job.kind)(job, lease))
        heartbeat = asyncio.create_task(self._beat(job, handler))
        try:
            await handler
            if not lease.is_finished:
                async with self._database.begin(self._schema) as work:
                    await store.finish(work, job)
        except LeaseLostError as error:
            _log.warning("%s", error)
        except asyncio.CancelledError:
            await self._answer_cancellation(job, handler)
            raise
        except Exception as error:  # noqa: BLE001 - whatever a handler raises is the job's failure
            await self._answer_failure(job, error)
        finally:
            await end_tasks(heartbeat)

    async def _beat(self, job: Job, handler: "asyncio.Future[None]") -> None:
        while True:
            await asyncio.sleep(self._heartbeat_seconds)
            try:
                async with self._database.begin(self._schema) as work:
                    is_ours = await store.prolong(work, job)
            except AnyFailure as error:
                _log.warning("Job %s could not give a sign of life: %s", job.id, error)
                continue
            if not is_ours:
                handler.cancel()

    async def _answer_cancellation(self, job: Job, handler: "asyncio.Future[None]") -> None:
        handler.cancel()
        await asyncio.gather(handler, return_exceptions=True)
        async with self._database.begin(self._schema) as work:
            await store.give_back(work, job)

    async def _answer_failure(self, job: Job, error: Exception) -> None:
        _log.warning("Job %s (%s) failed at attempt %s: %r", job.id, job.kind, job.attempt, error)
        if job.attempt >= job.max_attempt:
            await self._bury(job, repr(error), "".join(traceback.format_exception(error)))
            return
        async with self._database.begin(self._schema) as work:
            await store.postpone(work, job, seconds_after(job.attempt), known_attempt=job.attempt)

    async def _bury(self, job: Job, error: str, trace: str) -> None:
        give_up = self._handlers.giving_up(job.kind)
        async with self._database.begin(self._schema) as work:
            is_ours = await store.bury(
                work, job, error=error, trace=trace, known_attempt=job.attempt
            )
            if is_ours and give_up is not None:
                await give_up(work, job)
