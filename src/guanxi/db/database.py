"""The database of one installation: a pool of connections, units of work, and reads of one round trip."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg import AsyncConnection, sql
from psycopg_pool import AsyncConnectionPool

from guanxi.db.patience import ENTER, STAND_STILL, statement_limit
from guanxi.db.unit_of_work import Row, UnitOfWork
from guanxi.db.wire import configure

Parameters = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Statement:
    """A query and its parameters."""

    text: str
    parameters: Parameters = field(default_factory=dict)


class Database:
    """Connections to one PostgreSQL database. Open it before use, close it after."""

    def __init__(self, conninfo: str, *, pool_size: int = 8) -> None:
        self.conninfo = conninfo
        self._pool: AsyncConnectionPool[AsyncConnection[Row]] = AsyncConnectionPool(
            conninfo,
            min_size=1,
            max_size=pool_size,
            max_idle=60,
            configure=configure,
            open=False,
            kwargs={"options": "-c timezone=UTC -c application_name=guanxi"},
        )

    async def open(self) -> None:
        """Raises psycopg_pool.PoolTimeout when the database cannot be reached in 15 s."""
        await self._pool.open(wait=True, timeout=15)

    async def close(self) -> None:
        await self._pool.close()

    @asynccontextmanager
    async def begin(
        self, schema: str, *, pipelined: bool = False, still: bool = False
    ) -> AsyncIterator[UnitOfWork]:
        """One transaction inside one workspace; committed at the end, rolled back by an exception.

        Pipelined, statements are sent together until a result is awaited; COPY is not possible then.
        Still, it only reads, and sees everything as it was at the beginning.
        Callbacks given to `UnitOfWork.after_commit` run once the commit has succeeded.
        """
        async with self._pool.connection() as connection:
            pipeline = connection.pipeline() if pipelined else nullcontext()
            async with pipeline, connection.transaction():
                if still:
                    await connection.execute(STAND_STILL)
                await connection.execute(ENTER, [schema, statement_limit.get()])
                work = UnitOfWork(connection, schema)
                yield work
            await work.committed()

    async def read(self, schema: str, *statements: Statement) -> list[list[Row]]:
        """Runs statements in one round trip, in one implicit transaction, and returns the rows of each.

        The search path is set locally by a statement sent ahead of them.
        """
        async with self._pool.connection() as connection, connection.pipeline():
            cursors = [await connection.execute(ENTER, [schema, statement_limit.get()])]
            cursors += [
                await connection.execute(statement.text, statement.parameters)
                for statement in statements
            ]
            return [await cursor.fetchall() for cursor in cursors[1:]]

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[AsyncConnection[Row]]:
        """A bare connection in autocommit mode, for work outside of workspaces (DDL, COPY, listening)."""
        async with self._pool.connection() as connection:
            yield connection

    async def create_schema(self, schema: str) -> None:
        async with self._pool.connection() as connection:
            await connection.execute(
                sql.SQL("create schema if not exists {}").format(sql.Identifier(schema))
            )

    def pool_state(self) -> dict[str, int]:
        """How many connections there are, how many are free, and how many requests wait for one."""
        stats = self._pool.get_stats()
        return {
            "open": stats.get("pool_size", 0),
            "free": stats.get("pool_available", 0),
            "waited_for": stats.get("requests_waiting", 0),
        }

    async def is_reachable(self) -> bool:
        """Whether a trivial query is answered."""
        try:
            async with self._pool.connection(timeout=2) as connection:
                await connection.execute("select 1")
        except (psycopg.OperationalError, TimeoutError):
            return False
        return True
