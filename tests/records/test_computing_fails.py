"""What cannot be computed is tried again, holds up nothing else, and waits for somebody in the end."""

import psycopg.errors
import pytest
from tests.records.computing import TOTALS, compute_what_waits, computed, design, value

from guanxi.metadata.computing_store import MOST_FAILURES, Progress, progress_of, try_again
from guanxi.metadata.steps import ChangeField, FieldChanges
from guanxi.records.computing_marks import read_marks
from guanxi.testing.sales import SalesWorld

BROKEN = "alter table crm_account add constraint small check (total < 30)"


async def progress(world: SalesWorld) -> list[Progress]:
    async with world.database.begin(world.schema) as work:
        return await progress_of(work)


async def fail(world: SalesWorld) -> None:
    """The worker tries, later than it would wait."""
    async with world.database.begin(world.schema) as work:
        await work.execute("update computing set retry_at = null")
    with pytest.raises(psycopg.errors.CheckViolation):
        await compute_what_waits(world)


async def test_what_fails_is_given_up_in_the_end_and_tried_again_when_asked(
    world: SalesWorld,
) -> None:
    (account,) = await world.make("crm_account", {"name": "Big"})
    (deal,) = await world.make(
        "crm_opportunity", {"name": "A", "amount": "50", "account": str(account)}
    )
    await design(world, TOTALS[1], computed("crm_opportunity", "twice", "money", "{amount} * 2"))
    async with world.database.begin(world.schema) as work:
        await work.execute(BROKEN)
    await fail(world)
    assert await value(world, "crm_opportunity", deal, "twice") == 100
    assert await compute_what_waits(world) == 0
    for _ in range(MOST_FAILURES - 1):
        assert [one.failed for one in await progress(world)] == [False]
        await fail(world)
    assert await progress(world) == [
        Progress("crm_account", "total", 0, 0, failed=True, fault="CheckViolation")
    ]
    definition = world.admin.catalog.objects["crm_account"]
    (mark,) = await world.answer(read_marks(world.admin, definition))
    assert mark["failed"] is True
    assert await compute_what_waits(world) == 0

    async with world.database.begin(world.schema) as work:
        await work.execute("alter table crm_account drop constraint small")
        await try_again(work, "crm_account")
    await compute_what_waits(world)
    assert await value(world, "crm_account", account, "total") == 50
    assert await progress(world) == []


async def test_a_new_formula_is_tried_though_the_old_one_failed(world: SalesWorld) -> None:
    (account,) = await world.make("crm_account", {"name": "Big"})
    await design(world, computed("crm_account", "total", "number", "40"))
    async with world.database.begin(world.schema) as work:
        await work.execute(BROKEN)
    for _ in range(MOST_FAILURES):
        await fail(world)
    changed = FieldChanges(formula="20")
    await design(world, ChangeField(object="crm_account", field="total", changes=changed))
    await compute_what_waits(world)
    assert await value(world, "crm_account", account, "total") == 20
    assert await progress(world) == []
