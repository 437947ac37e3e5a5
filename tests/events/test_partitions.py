"""The change log is kept in monthly partitions."""

import asyncio

from guanxi.db.database import Database
from guanxi.events.partitions import MONTHS_AHEAD, ensure_partitions

INSERT = """
insert into change (at, object, record, version, op, source)
values ({at}, 'crm_account', gen_random_uuid(), 1, 'create', 'job')
"""
PLACE = "select tableoid::regclass::text from change order by id desc limit 1"


async def test_changes_lie_in_the_partition_of_their_month(database: Database, schema: str) -> None:
    async with database.begin(schema) as work:
        assert await ensure_partitions(work) == MONTHS_AHEAD + 1
        assert await ensure_partitions(work) == 0
        await work.execute(INSERT.format(at="now()"))
        month = await work.value("select 'change_' || to_char(now() at time zone 'UTC', 'YYYY_MM')")
        assert await work.value(PLACE) == month
        await work.execute(INSERT.format(at="now() + interval '1 year'"))
        assert await work.value(PLACE) == "change_default"


async def test_a_month_that_has_begun_without_its_partition_stays_readable(
    database: Database, schema: str
) -> None:
    async with database.begin(schema) as work:
        await work.execute(INSERT.format(at="now()"))
    async with database.begin(schema) as work:
        assert await ensure_partitions(work) == MONTHS_AHEAD
        await work.execute(INSERT.format(at="now()"))
        assert await work.value("select count(*) from change") == 2


async def test_processes_that_start_at_once_do_not_collide(database: Database, schema: str) -> None:
    async def ensure() -> int:
        async with database.begin(schema) as work:
            return await ensure_partitions(work)

    made = await asyncio.gather(*[ensure() for _ in range(4)])
    assert sum(made) == MONTHS_AHEAD + 1
