"""Computed fields hold what their formulas say, whoever changes what, near or far."""

import asyncio
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from tests.records.computing import TOTALS, change, compute_what_waits, computed, design, value

from guanxi.kit.errors import ValuesRefusedError
from guanxi.metadata.steps import ChangeField, FieldChanges, RetireField, Step
from guanxi.records.delete import delete, restore
from guanxi.testing.sales import SalesWorld


async def test_a_formula_about_the_record_itself_is_computed_with_the_save(
    world: SalesWorld,
) -> None:
    await design(world, TOTALS[0])
    deal, other = await world.make(
        "crm_opportunity",
        {"name": "A", "amount": "100.10", "probability": "25"},
        {"name": "B", "amount": "10"},
    )
    expected = await value(world, "crm_opportunity", deal, "expected")
    assert expected == Decimal("25.03")
    await change(world, "crm_opportunity", deal, amount="200")
    assert await value(world, "crm_opportunity", deal, "expected") != expected
    assert await value(world, "crm_opportunity", other, "expected") == 0
    async with world.database.begin(world.schema) as work:
        told = await work.value(
            "select new from change where record = %s order by id desc limit 1", [deal]
        )
    assert set(told) == {"amount", "expected"}


async def test_totals_follow_their_records_wherever_those_go(world: SalesWorld) -> None:
    await design(world, *TOTALS)
    first, second = await world.make("crm_account", {"name": "First"}, {"name": "Second"})
    a, b = await world.make(
        "crm_opportunity",
        {"name": "A", "amount": "100", "account": str(first), "stage": "won"},
        {"name": "B", "amount": "300", "account": str(first), "stage": "new"},
    )

    async def state(account: UUID) -> tuple[Any, ...]:
        return tuple(
            [await value(world, "crm_account", account, one) for one in ("total", "won", "best")]
        )

    assert await state(first) == (400, 1, Decimal("0.75"))
    assert await value(world, "crm_opportunity", a, "share") == Decimal("0.25")
    await change(world, "crm_opportunity", b, account=str(second), stage="won")
    assert await state(first) == (100, 1, 1)
    assert await state(second) == (300, 1, 1)
    async with world.database.begin(world.schema) as work:
        await delete(work, world.admin, world.saving, "crm_opportunity", {a: None})
    assert await state(first) == (0, 0, None)
    async with world.database.begin(world.schema) as work:
        await restore(work, world.admin, world.saving, "crm_opportunity", [a])
    assert await state(first) == (100, 1, 1)
    await change(world, "crm_opportunity", b, account=None)
    assert await state(second) == (0, 0, None)
    assert await value(world, "crm_opportunity", b, "share") is None


async def test_what_was_there_before_the_field_is_computed_too(world: SalesWorld) -> None:
    (account,) = await world.make("crm_account", {"name": "Old"})
    await world.make(
        "crm_opportunity",
        *({"name": f"O{n}", "amount": "5", "account": str(account)} for n in range(7)),
    )
    await design(world, TOTALS[1])
    assert await compute_what_waits(world) == 1
    assert await value(world, "crm_account", account, "total") == 35
    changed = FieldChanges(formula="SUM({crm_opportunity.amount}) * 2")
    await design(world, ChangeField(object="crm_account", field="total", changes=changed))
    await compute_what_waits(world)
    assert await value(world, "crm_account", account, "total") == 70


async def test_two_who_change_children_of_one_parent_at_once_both_count(world: SalesWorld) -> None:
    await design(world, TOTALS[1])
    (account,) = await world.make("crm_account", {"name": "Hot"})
    deals = await world.make(
        "crm_opportunity",
        *({"name": f"O{n}", "amount": "0", "account": str(account)} for n in range(12)),
    )
    await asyncio.gather(*(change(world, "crm_opportunity", one, amount="10") for one in deals))
    assert await value(world, "crm_account", account, "total") == 120


async def test_nobody_fills_in_a_computed_field(world: SalesWorld) -> None:
    await design(world, TOTALS[0])
    with pytest.raises(ValuesRefusedError):
        await world.make("crm_opportunity", {"name": "A", "expected": "5"})


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ([computed("crm_opportunity", "x", "money", "{nothing_here} + 1")], "no_field"),
        ([computed("crm_opportunity", "x", "date", "{amount} + 1")], "wrong_type"),
        ([computed("crm_opportunity", "x", "money", "{amount} +")], "ends_early"),
        ([TOTALS[0], RetireField(object="crm_opportunity", field="amount")], "used_by_formula"),
        (
            [*TOTALS, ChangeField(object="crm_account", field="total",
                                  changes=FieldChanges(formula="SUM({crm_opportunity.share})"))],
            "circular_formula",
        ),
    ],
)  # fmt: skip
async def test_a_formula_that_cannot_be_is_refused(
    world: SalesWorld, steps: list[Step], code: str
) -> None:
    with pytest.raises(ValuesRefusedError) as caught:
        await design(world, *steps)
    assert [problem.code for problem in caught.value.problems] == [code]
