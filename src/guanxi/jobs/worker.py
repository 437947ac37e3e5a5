"""The worker: looks once a second, or when it is woken, and does what is due in every lane."""

import asyncio
import logging
from collections.abc import Sequence

from guanxi.db.database import Database
from guanxi.db.failures import AnyFailure
from guanxi.db.notify import Topic, subscribe
from guanxi.jobs import store
from guanxi.jobs.database_lane import DatabaseLane
from guanxi.jobs.job import Handlers, Lane
from guanxi.jobs.leased_lane import LeasedLane
from guanxi.jobs.schedule import tick

POLL_SECONDS = 1.0

#: How many leased jobs of a lane one worker does at a time.
AT_ONCE = {Lane.IO: 10, Lane.BULK: 2}

_log = logging.getLogger(__name__)


class Worker:
    """Does the jobs of one workspace until it is stopped. Any number may work on one database."""

    def __init__(
        self,
        database: Database,
        schema: str,
        handlers: Handlers,
        *,
        lanes: Sequence[Lane] = tuple(Lane),
        poll_seconds: float = POLL_SECONDS,
    ) -> None:
        self._database = database
        self._schema = schema
        self._poll_seconds = poll_seconds
        self._workings: dict[Lane, DatabaseLane | LeasedLane] = {
            lane: LeasedLane(database, schema, handlers, lane, at_once=AT_ONCE[lane])
            if lane.is_leased
            else DatabaseLane(database, schema, handlers, lane)
            for lane in lanes
        }
        self._due = {lane: asyncio.Event() for lane in lanes}
        self._news = asyncio.Event()
        self._stopping = False
        self._loops: list[asyncio.Task[None]] = []

    async def run(self) -> None:
        """Works until `stop` is called."""
        unsubscribe = subscribe(self._schema, Topic.JOBS, self._news.set)
        self._loops = [asyncio.create_task(self._work_off(lane)) for lane in self._workings]
        try:
            await self._look()
        finally:
            unsubscribe()
            await self._end()

    def stop(self) -> None:
        """Lets database work come to its end, gives leased jobs back, and ends `run`."""
        self._stopping = True
        self._news.set()

    async def _look(self) -> None:
        while not self._stopping:
            self._news.clear()
            try:
                async with self._database.begin(self._schema) as work:
                    await tick(work)
                    lanes = await store.lanes_with_due_jobs(work)
                for lane in lanes & self._due.keys():
                    self._due[lane].set()
            except AnyFailure as error:
                _log.warning("The queue could not be looked at: %s", error)
            try:
                await asyncio.wait_for(self._news.wait(), self._poll_seconds)
            except TimeoutError:
                continue

    async def _work_off(self, lane: Lane) -> None:
        while True:
            await self._due[lane].wait()
            self._due[lane].clear()
            try:
                while not self._stopping and await self._workings[lane].work_off():
                    pass
            except AnyFailure as error:
                _log.warning("Lane %s rests: %s", lane.name, error)
            if self._stopping:
                return

    async def _end(self) -> None:
        self._stopping = True
        for event in self._due.values():
            event.set()
        for working in self._workings.values():
            if isinstance(working, LeasedLane):
                await working.stop()
        await asyncio.gather(*self._loops, return_exceptions=True)
