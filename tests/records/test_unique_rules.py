"""Fields that no two records may have alike, perhaps only while a condition holds."""

import asyncio
from typing import Any

import pytest
from tests.records.computing import design
from tests.records.test_rules import DEAL, change, made, told

from guanxi.fields.builtin import builtin_field_types
from guanxi.kit.errors import ValuesRefusedError
from guanxi.metadata.pending import finish_pending
from guanxi.metadata.plan import plan_steps
from guanxi.metadata.references import References
from guanxi.metadata.steps import (
    AddField,
    ChangeObject,
    NewField,
    ObjectChanges,
    RetireField,
    UniqueRulePart,
)
from guanxi.metadata.store import load_catalog
from guanxi.metadata.uses_in_formulas import uses_in_formulas
from guanxi.permissions.model import Scope
from guanxi.records.bulk import Bulk
from guanxi.records.create import create
from guanxi.records.delete import delete, restore
from guanxi.records.errors import DuplicateValueError
from guanxi.testing.sales import ZONE, SalesWorld, grant

ACCOUNT = "crm_account"


def unique(*fields: str, condition: str | None = None, object_name: str = DEAL) -> ChangeObject:
    part = UniqueRulePart(name="once", fields=fields, condition=condition)
    return ChangeObject(object=object_name, changes=ObjectChanges(unique_rules=(part,)))


async def blockers(world: SalesWorld, *steps: Any) -> list[str]:
    async with world.database.begin(world.schema) as work:
        plan = await plan_steps(work, builtin_field_types(), steps, References(), zone=ZONE)
    return [one.message.en for one in plan.blockers]


async def test_two_fields_together_are_kept_apart_and_the_other_record_is_named(
    world: SalesWorld,
) -> None:
    await design(world, unique("account", "stage"))
    first, second = await world.make(ACCOUNT, {"name": "S"}, {"name": "W"})
    await made(world, world.admin, account=str(first), stage="new", name="The first")
    other = await made(world, world.admin, account=str(second), stage="new")
    with pytest.raises(ValuesRefusedError) as refused:
        await made(world, world.admin, account=str(first), stage="new")
    assert told(refused) == [("duplicate", "account")]
    assert refused.value.problems[0].message.en == (
        "“The first” has the same account, stage already. Change them, or use that one (crm_opportunity)."
    )
    with pytest.raises(ValuesRefusedError):
        await change(world, world.admin, other, account=str(first))
    await made(world, world.admin, account=str(first), stage="won")
    for _ in range(2):
        await made(world, world.admin, account=str(first), stage=None)


async def test_only_records_its_condition_holds_of_are_compared(world: SalesWorld) -> None:
    text = NewField(name="note_text", label={"en": "N"}, type="text")
    await design(
        world,
        AddField(object=DEAL, field=text),
        unique("note_text", condition='{stage} <> "lost" && {amount} > 10'),
    )
    deal = await made(world, world.admin, note_text="x", stage="new", amount="20")
    await made(world, world.admin, note_text="x", stage="lost", amount="20")
    small = await made(world, world.admin, note_text="x", stage="new", amount="5")
    with pytest.raises(ValuesRefusedError):
        await change(world, world.admin, small, amount="50")
    await change(world, world.admin, deal, amount="1")
    await change(world, world.admin, small, amount="50")


async def test_a_record_one_may_not_see_is_not_named(world: SalesWorld) -> None:
    await design(world, unique("name"))
    await world.make(DEAL, {"name": "Secret"})
    ann = await world.viewer("ann", grant(DEAL, Scope.OWN))
    with pytest.raises(ValuesRefusedError) as refused:
        await made(world, ann, name="Secret")
    assert refused.value.problems[0].message.en == (
        "Another record of “crm_opportunity” has the same Name already."
    )


async def test_rows_that_are_alike_among_themselves_are_told_one_by_one(world: SalesWorld) -> None:
    await design(world, unique("name", "stage"))
    rows = [{"name": name, "stage": "new"} for name in ("a", "b", "a", "c", "b")]
    async with world.database.begin(world.schema) as work:
        results = await Bulk(work, world.admin, world.saving, DEAL).create(rows)
    assert [one.error is None for one in results] == [True, True, False, True, False]


