"""SQL that hands out the rows of a workspace as lines of COPY."""

from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from psycopg.errors import UndefinedTable

from guanxi.backup.model import Table
from guanxi.db.names import quoted
from guanxi.db.unit_of_work import UnitOfWork

#: The sign-ins of the workspace's people, kept by the installation.
IDENTITIES = "identities"
IDENTITY_COLUMNS = ("id", "email", "password_hash", "created_at", "changed_at")

#: Left out: whoever was signed in signs in again.
LEFT_OUT = frozenset({"session"})


async def hold_design(work: UnitOfWork) -> None:
    """No design is applied until the end of the transaction."""
    await work.execute("select from epoch for update")


async def hold_tables(work: UnitOfWork, names: Sequence[str]) -> bool:
    """Nobody rebuilds them while they are read. False when one of them, of an import, has just gone."""
    tables = ", ".join(quoted(one) for one in names)
    try:
        async with work.connection.transaction():
            await work.execute(f"lock table {tables} in access share mode")
    except UndefinedTable:
        return False
    return True


def query_of(table: Table) -> str:
    return f"select {_listed(table.copied)} from {quoted(table.name)}"


def query_of_identities() -> str:
    columns = ", ".join(f"i.{one}" for one in IDENTITY_COLUMNS)
    return f"select {columns} from guanxi.identity i join person p on p.identity = i.id"


async def lines(work: UnitOfWork, query: str) -> AsyncIterator[bytes]:
    async with work.connection.cursor() as cursor, cursor.copy(f"copy ({query}) to stdout") as copy:
        async for line in copy:
            yield bytes(line)


async def file_ids(work: UnitOfWork) -> AsyncIterator[list[UUID]]:
    async for rows in work.batches("select id from file order by id", size=1000):
        yield [row[0] for row in rows]


def _listed(columns: Sequence[str]) -> str:
    return ", ".join(quoted(one) for one in columns)
