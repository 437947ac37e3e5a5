"""Opens the installation a command works on: its database, embedded or not, and the platform on it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from guanxi.bootstrap import Platform, open_platform
from guanxi.db.embedded import start_embedded
from guanxi.kit.settings import Settings


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Platform]:
    """The platform, closed at the end together with an embedded server nobody else uses.

    Raises EmbeddedServerError, psycopg_pool.PoolTimeout.
    """
    server = None
    conninfo = settings.database_url
    if conninfo is None:
        server = await asyncio.to_thread(start_embedded, settings.data_dir / "database")
        conninfo = server.conninfo
    try:
        platform = await open_platform(settings, conninfo)
        try:
            yield platform
        finally:
            await platform.database.close()
    finally:
        if server is not None:
            await asyncio.to_thread(server.stop)
