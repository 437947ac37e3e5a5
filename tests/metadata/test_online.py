"""Designs of tables in use: nobody waits for long, nothing is left half done, what was put off is finished."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from tests.metadata.test_apply import TYPES, add_field, apply, catalog_of, columns_of

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.metadata.apply import patiently
from guanxi.metadata.errors import DesignBusyError
from guanxi.metadata.history import design_history
from guanxi.metadata.model import FieldDefinition
from guanxi.metadata.pending import FINISH_DESIGN, finish_pending
from guanxi.metadata.steps import ChangeField, RetireField
from guanxi.testing.sales import SalesWorld


@pytest.fixture(autouse=True)
def impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables count as large from the first row on, and nobody waits for long."""
    monkeypatch.setattr("guanxi.metadata.making.FEW_ROWS", 0)
    monkeypatch.setattr("guanxi.metadata.apply.LOCK_TIMEOUT", "100ms")
    monkeypatch.setattr("guanxi.metadata.pending.LOCK_TIMEOUT", "100ms")
    monkeypatch.setattr("guanxi.metadata.apply.PAUSES_SECONDS", (0.05, 0.05))


async def field_of(world: SalesWorld, name: str) -> FieldDefinition:
    catalog = await catalog_of(world.database, world.schema)
    return catalog.objects["crm_account"].fields[name]


async def value(world: SalesWorld, query: str, *parameters: object) -> Any:
    async with world.database.begin(world.schema) as work:
        return await work.value(query, list(parameters))


async def pending(world: SalesWorld) -> int:
    return int(await value(world, "select count(*) from design_pending"))


async def indexes(world: SalesWorld, *, valid: bool = True) -> set[str]:
    async with world.database.begin(world.schema) as work:
        rows = await work.rows(
            "select c.relname::text from pg_index i join pg_class c on c.oid = i.indexrelid"
            " where i.indrelid = 'crm_account'::regclass and i.indisvalid = %s",
            [valid],
        )
    return {name for (name,) in rows}


def change(name: str, **changes: Any) -> ChangeField:
    return ChangeField.model_validate({"object": "crm_account", "field": name, "changes": changes})


@asynccontextmanager
async def long_reader(world: SalesWorld) -> AsyncIterator[UnitOfWork]:
    """Somebody whose report reads accounts and does not come to an end."""
    async with world.database.begin(world.schema) as work:
        await work.rows("select id from crm_account")
        yield work


async def test_a_design_meets_a_long_reader_and_nothing_is_half_done(world: SalesWorld) -> None:
    await world.make("crm_account", {"name": "A"})
    before = (await catalog_of(world.database, world.schema)).version
    async with long_reader(world):
        with pytest.raises(DesignBusyError):
            await patiently(
                lambda: apply(world.database, world.schema, add_field("crm_account", name="level"))
            )
        assert await world.names(world.admin, "crm_account") == ["A"]
    assert "level" not in await columns_of(world.database, world.schema, "crm_account")
    assert (await catalog_of(world.database, world.schema)).version == before
    await apply(world.database, world.schema, add_field("crm_account", name="level"))


async def test_a_design_waits_for_a_reader_that_ends(world: SalesWorld) -> None:
    async with asyncio.TaskGroup() as group:
        reading = asyncio.Event()

        async def read_a_while() -> None:
            async with long_reader(world):
                reading.set()
                await asyncio.sleep(0.15)

        group.create_task(read_a_while())
        await reading.wait()
        await patiently(
            lambda: apply(world.database, world.schema, add_field("crm_account", name="level"))
        )
    assert "level" in await columns_of(world.database, world.schema, "crm_account")


