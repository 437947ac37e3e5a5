"""What one person is shown of one object, in every way there is, next to what the plain account says."""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest
from tests.permissions.any_design import STAGES, AnyDesign
from tests.permissions.plain_conditions import Somebody
from tests.permissions.plain_world import PlainWorld, Row

from guanxi.bootstrap import Platform
from guanxi.kit.errors import GuanxiError, NotFoundError
from guanxi.permissions.gate import PreparedRead
from guanxi.permissions.viewer import Viewer
from guanxi.query.errors import QuestionError
from guanxi.records.export import export
from guanxi.records.history import history
from guanxi.records.read import ListRequest
from guanxi.records.visible import visible_changes


@dataclass
class Ground:
    """One random world, in the product and in the plain account."""

    platform: Platform
    design: AnyDesign
    world: PlainWorld
    folder: Path

    @property
    def random(self) -> Random:
        return self.design.random

    async def page(self, viewer: Viewer, object_name: str, **request: Any) -> dict[str, Any]:
        asked = ListRequest(**{"limit": 200, **request})
        page = await self.answer(self.platform.reading.page(viewer, object_name, asked))
        return dict(json.loads(page, parse_float=Decimal, parse_int=Decimal))

    async def answer(self, prepared: PreparedRead[Any]) -> Any:
        rows = await self.platform.database.read(self.platform.schema, *prepared.statements)
        return prepared.finish(rows)


