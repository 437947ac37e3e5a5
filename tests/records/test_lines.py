"""Lines are saved with the record they belong to, all or nothing, and only what changed is written."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from tests.records.lines import LINE, ORDER, ORDERS, PART, Orders, added, line, made, sub_table

from guanxi.kit.errors import FieldProblem, ValuesRefusedError
from guanxi.permissions.lines import with_lines
from guanxi.permissions.model import Grant, Scope
from guanxi.permissions.viewer import Viewer
from guanxi.query.errors import ObjectNotFoundError, RecordNotFoundError
from guanxi.records.delete import delete, restore
from guanxi.records.update import RecordChange, update
from guanxi.testing.sales import SalesWorld, grant


@pytest.fixture
async def orders(world: SalesWorld) -> Orders:
    return await Orders(world).design()


async def refused(doing: Any) -> list[FieldProblem]:
    with pytest.raises(ValuesRefusedError) as caught:
        await doing
    return list(caught.value.problems)


async def test_a_record_is_made_with_its_lines_and_what_hangs_on_them(orders: Orders) -> None:
    parts = [{"name": "screw", "weight": 2}, {"name": "nut", "weight": 1}]
    lines = [line("a", 2, 10), line("b", 3, "0.5", parts={"created": parts})]
    [saved] = await orders.make({"name": "first", "lines": lines})
    order = await orders.order(saved.id)
    assert (order["total"], order["lines"]) == (Decimal("21.5"), 2)
    first, second = await orders.lines(saved.id)
    assert (first["name"], first["place"], first["amount"]) == ("a", 1, 20)
    assert (second["weight"], second["parts"]) == (3, 2)
    assert sum(one["share"] for one in (first, second)) == 1
    assert saved.new_lines["lines"] == [first["id"], second["id"]]


async def test_only_what_changed_is_written(orders: Orders) -> None:
    [saved] = await orders.make({"name": "o", "lines": [line(one) for one in "abc"]})
    a, b, c = await orders.lines(saved.id)
    await orders.change(
        saved.id,
        lines={
            "changed": [
                {"id": str(b["id"]), "version": 1, "quantity": 5},
                {"id": str(c["id"]), "quantity": 1},
            ],
            "created": [line("d", 2)],
            "removed": [str(a["id"])],
        },
    )
    b_now, c_now, d = await orders.lines(saved.id)
    assert (b_now["name"], b_now["quantity"], b_now["version"]) == ("b", 5, 2)
    assert c_now["version"] == 1, "what stays as it was is not written"
    assert (d["name"], d["place"] > c_now["place"]) == ("d", True)
    order = await orders.order(saved.id)
    assert (order["total"], order["lines"], order["version"]) == (80, 3, 1)


async def test_lines_stand_where_they_are_put_and_few_others_move(orders: Orders) -> None:
    [saved] = await orders.make({"name": "o", "lines": [line(one) for one in "abcde"]})
    a, b, _, d, e = (str(one["id"]) for one in await orders.lines(saved.id))
    await orders.change(
        saved.id,
        lines={
            "moved": [{"id": d, "_after": a}, {"id": a, "_after": e}],
            "created": [line("x", _after=None), line("y", _after=0), line("z")],
        },
    )
    assert await orders.names(saved.id) == ["x", "y", "d", "b", "c", "e", "a", "z"]
    versions = {one["name"]: one["version"] for one in await orders.lines(saved.id)}
    assert [versions[name] for name in "bce"] == [1, 1, 1]
    await orders.change(saved.id, lines={"set": [{"id": e}, line("new"), {"id": b, "quantity": 9}]})
    assert await orders.names(saved.id) == ["e", "new", "b"]
    assert (await orders.order(saved.id))["total"] == 110


async def test_what_is_wrong_is_told_at_the_line_and_nothing_is_saved(orders: Orders) -> None:
    [saved] = await orders.make({"name": "o", "lines": [line("a")]})
    [other] = await orders.make({"name": "other", "lines": [line("b")]})
    [a], [b] = await orders.lines(saved.id), await orders.lines(other.id)
    problems = await refused(
        orders.change(
            saved.id,
            note="kept?",
            lines={
                "changed": [{"id": str(a["id"]), "quantity": -1}],
                "created": [line("x"), line("y", "many"), {"name": "z", "nothing": 1}],
            },
        )
    )
    assert {(one.pointer, one.code) for one in problems} == {
        ("/lines/changed/0/quantity", "too_small"),
        ("/lines/created/1/quantity", "not_a_number"),
        ("/lines/created/2/nothing", "unknown_field"),
    }
    assert {one.field for one in problems} == {"lines"}
    # What the rules refuse is told for changed and new lines together.
    problems = await refused(
        orders.change(
            saved.id,
            note="kept?",
            lines={
                "changed": [{"id": str(a["id"]), "version": 7, "quantity": 2}],
                "created": [line("x"), {"name": "y"}],
            },
        )
    )
    assert [(one.pointer, one.code) for one in problems] == [
        ("/lines/changed/0", "version_conflict"),
        ("/lines/created/1/quantity", "required"),
    ]
    for lines, code in (
        ({"changed": [{"id": str(b["id"]), "quantity": 2}]}, "no_such_line"),
        ({"removed": [str(b["id"])]}, "no_such_line"),
        ({"moved": [{"id": str(a["id"]), "_after": str(b["id"])}]}, "no_such_place"),
        ({"created": [line("x", _after=4)]}, "no_such_place"),
        ({"created": [line("x", _after="there")]}, "not_a_place"),
        ({"changed": [{"quantity": 2}]}, "no_id"),
        ({"removed": [str(a["id"])], "changed": [{"id": str(a["id"])}]}, "line_named_twice"),
        ({"created": ["x"]}, "not_a_line"),
        ({"set": [], "created": []}, "not_lines"),
        ({"other": []}, "not_lines"),
        ({"created": [line("x")] * 5001}, "too_many_lines"),
    ):
        assert [one.code for one in await refused(orders.change(saved.id, lines=lines))] == [code]
    assert (await orders.order(saved.id))["note"] is None
    assert (await orders.lines(saved.id)) == [a]
    problems = await refused(
        orders.make({"name": "p"}, {"name": "q", "lines": [line("x"), {"name": "y"}]})
    )
    assert [one.pointer for one in problems] == ["/records/1/lines/set/1/quantity"]


async def test_lines_go_with_their_record_wherever_it_goes(orders: Orders) -> None:
    world = orders.world
    [saved] = await orders.make(
        {"name": "o", "lines": [line("a", parts=[{"name": "p"}]), line("b")]}
    )
    [first, _] = await orders.lines(saved.id)
    await orders.change(saved.id, owner=str(world.people["ann"]))
    standing = {(one["owner"], one["department"]) for one in await orders.lines(saved.id)}
    assert standing == {(world.people["ann"], world.departments["shanghai"])}
    async with world.database.begin(world.schema) as work:
        assert await work.value(f"select owner from {PART}") == world.people["ann"]
        await delete(work, world.admin, world.saving, ORDER, {saved.id: None})
        assert await work.value(f"select count(*) from {LINE} where deleted_at is null") == 0
    async with world.database.begin(world.schema) as work:
        await restore(work, world.admin, world.saving, ORDER, [saved.id])
    assert await orders.names(saved.id) == ["a", "b"]
    # A line that is made alone stands with its record too, at the end.
    await world.make(LINE, line("c", order_of=str(saved.id), owner=str(world.people["bob"])))
    *_, last = await orders.lines(saved.id)
    assert (last["name"], last["owner"]) == ("c", world.people["ann"])
    async with world.database.begin(world.schema) as work:
        changes = [RecordChange(first["id"], {"owner": str(world.people["bob"])})]
        [kept] = await update(work, world.admin, world.saving, LINE, changes)
    assert not kept.changed


async def test_fewest_and_most_lines(world: SalesWorld) -> None:
    bounded = (
        *ORDERS[:-2],
        sub_table(ORDER, "lines", LINE, "order_of", minimum_lines=1, maximum_lines=2),
    )
    orders = await Orders(world).design(*bounded)
    assert [one.code for one in await refused(orders.make({"name": "o"}))] == ["too_few_lines"]
    [saved] = await orders.make({"name": "o", "lines": [line("a")]})
    [a] = await orders.lines(saved.id)
    problems = await refused(orders.change(saved.id, lines={"created": [line("b"), line("c")]}))
    assert [(one.code, one.pointer) for one in problems] == [("too_many_lines", "/lines")]
    gone = {"removed": [str(a["id"])]}
    assert [one.code for one in await refused(orders.change(saved.id, lines=gone))] == [
        "too_few_lines"
    ]


@pytest.mark.parametrize(
    ("lines", "link", "code"),
    [
        ("x_nothing", "order_of", "unknown_object"),
        (LINE, "place", "not_a_part"),
        (ORDER, "order_of", "not_a_part"),
        (LINE, "order_of", "has_sub_table"),
    ],
)
async def test_a_sub_table_that_would_not_work_is_refused(
    orders: Orders, lines: str, link: str, code: str
) -> None:
    assert [
        one.code for one in await refused(orders.design(sub_table(ORDER, "more", lines, link)))
    ] == [code]


async def test_sub_tables_are_two_levels_deep(orders: Orders) -> None:
    deeper = (
        made("x_bit"),
        added("x_bit", "part", "link", options={"target": PART, "on_delete": "cascade"}),
        added("x_bit", "place", "number"),
        sub_table(PART, "bits", "x_bit", "part"),
    )
    assert [one.code for one in await refused(orders.design(*deeper))] == ["too_deep"]


async def test_rights_on_lines_follow_those_on_their_record(orders: Orders) -> None:
    world = orders.world
    everybody = {"field": "note", "op": "eq", "value": "open"}

    async def with_grants(*grants: Grant) -> Viewer:
        viewer = await world.viewer("ann", *grants)
        return replace(viewer, rights=with_lines(viewer.rights, viewer.catalog))

    [hers] = await orders.make(
        {"name": "hers", "owner": str(world.people["ann"]), "lines": [line("a")]}
    )
    [shown] = await orders.make(
        {"name": "shown", "note": "open", "lines": [line("b", parts=[{"name": "p"}])]}
    )
    await orders.make({"name": "hidden", "lines": [line("c")]})
    own = await with_grants(grant(ORDER, Scope.OWN))
    assert await world.names(own, LINE) == ["a"]
    assert await world.names(
        await with_grants(grant(ORDER, Scope.CONDITION, condition=everybody)), PART
    ) == ["p"]
    formula = {"formula": '{note} = "open" && {name} = "shown"'}
    by_formula = grant(ORDER, Scope.CONDITION, condition=formula)
    assert await world.names(await with_grants(by_formula), LINE) == ["b"]
    await orders.change(hers.id, own, lines={"created": [line("new")]})
    assert await orders.names(hers.id) == ["a", "new"]
    with pytest.raises(RecordNotFoundError):
        await orders.change(shown.id, own, lines={"created": [line("stolen")]})
    # A sub-table one may only read has lines one may only read; one that is not there has none.
    reading = await with_grants(grant(ORDER, Scope.OWN, lines="read"))
    assert sorted(await world.names(reading, LINE)) == ["a", "new"]
    problems = await refused(orders.change(hers.id, reading, lines={"created": [line("x")]}))
    assert [(one.pointer, one.code) for one in problems] == [("/lines", "not_writable")]
    blind = await with_grants(grant(ORDER, Scope.OWN, lines="none"))
    with pytest.raises(ObjectNotFoundError):
        await world.names(blind, LINE)
    problems = await refused(orders.change(hers.id, blind, lines={"created": [line("x")]}))
    assert [one.code for one in problems] == ["unknown_field"]
    # Grants on the lines themselves take the place of what would follow, column by column.
    role = grant(ORDER, Scope.OWN)
    without_price = replace(grant(LINE, Scope.OWN, price="none"), role=role.role)
    apart = await with_grants(role, without_price)
    problems = await refused(orders.change(hers.id, apart, lines={"created": [line("x")]}))
    assert [(one.pointer, one.code) for one in problems] == [
        ("/lines/created/0/price", "unknown_field")
    ]
    await orders.change(hers.id, apart, lines={"created": [{"name": "x", "quantity": 2}]})
    assert await orders.names(hers.id) == ["a", "new", "x"]
