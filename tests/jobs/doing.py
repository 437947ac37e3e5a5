"""A worker process that takes a job and says so; tests kill it."""

import asyncio
import sys
from pathlib import Path

from guanxi.db.database import Database
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.jobs.job import Handlers, Job, Lease
from guanxi.jobs.worker import Worker


async def main(conninfo: str, schema: str, sign: str) -> None:
    database = Database(conninfo, pool_size=2)
    await database.open()

    def say_that_it_began() -> None:
        Path(sign).touch()

    async def count(work: UnitOfWork, job: Job) -> None:
        await work.execute("insert into counted (n) values (%s)", [job.payload["n"]])
        say_that_it_began()
        await asyncio.sleep(600)

    async def call(job: Job, lease: Lease) -> None:
        say_that_it_began()
        await asyncio.sleep(600)

    handlers = Handlers()
    handlers.register_database("count", count)
    handlers.register_leased("call", call)
    await Worker(database, schema, handlers).run()


asyncio.run(main(*sys.argv[1:]))