async def test_two_writers_at_the_same_time_do_not_both_succeed(world: SalesWorld) -> None:
    await design(world, unique("name", object_name=ACCOUNT))
    met = asyncio.Event()

    async def first() -> None:
        async with world.database.begin(world.schema) as work:
            await create(work, world.admin, world.saving, ACCOUNT, [{"name": "Same"}])
            met.set()
            await asyncio.sleep(0.3)

    async def second() -> None:
        async with world.database.begin(world.schema) as work:
            await met.wait()
            await create(work, world.admin, world.saving, ACCOUNT, [{"name": "Same"}])

    results = await asyncio.gather(first(), second(), return_exceptions=True)
    assert results[0] is None
    assert isinstance(results[1], DuplicateValueError)
    assert results[1].field == "name"


async def test_what_comes_back_from_the_trash_may_be_there_already(world: SalesWorld) -> None:
    await design(world, unique("name"))
    gone = await made(world, world.admin, name="Same")
    async with world.database.begin(world.schema) as work:
        await delete(work, world.admin, world.saving, DEAL, {gone: None})
    await made(world, world.admin, name="Same")
    with pytest.raises(DuplicateValueError):
        async with world.database.begin(world.schema) as work:
            await restore(work, world.admin, world.saving, DEAL, [gone])


async def test_the_plan_counts_what_is_alike_already(world: SalesWorld) -> None:
    for stage in ("new", "new", "won", "won", "lost"):
        await made(world, world.admin, stage=stage)
    assert await blockers(world, unique("stage")) == [
        "“stage”: 2 values occur more than once, so they cannot be kept unique. Merge or change those records first."
    ]
    assert await blockers(world, unique("stage", condition='{stage} <> "won"')) == [
        "“stage”: 1 values occur more than once, so they cannot be kept unique. Merge or change those records first."
    ]
    assert await blockers(world, unique("stage", condition='{stage} = "lost"')) == []


async def test_a_condition_the_database_cannot_keep_is_refused_with_a_way_out(
    world: SalesWorld,
) -> None:
    [told_] = await blockers(world, unique("name", condition='"a" in {tags}'))
    assert "Make it a computed yes-or-no field" in told_
    is_a = NewField(name="is_a", label={"en": "A"}, type="checkbox", formula='"a" in {tags}')
    await design(world, AddField(object=DEAL, field=is_a), unique("name", condition="{is_a}"))
    await made(world, world.admin, name="N", tags=["a"])
    await made(world, world.admin, name="N", tags=["b"])
    with pytest.raises(ValuesRefusedError):
        await made(world, world.admin, name="N", tags=["a", "c"])


async def test_only_what_stands_in_the_record_can_be_compared(world: SalesWorld) -> None:
    wrong = {
        "not_comparable": unique("tags"),
        "unknown_field": unique("nowhere"),
        "looks_elsewhere": unique("name", condition='{account.industry} = "steel"'),
        "changes_by_itself": unique("name", condition="{close_date} > TODAY()"),
        "wrong_type": unique("name", condition="{amount} + 1"),
    }
    for code, step in wrong.items():
        with pytest.raises(ValuesRefusedError) as refused:
            await design(world, step)
        assert [one.code for one in refused.value.problems] == [code]
    await design(world, unique("name", "code"))
    with pytest.raises(ValuesRefusedError) as refused:
        await design(world, RetireField(object=DEAL, field="code"))
    assert [one.code for one in refused.value.problems] == ["used_by_rule"]
    async with world.database.begin(world.schema) as work:
        uses = await uses_in_formulas(work, world.admin.catalog)
    assert {use.field for use in uses if use.user.id.endswith(".unique.once")} == {"name", "code"}


async def test_a_rule_that_is_taken_away_or_put_off_leaves_no_index_behind(
    world: SalesWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = "select count(*) from pg_indexes where indexname = 'crm_opportunity_once_uq'"
    nothing = ChangeObject(object=DEAL, changes=ObjectChanges(unique_rules=()))
    await design(world, unique("name"))
    await design(world, nothing)
    await made(world, world.admin, name="Same")
    again = await made(world, world.admin, name="Same")
    monkeypatch.setattr("guanxi.metadata.making.FEW_ROWS", 1)
    await design(world, unique("name"))
    await finish_pending(world.database, world.schema, builtin_field_types())
    async with world.database.begin(world.schema) as work:
        assert await work.value(count) == 0
        catalog = await load_catalog(work, builtin_field_types())
    assert catalog.objects[DEAL].unique_rules == ()
    async with world.database.begin(world.schema) as work:
        await delete(work, world.admin, world.saving, DEAL, {again: None})
    await design(world, unique("name"))
    await finish_pending(world.database, world.schema, builtin_field_types())
    async with world.database.begin(world.schema) as work:
        assert await work.value(count) == 1
    assert await made(world, world.admin, name="Other")