async def test_indexes_and_keys_of_large_tables_are_made_after_the_commit(
    world: SalesWorld,
) -> None:
    await world.make("crm_account", {"name": "A"})
    applied = await apply(
        world.database,
        world.schema,
        add_field("crm_account", name="level", indexed=True),
        add_field("crm_account", name="other", type="link", options={"target": "crm_account"}),
        add_field("crm_account", name="code", unique=True),
    )
    assert applied.has_pending
    assert await pending(world) == 4
    assert not (await field_of(world, "code")).unique
    assert await value(world, "select count(*) from job where kind = %s", FINISH_DESIGN) == 1
    await finish_pending(world.database, world.schema, TYPES)
    assert await pending(world) == 0
    made = {"crm_account_level_ix", "crm_account_other_ix", "crm_account_code_key"}
    assert made <= await indexes(world)
    assert (await field_of(world, "code")).unique
    assert await value(
        world, "select convalidated from pg_constraint where conname = 'crm_account_other_fk'"
    )
    await finish_pending(world.database, world.schema, TYPES)


async def test_building_waits_for_others_and_goes_on_later(world: SalesWorld) -> None:
    await world.make("crm_account", {"name": "A"})
    await apply(world.database, world.schema, change("industry", indexed=True))
    async with world.database.begin(world.schema) as work:
        await work.execute("update crm_account set industry = 'Busy'")
        with pytest.raises(DesignBusyError):
            await finish_pending(world.database, world.schema, TYPES)
    assert await pending(world) == 1
    await finish_pending(world.database, world.schema, TYPES)
    assert "crm_account_industry_ix" in await indexes(world)
    assert await indexes(world, valid=False) == set()
    assert await pending(world) == 0


async def test_what_a_killed_build_left_behind_is_cleared_away(world: SalesWorld) -> None:
    await world.make("crm_account", {"name": "A"}, {"name": "B"})
    await apply(world.database, world.schema, change("industry", indexed=True))
    async with world.database.connection() as connection:
        await connection.execute(f"set search_path to {world.schema}")
        await connection.execute("create index crm_account_industry_ix on crm_account (industry)")
        await connection.execute(
            "update pg_index set indisvalid = false"
            " where indexrelid = 'crm_account_industry_ix'::regclass"
        )
        await connection.execute("reset search_path")
    assert await indexes(world, valid=False) == {"crm_account_industry_ix"}
    await finish_pending(world.database, world.schema, TYPES)
    assert "crm_account_industry_ix" in await indexes(world)
    assert await pending(world) == 0


async def test_values_written_twice_meanwhile_keep_a_field_from_being_unique(
    world: SalesWorld,
) -> None:
    await world.make("crm_account", {"name": "A", "industry": "Pumps"})
    await apply(world.database, world.schema, change("industry", unique=True))
    await world.make("crm_account", {"name": "B", "industry": "Pumps"})
    await finish_pending(world.database, world.schema, TYPES)
    assert not (await field_of(world, "industry")).unique
    assert await indexes(world, valid=False) == set()
    assert await pending(world) == 0
    async with world.database.begin(world.schema) as work:
        (newest, *_), _ = await design_history(work, limit=1)
    assert newest.version == (await catalog_of(world.database, world.schema)).version
    assert "was not made unique" in newest.steps[0]["sentence"]["en"]


async def test_a_wish_taken_back_is_not_fulfilled(world: SalesWorld) -> None:
    await world.make("crm_account", {"name": "A"})
    await apply(world.database, world.schema, change("industry", unique=True))
    await apply(world.database, world.schema, change("industry", unique=False))
    assert await pending(world) == 0


async def test_the_index_of_a_field_retired_meanwhile_is_made_all_the_same(
    world: SalesWorld,
) -> None:
    await world.make("crm_account", {"name": "A"})
    await apply(world.database, world.schema, change("industry", indexed=True))
    retire = RetireField.model_validate({"object": "crm_account", "field": "industry"})
    await apply(world.database, world.schema, retire)
    await finish_pending(world.database, world.schema, TYPES)
    assert "crm_account_industry_ix" in await indexes(world)


async def test_two_who_finish_do_not_hinder_each_other(world: SalesWorld) -> None:
    await world.make("crm_account", {"name": "A"})
    await apply(world.database, world.schema, change("industry", indexed=True))
    finishing = [finish_pending(world.database, world.schema, TYPES) for _ in range(3)]
    await asyncio.gather(*finishing)
    assert await pending(world) == 0
    assert "crm_account_industry_ix" in await indexes(world)
