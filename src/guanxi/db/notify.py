"""Waking others up after a commit: those in this process at once, those in other processes by NOTIFY.

Nothing depends on it being heard: whoever sleeps also looks for itself once a second. NOTIFY is sent from a connection of
its own, at most every 50 ms, for inside of a transaction it would make commits queue up behind each other.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from enum import StrEnum
from uuid import uuid4

import psycopg
from psycopg import AsyncConnection, sql

from guanxi.db.database import Database
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.tasks import end_tasks

PAUSE_SECONDS = 0.05
RECONNECT_SECONDS = 2.0

_log = logging.getLogger(__name__)


class Topic(StrEnum):
    """What there may be news of."""

    JOBS = "jobs"
    CHANGES = "changes"


Listener = Callable[[], None]
_listeners: dict[str, set[Listener]] = {}
_relays: "set[Relay]" = set()


def announce(work: UnitOfWork, topic: Topic) -> None:
    """Wakes those who wait for the topic in this workspace, once the transaction has been committed."""
    work.after_commit(_announcer(_channel(work.schema, topic)))


def subscribe(schema: str, topic: Topic, listener: Listener) -> Callable[[], None]:
    """Calls the listener when there may be news; returns how to unsubscribe."""
    listeners = _listeners.setdefault(_channel(schema, topic), set())
    listeners.add(listener)
    return lambda: listeners.discard(listener)


def _announcer(channel: str) -> Callable[[], Awaitable[None]]:
    async def tell() -> None:
        _wake(channel)
        for relay in _relays:
            relay.send(channel)

    return tell


def _wake(channel: str) -> None:
    for listener in tuple(_listeners.get(channel, ())):
        listener()


def _channel(schema: str, topic: Topic) -> str:
    return f"guanxi_{topic}_{schema}"[:63]


class Relay:
    """Carries announcements of one workspace between processes, over one listening connection."""

    def __init__(self, database: Database, schema: str) -> None:
        self._database = database
        self._channels = [_channel(schema, topic) for topic in Topic]
        self._sender = uuid4().hex
        self._waiting: set[str] = set()
        self._has_waiting = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        _relays.add(self)
        self._tasks = [asyncio.create_task(self._send()), asyncio.create_task(self._listen())]

    async def stop(self) -> None:
        _relays.discard(self)
        await end_tasks(*self._tasks)

    def send(self, channel: str) -> None:
        """Tells the other processes soon; many announcements become one."""
        if channel in self._channels:
            self._waiting.add(channel)
            self._has_waiting.set()

    async def _send(self) -> None:
        while True:
            await self._has_waiting.wait()
            self._has_waiting.clear()
            waiting, self._waiting = self._waiting, set()
            try:
                async with self._database.connection() as connection:
                    for channel in waiting:
                        await connection.execute(
                            "select pg_notify(%s, %s)", [channel, self._sender]
                        )
            except psycopg.Error as error:
                _log.warning("Other processes could not be told of news: %s", error)
            await asyncio.sleep(PAUSE_SECONDS)

    async def _listen(self) -> None:
        while True:
            try:
                await self._hear()
            except psycopg.Error as error:
                _log.warning("The listening connection was lost: %s", error)
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _hear(self) -> None:
        connection = await AsyncConnection.connect(self._database.conninfo, autocommit=True)
        async with connection:
            for channel in self._channels:
                await connection.execute(sql.SQL("listen {}").format(sql.Identifier(channel)))
                _wake(channel)
            async for notice in connection.notifies():
                if notice.payload != self._sender:
                    _wake(notice.channel)
