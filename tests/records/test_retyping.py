"""A field gets another type: its values are read as the new type reads them, the old ones are kept, and it can be taken back."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from tests.kinds.examples import COLOURS, EXAMPLES
from tests.records.computing import change, compute_what_waits, computed, design, value

from guanxi.fields.conversion import Conversion, can_become, is_convertible
from guanxi.fields.field_type import ReadingContext
from guanxi.kit.errors import ValuesRefusedError
from guanxi.metadata.plan import Plan, plan_steps
from guanxi.metadata.references import References
from guanxi.metadata.steps import AddField, ChangeField, FieldChanges, NewField, Step
from guanxi.testing.sales import TYPES, ZONE, SalesWorld

ACCOUNT = "crm_account"

#: One of every kind of value, and what may be hard about it: words, figures and days written as text, as people do.
SOURCES: dict[str, tuple[dict[str, Any], list[Any]]] = {
    "text": (
        {},
        [
            "12,000.50",
            "abc",
            "是",
            "红",
            "red; green",
            "2026/3/4",
            "2026-03-04 09:30",
            "1:30",
            "90%",
            "a@b.cn",
            "09:30",
        ],
    ),
    "number": ({}, ["1.2345", "0", "1", "-7", "1e20"]),
    "checkbox": ({}, [True, False]),
    "choice": (COLOURS, ["red", "green"]),
    "choices": (COLOURS, [["red"], ["red", "green"]]),
    "date": ({}, ["2026-03-04"]),
    "date_time": ({}, ["2026-03-04T20:30:00Z"]),
    "duration": ({}, ["5400"]),
}
TARGETS = [one for one in TYPES if one.writable and is_convertible(one)]


def add(name: str, type_: str, options: dict[str, Any] | None = None, **more: Any) -> AddField:
    label = {"en": name, "zh-CN": name}
    field = NewField(name=name, label=label, type=type_, options=options or {}, **more)
    return AddField(object=ACCOUNT, field=field)


def retype(name: str, type_: str, options: dict[str, Any] | None = None) -> ChangeField:
    return ChangeField(
        object=ACCOUNT, field=name, changes=FieldChanges(type=type_, options=options or {})
    )


def back(name: str) -> ChangeField:
    return ChangeField(object=ACCOUNT, field=name, changes=FieldChanges(values="before"))


async def plan(world: SalesWorld, *steps: Step, shows_values: bool = True) -> Plan:
    async with world.database.begin(world.schema) as work:
        return await plan_steps(
            work, TYPES, steps, References(), zone=ZONE, shows_values=shows_values
        )


async def stored(world: SalesWorld, ids: Sequence[UUID], names: Sequence[str]) -> list[list[Any]]:
    async with world.database.begin(world.schema) as work:
        rows = await work.rows(
            f"select {', '.join(names)} from {ACCOUNT} where id = any(%s) order by id", [list(ids)]
        )
    return [list(row) for row in rows]


async def test_every_kind_of_value_becomes_what_the_new_type_reads_and_comes_back(
    world: SalesWorld,
) -> None:
    await design(
        world, *(add(f"f_{name}", name, options) for name, (options, _) in SOURCES.items())
    )
    most = max(len(values) for _, values in SOURCES.values())
    records = [
        {
            "name": f"R{place}",
            **{
                f"f_{name}": values[place]
                for name, (_, values) in SOURCES.items()
                if place < len(values)
            },
        }
        for place in range(most)
    ]
    ids = await world.make(ACCOUNT, *records)
    names = [f"f_{name}" for name in SOURCES]
    before = await stored(world, ids, names)
    context = ReadingContext(ZoneInfo("Asia/Shanghai"))
    seen = 0
    for target in TARGETS:
        options = EXAMPLES[target.name][0]
        changed = [name for name in SOURCES if can_become(TYPES.get(name), target)]
        await design(world, *(retype(f"f_{name}", target.name, options) for name in changed))
        await compute_what_waits(world)
        after = await stored(world, ids, [f"f_{name}" for name in changed])
        for column, name in enumerate(changed):
            source = TYPES.get(name)
            reading = Conversion(
                source,
                source.options_model.model_validate(SOURCES[name][0]),
                target,
                target.options_model.model_validate(options),
                context,
                "zh-CN",
            )
            for row, old in enumerate(before):
                held = old[list(SOURCES).index(name)]
                expected = None if held is None else reading.of(held)
                if expected is None:
                    expected = target.never_empty
                seen += expected is not None
                assert after[row][column] == expected, (name, target.name, held)
        await design(world, *(back(f"f_{name}") for name in changed))
        await compute_what_waits(world)
        assert await stored(world, ids, names) == before, target.name
    assert seen > 200


async def test_people_go_on_with_the_new_type_and_keep_what_they_wrote_when_it_is_taken_back(
    world: SalesWorld,
) -> None:
    await design(world, add("size", "text"))
    first, second, third, fourth = await world.make(
        ACCOUNT,
        *(
            {"name": name, "size": size}
            for name, size in zip("ABCD", ["10", "20人", "1.50", "4"], strict=True)
        ),
    )
    await design(
        world, retype("size", "number"), computed(ACCOUNT, "double", "number", "{size} * 2")
    )
    # Before the worker comes by: one writes a value, one empties what is not converted yet.
    await change(world, ACCOUNT, second, size=21)
    await change(world, ACCOUNT, fourth, size=5)
    await change(world, ACCOUNT, fourth, size=None)
    await compute_what_waits(world)
    ids = [first, second, third, fourth]
    assert [await value(world, ACCOUNT, id_, "size") for id_ in ids] == [10, 21, 1.5, None]
    assert [await value(world, ACCOUNT, id_, "double") for id_ in ids] == [20, 42, 3, 0]
    # Later saves of other fields and a second run of the worker change nothing of it.
    await change(world, ACCOUNT, fourth, name="D2")
    async with world.database.begin(world.schema) as work:
        await work.execute(
            "insert into computing (object, fields) values (%s, '{size}')", [ACCOUNT]
        )
    await compute_what_waits(world)
    assert await value(world, ACCOUNT, fourth, "size") is None
    (fifth,) = await world.make(ACCOUNT, {"name": "E", "size": 7})
    await change(world, ACCOUNT, first, size=11)
    retire = ChangeField(object=ACCOUNT, field="double", changes=FieldChanges(formula=None))
    with pytest.raises(ValuesRefusedError):
        await design(world, back("size"))
    await design(world, retire, back("size"))
    await compute_what_waits(world)
    held = [await value(world, ACCOUNT, id_, "size") for id_ in [*ids, fifth]]
    # What was only converted has every character it had; what was changed, made or emptied since stays so.
    assert held == ["11", "21", "1.50", None, "7"]
    assert await world.count(world.admin, ACCOUNT, q="21") == 1
    assert world.admin.catalog.objects[ACCOUNT].values_kept_of("size") is None


async def test_the_plan_tells_what_is_lost_and_shows_values_to_administrators_alone(
    world: SalesWorld,
) -> None:
    await design(world, add("size", "text", unique=True))
    sizes = ["10", "20人", "viele", "3.25", None]
    await world.make(ACCOUNT, *({"name": f"N{n}", "size": size} for n, size in enumerate(sizes)))
    [step] = (await plan(world, retype("size", "number", {"decimals": 1}))).steps
    assert step.effect.lock == "brief"
    assert step.effect.loss is not None
    assert step.effect.loss.en == (
        "In 2 records the value cannot be converted and the field becomes empty,"
        " for example: 20人, viele."
    )
    said = [one.en for one in step.effect.warnings]
    inexact = "In 2 records the value is written otherwise or loses something, for example:"
    assert f"{inexact} 10 → 10.0, 3.25 → 3.3." in said
    assert any("Being unique" in one for one in said)
    assert "instead of Text" in step.sentence.en
    [told] = (await plan(world, retype("size", "number"), shows_values=False)).steps
    assert told.effect.loss is not None
    assert "viele" not in told.effect.loss.en
    await design(world, retype("size", "number", {"decimals": 1}))
    field = world.admin.catalog.objects[ACCOUNT].fields["size"]
    assert (field.type.name, field.unique) == ("number", False)
    await design(world, back("size"))
    field = world.admin.catalog.objects[ACCOUNT].fields["size"]
    assert (field.type.name, field.unique) == ("text", True)


@pytest.mark.parametrize(
    ("name", "type_", "code"),
    [
        ("parent", "text", "other_kind"),
        ("size", "link", "invalid_options"),
        ("size", "file", "other_kind"),
        ("size", "secret", "other_kind"),
        ("size", "auto_number", "other_kind"),
        ("size", "colour", "unknown_type"),
        ("size", "choice", "invalid_options"),
        ("double", "text", "computed_type"),
        ("created_at", "date", "system_field"),
        ("base", "text", "used_by_formula"),
    ],
)
async def test_what_cannot_be_is_refused(
    world: SalesWorld, name: str, type_: str, code: str
) -> None:
    await design(
        world,
        add("size", "text"),
        add("base", "number"),
        computed(ACCOUNT, "double", "number", "{base} * 2"),
    )
    with pytest.raises(ValuesRefusedError) as refused:
        await plan(world, retype(name, type_))
    assert [one.code for one in refused.value.problems] == [code]
