"""An import outlives its worker, which is killed by SIGKILL at any step of checking, writing and taking back."""

import asyncio
import os
import random
import signal
import sys
from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from tests.records.importing import Importer, csv_of

from guanxi.records.import_control import (
    CHECK_JOB,
    RUN_JOB,
    UNDO_JOB,
    begin_check,
    begin_run,
    begin_undo,
    queue_job,
)
from guanxi.records.import_model import Import, ImportStatus, LinkWish, Result

DYING = "tests.records.dying_worker"
AT_WORK = (ImportStatus.CHECKING, ImportStatus.RUNNING, ImportStatus.UNDOING)

ROWS = 400
BAD_ROWS = 4
#: The steps among which a worker dies: it takes about so many for three chunks.
STEPS = 120
BEGINNINGS = {CHECK_JOB: begin_check, RUN_JOB: begin_run, UNDO_JOB: begin_undo}


def deals() -> str:
    """New deals, changes of those that are there, cells that are refused, accounts to be made."""
    lines = [
        f"Deal {n},N{n},won,{'x' if n % 100 == 0 else n},Account {n % 7}"
        for n in range(1, ROWS + 1)
    ]
    return csv_of("name,opportunity_id,stage,amount,account", *lines)


class Workers:
    """Workers on the database of an importer, one after the other."""

    def __init__(self, importer: Importer, process: asyncio.subprocess.Process) -> None:
        self._importer = importer
        self._process = process

    async def done(self, import_: Import, kind: str, chance: random.Random, deaths: int) -> Import:
        """The import once the work is done: workers die at it one after the other, the last one lives."""
        await self._begin(import_.id, kind)
        for step in (*(chance.randint(1, STEPS) for _ in range(deaths)), 0, 0):
            status = await self._work(import_, step)
            if status is ImportStatus.FAILED:
                # Too many have died at it. Somebody sees that and begins again.
                await self._begin(import_.id, kind)
            elif status not in AT_WORK:
                break
        return await self._importer.load(import_)

    async def _begin(self, id_: UUID, kind: str) -> None:
        async with self._importer.importing.begin() as work:
            await BEGINNINGS[kind](work, await self._importer.viewer(work), id_)
            await queue_job(work, kind, id_)

    async def _work(self, import_: Import, step: int) -> ImportStatus:
        """Lets a worker at it that dies at the step; how the import stands afterwards."""
        async with self._importer.importing.begin() as work:
            # Its predecessor is dead; nobody waits here for the lease to run out.
            await work.execute("update job set due_at = now() where due_at > now()")
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(f"{step}\n".encode())
        pid = int(await stdout.readline())
        ended = asyncio.ensure_future(stdout.readline())
        try:
            async with asyncio.timeout(60):
                while not ended.done() and await self._is_at_work(import_):
                    await asyncio.wait([ended], timeout=0.05)
        finally:
            if not ended.done():
                os.kill(pid, signal.SIGKILL)
            await ended
        # The next one waits for locks until the server has noticed the death.
        return (await self._importer.load(import_)).status

    async def _is_at_work(self, import_: Import) -> bool:
        return (await self._importer.load(import_)).status in AT_WORK


@pytest.fixture
async def workers(importer: Importer) -> AsyncIterator[Workers]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        DYING,
        importer.platform.database.conninfo,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    yield Workers(importer, process)
    process.kill()
    await process.wait()


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("seed", "deaths"),
    [(1, 3), *(pytest.param(seed, 12, marks=pytest.mark.slow) for seed in range(2, 10))],
)
async def test_killed_workers_apply_nothing_twice_and_nothing_half(
    importer: Importer, workers: Workers, seed: int, deaths: int
) -> None:
    chance = random.Random(seed)
    before = csv_of(
        "name,opportunity_id,stage,amount", *(f"Old {n},N{n},engaging,5" for n in range(1, 31))
    )
    await importer.whole("crm_opportunity", before)
    made = await importer.upload("crm_opportunity", deals())
    made = await importer.change(
        made,
        links={"account": LinkWish(create_missing=True)},
        key="opportunity_id",
        policy="update",
    )
    checked = await workers.done(made, CHECK_JOB, chance, deaths)
    assert checked.status is ImportStatus.CHECKED
    report = checked.report
    assert report is not None
    assert (report.to_create, report.to_update, report.invalid) == (366, 30, BAD_ROWS)
    assert await _living(importer, "crm_opportunity") == 30

    done = await workers.done(made, RUN_JOB, chance, deaths)
    assert (done.status, done.done) == (ImportStatus.DONE, ROWS)
    assert done.result == Result(created=366, updated=30, failed=BAD_ROWS)
    assert await _living(importer, "crm_opportunity") == ROWS - BAD_ROWS
    assert await _living(importer, "crm_account") == 7
    twice = "select count(*) from (select record from change where batch = %s group by record having count(*) > 1) t"
    assert await importer.value(twice, made.id) == 0
    assert await importer.value(
        "select count(*) from crm_opportunity o join change c on c.record = o.id and c.batch = %s"
        " and c.version = o.version where o.stage = 'won' and o.account is not null",
        made.id,
    ) == ROWS - BAD_ROWS  # fmt: skip

    undone = await workers.done(made, UNDO_JOB, chance, deaths)
    assert undone.status is ImportStatus.UNDONE
    assert undone.result is not None
    assert (undone.result.removed, undone.result.reverted, undone.result.kept) == (373, 30, 0)
    assert await _living(importer, "crm_account") == 0
    assert await importer.rows(
        "select count(*), min(stage), max(amount)::int from crm_opportunity where deleted_at is null"
    ) == [(30, "engaging", 5)]
    stages = "select count(*) from pg_tables where tablename like 'import%%' || %s"
    assert await importer.value(stages, made.id.hex) == 0
    assert await importer.value("select count(*) from job") == 0


async def _living(importer: Importer, name: str) -> int:
    count = await importer.value(f"select count(*) from {name} where deleted_at is null")
    assert isinstance(count, int)
    return count
