"""Orders with lines, and lines with parts of their own, in the sales world."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from tests.records.computing import computed, design

from guanxi.metadata.steps import AddField, AddObject, NewField, NewObject, Step
from guanxi.permissions.viewer import Viewer
from guanxi.records.create import create
from guanxi.records.draft import SavedRecord
from guanxi.records.update import RecordChange, update
from guanxi.testing.sales import SalesWorld

ORDER, LINE, PART = "x_order", "x_line", "x_part"


def added(object_name: str, name: str, type_: str, **more: Any) -> AddField:
    label = {"en": name, "zh-CN": name}
    return AddField(object=object_name, field=NewField(name=name, label=label, type=type_, **more))


def made(name: str) -> AddObject:
    return AddObject(object=NewObject(name=name, label={"en": name, "zh-CN": name}))


def sub_table(whole: str, name: str, lines: str, link: str, **options: Any) -> AddField:
    said = {"object": lines, "link": link, "position": "place", **options}
    return added(whole, name, "sub_table", options=said)


ORDERS: Sequence[Step] = (
    made(ORDER),
    made(LINE),
    made(PART),
    added(ORDER, "note", "text"),
    added(LINE, "order_of", "link", options={"target": ORDER, "on_delete": "cascade"}),
    added(LINE, "place", "number"),
    added(LINE, "quantity", "number", required=True, options={"minimum": 0}),
    added(LINE, "price", "money"),
    added(PART, "line", "link", options={"target": LINE, "on_delete": "cascade"}),
    added(PART, "place", "number"),
    added(PART, "weight", "number"),
    computed(LINE, "amount", "money", "{quantity} * {price}"),
    computed(ORDER, "total", "money", f"SUM({{{LINE}:order_of.amount}})"),
    computed(LINE, "share", "number", "ROUND({amount} / {order_of.total}, 4)"),
    computed(LINE, "weight", "number", f"SUM({{{PART}:line.weight}})"),
    sub_table(ORDER, "lines", LINE, "order_of", columns=["name", "quantity", "price", "amount"]),
    sub_table(LINE, "parts", PART, "line"),
)


class Orders:
    """The sales world with orders."""

    def __init__(self, world: SalesWorld) -> None:
        self.world = world

    async def design(self, *steps: Step) -> "Orders":
        await design(self.world, *(steps or ORDERS))
        return self

    async def make(
        self, *records: Mapping[str, Any], viewer: Viewer | None = None
    ) -> list[SavedRecord]:
        world = self.world
        async with world.database.begin(world.schema) as work:
            return await create(work, viewer or world.admin, world.saving, ORDER, records)

    async def change(self, id_: UUID, viewer: Viewer | None = None, **values: Any) -> SavedRecord:
        world = self.world
        async with world.database.begin(world.schema) as work:
            changes = [RecordChange(id_, values)]
            [saved] = await update(work, viewer or world.admin, world.saving, ORDER, changes)
        return saved

    async def order(self, id_: UUID) -> dict[str, Any]:
        async with self.world.database.begin(self.world.schema) as work:
            [row] = await work.dicts(f"select * from {ORDER} where id = %s", [id_])
        return row

    async def lines(self, id_: UUID) -> list[dict[str, Any]]:
        async with self.world.database.begin(self.world.schema) as work:
            return await work.dicts(
                f"select * from {LINE} where order_of = %s and deleted_at is null order by place, id",
                [id_],
            )

    async def names(self, id_: UUID) -> list[str]:
        return [line["name"] for line in await self.lines(id_)]


def line(name: str, quantity: object = 1, price: object = 10, **more: Any) -> dict[str, Any]:
    return {"name": name, "quantity": quantity, "price": price, **more}
