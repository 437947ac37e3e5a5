"""`guanxi worker`: a process that does background work and nothing else."""

import asyncio

import typer

from guanxi.cli.language import spoken
from guanxi.cli.log import configure_log
from guanxi.cli.opening import opened
from guanxi.cli.running import DataDir, on_signals, run, settings_with
from guanxi.kit.settings import Settings
from guanxi.kit.text import Text
from guanxi.worker.running import work_until

WORKING = Text(
    zh="正在处理工作区 {workspace} 的后台任务，按 Ctrl-C 停止。",
    en="Doing the background work of workspace {workspace}. Ctrl-C stops it.",
)


def worker(data_dir: DataDir = None) -> None:
    """Do background work: imports, schedules, upkeep. Any number of workers may run at once.

    A worker that is told to stop finishes what it has begun; one that dies leaves its work to the others.

    Examples:
        guanxi worker

        GUANXI_DATABASE_URL=postgresql://guanxi@db/guanxi guanxi worker

    Exit codes: 0 stopped in good order, 1 refused, 3 database out of reach.

    """
    settings = settings_with(data_dir=data_dir)
    run(lambda: _work(settings))


async def _work(settings: Settings) -> None:
    configure_log(settings)
    stopped = asyncio.Event()
    async with opened(settings) as platform:
        on_signals(stopped.set)
        typer.echo(spoken(WORKING.fill(workspace=platform.workspace.name)))
        await work_until(platform, stopped)
