"""Designs are applied whole or not at all, one at a time."""

import asyncio
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from guanxi.db.database import Database
from guanxi.fields.builtin import builtin_field_types
from guanxi.kit.errors import ValuesRefusedError
from guanxi.metadata.apply import AppliedDesign, apply_steps
from guanxi.metadata.errors import DesignBusyError, DesignChangedError
from guanxi.metadata.model import Catalog
from guanxi.metadata.steps import AddField, AddObject, Step
from guanxi.metadata.store import load_catalog
from guanxi.testing.sales import SalesWorld

TYPES = builtin_field_types()
ZONE = ZoneInfo("Asia/Shanghai")


def add_object(**wish: Any) -> AddObject:
    return AddObject.model_validate({"object": {"label": {"en": "Thing"}, **wish}})


def add_field(object_name: str, **wish: Any) -> AddField:
    body = {"label": {"en": "Field"}, "type": "text", **wish}
    return AddField.model_validate({"object": object_name, "field": body})


async def catalog_of(database: Database, schema: str) -> Catalog:
    async with database.begin(schema) as work:
        return await load_catalog(work, TYPES)


async def apply(
    database: Database, schema: str, *steps: Step, base: int | None = None
) -> AppliedDesign:
    if base is None:
        base = (await catalog_of(database, schema)).version
    async with database.begin(schema) as work:
        return await apply_steps(work, TYPES, steps, base_version=base, actor=None, zone=ZONE)


async def columns_of(database: Database, schema: str, table: str) -> dict[str, str]:
    async with database.begin(schema) as work:
        rows = await work.rows(
            "select column_name, data_type from information_schema.columns"
            " where table_schema = %s and table_name = %s",
            [schema, table],
        )
    return dict(rows)


async def test_objects_and_fields_become_tables_and_columns(
    database: Database, schema: str
) -> None:
    before = (await catalog_of(database, schema)).version
    applied = await apply(
        database,
        schema,
        add_object(name="pump", label={"zh-CN": "水泵", "en": "Pump"}),
        add_field("pump", label={"zh-CN": "额定功率"}, type="number"),
        add_field("pump", name="code", unique=True),
        add_field("pump", name="next", type="link", options={"target": "pump"}),
        add_field("pump", name="running", type="checkbox"),
        add_field("pump", name="grade", default="A", required=True),
    )
    catalog = await catalog_of(database, schema)
    assert applied.version == catalog.version == before + 1
    pump = catalog.objects["pump"]
    own = [one.name for one in pump.fields.values() if not one.system]
    assert own == ["e_ding_gong_lv", "code", "next", "running", "grade"]
    assert pump.fields["code"].unique
    assert (pump.fields["grade"].default, pump.fields["grade"].required) == ("A", True)
    columns = await columns_of(database, schema, "pump")
    assert columns["e_ding_gong_lv"] == "numeric"
    assert columns["next"] == "uuid"
    async with database.begin(schema) as work:
        steps = await work.value(
            "select steps from design_change where version = %s", [applied.version]
        )
    assert [step["action"] for step in steps] == ["add_object"] + ["add_field"] * 5


async def test_records_can_be_kept_of_a_new_field(world: SalesWorld) -> None:
    await world.make("crm_account", {"name": "Old"})
    await apply(world.database, world.schema, add_field("crm_account", name="level"))
    assert await world.names(world.admin, "crm_account") == ["Old"]


async def test_nothing_remains_of_a_design_with_a_fault(database: Database, schema: str) -> None:
    before = (await catalog_of(database, schema)).version
    with pytest.raises(ValuesRefusedError) as refused:
        await apply(
            database,
            schema,
            add_object(name="pump"),
            add_field("pump", name="owner"),
            add_field("pump", type="wishes"),
            add_field("nowhere"),
            add_field("pump", type="link", options={"target": "nowhere"}),
            add_field("pump", type="number", options={"decimals": 99}),
            add_field("pump", type="checkbox", unique=True),
            add_field("pump", type="number", default="many"),
            add_field("person"),
        )
    assert [one.pointer for one in refused.value.problems] == [
        "/steps/1/field/name",
        "/steps/2/field/type",
        "/steps/3/object",
        "/steps/4/field/options/target",
        "/steps/5/field/options/decimals",
        "/steps/6/field/unique",
        "/steps/7/field/default",
        "/steps/8/object",
    ]
    assert await columns_of(database, schema, "pump") == {}
    assert (await catalog_of(database, schema)).version == before


