"""Exports: the same records as a list, as a file a spreadsheet opens safely."""

import csv
import tracemalloc
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from guanxi.permissions.model import Action, Scope
from guanxi.permissions.viewer import Viewer
from guanxi.query.errors import ObjectNotFoundError, QuestionError
from guanxi.records.errors import NotAllowedError
from guanxi.records.export import ExportFormat, export
from guanxi.records.read import ListRequest
from guanxi.testing.sales import SalesWorld, grant

DEAL = "crm_opportunity"


class Exporter:
    """Exports of a world into files of a test."""

    def __init__(self, world: SalesWorld, folder: Path) -> None:
        self._world = world
        self.file = folder / "export"

    async def run(self, viewer: Viewer, format_: ExportFormat = "csv", **request: Any) -> int:
        async with self._world.database.begin(self._world.schema) as work:
            done = await export(
                work,
                viewer,
                self._world.asking,
                DEAL,
                ListRequest(**request),
                format_=format_,
                to=self.file,
            )
        return done.rows

    async def csv(self, viewer: Viewer, **request: Any) -> list[list[str]]:
        await self.run(viewer, **request)
        with self.file.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file))

    async def xlsx(self, viewer: Viewer, **request: Any) -> list[tuple[Any, ...]]:
        await self.run(viewer, "xlsx", **request)
        with self.file.open("rb") as file:
            return list(openpyxl.load_workbook(file).worksheets[0].iter_rows(values_only=True))


@pytest.fixture
def exporter(world: SalesWorld, tmp_path: Path) -> Exporter:
    return Exporter(world, tmp_path)


async def test_values_are_written_as_people_read_them(
    world: SalesWorld, exporter: Exporter
) -> None:
    (account,) = await world.make("crm_account", {"name": "苏州澜科", "industry": "battery"})
    await world.make(
        DEAL,
        {
            "name": "Deal",
            "amount": "1250000.5",
            "account": str(account),
            "stage": "won",
            "close_date": "2026-11-25",
            "probability": 12.5,
            "hot": True,
            "tags": ["a", "b"],
            "met_at": "2026-11-25T01:30:00Z",
        },
    )
    fields = ["name", "amount", "account", "account.industry", "stage", "close_date"]
    fields += ["probability", "hot", "tags", "met_at", "note"]
    head, row = await exporter.csv(world.admin, fields=fields)
    assert head[3] == "account · industry"
    assert row == [
        *("Deal", "1250000.50", "苏州澜科", "battery", "Won", "2026-11-25"),
        *("12.5%", "Yes", "a; b", "2026-11-25 09:30:00", ""),
    ]
    assert exporter.file.read_bytes().startswith(b"\xef\xbb\xbf")
    _, row = await exporter.xlsx(world.admin, fields=fields)
    assert row == (
        *("Deal", 1250000.5, "苏州澜科", "battery", "Won", datetime.fromisoformat("2026-11-25")),
        *(12.5, "Yes", "a; b", datetime.fromisoformat("2026-11-25T09:30"), None),
    )


@pytest.mark.parametrize("name", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)"])
async def test_text_never_runs_as_a_formula(
    world: SalesWorld, exporter: Exporter, name: str
) -> None:
    await world.make(DEAL, {"name": name, "amount": -5})
    _, row = await exporter.csv(world.admin, fields=["name", "amount"])
    assert row == [f"'{name}", "-5.00"]
    await exporter.run(world.admin, "xlsx", fields=["name", "amount"])
    with exporter.file.open("rb") as file:
        cell = openpyxl.load_workbook(file).worksheets[0]["A2"]
        assert (cell.value, cell.data_type) == (name, "s")


