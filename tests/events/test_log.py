"""Followers of the change log miss nothing, however slowly a transaction ends."""

import asyncio
from uuid import UUID, uuid4

from guanxi.db.database import Database
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.events.log import PRESENT, LoggedChange, Position, changes_after, changes_of, present_of


async def write(work: UnitOfWork) -> UUID:
    record = uuid4()
    await work.execute(
        "insert into change (object, record, version, op, source)"
        " values ('crm_account', %s, 1, 'create', 'job')",
        [record],
    )
    return record


async def read(
    database: Database, schema: str, position: Position, limit: int = 100
) -> list[LoggedChange]:
    [rows] = await database.read(schema, changes_after(position, limit=limit))
    return changes_of(rows)


async def read_soon(
    database: Database, schema: str, position: Position, count: int
) -> list[LoggedChange]:
    """The changes, once nobody else on the server has an older transaction open."""
    async with asyncio.timeout(10):
        while len(found := await read(database, schema, position)) < count:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    return found


async def test_a_slow_transaction_is_not_missed(database: Database, schema: str) -> None:
    [rows] = await database.read(schema, PRESENT)
    position = present_of(rows)
    async with database.begin(schema) as slow:
        first = await write(slow)
        async with database.begin(schema) as quick:
            second = await write(quick)
        assert await read(database, schema, position) == []
    found = await read_soon(database, schema, position, 2)
    assert [one.record for one in found] == [first, second]


async def test_nothing_comes_twice_and_pages_join(database: Database, schema: str) -> None:
    [rows] = await database.read(schema, PRESENT)
    position = present_of(rows)
    written = []
    for _ in range(5):
        async with database.begin(schema) as work:
            written += [await write(work) for _ in range(3)]
    await read_soon(database, schema, position, len(written))
    found: list[UUID] = []
    while page := await read(database, schema, position, limit=4):
        found += [one.record for one in page]
        position = page[-1].position
    assert found == written


async def test_the_past_is_not_told(database: Database, schema: str) -> None:
    async with database.begin(schema) as work:
        await write(work)
    [rows] = await database.read(schema, PRESENT)
    assert await read(database, schema, present_of(rows)) == []
