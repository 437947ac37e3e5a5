"""Wide changes: nobody waits for each other, what is too much for a save is done later, and nothing is lost."""

import asyncio
import json
import os
import signal
import sys
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import psycopg.errors
import pytest
from tests.records.computing import TOTALS, change, compute_what_waits, computed, design, value

from guanxi.metadata.computed import computed_fields
from guanxi.metadata.recompute_order import recompute_order
from guanxi.records import recompute, update_drafts
from guanxi.records.computing_marks import Mark, read_marks
from guanxi.records.delete import delete
from guanxi.records.locking_store import lock_rows
from guanxi.records.read import ListRequest
from guanxi.testing.sales import SalesWorld

THIRD = Decimal("0.3333333333")
WORKER = Path(__file__).with_name("computing_worker.py")

SHARES = (TOTALS[1], TOTALS[3], TOTALS[4])


async def deals_of(world: SalesWorld, count: int, name: str = "Wide") -> tuple[UUID, list[UUID]]:
    (account,) = await world.make("crm_account", {"name": name})
    deals = await world.make(
        "crm_opportunity",
        *({"name": f"O{n}", "amount": "1", "account": str(account)} for n in range(count)),
    )
    return account, deals


async def marks(world: SalesWorld, object_name: str = "crm_opportunity") -> list[Mark]:
    return await world.answer(read_marks(world.admin, world.admin.catalog.objects[object_name]))  # type: ignore[no-any-return]


def mark(field: str, waiting: int, total: int) -> Mark:
    return {"field": field, "waiting": waiting, "total": total}


async def wide_saves(world: SalesWorld) -> None:
    """Two at a time who each change a record from the other end of the same hundred, whose shares all move."""
    await design(world, *SHARES)
    account, deals = await deals_of(world, 100)
    for place in range(12):
        await asyncio.gather(
            change(world, "crm_opportunity", deals[place], amount=f"{place + 2}"),
            change(world, "crm_opportunity", deals[-1 - place], amount=f"{place + 2}"),
        )
    total = 100 + 2 * sum(range(1, 13))
    assert await value(world, "crm_account", account, "total") == total
    best = (Decimal(13) / total).quantize(Decimal("1e-10"))
    assert await value(world, "crm_account", account, "best") == best


async def test_two_wide_saves_do_not_wait_for_each_other(world: SalesWorld) -> None:
    await wide_saves(world)


