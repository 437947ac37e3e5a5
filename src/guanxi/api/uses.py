"""Notes that sessions and tokens are used, so that they do not grow idle; off the way of the request."""

import asyncio
import logging
import time

from guanxi.auth.sessions import note_use
from guanxi.db.database import Database
from guanxi.db.failures import AnyFailure

PAUSE_SECONDS = 60.0
MOST_KNOWN = 20_000

_log = logging.getLogger(__name__)


class Uses:
    """Writes a use at most once a minute for each credential."""

    def __init__(self, database: Database, schema: str) -> None:
        self._database = database
        self._schema = schema
        self._noted: dict[bytes, float] = {}
        self._writing: set[asyncio.Task[None]] = set()

    def note(self, credential: bytes) -> None:
        now = time.monotonic()
        if now - self._noted.get(credential, -PAUSE_SECONDS) < PAUSE_SECONDS:
            return
        if len(self._noted) >= MOST_KNOWN:
            self._noted.clear()
        self._noted[credential] = now
        task = asyncio.create_task(self._write(credential))
        self._writing.add(task)
        task.add_done_callback(self._writing.discard)

    async def finish(self) -> None:
        await asyncio.gather(*self._writing)

    async def _write(self, credential: bytes) -> None:
        try:
            async with self._database.begin(self._schema) as work:
                await note_use(work, credential)
        except AnyFailure as error:
            _log.warning("The use of a credential could not be noted: %s", error)
