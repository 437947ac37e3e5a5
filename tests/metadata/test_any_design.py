"""Whatever steps are taken in whatever order: catalog, tables and the database's own description agree."""

import asyncio
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from guanxi.db.database import Database
from guanxi.fields.builtin import builtin_field_types
from guanxi.kit.errors import ValuesRefusedError
from guanxi.metadata import ddl
from guanxi.metadata.apply import apply_steps
from guanxi.metadata.model import Catalog
from guanxi.metadata.naming import RESERVED_FIELD_NAMES
from guanxi.metadata.steps import Step
from guanxi.metadata.store import load_catalog

TYPES = builtin_field_types()
STEP: TypeAdapter[Step] = TypeAdapter(Step)
CHOICES = {"choices": [{"value": "a", "label": {"en": "A"}}]}

objects = st.sampled_from(["pump", "valve", "order_", "nowhere"])
names = st.sampled_from(["a", "b", "c"])
labels = st.fixed_dictionaries(
    {"en": st.text(st.characters(codec="utf-8", exclude_categories=("C",)), min_size=1, max_size=9)}
).filter(lambda label: label["en"].strip() != "")
types = st.sampled_from(
    [
        ("text", {}),
        ("number", {}),
        ("checkbox", {}),
        ("choice", CHOICES),
        ("choices", CHOICES),
        ("link", {"target": "pump"}),
        ("person", {}),
        ("date_time", {}),
        ("auto_number", {}),
    ]
)
flags = st.booleans()


def step_of(action: str, **parts: Any) -> Any:
    return st.fixed_dictionaries({"action": st.just(action), **parts})


@st.composite
def new_fields(draw: st.DrawFn) -> dict[str, Any]:
    name, options = draw(types)
    field = {"label": draw(labels), "type": name, "options": options, "indexed": draw(flags)}
    if draw(flags):
        field["name"] = draw(names)
    if name in ("text", "number", "auto_number"):
        field["unique"] = draw(flags)
    return field


changes = st.fixed_dictionaries(
    {}, optional={"label": labels, "required": flags, "unique": flags, "indexed": flags}
)
steps = st.one_of(
    step_of("add_object", object=st.fixed_dictionaries({"name": objects, "label": labels})),
    step_of("add_field", object=objects, field=new_fields()),
    step_of("add_field", object=objects, field=new_fields()),
    step_of("change_field", object=objects, field=names, changes=changes),
    step_of("retire_field", object=objects, field=names),
    step_of("restore_field", object=objects, field=names),
    step_of("retire_object", object=objects),
    step_of("restore_object", object=objects),
    step_of("move_field", object=objects, field=names, group=st.integers(0, 1), before=st.none()),
)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(taken=st.lists(steps, min_size=4, max_size=30))
def test_catalog_and_database_agree_after_any_steps(
    taken: list[dict[str, Any]], conninfo: str
) -> None:
    asyncio.run(hold(taken, conninfo))


async def hold(taken: list[dict[str, Any]], conninfo: str) -> None:
    database = Database(conninfo, pool_size=2)
    await database.open()
    try:
        for one in taken:
            await take(database, STEP.validate_python(one))
        async with database.begin("ws_main") as work:
            catalog = await load_catalog(work, TYPES)
            assert_agreement(
                catalog,
                await work.rows(
                    "select table_name::text, column_name::text from information_schema.columns"
                    " where table_schema = 'ws_main'"
                ),
                {
                    name
                    for (name,) in await work.rows(
                        "select indexname::text from pg_indexes where schemaname = 'ws_main'"
                    )
                },
            )
    finally:
        await database.close()


async def take(database: Database, step: Step) -> None:
    async with database.begin("ws_main") as work:
        version = await work.value("select design from epoch")
    try:
        async with database.begin("ws_main") as work:
            applied = await apply_steps(
                work, TYPES, [step], base_version=version, actor=None, zone=ZoneInfo("UTC")
            )
            assert applied.version == version + 1
    except ValuesRefusedError:
        async with database.begin("ws_main") as work:
            assert await work.value("select design from epoch") == version


def assert_agreement(catalog: Catalog, columns: list[tuple[Any, ...]], indexes: set[str]) -> None:
    tables: dict[str, set[str]] = {}
    for table, column in columns:
        tables.setdefault(table, set()).add(column)
    for definition in catalog.record_objects():
        fields = {**definition.fields, **definition.retired_fields}
        assert tables[definition.name] == set(fields) | set(RESERVED_FIELD_NAMES)
        assert not set(definition.fields) & set(definition.retired_fields)
        for field in fields.values():
            wanted = ddl.index_of(definition, field)
            own = {
                ddl.index_name(definition.name, field.name),
                ddl.unique_index_name(definition.name, field.name),
            }
            if not field.system:
                assert own & indexes == ({wanted} if wanted else set())
        placed = [name for group in definition.layout.groups for name in group.fields]
        assert len(placed) == len(set(placed))
        assert set(placed) <= set(fields)
