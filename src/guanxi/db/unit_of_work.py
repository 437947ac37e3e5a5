"""One transaction of one workspace, and what is to happen after it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from psycopg import AsyncConnection, AsyncCopy, AsyncCursor
from psycopg.rows import dict_row

Row = tuple[Any, ...]
Parameters = Any
Callback = Callable[[], Awaitable[None]]
#: What a statement will have answered once it is fetched.
Answer = AsyncCursor[Row]


class UnitOfWork:
    """An open transaction with the workspace's search path.

    Lock first, read in the next statement: a statement that both locks and reads sees old neighbours.
    """

    def __init__(self, connection: AsyncConnection[Row], schema: str) -> None:
        self.connection = connection
        self.schema = schema
        #: Whether it saves more than once: what it holds after one save it must not wait with at the next.
        self.saves_several = False
        self._after_commit: list[Callback] = []

    async def execute(self, query: str, parameters: Parameters = None) -> Answer:
        """Runs one statement; `query` is a literal or comes from the SQL builder, never from user text."""
        return await self.connection.execute(query, parameters)

    async def rows(self, query: str, parameters: Parameters = None) -> list[Row]:
        return await (await self.execute(query, parameters)).fetchall()

    async def row(self, query: str, parameters: Parameters = None) -> Row | None:
        return await (await self.execute(query, parameters)).fetchone()

    async def value(self, query: str, parameters: Parameters = None) -> Any:
        """The first column of the first row, or None."""
        row = await self.row(query, parameters)
        return None if row is None else row[0]

    async def dicts(self, query: str, parameters: Parameters = None) -> list[dict[str, Any]]:
        async with self.connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(query, parameters)
            return await cursor.fetchall()

    async def execute_many(self, query: str, parameters: Sequence[Parameters]) -> None:
        async with self.connection.cursor() as cursor:
            await cursor.executemany(query, parameters)

    async def batches(
        self, query: str, parameters: Parameters = None, *, size: int
    ) -> AsyncIterator[list[Row]]:
        """All rows through a cursor of the server, so many at a time. Not in a pipelined transaction."""
        async with self.connection.cursor(name="batches") as cursor:
            await cursor.execute(query, parameters)
            while rows := await cursor.fetchmany(size):
                yield rows

    @asynccontextmanager
    async def copy_in(self, query: str) -> AsyncIterator[AsyncCopy]:
        async with self.connection.cursor() as cursor, cursor.copy(query) as copy:
            yield copy

    def after_commit(self, callback: Callback) -> None:
        """Runs when the commit has succeeded; never when it has not. Only for waking others up: what must
        not be lost is a row.
        """
        self._after_commit.append(callback)

    async def committed(self) -> None:
        for callback in self._after_commit:
            await callback()
