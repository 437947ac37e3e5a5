"""What benchmarks stand on: a server of their own, a workspace, an object with fifty fields, and many records."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from guanxi.auth.departments import create_department
from guanxi.auth.people import create_person
from guanxi.auth.store import load_person
from guanxi.bootstrap import Platform, open_platform
from guanxi.db.embedded import start_embedded
from guanxi.kit.settings import Settings
from guanxi.metadata.apply import apply_steps
from guanxi.metadata.steps import AddField, AddObject, NewField, NewObject, Step
from guanxi.permissions.model import Grant, Rights
from guanxi.permissions.viewer import Viewer

ACCOUNT = "bench_account"
DEAL = "bench_deal"
PEOPLE = 200
DEPARTMENTS = 20
ACCOUNTS = 5000

STAGES = [
    {"value": value, "label": {"en": value}, "kind": kind, "probability": probability}
    for value, kind, probability in (
        ("new", "open", 10),
        ("talking", "open", 30),
        ("offered", "open", 60),
        ("won", "won", 100),
        ("lost", "lost", 0),
    )
]
#: How many fields of each type a deal has, besides those with a meaning below: fifty in all.
_FILLERS = {
    "text": 12,
    "number": 8,
    "money": 5,
    "percent": 3,
    "date": 4,
    "date_time": 3,
    "checkbox": 3,
    "email": 2,
    "phone": 2,
    "url": 2,
}
SHOWN = [
    "name",
    "account",
    "stage",
    "amount",
    "close_date",
    "probability",
    "owner",
    "department",
    "text_1",
    "number_1",
    "date_1",
    "updated_at",
]

_FILLER_VALUES = {
    "text": "'text ' || (n %% 1000)",
    "number": "n %% 10007",
    "money": "(n %% 99991) * 1.25",
    "percent": "n %% 100",
    "date": "date '2026-01-01' + (n %% 700)::int",
    "date_time": "timestamptz '2026-01-01' + make_interval(mins => (n %% 500000)::int)",
    "checkbox": "n %% 2 = 0",
    "email": "'person' || (n %% 5000) || '@example.com'",
    "phone": "'1380000' || lpad((n %% 10000)::text, 4, '0')",
    "url": "'https://example.com/' || (n %% 5000)",
}


@dataclass(frozen=True)
class Ground:
    """An open platform with accounts, people and an object for deals."""

    platform: Platform
    conninfo: str
    people: list[UUID]

    async def fill(self, rows: int) -> None:
        """Has exactly so many deals, written by plain SQL."""
        async with self.platform.database.begin(self.platform.schema) as work:
            indexes = await work.rows(
                "select indexname, indexdef from pg_indexes where schemaname = %s and tablename = %s"
                " and indexname not like '%%pkey'",
                [self.platform.schema, DEAL],
            )
            for name, _ in indexes:
                await work.execute(f'drop index "{name}"')
            await work.execute(f"truncate {DEAL}")
            fillers = {
                f"{kind}_{place}": _FILLER_VALUES[kind].replace("n %%", f"(n * {place + 6}) %%")
                for kind, count in _FILLERS.items()
                for place in range(1, count + 1)
            }
            columns = ", ".join(fillers)
            values = ", ".join(fillers.values())
            await work.execute(
                f"""
insert into {DEAL} (id, name, owner, department, created_by, updated_by, version, name_key, search,
                    code, account, stage, amount, close_date, probability, {columns})
