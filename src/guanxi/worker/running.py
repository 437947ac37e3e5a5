"""A worker at work: inside of `guanxi serve`, or on its own as `guanxi worker`."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from guanxi.bootstrap import Platform
from guanxi.db.notify import Relay
from guanxi.jobs.job import Handlers
from guanxi.jobs.worker import Worker
from guanxi.worker import designs, imports, upkeep


def handlers_of(platform: Platform) -> Handlers:
    """Who does which kind of job."""
    handlers = Handlers()
    upkeep.register(handlers, platform)
    designs.register(handlers, platform)
    imports.register(handlers, platform)
    return handlers


async def work_until(platform: Platform, stopped: asyncio.Event) -> None:
    """A worker process of its own: `guanxi worker`. Returns when it was stopped and its work is in good order."""
    relay = Relay(platform.database, platform.schema)
    await relay.start()
    try:
        async with working(platform):
            await stopped.wait()
    finally:
        await relay.stop()


@asynccontextmanager
async def working(platform: Platform) -> AsyncIterator[Worker]:
    """A worker that works until the end of the block, and then comes to a stop in good order."""
    async with platform.database.begin(platform.schema) as work:
        await upkeep.set_up(work, platform)
        await designs.set_up(work)
        await imports.set_up(work, platform)
    worker = Worker(platform.database, platform.schema, handlers_of(platform))
    task = asyncio.create_task(worker.run())
    try:
        yield worker
    finally:
        worker.stop()
        await task