@pytest.mark.parametrize(
    "name", ["epoch", "object", "change", "person", "department", "pg_thing", "object_pkey", "view"]
)
async def test_names_of_the_platform_are_reserved(
    database: Database, schema: str, name: str
) -> None:
    with pytest.raises(ValuesRefusedError):
        await apply(database, schema, add_object(name=name))
    made = await apply(database, schema, add_object(label={"en": name}))
    (one,) = made.made
    assert one.definition.name != name


async def test_of_two_administrators_at_once_one_wins(database: Database, schema: str) -> None:
    base = (await catalog_of(database, schema)).version
    results = await asyncio.gather(
        apply(database, schema, add_object(name="one"), base=base),
        apply(database, schema, add_object(name="two"), base=base),
        return_exceptions=True,
    )
    assert sorted(type(result) for result in results if not isinstance(result, AppliedDesign)) == [
        DesignChangedError
    ]
    made = set((await catalog_of(database, schema)).objects) & {"one", "two"}
    assert len(made) == 1


async def test_a_table_in_use_is_left_alone(
    world: SalesWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guanxi.metadata.apply.LOCK_TIMEOUT", "100ms")
    async with world.database.begin(world.schema) as work:
        await work.execute("lock table crm_account in share mode")
        with pytest.raises(DesignBusyError):
            await apply(world.database, world.schema, add_field("crm_account", name="level"))
    assert "level" not in await columns_of(world.database, world.schema, "crm_account")


@pytest.mark.parametrize(
    "label",
    ["😀😀", "'; drop table person; --", '"quoted"', "𠮷野家", "%s %(x)s", "{name}", "a" * 100],
)
async def test_hostile_labels_stay_labels(database: Database, schema: str, label: str) -> None:
    await apply(database, schema, add_object(name="pump"))
    await apply(
        database,
        schema,
        add_object(label={"en": label}),
        add_field("pump", label={"en": label}),
        add_field("pump", label={"en": label}),
    )
    catalog = await catalog_of(database, schema)
    own = [one for one in catalog.objects["pump"].fields.values() if not one.system]
    assert [one.label for one in own] == [{"en": label}] * 2
    assert own[0].name != own[1].name
    assert {"en": label} in [one.label for one in catalog.record_objects()]


@pytest.mark.parametrize("label", ["", "   ", "a" * 101, "a\x00b", "a\nb"])
def test_impossible_labels_are_refused(label: str) -> None:
    with pytest.raises(ValueError):
        add_object(label={"en": label})


async def test_adding_a_field_does_not_rewrite_the_table(world: SalesWorld) -> None:
    async def file_of_table() -> int:
        async with world.database.begin(world.schema) as work:
            return int(await work.value("select pg_relation_filenode('crm_account')"))

    await world.make("crm_account", *({"name": f"A{number}"} for number in range(50)))
    before = await file_of_table()
    await apply(world.database, world.schema, add_field("crm_account", name="hot", type="checkbox"))
    assert await file_of_table() == before


async def test_an_object_holds_500_fields_and_no_more(database: Database, schema: str) -> None:
    await apply(database, schema, add_object(name="pump"))
    own = 500 - len((await catalog_of(database, schema)).objects["pump"].fields)
    await apply(database, schema, *(add_field("pump", name=f"f{number}") for number in range(own)))
    with pytest.raises(ValuesRefusedError) as refused:
        await apply(database, schema, add_field("pump", name="more"))
    assert refused.value.problems[0].code == "too_many_fields"
