"""One record created and one changed, beside the bare insert and update with a row of history."""

from dataclasses import replace
from functools import partial
from itertools import count
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from benchmarks.figures import Figure, median_pair
from benchmarks.ground import ACCOUNT, DEAL, Ground
from guanxi.kit.ids import new_id
from guanxi.permissions.model import EVERYTHING, Scope
from guanxi.permissions.viewer import Viewer
from guanxi.records.create import create
from guanxi.records.update import RecordChange, update
from guanxi.testing.sales import grant

TIMES = 300

_INSERT = f"""
insert into {DEAL} (id, name, owner, department, created_by, updated_by, version, name_key, search,
                    code, account, stage, amount, close_date, probability)
values (%(id)s, %(name)s, %(person)s, %(department)s, %(person)s, %(person)s, 1, %(key)s,
        array_to_tsvector(%(words)s::text[]), %(code)s, %(account)s, %(stage)s, %(amount)s, %(close_date)s, %(probability)s)
"""
_UPDATE = f"update {DEAL} set amount = %s, version = version + 1, updated_at = now(), updated_by = %s where id = %s"
_LOG = (
    "insert into change (object, record, version, op, old, new, actor, source)"
    " values (%s, %s, %s, %s, %s, %s, %s, 'api')"
)


async def measure(ground: Ground, label: str) -> list[Figure]:
    """Create and update as a salesperson with the right to their own records would, and without any layer."""
    platform = ground.platform
    seller = await ground.viewer(11, grant(DEAL, Scope.OWN), grant(ACCOUNT, Scope.ALL))
    administrator = replace(seller, rights=EVERYTHING)
    numbers = count(1)
    async with platform.database.begin(platform.schema) as work:
        account = await work.value(f"select id from {ACCOUNT} limit 1")
        own = f"select id from {DEAL} where owner = %s limit 2000"
        ids: list[UUID] = [row[0] for row in await work.rows(own, [seller.person_id])]
    person = seller.person_id
    department = seller.person.department if seller.person else None

    def values(kind: str) -> dict[str, Any]:
        number = next(numbers)
        return {
            "name": f"Deal {kind} {number}",
            "code": f"{kind}-{new_id()}",
            "account": str(account),
            "stage": "talking",
            "amount": 1000 + number,
            "close_date": "2026-12-01",
            "probability": 30,
        }

    async def create_one(viewer: Viewer) -> None:
        async with platform.database.begin(platform.schema, pipelined=True) as work:
            await create(work, viewer, platform.saving, DEAL, [values("verb")])

    async def insert_one() -> None:
        async with platform.database.begin(platform.schema, pipelined=True) as work:
            new, id_ = values("bare"), new_id()
            row = {**new, "id": id_, "person": person, "department": department}
            row |= {"key": new["name"].lower(), "words": new["name"].lower().split()}
            await work.execute(_INSERT, row)
            await work.execute(_LOG, [DEAL, id_, 1, "create", None, Jsonb(new), person])

    async def update_one(viewer: Viewer) -> None:
        number = next(numbers)
        change = RecordChange(ids[number % len(ids)], {"amount": number})
        async with platform.database.begin(platform.schema, pipelined=True) as work:
            await update(work, viewer, platform.saving, DEAL, [change])

    async def write_one() -> None:
        number = next(numbers)
        id_ = ids[number % len(ids)]
        async with platform.database.begin(platform.schema, pipelined=True) as work:
            row = await work.row(
                f"select amount, version from {DEAL} where id = %s for no key update", [id_]
            )
            old, version = row or (None, 0)
            await work.execute(_UPDATE, [number, person, id_])
            before, after = Jsonb({"amount": str(old)}), Jsonb({"amount": str(number)})
            await work.execute(_LOG, [DEAL, id_, version + 1, "update", before, after, person])

    figures: list[Figure] = []
    for name, viewer in (("administrator", administrator), ("salesperson", seller)):
        created, inserted = await median_pair(partial(create_one, viewer), insert_one, TIMES)
        updated, written = await median_pair(partial(update_one, viewer), write_one, TIMES)
        figures += [
            Figure(
                f"create a record among {label}, {name}",
                created * 1000,
                "ms",
                inserted * 1000,
                "insert with history",
                2.0,
            ),
            Figure(
                f"change a record among {label}, {name}",
                updated * 1000,
                "ms",
                written * 1000,
                "update with history",
                2.0,
            ),
        ]
    return figures
