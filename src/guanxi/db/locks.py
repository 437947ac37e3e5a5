"""Advisory locks, held to the end of the transaction."""

from enum import IntEnum

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
