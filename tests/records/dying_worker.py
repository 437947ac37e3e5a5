"""Workers that kill themselves by SIGKILL at their n-th step, a statement or a commit; 0 lets one live.

For each number it reads, this process forks a worker and says its process id: everything is loaded only once.
"""

import asyncio
import os
import sys
from dataclasses import fields, replace

from tests.dying import die_at

from guanxi.bootstrap import Platform, open_platform
from guanxi.kit.settings import Settings
from guanxi.records.importing import Importing
from guanxi.worker.running import work_until

CHUNK = 40


class SmallChunks(Platform):
    """Writes few rows per transaction."""

    @property
    def importing(self) -> Importing:
        return replace(super().importing, chunk=CHUNK)


async def work(conninfo: str, step: int) -> None:
    platform = await open_platform(Settings(locale="en"), conninfo, extensions=())
    small = SmallChunks(**{one.name: getattr(platform, one.name) for one in fields(platform)})
    die_at(step)
    await work_until(small, asyncio.Event())


def say(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


for line in sys.stdin:
    worker = os.fork()
    if worker == 0:
        asyncio.run(work(sys.argv[1], int(line)))
        os._exit(0)
    say(worker)
    os.waitpid(worker, 0)
    say("ended")
