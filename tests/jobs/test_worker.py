"""Jobs are done: once, in order, again after a failure, and in spite of workers that die."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from guanxi.db.database import Database
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.jobs import backoff, store
from guanxi.jobs.database_lane import DatabaseLane
from guanxi.jobs.job import Handlers, Job, Lane, Lease, LeaseLostError, NewJob
from guanxi.jobs.leased_lane import LeasedLane
from guanxi.jobs.queue import enqueue, enqueue_many
from guanxi.jobs.worker import Worker

DOING = Path(__file__).with_name("doing.py")


@pytest.fixture(autouse=True)
async def counted(database: Database, schema: str) -> None:
    async with database.begin(schema) as work:
        await work.execute("create table counted (n int)")


@pytest.fixture
def handlers() -> Handlers:
    handlers = Handlers()
    handlers.register_database("count", count)
    return handlers


async def count(work: UnitOfWork, job: Job) -> None:
    await work.execute("insert into counted (n) values (%s)", [job.payload["n"]])
    if job.payload["n"] < 0:
        raise ValueError("negative")


async def queue(database: Database, schema: str, *jobs: NewJob) -> list[int]:
    async with database.begin(schema) as work:
        return await enqueue_many(work, jobs)


async def values(database: Database, schema: str, query: str) -> list[object]:
    async with database.begin(schema) as work:
        return [row[0] for row in await work.rows(query)]


async def until(claim: Callable[[], object], seconds: float = 15) -> None:
    async with asyncio.timeout(seconds):
        while True:
            result = claim()
            if asyncio.iscoroutine(result):
                result = await result
            if result:
                return
            await asyncio.sleep(0.02)


@asynccontextmanager
async def working(
    database: Database, schema: str, handlers: Handlers, poll_seconds: float = 1.0
) -> AsyncIterator[Worker]:
    worker = Worker(database, schema, handlers, poll_seconds=poll_seconds)
    running = asyncio.create_task(worker.run())
    await asyncio.sleep(0.05)
    try:
        yield worker
    finally:
        worker.stop()
        await running


def job(n: int, lane: Lane = Lane.RULE, **more: object) -> NewJob:
    return NewJob("count", lane, {"n": n}, **more)  # type: ignore[arg-type]


async def test_a_job_is_done_right_after_the_commit(
    database: Database, schema: str, handlers: Handlers
) -> None:
    async with working(database, schema, handlers, poll_seconds=60):
        await queue(database, schema, job(1))

        async def is_done() -> bool:
            return await values(database, schema, "select n from counted") == [1]

        await until(is_done, seconds=3)
    assert await values(database, schema, "select id from job") == []


async def test_a_job_of_a_transaction_that_failed_never_was(
    database: Database, schema: str
) -> None:
    with pytest.raises(RuntimeError):  # noqa: PT012
        async with database.begin(schema) as work:
            await enqueue(work, job(1))
            raise RuntimeError
    assert await values(database, schema, "select id from job") == []


async def test_equal_jobs_wait_once(database: Database, schema: str) -> None:
    first = await queue(database, schema, job(1, dedupe_key="a"), job(2, dedupe_key="b"))
    second = await queue(database, schema, job(3, dedupe_key="a"), job(4))
    assert (len(first), len(second)) == (2, 1)


async def test_a_failing_job_harms_no_other_of_its_batch(
    database: Database, schema: str, handlers: Handlers
) -> None:
    await queue(database, schema, job(1), job(-1), job(2))
    assert await DatabaseLane(database, schema, handlers, Lane.RULE).work_off() == 3
    assert await values(database, schema, "select n from counted order by n") == [1, 2]
    rows = "select attempt || ' ' || (due_at > now())::text from job"
    assert await values(database, schema, rows) == ["1 true"]


async def test_a_job_that_keeps_failing_dies_with_its_reason(
    database: Database, schema: str, handlers: Handlers
) -> None:
    await queue(database, schema, job(-1, max_attempt=2, serial_key="r"), job(5, serial_key="r"))
    lane = DatabaseLane(database, schema, handlers, Lane.RULE)
    for _ in range(2):
        await lane.work_off()
        assert await values(database, schema, "select n from counted") == []
        async with database.begin(schema) as work:
            await work.execute("update job set due_at = now()")
    [dead] = await values(database, schema, "select error || attempt from job_dead")
    assert dead == "ValueError('negative')2"
    await lane.work_off()
    assert await values(database, schema, "select n from counted") == [5]
    async with database.begin(schema) as work:
        [id_] = [row[0] for row in await work.rows("select id from job_dead")]
        assert await store.revive(work, id_)
    assert await values(database, schema, "select attempt from job") == [0]


async def test_jobs_of_a_series_keep_their_order(
    database: Database, schema: str, handlers: Handlers
) -> None:
    await queue(database, schema, *[job(n, serial_key=f"r{n % 3}") for n in range(30)])
    lanes = [DatabaseLane(database, schema, handlers, Lane.RULE) for _ in range(4)]

    async def work_off(lane: DatabaseLane) -> None:
        while await values(database, schema, "select id from job"):
            await lane.work_off()

    await asyncio.gather(*[work_off(lane) for lane in lanes])
    done = await values(database, schema, "select n from counted order by ctid")
    assert sorted(done) == list(range(30))  # type: ignore[type-var]
    for series in range(3):
        mine = [n for n in done if n % 3 == series]  # type: ignore[operator]
        assert mine == sorted(mine)  # type: ignore[type-var]


async def test_many_workers_do_each_job_once(
    database: Database, schema: str, handlers: Handlers
) -> None:
    await queue(database, schema, *[job(n, lane=Lane(n % 2)) for n in range(1000)])
    async with working(database, schema, handlers), working(database, schema, handlers):

        async def is_empty() -> bool:
            return not await values(database, schema, "select id from job limit 1")

        await until(is_empty)
    assert await values(database, schema, "select n from counted order by n") == list(range(1000))


async def test_a_job_waits_for_its_time(
    database: Database, schema: str, handlers: Handlers
) -> None:
    later = datetime.now(UTC) + timedelta(hours=1)
    await queue(database, schema, job(1, due_at=later))
    assert await DatabaseLane(database, schema, handlers, Lane.RULE).work_off() == 0


async def test_jobs_of_a_kind_nobody_here_knows_are_left_to_others(
    database: Database, schema: str, handlers: Handlers
) -> None:
    await queue(database, schema, NewJob("newer", Lane.RULE))
    assert await DatabaseLane(database, schema, handlers, Lane.RULE).work_off() == 0
    assert await values(database, schema, "select attempt from job") == [0]


async def killed_worker(database: Database, schema: str, sign: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(DOING), database.conninfo, schema, str(sign)
    )
    await until(sign.exists)
    process.send_signal(signal.SIGKILL)
    await process.wait()


async def test_database_work_of_a_killed_worker_is_done_exactly_once(
    database: Database, schema: str, handlers: Handlers, tmp_path: Path
) -> None:
    await queue(database, schema, job(7))
    await killed_worker(database, schema, tmp_path / "begun")
    lane = DatabaseLane(database, schema, handlers, Lane.RULE)
    await until(lane.work_off)
    assert await values(database, schema, "select n from counted") == [7]


async def test_leased_work_of_a_killed_worker_is_taken_over(
    database: Database, schema: str, tmp_path: Path
) -> None:
    await queue(database, schema, NewJob("call", Lane.IO))
    await killed_worker(database, schema, tmp_path / "begun")
    attempts: list[int] = []

    async def call(job: Job, lease: Lease) -> None:
        attempts.append(job.attempt)

    handlers = Handlers()
    handlers.register_leased("call", call)
    lane = LeasedLane(database, schema, handlers, Lane.IO, at_once=2)
    assert await lane.work_off() == 0
    async with database.begin(schema) as work:
        await work.execute("update job set due_at = due_at - interval '90 seconds'")
    assert await lane.work_off() == 1
    await until(lambda: attempts == [2])
    async with asyncio.timeout(5):
        while await values(database, schema, "select id from job"):  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def test_a_job_that_kills_its_workers_dies_in_the_end(
    database: Database, schema: str
) -> None:
    async def call(job: Job, lease: Lease) -> None:
        raise AssertionError("not to be run again")

    handlers = Handlers()
    handlers.register_leased("call", call)
    await queue(database, schema, NewJob("call", Lane.IO, max_attempt=2))
    async with database.begin(schema) as work:
        await work.execute("update job set attempt = 2")
    lane = LeasedLane(database, schema, handlers, Lane.IO, at_once=2)
    await lane.work_off()

    async def is_dead() -> bool:
        return bool(await values(database, schema, "select error from job_dead"))

    await until(is_dead)


async def test_whoever_lost_the_lease_cannot_finish(database: Database, schema: str) -> None:
    outcome: list[str] = []

    async def call(job: Job, lease: Lease) -> None:
        async with database.begin(schema) as work:
            await work.execute("update job set attempt = attempt + 1")
        try:
            async with database.begin(schema) as work:
                await work.execute("insert into counted (n) values (1)")
                await lease.finish(work)
        except LeaseLostError:
            outcome.append("lost")
            raise

    handlers = Handlers()
    handlers.register_leased("call", call)
    await queue(database, schema, NewJob("call", Lane.IO))
    lane = LeasedLane(database, schema, handlers, Lane.IO, at_once=2)
    await lane.work_off()
    await until(lambda: outcome == ["lost"])
    await lane.stop()
    assert await values(database, schema, "select n from counted") == []
    assert await values(database, schema, "select attempt from job") == [2]


async def test_a_sign_of_life_keeps_the_lease_and_its_loss_ends_the_work(
    database: Database, schema: str
) -> None:
    ended: list[str] = []

    async def call(job: Job, lease: Lease) -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            ended.append("cancelled")
            raise

    handlers = Handlers()
    handlers.register_leased("call", call)
    await queue(database, schema, NewJob("call", Lane.BULK))
    lane = LeasedLane(database, schema, handlers, Lane.BULK, at_once=2, heartbeat_seconds=0.05)
    await lane.work_off()
    async with database.begin(schema) as work:
        await work.execute("update job set due_at = now()")

    async def is_prolonged() -> bool:
        query = "select due_at > now() + interval '80 seconds' from job"
        return await values(database, schema, query) == [True]

    await until(is_prolonged)
    async with database.begin(schema) as work:
        await work.execute("update job set attempt = 2")
    await until(lambda: ended == ["cancelled"])
    await lane.stop()
    assert await values(database, schema, "select attempt from job") == [2]


async def test_a_stopped_worker_gives_its_leased_jobs_back(database: Database, schema: str) -> None:
    begun = asyncio.Event()

    async def call(job: Job, lease: Lease) -> None:
        begun.set()
        await asyncio.sleep(60)

    handlers = Handlers()
    handlers.register_leased("call", call)
    await queue(database, schema, NewJob("call", Lane.IO))
    async with working(database, schema, handlers):
        await asyncio.wait_for(begun.wait(), 5)
    rows = "select attempt || ' ' || (due_at <= now())::text from job"
    assert await values(database, schema, rows) == ["0 true"]


async def test_leased_work_that_fails_is_tried_again_later(database: Database, schema: str) -> None:
    async def call(job: Job, lease: Lease) -> None:
        raise ValueError("no answer")

    handlers = Handlers()
    handlers.register_leased("call", call)
    await queue(database, schema, NewJob("call", Lane.IO))
    async with working(database, schema, handlers):

        async def has_failed() -> bool:
            query = "select attempt = 1 and due_at < now() + interval '10 seconds' from job"
            return await values(database, schema, query) == [True]

        await until(has_failed)


def test_waiting_grows_with_the_attempts() -> None:
    waits = [backoff.seconds_after(attempt) for attempt in range(1, 12)]
    assert 0.8 <= waits[0] <= 1.2
    assert waits[:8] == sorted(waits[:8])
    assert max(waits) <= 86_400 * 1.2
