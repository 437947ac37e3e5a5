"""Records become one, with everything that refers to them, and several again."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.records.computing import TOTALS, compute_what_waits, design

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.errors import ValuesRefusedError
from guanxi.metadata.steps import (
    ChangeField,
    ChangeObject,
    FieldChanges,
    ObjectChanges,
    UniqueRulePart,
)
from guanxi.permissions.model import Action, Scope
from guanxi.permissions.viewer import Viewer
from guanxi.query.errors import RecordNotFoundError
from guanxi.records.errors import NotAllowedError, VersionConflictError
from guanxi.records.merge import MergeResult, MergeWish, merge
from guanxi.records.merge_store import leads_to
from guanxi.records.undo_merge import MergeChangedError, MergeTooOldError, undo_merge
from guanxi.records.update import RecordChange, update
from guanxi.testing.sales import SalesWorld, grant

ACCOUNT, DEAL = "crm_account", "crm_opportunity"

#: What a merge and its undoing leave behind on purpose: versions and moments, the log, and the merge itself.
_LEFT = frozenset({"version", "updated_at", "updated_by", "created_by"})


async def merged(
    world: SalesWorld, viewer: Viewer, object_name: str, master: UUID, *others: UUID, **more: Any
) -> MergeResult:
    async with world.database.begin(world.schema) as work:
        wish = MergeWish(master, others, **more)
        return await merge(work, viewer, world.saving, object_name, wish)


async def undone(world: SalesWorld, viewer: Viewer, object_name: str, id_: UUID) -> None:
    async with world.database.begin(world.schema) as work:
        await undo_merge(work, viewer, world.saving, object_name, id_)


async def change(world: SalesWorld, object_name: str, id_: UUID, **values: Any) -> None:
    async with world.database.begin(world.schema) as work:
        await update(work, world.admin, world.saving, object_name, [RecordChange(id_, values)])


async def everything(world: SalesWorld) -> dict[str, list[dict[str, Any]]]:
    """All rows of both objects, without what every save moves."""
    async with world.database.begin(world.schema) as work:
        return {name: [_kept(row) for row in await _rows(work, name)] for name in (ACCOUNT, DEAL)}


async def _rows(work: UnitOfWork, name: str) -> list[dict[str, Any]]:
    return list(await work.dicts(f"select * from {name} order by id"))


def _kept(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in _LEFT}


async def test_values_and_references_become_those_of_one_record_and_come_back(
    world: SalesWorld,
) -> None:
    await design(world, *TOTALS)
    first, second, third, above = await world.make(
        ACCOUNT,
        {"name": "One", "industry": "old"},
        {"name": "Two", "phone": "1380013"},
        {"name": "Three", "industry": "newest"},
        {"name": "Above"},
    )
    await change(world, ACCOUNT, first, parent=str(second))
    await change(world, ACCOUNT, above, parent=str(third))
    await change(world, ACCOUNT, third, phone=None, industry="new")
    deals = await world.make(
        DEAL,
        {"name": "D1", "account": str(first), "amount": "10"},
        {"name": "D2", "account": str(second), "amount": "20"},
        {"name": "D3", "account": str(third), "amount": "30"},
    )
    await compute_what_waits(world)
    # What is read only to people is moved all the same.
    await design(
        world,
        ChangeField(
            object=DEAL, field="account", changes=FieldChanges(read_only_when="{amount} > 0")
        ),
    )
    before = await everything(world)
    result = await merged(world, world.admin, ACCOUNT, first, second, third)
    await compute_what_waits(world)
    assert result.moved == {ACCOUNT: 1, DEAL: 2}
    async with world.database.begin(world.schema) as work:
        [one] = [row for row in await _rows(work, ACCOUNT) if row["id"] == first]
        told = (one["name"], one["industry"], one["phone"], one["parent"], one["total"])
        assert told == ("One", "new", "1380013", None, 60)
        assert {row["account"] for row in await _rows(work, DEAL)} == {first}
        assert [await leads_to(work, ACCOUNT, id_) for id_ in (first, second, third)] == [
            None,
            first,
            first,
        ]
    # What was changed since stands in the way and is named; changed back it does not.
    await change(world, DEAL, deals[1], amount="0")
    await change(world, DEAL, deals[1], account=str(above))
    with pytest.raises(MergeChangedError) as refused:
        await undone(world, world.admin, ACCOUNT, result.id)
    assert "D2" in refused.value.detail.en
    await change(world, DEAL, deals[1], account=str(first))
    await change(world, DEAL, deals[1], amount="20")
    await undone(world, world.admin, ACCOUNT, result.id)
    await compute_what_waits(world)
    assert await everything(world) == before
    with pytest.raises(MergeTooOldError):
        await undone(world, world.admin, ACCOUNT, result.id)


async def test_what_is_chosen_counts_and_lists_are_united(world: SalesWorld) -> None:
    rule = UniqueRulePart(name="once", fields=("name",))
    await design(world, ChangeObject(object=DEAL, changes=ObjectChanges(unique_rules=(rule,))))
    first, second = await world.make(
        DEAL,
        {"name": "A", "tags": ["a", "b"], "amount": "1", "code": None},
        {"name": "B", "tags": ["b", "c"], "amount": "2", "code": "unique"},
    )
    before = await everything(world)
    result = await merged(
        world, world.admin, DEAL, first, second, choose={"name": second, "amount": first}
    )
    async with world.database.begin(world.schema) as work:
        [one] = [row for row in await _rows(work, DEAL) if row["deleted_at"] is None]
    assert (one["name"], one["tags"], one["amount"], one["code"]) == (
        "B",
        ["a", "b", "c"],
        1,
        "unique",
    )
    await undone(world, world.admin, DEAL, result.id)
    assert await everything(world) == before
    with pytest.raises(ValuesRefusedError):
        await merged(world, world.admin, DEAL, first, second, choose={"number": second})
    with pytest.raises(ValuesRefusedError):
        await merged(world, world.admin, DEAL, first, first)
    with pytest.raises(VersionConflictError):
        await merged(world, world.admin, DEAL, first, second, versions={second: 77})
    # After thirty days it stays as it is.
    result = await merged(world, world.admin, DEAL, first, second)
    async with world.database.begin(world.schema) as work:
        old = timedelta(days=31)
        await work.execute("update merge set at = at - %s where id = %s", [old, result.id])
    with pytest.raises(MergeTooOldError):
        await undone(world, world.admin, DEAL, result.id)


async def test_who_merges_may_edit_and_delete_all_of_them_and_learns_nothing(
    world: SalesWorld,
) -> None:
    ann_id, bob_id = str(world.people["ann"]), str(world.people["bob"])
    mine, other, hidden = await world.make(
        ACCOUNT,
        {"name": "Mine", "owner": ann_id},
        {"name": "Other", "owner": ann_id, "industry": "secret"},
        {"name": "Hidden", "owner": bob_id},
    )
    [deal] = await world.make(DEAL, {"name": "D", "account": str(other), "owner": bob_id})
    editor = await world.viewer(
        "ann", grant(ACCOUNT, Scope.OWN, (Action.SEE, Action.CREATE, Action.EDIT))
    )
    with pytest.raises(NotAllowedError):
        await merged(world, editor, ACCOUNT, mine, other)
    ann = await world.viewer("ann", grant(ACCOUNT, Scope.OWN, industry="none"))
    for pair in ((mine, hidden), (hidden, mine)):
        with pytest.raises(RecordNotFoundError):
            await merged(world, ann, ACCOUNT, *pair)
    # Deals she may not even see are moved; the field she may not read stays as it is.
    result = await merged(world, ann, ACCOUNT, mine, other)
    async with world.database.begin(world.schema) as work:
        assert await work.value(f"select account from {DEAL} where id = %s", [deal]) == mine
        assert await work.value(f"select industry from {ACCOUNT} where id = %s", [mine]) is None
    with pytest.raises(NotAllowedError):
        await undone(world, editor, ACCOUNT, result.id)


async def test_of_merges_in_a_circle_one_succeeds_and_edits_are_not_lost(world: SalesWorld) -> None:
    first, second = await world.make(ACCOUNT, {"name": "A"}, {"name": "B"})
    results = await asyncio.gather(
        merged(world, world.admin, ACCOUNT, first, second),
        merged(world, world.admin, ACCOUNT, second, first),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in results) == ["MergeResult", "RecordNotFoundError"]
    third, fourth = await world.make(ACCOUNT, {"name": "C"}, {"name": "D"})
    told = await asyncio.gather(
        merged(world, world.admin, ACCOUNT, third, fourth),
        change(world, ACCOUNT, third, phone="13800"),
        change(world, ACCOUNT, fourth, industry="late"),
        return_exceptions=True,
    )
    async with world.database.begin(world.schema) as work:
        phone, industry = await work.row(  # type: ignore[misc]
            f"select phone, industry from {ACCOUNT} where id = %s", [third]
        )
    assert phone == "13800"
    # Either the edit came first and is merged, or it is told that the record is gone.
    assert (industry == "late") == (told[2] is None)
