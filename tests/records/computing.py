"""Designs with computed fields in the sales world, and the deeds tests of them need."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.metadata.apply import apply_steps, current_version
from guanxi.metadata.steps import AddField, NewField, Step
from guanxi.metadata.store import load_catalog
from guanxi.permissions.viewer import Viewer
from guanxi.records.recompute_waiting import recompute_waiting
from guanxi.records.update import RecordChange, update
from guanxi.testing.sales import TYPES, ZONE, SalesWorld


def computed(object_name: str, name: str, type_: str, formula: str) -> AddField:
    field = NewField(name=name, label={"en": name, "zh-CN": name}, type=type_, formula=formula)
    return AddField(object=object_name, field=field)


async def design(world: SalesWorld, *steps: Step) -> None:
    async with world.database.begin(world.schema) as work:
        base = await current_version(work)
        await apply_steps(work, TYPES, steps, base_version=base, actor=None, zone=ZONE)
    async with world.database.begin(world.schema) as work:
        world.admin = replace(world.admin, catalog=await load_catalog(work, TYPES))


async def change(world: SalesWorld, object_name: str, id_: UUID, **values: Any) -> None:
    async with world.database.begin(world.schema) as work:
        await update(work, world.admin, world.saving, object_name, [RecordChange(id_, values)])


async def value(world: SalesWorld, object_name: str, id_: UUID, name: str) -> Any:
    async with world.database.begin(world.schema) as work:
        return await work.value(f"select {name} from {object_name} where id = %s", [id_])


async def compute_what_waits(world: SalesWorld) -> int:
    """Does the worker's part; how many records it looked at."""

    @asynccontextmanager
    async def writing() -> AsyncIterator[tuple[UnitOfWork, Viewer]]:
        async with world.database.begin(world.schema) as work:
            yield work, world.admin

    return await recompute_waiting(writing)


TOTALS: Sequence[Step] = (
    computed("crm_opportunity", "expected", "money", "{amount} * {probability} / 100"),
    computed("crm_account", "total", "money", "SUM({crm_opportunity.amount})"),
    computed("crm_account", "won", "number", 'COUNTIF({crm_opportunity}, {row.stage} = "Won")'),
    computed("crm_opportunity", "share", "number", "{amount} / {account.total}"),
    computed("crm_account", "best", "number", "MAX({crm_opportunity.share})"),
)
