"""Advisory locks, held to the end of the transaction, or for as long as something is done in several."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import IntEnum

from guanxi.db.database import Database
from guanxi.db.unit_of_work import UnitOfWork


class LockSpace(IntEnum):
    """What an advisory lock protects; the first key of the lock."""

    DESIGN = 1
    DEPARTMENTS = 2
    AUTO_NUMBER = 3
    SCHEDULE = 4
    SETUP = 5
    IMPORT = 6
    #: Shared by backups; whoever removes content of files holds it alone.
    CONTENT = 7
    RESTORE = 8
    #: Whoever moves records of a tree.
    TREE = 9


async def lock(work: UnitOfWork, space: LockSpace, key: str = "") -> None:
    """Waits for the lock. Two workspaces never wait for each other."""
    await work.execute(
        "select pg_advisory_xact_lock(%s, hashtext(%s))", [int(space), f"{work.schema}:{key}"]
    )


async def lock_shared(work: UnitOfWork, space: LockSpace, key: str = "") -> None:
    """Waits for whoever holds it alone; any number may share it."""
    await work.execute(
        "select pg_advisory_xact_lock_shared(%s, hashtext(%s))",
        [int(space), f"{work.schema}:{key}"],
    )


async def try_lock(work: UnitOfWork, space: LockSpace, key: str = "") -> bool:
    """Takes it if nobody else holds it."""
    return bool(
        await work.value(
            "select pg_try_advisory_xact_lock(%s, hashtext(%s))",
            [int(space), f"{work.schema}:{key}"],
        )
    )


@asynccontextmanager
async def held(
    database: Database, schema: str, space: LockSpace, key: str = ""
) -> AsyncIterator[None]:
    """Waits for the lock and holds it over transactions, by a connection of its own: it ends with whoever dies."""
    keys = [int(space), f"{schema}:{key}"]
    async with database.connection() as connection:
        await connection.execute("select pg_advisory_lock(%s, hashtext(%s))", keys)
        try:
            yield
        finally:
            if not connection.closed:
                await connection.execute("select pg_advisory_unlock(%s, hashtext(%s))", keys)
