"""Tasks brought to their end."""

import asyncio
from typing import Any

#: Between two cancellations of a task that lives on.
PATIENCE_SECONDS = 0.1


async def end_tasks(*tasks: "asyncio.Task[Any] | None") -> None:
    """Cancels tasks and returns when they have ended; what they raise is not raised here.

    Once is not enough: up to Python 3.11, `asyncio.wait_for` forgets a cancellation that arrives together with what
    it waits for, and a task that loops around it lives on, with whoever waits for its end.
    """
    living = {task for task in tasks if task is not None and not task.done()}
    while living:
        for task in living:
            task.cancel()
        _, living = await asyncio.wait(living, timeout=PATIENCE_SECONDS)
    await asyncio.gather(*(task for task in tasks if task is not None), return_exceptions=True)
