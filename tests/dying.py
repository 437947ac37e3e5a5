"""A process that kills itself by SIGKILL at a chosen moment of its talk with the database."""

import os
import signal
from collections.abc import Callable
from functools import wraps
from typing import Any

import psycopg


def die_at(step: int) -> None:
    """Counts statements before they are sent and transactions after they have ended."""
    left = step

    def count() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(deed: Callable[..., Any], *, before: bool) -> Callable[..., Any]:
        @wraps(deed)
        async def do(*arguments: Any, **options: Any) -> Any:
            if before:
                count()
            result = await deed(*arguments, **options)
            if not before:
                count()
            return result

        return do

    cursor, transaction = psycopg.AsyncCursor, psycopg.AsyncTransaction
    cursor.execute = counted(cursor.execute, before=True)  # type: ignore[method-assign]
    transaction.__aexit__ = counted(transaction.__aexit__, before=False)  # type: ignore[method-assign]
