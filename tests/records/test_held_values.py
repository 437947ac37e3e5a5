"""A formula that names its own field keeps what is there while something is so."""

from typing import Any

import pytest
from tests.records.computing import change, compute_what_waits, computed, design, value

from guanxi.kit.errors import ValuesRefusedError
from guanxi.testing.sales import SalesWorld

DEAL = "crm_opportunity"


async def test_a_value_is_kept_while_the_condition_says_so(world: SalesWorld) -> None:
    await design(world, computed(DEAL, "fee", "money", 'IF({stage} = "New", {amount} / 10, {fee})'))
    (deal,) = await world.make(DEAL, {"name": "A", "amount": "100", "stage": "new"})
    assert await value(world, DEAL, deal, "fee") == 10
    await change(world, DEAL, deal, amount="200")
    assert await value(world, DEAL, deal, "fee") == 20
    await change(world, DEAL, deal, stage="won", amount="300")
    assert await value(world, DEAL, deal, "fee") == 20
    await change(world, DEAL, deal, stage="new")
    assert await value(world, DEAL, deal, "fee") == 30


async def test_what_is_computed_over_links_is_kept_too_and_once_it_is_there(
    world: SalesWorld,
) -> None:
    formula = 'IF({stage} = "New" || ISBLANK({prices}), {account.total}, {prices})'
    total = computed("crm_account", "total", "money", f"SUM({{{DEAL}.amount}})")
    await design(world, total, computed(DEAL, "prices", "money", formula))
    (account,) = await world.make("crm_account", {"name": "First"})
    wish: dict[str, Any] = {"amount": "5", "account": str(account)}
    open_, won = await world.make(
        DEAL, {"name": "A", "stage": "new", **wish}, {"name": "B", "stage": "won", **wish}
    )
    await compute_what_waits(world)
    assert await value(world, DEAL, won, "prices") == 10
    await change(world, DEAL, open_, amount="7")
    await compute_what_waits(world)
    assert await value(world, DEAL, open_, "prices") == 12
    assert await value(world, DEAL, won, "prices") == 10
    # A design that computes all records anew keeps it as well.
    await design(world, computed(DEAL, "again", "money", "{prices} * 2"))
    async with world.database.begin(world.schema) as work:
        await work.execute("insert into computing (object, fields) values (%s, '{prices}')", [DEAL])
    await compute_what_waits(world)
    assert await value(world, DEAL, won, "prices") == 10
    assert await value(world, DEAL, won, "again") == 20


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ("{fee} + 1", "circular_formula"),
        ('IF({stage} = "New", {amount}, {fee} * 2)', "circular_formula"),
        ("IF({fee} > 3, {amount}, 1)", "circular_formula"),
        ("IF(TODAY() > DATE(2000, 1, 1), {amount}, {fee})", "live_keeps_nothing"),
    ],
)
async def test_a_field_that_hangs_on_itself_is_refused(
    world: SalesWorld, formula: str, code: str
) -> None:
    with pytest.raises(ValuesRefusedError) as caught:
        await design(world, computed(DEAL, "fee", "money", formula))
    assert [one.code for one in caught.value.problems] == [code]
