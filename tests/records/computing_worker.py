"""A worker that computes what is left over and stops in the middle of its third transaction; a test kills it."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

from guanxi.bootstrap import open_platform
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.settings import Settings
from guanxi.permissions.viewer import Viewer
from guanxi.records.recompute_waiting import recompute_waiting


async def main(conninfo: str, sign: str) -> None:
    platform = await open_platform(Settings(locale="en"), conninfo, extensions=())
    transactions = count(1)

    def say_that_it_is_in_the_middle() -> None:
        Path(sign).touch()

    @asynccontextmanager
    async def writing() -> AsyncIterator[tuple[UnitOfWork, Viewer]]:
        async with platform.gate.system_write("job") as (work, viewer):
            yield work, viewer
            if next(transactions) == 3:
                say_that_it_is_in_the_middle()
                await asyncio.sleep(600)

    await recompute_waiting(writing)


asyncio.run(main(*sys.argv[1:]))