async def test_filter_search_order_and_chosen_ids_are_those_of_the_list(
    world: SalesWorld, exporter: Exporter
) -> None:
    ids = await world.make(DEAL, *({"name": f"Deal {n}", "amount": n} for n in range(5)))
    asked: dict[str, Any] = {"fields": ["name"], "sort": ["-amount"]}
    filter_ = {"field": "amount", "op": "gte", "value": 2}
    rows = await exporter.csv(world.admin, filter=filter_, **asked)
    assert rows[1:] == [["Deal 4"], ["Deal 3"], ["Deal 2"]]
    assert (await exporter.csv(world.admin, ids=[ids[1]], **asked))[1:] == [["Deal 1"]]
    assert (await exporter.csv(world.admin, q="deal 3", **asked))[1:] == [["Deal 3"]]


async def test_only_rows_that_may_be_seen_and_exported_come_out(
    world: SalesWorld, exporter: Exporter
) -> None:
    await world.make(
        DEAL,
        {"name": "Own", "owner": str(world.people["ann"])},
        {"name": "Below", "owner": str(world.people["cy"])},
        {"name": "Elsewhere", "owner": str(world.people["bob"])},
    )
    see = grant(DEAL, Scope.SUBORDINATES, [Action.SEE], amount="none")
    viewer = await world.viewer("ann", see, grant(DEAL, Scope.ALL, [Action.EXPORT]))
    rows = await exporter.csv(viewer, fields=["name"], sort=["name"])
    assert rows[1:] == [["Below"], ["Own"]]
    narrow = await world.viewer("ann", see, grant(DEAL, Scope.OWN, [Action.EXPORT]))
    assert (await exporter.csv(narrow, fields=["name"]))[1:] == [["Own"]]


async def test_fields_that_may_not_be_read_are_left_out_or_refused(
    world: SalesWorld, exporter: Exporter
) -> None:
    await world.make(DEAL, {"name": "Deal", "amount": 7})
    viewer = await world.viewer("ann", grant(DEAL, amount="none"))
    head, _ = await exporter.csv(viewer)
    assert "name" in [one.lower() for one in head]
    assert "amount" not in head
    with pytest.raises(QuestionError):
        await exporter.run(viewer, fields=["amount"])


async def test_a_link_to_a_record_that_may_not_be_seen_stays_empty(
    world: SalesWorld, exporter: Exporter
) -> None:
    (account,) = await world.make("crm_account", {"name": "Secret"})
    await world.make(DEAL, {"name": "Deal", "account": str(account)})
    viewer = await world.viewer("ann", grant(DEAL))
    assert (await exporter.csv(viewer, fields=["name", "account"]))[1:] == [["Deal", ""]]


async def test_without_the_right_nothing_is_written(world: SalesWorld, exporter: Exporter) -> None:
    viewer = await world.viewer("ann", grant(DEAL, actions=[Action.SEE]))
    with pytest.raises(NotAllowedError):
        await exporter.run(viewer)
    with pytest.raises(ObjectNotFoundError):
        await exporter.run(await world.viewer("ann"))
    assert not exporter.file.exists()


@pytest.mark.parametrize("format_", ["csv", pytest.param("xlsx", marks=pytest.mark.slow)])
async def test_ten_times_the_records_take_the_same_memory(
    world: SalesWorld, exporter: Exporter, format_: ExportFormat
) -> None:
    async with world.database.begin(world.schema) as work:
        await work.execute(
            "insert into crm_opportunity (id, name, name_key, amount, created_at, updated_at, version, hot)"
            " select gen_random_uuid(), 'Deal ' || n, n::text, n, now(), now(), 1, false"
            " from generate_series(1, 100000) n"
        )
    asked = {"fields": ["name", "amount"], "sort": ["amount"]}
    few = {"field": "amount", "op": "lte", "value": 10000}

    async def peak(**more: Any) -> tuple[int, int]:
        tracemalloc.start()
        rows = await exporter.run(world.admin, format_, **asked, **more)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return rows, most

    rows, least = await peak(filter=few)
    assert rows == 10_000
    rows, most = await peak()
    assert rows == 100_000
    assert most < least * 1.5 + 2_000_000