select uuidv7(), 'Deal ' || n, p.id, p.department, p.id, p.id, 1, 'deal ' || n,
       array_to_tsvector(array['deal', n::text]),
       'C' || n, a.id, (%(stages)s::text[])[1 + abs(hashint8(n)) %% 5], (n * 104729) %% 10000000,
       date '2025-01-01' + ((n * 31) %% 900)::int, (n * 13) %% 100, {values}
  from generate_series(1::bigint, %(rows)s) n
  join (select id, department, row_number() over (order by id) - 1 as place from person where name like 'Person %%') p
    on p.place = abs(hashint8(n * 3)) %% %(people)s
  join (select id, row_number() over (order by id) - 1 as place from {ACCOUNT}) a
    on a.place = abs(hashint8(n * 5)) %% %(accounts)s""",
                {
                    "rows": rows,
                    "people": PEOPLE,
                    "accounts": ACCOUNTS,
                    "stages": [stage["value"] for stage in STAGES],
                },
            )
            for _, definition in indexes:
                await work.execute(definition)
        async with self.platform.database.connection() as connection:
            await connection.execute(f"vacuum analyze {self.platform.schema}.{DEAL}")

    async def administrator(self) -> Viewer:
        async with self.platform.database.begin(self.platform.schema) as work:
            return await self.platform.gate.system_viewer(work, "page")

    async def viewer(self, place: int, *grants: Grant) -> Viewer:
        """One of the people with these grants."""
        async with self.platform.database.begin(self.platform.schema) as work:
            person = await load_person(work, self.people[place])
            viewer = await self.platform.gate.system_viewer(work, "page")
        key = repr([(one.object, one.scope, one.id) for one in grants])
        return replace(viewer, person=person, rights=Rights(False, grants, frozenset(), key))


@asynccontextmanager
async def ground(folder: Path) -> AsyncIterator[Ground]:
    """A fresh workspace on a server with the settings of production (it syncs to disk)."""
    server = await asyncio.to_thread(start_embedded, folder)
    platform = await open_platform(Settings(locale="en", data_dir=folder), server.conninfo)
    try:
        yield await _prepare(platform, server.conninfo)
    finally:
        await platform.database.close()
        await asyncio.to_thread(server.stop)


async def _prepare(platform: Platform, conninfo: str) -> Ground:
    async with platform.database.begin(platform.schema) as work:
        known = await work.value("select count(*) from object where name = %s", [DEAL])
    if not known:
        await _design(platform)
        await _people(platform)
    async with platform.database.begin(platform.schema) as work:
        people = [
            row[0]
            for row in await work.rows(
                "select id from person where name like 'Person %' order by name"
            )
        ]
    return Ground(platform, conninfo, people)


def field(object_name: str, name: str, kind: str, **more: Any) -> AddField:
    """A step that adds a field, labelled by its name."""
    return AddField(
        object=object_name, field=NewField(name=name, label={"en": name}, type=kind, **more)
    )


def object_named(name: str) -> AddObject:
    """A step that adds an object, labelled by its name."""
    return AddObject(object=NewObject(name=name, label={"en": name}))


async def apply_steps_now(ground: Ground, steps: Sequence[Step]) -> None:
    """Changes the design."""
    await _apply(ground.platform, steps)


async def _apply(platform: Platform, steps: Sequence[Step]) -> None:
    async with platform.database.begin(platform.schema) as work:
        version = await work.value("select design from epoch")
        await apply_steps(
            work,
            platform.field_types,
            steps,
            base_version=version,
            actor=None,
            zone=platform.zone,
        )


async def _design(platform: Platform) -> None:
    steps: list[Step] = [
        object_named(ACCOUNT),
        field(ACCOUNT, "industry", "text"),
        object_named(DEAL),
        field(DEAL, "code", "text", unique=True),
        field(DEAL, "account", "link", options={"target": ACCOUNT}),
        field(DEAL, "stage", "choice", options={"is_stage": True, "choices": STAGES}, indexed=True),
        field(DEAL, "amount", "money", indexed=True),
        field(DEAL, "close_date", "date", indexed=True),
        field(DEAL, "probability", "percent"),
    ]
    steps += [
        field(DEAL, f"{kind}_{place}", kind)
        for kind, count in _FILLERS.items()
        for place in range(1, count + 1)
    ]
    await _apply(platform, steps)
    async with platform.database.begin(platform.schema) as work:
        await work.execute(
            f"insert into {ACCOUNT} (id, name, version, name_key, search, industry)"
            " select uuidv7(), 'Account ' || n, 1, 'account ' || n, array_to_tsvector(array['account', n::text]),"
            " (array['medical','retail','machinery','software'])[1 + n %% 4]"
            " from generate_series(1, %s) n",
            [ACCOUNTS],
        )


async def _people(platform: Platform) -> None:
    """Twenty departments in a tree three levels deep; ten people in each, every tenth one a manager."""
    async with platform.database.begin(platform.schema) as work:
        departments: list[UUID] = []
        for place in range(DEPARTMENTS):
            parent = departments[(place - 1) // 4] if place else None
            made = await create_department(work, name=f"Department {place}", parent=parent)
            departments.append(made.id)
        # One hash for all: it is not what is measured here.
        people: list[UUID] = []
        for place in range(PEOPLE):
            manager = people[place - place % 10] if place % 10 else (people[0] if place else None)
            person = await create_person(
                work,
                None,
                name=f"Person {place:03}",
                email=f"person{place}@example.com",
                password="correct horse battery",
                department=departments[place // 10],
                manager=manager,
            )
            people.append(person.id)
