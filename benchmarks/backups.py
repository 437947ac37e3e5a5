"""Backup and restore of a workspace, beside COPY of the same records out of and into their table."""

import time
from pathlib import Path

import psutil

from benchmarks.figures import Figure
from benchmarks.ground import DEAL, Ground
from guanxi.backup.make import make_backup
from guanxi.backup.restore import restore_backup
from guanxi.kit.clock import SystemClock

_TWIN = "restored"


async def measure(ground: Ground, folder: Path, label: str) -> list[Figure]:
    """The whole workspace with search words, indexes and keys; the floors only read and write the lines of one table."""
    platform = ground.platform
    copied = await _copy_out(ground, folder / "deals.copy")
    process = psutil.Process()
    before = process.memory_info().rss
    begun = time.perf_counter()
    made = await make_backup(
        platform.database,
        platform.content,
        platform.workspace.name,
        folder / "bench.backup",
        clock=SystemClock(),
        progress=_silent,
    )
    backed_up = time.perf_counter() - begun
    copied_in = await _copy_in(ground, folder / "deals.copy")
    begun = time.perf_counter()
    await restore_backup(
        platform.database,
        folder / "files",
        folder / "bench.backup",
        _TWIN,
        progress=_silent,
    )
    restored = time.perf_counter() - begun
    grown = (process.memory_info().rss - before) / 2**20
    await _drop_twin(ground)
    return [
        Figure(f"backup of {label} records", backed_up, "s", copied, "COPY to a file"),
        Figure(f"restore of {label} records", restored, "s", copied_in, "COPY into a like table"),
        Figure(f"size of the backup of {label} records", made.size / 1e6, "MB"),
        Figure(f"memory gained by backup and restore of {label}", grown, "MB"),
    ]


async def _copy_out(ground: Ground, to: Path) -> float:
    begun = time.perf_counter()
    async with (
        ground.platform.database.begin(ground.platform.schema) as work,
        work.connection.cursor() as cursor,
        cursor.copy(f"copy {DEAL} to stdout") as copy,
    ):
        with to.open("wb") as file:
            async for line in copy:
                file.write(line)
    return time.perf_counter() - begun


async def _copy_in(ground: Ground, source: Path) -> float:
    """Into a table with the same indexes, as the floor of imports has it."""
    async with ground.platform.database.begin(ground.platform.schema) as work:
        await work.execute(f"create table bench_copy (like {DEAL} including all)")
        begun = time.perf_counter()
        async with work.copy_in("copy bench_copy from stdin") as copy:
            with source.open("rb") as file:
                while piece := file.read(1 << 20):
                    await copy.write(piece)
        seconds = time.perf_counter() - begun
        await work.execute("drop table bench_copy")
    return seconds


async def _drop_twin(ground: Ground) -> None:
    async with ground.platform.database.begin("guanxi") as work:
        await work.execute(f"drop schema ws_{_TWIN} cascade")
        await work.execute("delete from workspace where name = %s", [_TWIN])


def _silent(thing: str, done: int, total: int) -> None:
    """Nobody waits."""
