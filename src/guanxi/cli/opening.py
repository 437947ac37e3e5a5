"""Opens the installation a command works on: its database, embedded or not, and the platform on it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from guanxi.bootstrap import Platform, install_extensions, open_platform
from guanxi.db.embedded import EmbeddedServer, start_embedded
from guanxi.kit.settings import Settings


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Platform]:
    """The platform with its applications, closed at the end together with an embedded server nobody else uses.

    Raises EmbeddedServerError, psycopg_pool.PoolTimeout.
    """
    async with database_of(settings) as conninfo:
        platform = await open_platform(settings, conninfo)
        try:
            await install_extensions(platform)
            yield platform
        finally:
            await platform.database.close()


@asynccontextmanager
async def database_of(settings: Settings) -> AsyncIterator[str]:
    """Where the database answers, for as long as the block lasts. Raises EmbeddedServerError."""
    if settings.database_url is not None:
        yield settings.database_url
        return
    server = await _started(settings)
    try:
        yield server.conninfo
    finally:
        await asyncio.to_thread(server.stop)


async def _started(settings: Settings) -> EmbeddedServer:
    """A thread cannot be interrupted: whoever is told to stop meanwhile waits for the server, and ends it."""
    starting = asyncio.ensure_future(
        asyncio.to_thread(start_embedded, settings.data_dir / "database")
    )
    try:
        return await asyncio.shield(starting)
    except asyncio.CancelledError:
        server = await starting
        await asyncio.to_thread(server.stop)
        raise