async def test_without_locks_ahead_two_wide_saves_would(
    world: SalesWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing(*_: object, **__: object) -> None:
        return

    async def waiting(work: object, definition: object, ids: list[UUID]) -> list[UUID]:
        await lock_rows(work, definition, ids)  # type: ignore[arg-type]
        return ids

    monkeypatch.setattr(update_drafts, "lock_ahead", nothing)
    monkeypatch.setattr(recompute, "lock_free_rows", waiting)
    with pytest.raises(psycopg.errors.DeadlockDetected):
        await wide_saves(world)


async def test_records_held_by_others_are_left_to_the_worker_where_waiting_could_go_in_a_circle(
    world: SalesWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    await design(world, *SHARES)
    account, deals = await deals_of(world, 3)
    await compute_what_waits(world)

    async def nothing(*_: object, **__: object) -> None:
        return

    monkeypatch.setattr(update_drafts, "lock_ahead", nothing)
    async with world.database.begin(world.schema) as work:
        await work.execute(
            "select from crm_opportunity where id = %s for no key update", [deals[2]]
        )
        await change(world, "crm_opportunity", deals[0], amount="8")
    assert await value(world, "crm_opportunity", deals[1], "share") == Decimal("0.1")
    assert await value(world, "crm_opportunity", deals[2], "share") == THIRD
    assert await compute_what_waits(world) == 1
    assert await value(world, "crm_opportunity", deals[2], "share") == Decimal("0.1")
    assert await value(world, "crm_account", account, "best") == Decimal("0.8")


async def test_the_worker_locks_a_circle_in_the_order_of_everybody(world: SalesWorld) -> None:
    account, deals = await deals_of(world, 3)
    await design(world, SHARES[0])
    await compute_what_waits(world)
    await design(world, *SHARES[1:])
    async with world.database.begin(world.schema) as work:
        await work.execute("select from crm_account where id = %s for no key update", [account])
        computing = asyncio.create_task(compute_what_waits(world))
        await asyncio.sleep(0.5)
        await work.execute(
            "select from crm_opportunity where id = any(%s) for no key update", [deals]
        )
    assert await computing == 4
    assert await value(world, "crm_opportunity", deals[1], "share") == THIRD


async def test_what_is_too_much_for_one_save_is_computed_by_the_worker(world: SalesWorld) -> None:
    await design(world, computed("crm_opportunity", "line", "text", "{account.industry} & {name}"))
    account, _ = await deals_of(world, 2100)
    await compute_what_waits(world)
    await change(world, "crm_account", account, industry="Steel")
    assert await marks(world) == [mark("line", 100, 100)]
    page = json.loads(
        await world.answer(world.reading.page(world.admin, "crm_opportunity", ListRequest()))
    )
    assert page["computing"] == [mark("line", 100, 100)]
    record = UUID(page["records"][0]["id"])
    one, _ = await world.answer(world.reading.one(world.admin, "crm_opportunity", record))
    assert json.loads(one)["_computing"] == [mark("line", 100, 100)]

    async def done() -> int:
        async with world.database.begin(world.schema) as work:
            text = "select count(*) from crm_opportunity where line = 'Steel' || name"
            return int(await work.value(text))

    assert await done() == 2000
    assert await compute_what_waits(world) == 100
    assert (await done(), await marks(world)) == (2100, [])


async def test_a_parent_many_saves_left_over_is_computed_once(
    world: SalesWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    await design(world, TOTALS[1])
    account, deals = await deals_of(world, 6)
    await compute_what_waits(world)
    monkeypatch.setattr(recompute, "MOST_HOPS", 0)
    for deal in deals:
        await change(world, "crm_opportunity", deal, amount="5")
    assert await value(world, "crm_account", account, "total") == 6
    assert await compute_what_waits(world) == 1
    assert await value(world, "crm_account", account, "total") == 30


async def test_fields_of_one_design_are_computed_together(world: SalesWorld) -> None:
    await deals_of(world, 10)
    await design(world, *TOTALS)
    waiting = [*await marks(world), *await marks(world, "crm_account")]
    assert len(waiting) == len(TOTALS)
    assert await compute_what_waits(world) == 11


async def test_a_killed_worker_loses_nothing(world: SalesWorld, tmp_path: Path) -> None:
    (account,) = await world.make("crm_account", {"name": "Big"})
    async with world.database.begin(world.schema) as work:
        await work.execute(
            "insert into crm_opportunity (id, name, version, name_key, search, amount, account)"
            " select uuidv7(), 'O' || n, 1, 'o' || n, '', n, %s from generate_series(1, 20000) n",
            [account],
        )
    await design(world, computed("crm_opportunity", "twice", "money", "{amount} * 2"))
    sign = tmp_path / "in-the-middle"
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(WORKER), world.database.conninfo, str(sign), env=os.environ
    )
    async with asyncio.timeout(60):
        while not sign.exists():  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    await process.wait()
    assert await marks(world) == [mark("twice", 10_000, 20_000)]

    async def right() -> int:
        async with world.database.begin(world.schema) as work:
            text = "select count(*) from crm_opportunity where twice = amount * 2"
            return int(await work.value(text))

    assert await right() == 10_000
    assert await compute_what_waits(world) == 10_000
    assert (await right(), await marks(world)) == (20_000, [])


async def test_computed_text_is_found(world: SalesWorld) -> None:
    await design(world, computed("crm_opportunity", "line", "text", "{account.industry} & {name}"))
    account, _ = await deals_of(world, 2)
    await change(world, "crm_account", account, industry="钢铁-")
    names = await world.names(world.admin, "crm_opportunity", q="钢铁")
    assert sorted(names) == ["O0", "O1"]
    await change(world, "crm_account", account, industry="Wood-")
    assert await world.names(world.admin, "crm_opportunity", q="钢铁") == []
    assert len(await world.names(world.admin, "crm_opportunity", q="wood")) == 2


async def test_a_record_of_a_circle_goes_into_the_trash(world: SalesWorld) -> None:
    await design(world, *SHARES)
    account, deals = await deals_of(world, 4)
    async with world.database.begin(world.schema) as work:
        await delete(work, world.admin, world.saving, "crm_opportunity", {deals[0]: None})
    assert await value(world, "crm_account", account, "total") == 3
    assert await value(world, "crm_opportunity", deals[1], "share") == THIRD


async def test_objects_that_hang_on_one_another_stand_at_one_place(world: SalesWorld) -> None:
    await design(world, TOTALS[1])
    order = recompute_order(computed_fields(world.admin.catalog))
    assert not order.is_in_circle("crm_account")
    assert order.places["crm_opportunity"] < order.places["crm_account"]
    await design(world, TOTALS[3], TOTALS[4])
    order = recompute_order(computed_fields(world.admin.catalog))
    assert order.is_in_circle("crm_account")
    assert order.is_in_circle("crm_opportunity")
    names = [sorted(group.names) for group in order.groups]
    assert names == [["total"], ["share"], ["best"]]
