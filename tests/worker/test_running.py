"""The worker of an installation keeps it in order."""

import asyncio

from guanxi.bootstrap import open_platform
from guanxi.jobs.job import Lane, NewJob
from guanxi.jobs.queue import enqueue
from guanxi.kit.settings import Settings
from guanxi.worker.running import work_until, working
from guanxi.worker.upkeep import UPKEEP


async def test_upkeep_is_scheduled_and_removes_what_is_past(conninfo: str) -> None:
    platform = await open_platform(Settings(), conninfo)
    async with platform.database.begin(platform.schema) as work:
        await work.execute(
            "insert into guanxi.sign_in_attempt (at, email_hash, address, succeeded)"
            " values (now() - interval '2 days', '', '10.0.0.1', false)"
        )
        await work.execute(
            "insert into idempotency (person, key, request_hash, at)"
            " values (gen_random_uuid(), 'k', '', now() - interval '2 days')"
        )
    async with working(platform):
        async with platform.database.begin(platform.schema) as work:
            assert (
                await work.value(
                    "select kind from schedule where name = 'upkeep' and next_at > now()"
                )
                == UPKEEP
            )
            await enqueue(work, NewJob(UPKEEP, Lane.CRON))
        async with asyncio.timeout(10):
            left = 1
            while left:
                await asyncio.sleep(0.05)
                async with platform.database.begin(platform.schema) as work:
                    left = await work.value(
                        "select (select count(*) from guanxi.sign_in_attempt)"
                        " + (select count(*) from idempotency) + (select count(*) from job)"
                    )
    await platform.database.close()


async def test_a_worker_of_its_own_stops_when_it_is_told(conninfo: str) -> None:
    platform = await open_platform(Settings(), conninfo)
    stopped = asyncio.Event()
    running = asyncio.create_task(work_until(platform, stopped))
    async with platform.database.begin(platform.schema) as work:
        await enqueue(work, NewJob(UPKEEP, Lane.CRON))
    async with asyncio.timeout(10):
        left = 1
        while left:
            await asyncio.sleep(0.05)
            async with platform.database.begin(platform.schema) as work:
                left = await work.value("select count(*) from job")
    assert not running.done()
    stopped.set()
    await asyncio.wait_for(running, 5)
    await platform.database.close()
