"""A small sales world: accounts, opportunities, people in departments, and everything needed to act in it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from psycopg.types.json import Jsonb

from guanxi.auth.departments import create_department
from guanxi.auth.people import create_person
from guanxi.auth.store import load_person
from guanxi.db.database import Database
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.fields.builtin import builtin_field_types
from guanxi.kit.clock import Clock, SystemClock
from guanxi.kit.ids import new_id
from guanxi.metadata import ddl
from guanxi.metadata.model import Catalog, FieldDefinition, ObjectDefinition
from guanxi.metadata.store import load_catalog
from guanxi.permissions.asking import Asking
from guanxi.permissions.gate import PreparedRead
from guanxi.permissions.model import Action, FieldRight, Grant, Rights, Scope
from guanxi.permissions.viewer import Viewer, system_viewer
from guanxi.records.create import create
from guanxi.records.read import ListRequest, Reading
from guanxi.records.saving import Saving

ZONE = ZoneInfo("Asia/Shanghai")
TYPES = builtin_field_types()

STAGES = [
    {"value": "new", "label": {"en": "New", "zh-CN": "新"}, "kind": "open", "probability": 10},
    {"value": "won", "label": {"en": "Won", "zh-CN": "赢单"}, "kind": "won", "probability": 100},
    {"value": "lost", "label": {"en": "Lost", "zh-CN": "输单"}, "kind": "lost", "probability": 0},
]


def field(
    name: str, type_: str, options: dict[str, Any] | None = None, **more: Any
) -> FieldDefinition:
    """A field definition; labels are its name unless given."""
    kind = TYPES.get(type_)
    return FieldDefinition(
        id=new_id(),
        name=name,
        label={"zh-CN": name, "en": name},
        type=kind,
        options=kind.options_model.model_validate(options or {}),
        read_only=not kind.writable,
        **more,
    )


def sales_objects() -> dict[str, list[FieldDefinition]]:
    """The fields of the objects, by object; one of every shape the query compiler knows."""
    return {
        "crm_account": [
            field("industry", "text"),
            field("phone", "phone"),
            field("parent", "link", {"target": "crm_account"}),
        ],
        "crm_opportunity": [
            field("amount", "money"),
            field("account", "link", {"target": "crm_account", "on_delete": "restrict"}),
            field("stage", "choice", {"is_stage": True, "choices": STAGES}, indexed=True),
            field("close_date", "date"),
            field("probability", "percent"),
            field("code", "text", unique=True),
            field("number", "auto_number", {"pattern": "OPP-{0000}"}),
            field("hot", "checkbox"),
            field(
                "tags",
                "choices",
                {"choices": [{"value": one, "label": {"en": one}} for one in ("a", "b", "c")]},
            ),
            field("met_at", "date_time"),
            field("note", "long_text"),
            field("seller", "person"),
        ],
    }


async def make_objects(work: UnitOfWork, objects: Mapping[str, Sequence[FieldDefinition]]) -> None:
    """Makes objects with their tables directly, without the plan of a design."""
    made = {}
    for name in objects:
        label = {"zh-CN": name, "en": name}
        made[name] = ObjectDefinition(id=new_id(), name=name, label=label, plural_label=label)
        for statement in ddl.create_table(made[name]):
            await work.execute(statement)
        await work.execute(
            "insert into object (id, name, label, plural_label) values (%s, %s, %s, %s)",
            [made[name].id, name, Jsonb(label), Jsonb(label)],
        )
    for name, fields in objects.items():
        for place, one in enumerate(fields):
            await _add_field(work, made[name], one, place)
    await work.execute("update epoch set design = design + 1")


async def _add_field(
    work: UnitOfWork, definition: ObjectDefinition, one: FieldDefinition, place: int
) -> None:
    await work.execute(ddl.add_column(definition, one))
    if one.target:
        await work.execute(ddl.add_foreign_key(definition, one, validated=True))
    index = ddl.create_field_index(definition, one, concurrently=False)
    if index is not None:
        await work.execute(index)
    await work.execute(
        "insert into field (id, object, name, label, type, options, required, is_unique, indexed, default_value, position)"
        " values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        [
            one.id,
            definition.id,
            one.name,
            Jsonb(dict(one.label)),
            one.type.name,
            Jsonb(one.options.model_dump(mode="json")),
            one.required,
            one.unique,
            one.indexed,
            None if one.default is None else Jsonb(one.default),
            place,
        ],
    )


def grant(
    object_name: str,
    scope: Scope = Scope.ALL,
    actions: Sequence[Action] = tuple(Action),
    *,
    default: FieldRight = "write",
    condition: Mapping[str, Any] | None = None,
    **fields: FieldRight,
) -> Grant:
    """A grant; keyword arguments are rights on single fields."""
    return Grant(
        id=new_id(),
        role=new_id(),
        object=object_name,
        actions=frozenset(actions),
        scope=scope,
        condition=condition,
        field_default=default,
        field_except=fields,
    )


@dataclass
class SalesWorld:
    """The world and the verbs to act in it."""

    database: Database
    schema: str
    admin: Viewer
    asking: Asking
    reading: Reading
    saving: Saving
    people: dict[str, UUID]
    departments: dict[str, UUID]

    async def viewer(self, person: str, *grants: Grant) -> Viewer:
        """One of the people, with these grants and no others."""
        async with self.database.begin(self.schema) as work:
            found = await load_person(work, self.people[person])
        assert found is not None  # noqa: S101 -- for type checkers: the builder made them
        key = repr([(one.id, one.scope) for one in grants])
        rights = Rights(False, tuple(grants), frozenset(), key)
        return replace(self.admin, person=found, rights=rights, source="page")

    async def answer(self, prepared: PreparedRead[Any]) -> Any:
        rows = await self.database.read(self.schema, *prepared.statements)
        return prepared.finish(rows)

    async def make(self, object_name: str, *records: Mapping[str, Any]) -> list[UUID]:
        """Creates records as the administrator."""
        async with self.database.begin(self.schema) as work:
            saved = await create(work, self.admin, self.saving, object_name, records)
        return [one.id for one in saved]

    async def names(self, viewer: Viewer, object_name: str, **request: Any) -> list[str]:
        """The names a list shows, on one page of 500."""
        asked = ListRequest(**{"limit": 500, "fields": ["name"], **request})
        page = await self.answer(self.reading.page(viewer, object_name, asked))
        return [record["name"] for record in json.loads(page)["records"]]

    async def count(self, viewer: Viewer, object_name: str, **request: Any) -> int:
        prepared = self.reading.count(viewer, object_name, ListRequest(**request), exact=True)
        answer = await self.answer(prepared)
        return int(answer["count"])


@dataclass(frozen=True, slots=True)
class BuiltSales:
    """What was built in a database; a copy of the database has the same."""

    catalog: Catalog
    people: Mapping[str, UUID]
    departments: Mapping[str, UUID]

    def world(self, database: Database, schema: str, clock: Clock | None = None) -> SalesWorld:
        """The world in a database where it was built."""
        clock = clock or SystemClock()
        asking = Asking(clock)
        return SalesWorld(
            database=database,
            schema=schema,
            admin=system_viewer(self.catalog, zone=ZONE, locale="en", source="job"),
            asking=asking,
            reading=Reading(asking),
            saving=Saving(clock, asking),
            people=dict(self.people),
            departments=dict(self.departments),
        )


async def build_sales(database: Database, schema: str) -> BuiltSales:
    """Departments east (with shanghai below) and west; boss above ann (shanghai) and bob (west); ann above cy (east)."""
    async with database.begin(schema) as work:
        departments: dict[str, UUID] = {}
        departments["east"] = (await create_department(work, name="East", parent=None)).id
        departments["shanghai"] = (
            await create_department(work, name="Shanghai", parent=departments["east"])
        ).id
        departments["west"] = (await create_department(work, name="West", parent=None)).id
        people: dict[str, UUID] = {}
        for name, department, manager in (
            ("boss", "east", None),
            ("ann", "shanghai", "boss"),
            ("bob", "west", "boss"),
            ("cy", "east", "ann"),
        ):
            created = await create_person(
                work,
                None,
                name=name,
                email=f"{name}@example.com",
                password="correct horse",  # noqa: S106 -- of a test world
                department=departments[department],
                manager=people.get(manager or ""),
            )
            people[name] = created.id
        await make_objects(work, sales_objects())
        catalog = await load_catalog(work, TYPES)
    return BuiltSales(catalog, people, departments)