class Look:
    """What one person is shown of one object."""

    def __init__(self, ground: Ground, me: Somebody, viewer: Viewer, object_name: str) -> None:
        self.ground = ground
        self.world = ground.world
        self.me = me
        self.viewer = viewer
        self.object = object_name

    @property
    def readable(self) -> list[str]:
        names = self.world.columns[self.object]
        return [one for one in names if self.world.ever_reads(self.me, self.object, one)]

    def expected(self, row: Row) -> dict[str, Any]:
        return {name: self.world.wire(self.me, self.object, row, name) for name in self.readable}

    def told(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """The part of an answer the account speaks of; other fields must not be there, or be the platform's own."""
        columns = self.world.columns[self.object]
        unread = {name for name in columns if name not in self.readable}
        assert not unread & set(record), record
        own = {name: value for name, value in record.items() if name in columns}
        for name, value in own.items():
            if value is not None and columns[name].target in ("person", "department"):
                own[name] = value["id"]
        return own

    async def at_lists(self) -> None:
        for deleted in (False, True):
            page = await self.ground.page(self.viewer, self.object, deleted=deleted)
            rows = self.world.visible(self.me, self.object, deleted=deleted)
            assert {one["id"]: self.told(one) for one in page["records"]} == {
                str(row.id): self.expected(row) for row in rows
            }, self.me.name
            request = ListRequest(deleted=deleted)
            counted = await self.ground.answer(
                self.ground.platform.reading.count(self.viewer, self.object, request, exact=True)
            )
            assert counted["count"] == len(rows)

    async def at_the_order(self) -> None:
        """Pages joined are the whole list, ordered by what may be read of the key; the unread come last."""
        if "amount" not in self.readable:
            return
        for sign in ("", "-"):
            ids: list[str] = []
            cursor = None
            while True:
                page = await self.ground.page(
                    self.viewer, self.object, sort=[f"{sign}amount"], limit=3, cursor=cursor
                )
                ids += [one["id"] for one in page["records"]]
                cursor = page["next_cursor"]
                if cursor is None:
                    break
            rows = {str(row.id): row for row in self.world.visible(self.me, self.object)}
            assert sorted(ids) == sorted(rows)
            amounts = [self.world.shown(self.me, self.object, rows[id_], "amount") for id_ in ids]
            known = sorted((one for one in amounts if one is not None), reverse=bool(sign))
            assert amounts == known + [None] * (len(amounts) - len(known))

    async def at_answers_to_filters(self) -> None:
        for _ in range(3):
            wish = self.ground.design.condition(self.object, links=2)
            asked = self.ground.page(self.viewer, self.object, filter=to_wire(wish))
            if not all(self._may_ask(path) for path in _paths(wish)):
                with pytest.raises(QuestionError):
                    await asked
                continue
            page = await asked
            rows = self.world.visible(self.me, self.object, wish)
            assert {one["id"] for one in page["records"]} == {str(row.id) for row in rows}, wish

    def _may_ask(self, path: str) -> bool:
        object_name = self.object
        for name in path.split("."):
            if object_name in self.world.rows and not self.world.ever_reads(
                self.me, object_name, name
            ):
                return False
            if object_name in self.world.rows:
                object_name = self.world.columns[object_name][name].target or ""
        return True

    async def at_figures(self) -> None:
        if not {"stage", "amount"} <= set(self.readable):
            return
        measures = [{"op": "count"}, {"op": "sum", "field": "amount"}]
        answer = await self.ground.answer(
            self.ground.platform.reading.measures(
                self.viewer, self.object, ListRequest(), ["stage"], measures
            )
        )
        groups = json.loads(answer, parse_float=Decimal, parse_int=Decimal)["groups"]
        rows = self.world.visible(self.me, self.object)
        expected: dict[Any, list[Any]] = {}
        for row in rows:
            stage = self.world.shown(self.me, self.object, row, "stage")
            figures = expected.setdefault(stage, [0, 0])
            figures[0] += 1
            figures[1] += self.world.shown(self.me, self.object, row, "amount") or 0
        assert {one["key"][0]: one["values"] for one in groups} == expected
        assert set(expected) <= {None, *STAGES}

    async def at_single_records(self) -> None:
        rows = list(self.world.rows[self.object].values())
        for row in self.ground.random.sample(rows, min(len(rows), 4)):
            await self._at(row)
            await self._at_the_history_of(row)

    async def _at(self, row: Row) -> None:
        reading = self.ground.platform.reading
        asked = reading.one(self.viewer, self.object, row.id)
        if row.deleted or not self.world.sees(self.me, self.object, row):
            with pytest.raises(NotFoundError):
                await self.ground.answer(asked)
            return
        body, version = await self.ground.answer(asked)
        record = json.loads(body, parse_float=Decimal, parse_int=Decimal)
        assert version == row.version
        assert self.told(record) == self.expected(row)
        edit = self.world.held(self.me, "edit", self.object, row)
        assert {**record["_rights"], "write": sorted(record["_rights"]["write"])} == {
            "edit": bool(edit),
            "delete": bool(self.world.held(self.me, "delete", self.object, row)),
            "write": sorted(
                name
                for name in self.world.columns[self.object]
                if any(one.writes(name) for one in edit)
                and self.world.reads(self.me, self.object, row, name)
            ),
        }

    async def _at_the_history_of(self, row: Row) -> None:
        platform = self.ground.platform
        async with platform.database.begin(platform.schema) as work:
            asked = history(
                work, self.viewer, platform.asking, self.object, row.id, limit=100, cursor=None
            )
            if not self.world.sees(self.me, self.object, row):
                with pytest.raises(NotFoundError):
                    await asked
                return
            changes = (await asked)["changes"]
        columns = self.world.columns[self.object]
        read = [one for one in columns if self.world.reads(self.me, self.object, row, one)]
        assert [
            (
                one["op"],
                {
                    field["field"]: (_bare(field["old"]), _bare(field["new"]))
                    for field in one["fields"]
                    if field["field"] in columns
                },
            )
            for one in changes
        ] == [
            (
                op,
                {
                    name: (_logged(old.get(name)), _logged(new.get(name)))
                    for name in read
                    if name in old or name in new
                },
            )
            for op, old, new in reversed(row.past)
        ]

    async def at_news(self) -> None:
        """The live news name records that may be seen, deleted ones too."""
        rows = self.world.rows[self.object].values()
        asked = visible_changes(
            self.viewer, self.ground.platform.asking, {self.object: {row.id for row in rows}}
        )
        told = await self.ground.answer(asked)
        seen = {row.id for row in rows if self.world.sees(self.me, self.object, row)}
        assert set(told.get(self.object, set())) == seen

    async def at_exports(self) -> None:
        platform = self.ground.platform
        file = self.ground.folder / "records.csv"
        names = [one for one in ("name", "note", "amount", "to_pump") if one in self.readable]
        async with platform.database.begin(platform.schema) as work:
            asked = export(
                work,
                self.viewer,
                platform.asking,
                self.object,
                ListRequest(fields=["id", *names]),
                format_="csv",
                to=file,
            )
            if not self.world.grants(self.me, "export", self.object):
                with pytest.raises(GuanxiError) as caught:
                    await asked
                assert caught.value.code == "not_allowed"
                return
            await asked
        with file.open(encoding="utf-8-sig", newline="") as lines:
            written = sorted(tuple(line[1:]) for line in list(csv.reader(lines))[1:])
        assert written == sorted(
            tuple(self._cell(row, name) for name in names)
            for row in self.world.visible(self.me, self.object)
            if self.world.held(self.me, "export", self.object, row)
        )

    def _cell(self, row: Row, name: str) -> str:
        value = self.world.wire(self.me, self.object, row, name)
        if isinstance(value, dict):
            value = value["name"]
        return "" if value is None else str(value)


def _paths(condition: Mapping[str, Any]) -> list[str]:
    if "field" in condition:
        return [condition["field"]]
    parts = condition.get("and") or condition.get("or") or [condition["not"]]
    return [path for one in parts for path in _paths(one)]


def to_wire(value: Any) -> Any:
    if isinstance(value, UUID | Decimal):
        return str(value)
    return value


def _bare(value: Any) -> Any:
    """A value of the history without the names of what it refers to."""
    return value["id"] if isinstance(value, dict) else value


def _logged(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return int(value) if isinstance(value, Decimal) else value
