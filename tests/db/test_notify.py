"""Waking others up after a commit."""

import asyncio
import sys

import pytest

from guanxi.db.database import Database
from guanxi.db.notify import Relay, Topic, announce, subscribe

OTHER_PROCESS = """
import asyncio, sys
from guanxi.db.database import Database
from guanxi.db.notify import Relay, Topic, announce

async def main():
    database = Database(sys.argv[1], pool_size=2)
    await database.open()
    relay = Relay(database, sys.argv[2])
    await relay.start()
    for _ in range(20):
        async with database.begin(sys.argv[2]) as work:
            announce(work, Topic.CHANGES)
    await asyncio.sleep(0.3)
    await relay.stop()
    await database.close()

asyncio.run(main())
"""


async def test_listeners_of_this_process_wake_after_the_commit_only(
    database: Database, schema: str
) -> None:
    heard: list[str] = []
    unsubscribe = subscribe(schema, Topic.JOBS, lambda: heard.append("jobs"))
    async with database.begin(schema) as work:
        announce(work, Topic.JOBS)
        assert heard == []
    assert heard == ["jobs"]
    with pytest.raises(RuntimeError):  # noqa: PT012
        async with database.begin(schema) as work:
            announce(work, Topic.JOBS)
            raise RuntimeError
    async with database.begin(schema) as work:
        announce(work, Topic.CHANGES)
    unsubscribe()
    async with database.begin(schema) as work:
        announce(work, Topic.JOBS)
    assert heard == ["jobs"]


async def test_other_processes_are_told_once_for_many(database: Database, schema: str) -> None:
    relay = Relay(database, schema)
    await relay.start()
    heard: list[str] = []
    unsubscribe = subscribe(schema, Topic.CHANGES, lambda: heard.append("changes"))
    await asyncio.sleep(0.2)
    heard.clear()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", OTHER_PROCESS, database.conninfo, schema
    )
    assert await process.wait() == 0
    await asyncio.sleep(0.1)
    await relay.stop()
    unsubscribe()
    assert 1 <= len(heard) <= 6


async def test_a_lost_listening_connection_is_made_again(
    database: Database, schema: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guanxi.db.notify.RECONNECT_SECONDS", 0.05)
    relay = Relay(database, schema)
    await relay.start()
    await asyncio.sleep(0.2)
    woken = asyncio.Event()
    unsubscribe = subscribe(schema, Topic.CHANGES, woken.set)
    async with database.connection() as connection:
        await connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and query ilike 'listen%'"
        )
    await asyncio.wait_for(woken.wait(), 5)
    await relay.stop()
    unsubscribe()
