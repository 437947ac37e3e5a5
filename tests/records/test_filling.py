"""A field people fill in becomes a computed one, and the other way round, with nothing lost on the way."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from tests.records.computing import change, compute_what_waits, computed, design, value

from guanxi.kit.clock import FixedClock
from guanxi.kit.errors import ValuesRefusedError
from guanxi.metadata.errors import DesignBlockedError
from guanxi.metadata.history import design_history
from guanxi.metadata.plan import Plan, plan_steps
from guanxi.metadata.purge import purge_retired_fields
from guanxi.metadata.references import References
from guanxi.metadata.steps import (
    AddField,
    ChangeField,
    ChangeObject,
    FieldChanges,
    NewField,
    ObjectChanges,
    RestoreField,
    Step,
)
from guanxi.metadata.store import load_catalog
from guanxi.records.errors import DuplicateValueError
from guanxi.testing.sales import TYPES, ZONE, SalesWorld

DEAL = "crm_opportunity"
LABEL = {"en": "Price", "zh-CN": "价格"}


def field(name: str, type_: str = "money", **wish: Any) -> AddField:
    return AddField(object=DEAL, field=NewField(name=name, label=LABEL, type=type_, **wish))


def say(name: str = "price", **changes: Any) -> ChangeField:
    return ChangeField(object=DEAL, field=name, changes=FieldChanges(**changes))


COMPUTE = say(formula="{amount} * 2")
NUMBERED = say(formula='TEXT({amount} * 2, "0")')
FILL_IN = say(formula=None)
TAKE_BACK = say(formula=None, values="before")


async def plan(world: SalesWorld, *steps: Step) -> Plan:
    async with world.database.begin(world.schema) as work:
        return await plan_steps(work, TYPES, steps, References(), zone=ZONE)


async def warnings(world: SalesWorld, *steps: Step) -> list[str]:
    planned = await plan(world, *steps)
    return [one.en for step in planned.steps for one in step.effect.warnings]


@pytest.fixture
async def priced(world: SalesWorld) -> tuple[SalesWorld, UUID]:
    """A deal with a price of its own, and an account that sums prices."""
    await design(world, field("price"))
    total = computed("crm_account", "prices", "money", f"SUM({{{DEAL}.price}})")
    await design(world, total)
    (account,) = await world.make("crm_account", {"name": "First"})
    (deal,) = await world.make(
        DEAL, {"name": "A", "amount": "10", "price": "7", "account": str(account)}
    )
    await compute_what_waits(world)
    assert await value(world, "crm_account", account, "prices") == 7
    return world, deal


async def test_a_plain_field_becomes_computed_and_its_values_come_back(
    priced: tuple[SalesWorld, UUID],
) -> None:
    world, deal = priced
    await design(world, COMPUTE)
    await compute_what_waits(world)
    assert await value(world, DEAL, deal, "price") == 20
    assert await value(world, DEAL, deal, "price_before") == 7
    (later,) = await world.make(DEAL, {"name": "B", "amount": "3"})
    await design(world, TAKE_BACK)
    assert await value(world, DEAL, deal, "price") == 7
    assert await value(world, DEAL, later, "price") == 6
    known = world.admin.catalog.objects[DEAL]
    assert "price_before" not in {**known.fields, **known.retired_fields}
    await change(world, DEAL, deal, price="8", amount="50")
    assert await value(world, DEAL, deal, "price") == 8


async def test_what_hangs_on_it_follows_both_ways(priced: tuple[SalesWorld, UUID]) -> None:
    world, deal = priced
    account = await value(world, DEAL, deal, "account")
    # Comes to nothing, as does a new column: still the sum must hear of it.
    await design(world, say(formula="{amount} / 0"))
    await compute_what_waits(world)
    assert await value(world, "crm_account", account, "prices") == 0
    await design(world, TAKE_BACK)
    await compute_what_waits(world)
    assert await value(world, "crm_account", account, "prices") == 7


async def test_a_computed_field_keeps_its_values_when_people_fill_it_in(
    priced: tuple[SalesWorld, UUID],
) -> None:
    world, deal = priced
    await design(world, COMPUTE)
    await compute_what_waits(world)
    await design(world, FILL_IN)
    await change(world, DEAL, deal, amount="50")
    assert await value(world, DEAL, deal, "price") == 20
    await change(world, DEAL, deal, price="21.5")
    assert await value(world, DEAL, deal, "price") == Decimal("21.5")
    # The values of old are a removed field still, which can be restored beside it.
    await design(world, RestoreField(object=DEAL, field="price_before"))
    assert await value(world, DEAL, deal, "price_before") == 7
    assert world.admin.catalog.objects[DEAL].fields["price_before"].kept_of is None


async def test_old_words_are_found_no_more_and_again_when_they_are_back(world: SalesWorld) -> None:
    await design(world, field("remark", "text"))
    await world.make(DEAL, {"name": "A", "remark": "zebra"})

    async def found() -> list[str]:
        return await world.names(world.admin, DEAL, q="zebra")

    assert await found() == ["A"]
    await design(world, say("remark", formula='IF({amount} > 0, "x", "")'))
    await compute_what_waits(world)
    assert await found() == []
    await design(world, say("remark", formula=None, values="before"))
    await compute_what_waits(world)
    assert await found() == ["A"]


async def test_what_people_were_asked_comes_back_with_the_values(world: SalesWorld) -> None:
    wish = {"required": True, "unique": True, "read_only_when": '{stage} = "Won"'}
    await design(world, field("price", "text", **wish))
    await world.make(DEAL, {"name": "A", "amount": "10", "price": "7"})
    await design(world, NUMBERED)
    now = world.admin.catalog.objects[DEAL].fields["price"]
    assert (now.required, now.unique, now.read_only, now.rules.read_only_when) == (
        False,
        False,
        True,
        None,
    )
    await world.make(DEAL, {"name": "B", "amount": "3"}, {"name": "C", "amount": "4"})
    await design(world, TAKE_BACK)
    now = world.admin.catalog.objects[DEAL].fields["price"]
    assert (now.required, now.unique, now.read_only) == (True, True, False)
    assert now.rules.read_only_when is not None
    with pytest.raises(DuplicateValueError):
        await world.make(DEAL, {"name": "D", "price": "7"})


async def test_values_that_repeat_do_not_become_unique_again(world: SalesWorld) -> None:
    await design(world, field("price", "text", unique=True))
    await world.make(DEAL, {"name": "A", "amount": "10", "price": "6"})
    await design(world, NUMBERED)
    await world.make(DEAL, {"name": "B", "amount": "3"})
    with pytest.raises(DesignBlockedError):
        await design(world, TAKE_BACK)
    await design(world, say(formula=None, values="before", unique=False))


async def test_what_a_unique_rule_compares_is_taken_out_of_it_first(
    priced: tuple[SalesWorld, UUID],
) -> None:
    world, _ = priced
    rule = {"name": "one_price", "fields": ["price"]}
    changes = ObjectChanges.model_validate({"unique_rules": [rule]})
    await design(world, ChangeObject(object=DEAL, changes=changes))
    with pytest.raises(ValuesRefusedError) as caught:
        await design(world, COMPUTE)
    assert [one.code for one in caught.value.problems] == ["in_unique_rule"]
    await design(world, ChangeObject(object=DEAL, changes=ObjectChanges(unique_rules=())))
    await design(world, COMPUTE)


async def test_the_preview_says_what_becomes_of_the_values(
    priced: tuple[SalesWorld, UUID],
) -> None:
    world, _ = priced
    (said,) = await warnings(world, COMPUTE)
    assert "1 records" in said
    assert "kept for 30 days" in said
    await design(world, COMPUTE)
    present = await warnings(world, FILL_IN)
    assert len(present) == 2
    assert "still being computed" in present[1]
    (back,) = await warnings(world, TAKE_BACK)
    assert "1 records get back" in back
    await design(world, TAKE_BACK)
    await design(world, say(formula="IF(TODAY() > DATE(2000, 1, 1), {amount}, 0)"))
    assert "starts out empty" in (await warnings(world, FILL_IN))[0]


async def test_the_history_of_the_design_tells_of_it(priced: tuple[SalesWorld, UUID]) -> None:
    world, _ = priced
    for step in COMPUTE, TAKE_BACK, COMPUTE, FILL_IN:
        await design(world, step)
    async with world.database.begin(world.schema) as work:
        changes, _ = await design_history(work, limit=4)
    said = [one.steps[0]["sentence"]["en"] for one in changes]
    assert "keeps what was computed" in said[0]
    assert "by a formula" in said[1]
    assert "values it had before" in said[2]


async def test_after_30_days_nothing_can_be_brought_back(priced: tuple[SalesWorld, UUID]) -> None:
    world, _ = priced
    await design(world, COMPUTE)
    clock = FixedClock(datetime.now(UTC) + timedelta(days=30, minutes=1))
    async with world.database.begin(world.schema) as work:
        assert await purge_retired_fields(work, TYPES, clock) == 1
    async with world.database.begin(world.schema) as work:
        world.admin = replace(world.admin, catalog=await load_catalog(work, TYPES))
    with pytest.raises(ValuesRefusedError) as caught:
        await design(world, TAKE_BACK)
    assert caught.value.problems[0].code == "nothing_kept"
    await design(world, FILL_IN)


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (say(formula="{amount} > 3"), "wrong_type"),
        (say(formula="{price} + 1"), "circular_formula"),
        (say(formula="{amount}", required=True), "not_filled_in"),
        (TAKE_BACK, "nothing_kept"),
        (say("stage", formula='"new"'), "wrong_type"),
        (say("owner", formula="{seller}"), "system_field"),
    ],
)
async def test_what_cannot_be_computed_is_refused(
    priced: tuple[SalesWorld, UUID], step: ChangeField, code: str
) -> None:
    world, _ = priced
    with pytest.raises(ValuesRefusedError) as caught:
        await design(world, step)
    assert [one.code for one in caught.value.problems] == [code]
