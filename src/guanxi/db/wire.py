"""How values travel between PostgreSQL and Python on our connections."""

from psycopg import AsyncConnection
from psycopg.adapt import Buffer, Loader


class BytesLoader(Loader):
    """Leaves `json` as the bytes PostgreSQL built, to be passed through untouched.

    `jsonb` still becomes Python values; a statement that builds an answer casts it to `json`.
    """

    def load(self, data: Buffer) -> bytes:
        return bytes(data)


async def configure(connection: AsyncConnection[tuple[object, ...]]) -> None:
    """Prepares a connection of the pool."""
    connection.adapters.register_loader("json", BytesLoader)
    connection.prepare_threshold = 2
    await connection.set_autocommit(True)
