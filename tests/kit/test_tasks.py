"""Tasks are brought to their end, even those that miss being cancelled."""

import asyncio
from contextlib import suppress

from guanxi.kit.tasks import end_tasks


async def test_a_task_that_is_cancelled_just_when_it_hears_news_ends() -> None:
    news = asyncio.Event()

    async def follow() -> None:
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(news.wait(), 60)
            news.clear()

    task = asyncio.create_task(follow())
    await asyncio.sleep(0.01)
    news.set()
    await asyncio.sleep(0)
    async with asyncio.timeout(5):
        await end_tasks(task)
    assert task.done()


async def test_what_a_task_raised_stays_with_it() -> None:
    async def fail() -> None:
        raise ValueError("on the way")

    task = asyncio.create_task(fail())
    await asyncio.sleep(0)
    await end_tasks(task, None)
    assert isinstance(task.exception(), ValueError)
