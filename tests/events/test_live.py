"""News of a workspace, for those who look at it."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import pytest

from guanxi.db.database import Database, Statement
from guanxi.db.notify import Topic, announce
from guanxi.events.live import MOST_IDS, LiveHub, News, Subscription, Watch


@pytest.fixture
async def hub(database: Database, schema: str) -> AsyncIterator[LiveHub]:
    watch = Watch("import", Statement("select id, null::uuid, name from role where not system"))
    hub = LiveHub(database, schema, watches=[watch])
    await hub.start()
    yield hub
    await hub.stop()


async def write(database: Database, schema: str, *, told: bool, count: int = 1) -> list[UUID]:
    records = [uuid4() for _ in range(count)]
    async with database.begin(schema) as work:
        await work.execute(
            "insert into change (object, record, version, op, source)"
            " select 'crm_account', unnest(%s::uuid[]), 1, 'create', 'job'",
            [records],
        )
        if told:
            announce(work, Topic.CHANGES)
    return records


async def next_of(subscription: Subscription) -> News:
    news = await asyncio.wait_for(subscription.next(), 15)
    assert news is not None
    return news


@pytest.mark.parametrize("told", [True, False])
async def test_changes_are_told_also_when_nobody_announced_them(
    hub: LiveHub, database: Database, schema: str, told: bool
) -> None:
    subscription = await hub.subscribe()
    records = await write(database, schema, told=told, count=2)
    news = await next_of(subscription)
    assert news.changes == {"crm_account": set(records)}
    assert (news.design, news.rights_changed) == (None, False)


async def test_everybody_hears_everything_once(
    hub: LiveHub, database: Database, schema: str
) -> None:
    subscriptions = [await hub.subscribe(), await hub.subscribe()]
    written: list[UUID] = []
    for _ in range(5):
        written += await write(database, schema, told=True)
        await asyncio.sleep(0.1)
    for subscription in subscriptions:
        heard: list[UUID] = []
        while len(heard) < len(written):
            heard += (await next_of(subscription)).changes["crm_account"] or ()
        assert sorted(heard) == sorted(written)


async def test_too_many_changes_become_a_word(
    hub: LiveHub, database: Database, schema: str
) -> None:
    subscription = await hub.subscribe()
    await write(database, schema, told=True, count=MOST_IDS + 1)
    assert (await next_of(subscription)).changes == {"crm_account": None}


async def test_new_designs_and_rights_are_told(
    hub: LiveHub, database: Database, schema: str
) -> None:
    subscription = await hub.subscribe()
    async with database.begin(schema) as work:
        await work.execute("update epoch set design = design + 1")
    news = await next_of(subscription)
    assert (news.design, news.rights_changed) == (2, False)
    async with database.begin(schema) as work:
        await work.execute("update epoch set rights = rights + 1")
    news = await next_of(subscription)
    assert (news.design, news.rights_changed) == (None, True)


async def test_what_is_watched_is_told_when_it_differs(
    hub: LiveHub, database: Database, schema: str
) -> None:
    subscription = await hub.subscribe()
    role = uuid4()
    async with database.begin(schema) as work:
        await work.execute(
            """insert into role (id, name) values (%s, '{"status": "running"}')""", [role]
        )
    [told] = (await next_of(subscription)).watched.values()
    assert (told.name, told.audience, told.state) == ("import", None, {"status": "running"})


async def test_who_comes_late_hears_nothing_of_the_past(
    hub: LiveHub, database: Database, schema: str
) -> None:
    subscription = await hub.subscribe()
    hub.unsubscribe(subscription)
    await write(database, schema, told=True)
    await asyncio.sleep(0.6)
    late = await hub.subscribe()
    fresh = await write(database, schema, told=True)
    assert (await next_of(late)).changes == {"crm_account": set(fresh)}


async def test_a_stopped_hub_lets_its_listeners_go(hub: LiveHub) -> None:
    subscription = await hub.subscribe()
    await hub.stop()
    assert await asyncio.wait_for(subscription.next(), 1) is None
