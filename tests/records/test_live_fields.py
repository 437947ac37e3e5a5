"""Fields that hang on the clock are right whenever one looks, and are stored nowhere."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.records.computing import change, compute_what_waits, computed, design, value

from guanxi.db.database import Database
from guanxi.kit.clock import FixedClock
from guanxi.kit.errors import ValuesRefusedError
from guanxi.metadata.computed import computed_fields
from guanxi.metadata.steps import ChangeField, FieldChanges, Step
from guanxi.records.read import ListRequest
from guanxi.testing.sales import BuiltSales, SalesWorld, grant

#: A minute before and after midnight in Shanghai, where it is not midnight in Greenwich.
BEFORE = datetime(2026, 11, 25, 15, 59, tzinfo=UTC)
AFTER = datetime(2026, 11, 25, 16, 1, tzinfo=UTC)

LIVE: tuple[Step, ...] = (
    computed("crm_opportunity", "days_left", "number", "{close_date} - TODAY()"),
    computed("crm_opportunity", "overdue", "checkbox", "{days_left} < 0"),
    computed("crm_opportunity", "told", "text", 'IF({overdue}, "it\'s 100% \\late", "open")'),
    computed("crm_account", "overdue_sum", "money", "SUMIF({crm_opportunity}, {row.overdue}, {row.amount})"),
    computed("crm_opportunity", "of_account", "money", "{account.overdue_sum} + 1"),
)  # fmt: skip


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(BEFORE)


@pytest.fixture
async def live(
    database: Database, schema: str, clock: FixedClock, sales: tuple[str, BuiltSales]
) -> SalesWorld:
    """Two deals of an account, one to be closed on the day that is about to end, and three live fields on each."""
    world = sales[1].world(database, schema, clock)
    world.admin = replace(world.admin, zone=ZoneInfo("Asia/Shanghai"))
    await design(world, *LIVE)
    (account,) = await world.make("crm_account", {"name": "First"})
    await world.make(
        "crm_opportunity",
        {"name": "A", "amount": "100", "account": str(account), "close_date": "2026-11-25"},
        {"name": "B", "amount": "20", "account": str(account), "close_date": "2026-11-28"},
        {"name": "C", "amount": "3"},
    )
    return world


async def shown(world: SalesWorld, object_name: str, *fields: str, **request: Any) -> list[Any]:
    asked = ListRequest(fields=["name", *fields], **{"sort": ["name"], **request})
    page = json.loads(await world.answer(world.reading.page(world.admin, object_name, asked)))
    return [[record[one] for one in ("name", *fields)] for record in page["records"]]


async def test_a_live_field_moves_with_the_clock_without_a_write(
    live: SalesWorld, clock: FixedClock
) -> None:
    fields = ("days_left", "overdue", "told", "of_account")
    assert await shown(live, "crm_opportunity", *fields) == [
        ["A", 0, False, "open", 1],
        ["B", 3, False, "open", 1],
        ["C", None, False, "open", 1],
    ]
    clock.move_to(AFTER)
    assert await shown(live, "crm_opportunity", *fields) == [
        ["A", -1, True, "it's 100% \\late", 101],
        ["B", 2, False, "open", 101],
        ["C", None, False, "open", 1],
    ]
    assert await shown(live, "crm_account", "overdue_sum") == [["First", 100]]


async def test_filters_sorting_and_groups_are_right_on_both_sides_of_midnight(
    live: SalesWorld, clock: FixedClock
) -> None:
    overdue = {"field": "overdue", "op": "eq", "value": True}
    by_account = {"field": "account.overdue_sum", "op": "gt", "value": "50"}
    for moment, late, sums in ((BEFORE, [], []), (AFTER, ["A"], ["A", "B"])):
        clock.move_to(moment)
        assert await live.names(live.admin, "crm_opportunity", filter=overdue) == late
        assert await live.count(live.admin, "crm_opportunity", filter=overdue) == len(late)
        found = await live.names(live.admin, "crm_opportunity", filter=by_account, sort=["name"])
        assert found == sums
        prepared = live.reading.measures(
            live.admin,
            "crm_opportunity",
            ListRequest(),
            group_by=["overdue"],
            measures=[{"op": "count"}, {"op": "sum", "field": "days_left"}],
        )
        groups = json.loads(await live.answer(prepared))
        assert [one["key"] for one in groups["groups"]] == (
            [[False], [True]] if late else [[False]]
        )
    assert await live.names(live.admin, "crm_opportunity", sort=["days_left"]) == ["A", "B", "C"]
    assert await live.names(live.admin, "crm_opportunity", sort=["-days_left"]) == ["B", "A", "C"]


async def test_a_live_field_is_stored_nowhere(live: SalesWorld) -> None:
    fields = computed_fields(live.admin.catalog)
    assert {name for _, name in fields.live} == {one.field.name for one in LIVE}  # type: ignore[union-attr]
    assert fields.order == ()
    assert not fields.concern("crm_opportunity")
    (deal,) = await live.make("crm_opportunity", {"name": "D", "close_date": "2026-11-01"})
    await change(live, "crm_opportunity", deal, amount="7")
    assert await value(live, "crm_opportunity", deal, "days_left") is None
    async with live.database.begin(live.schema) as work:
        told = await work.rows("select old, new from change where record = %s", [deal])
    assert not any("days_left" in part for row in told for part in row if part)


async def test_who_may_not_read_a_live_field_neither_sees_it_nor_sorts_by_it(
    live: SalesWorld,
) -> None:
    viewer = await live.viewer("ann", grant("crm_opportunity", days_left="none"))
    page = await live.answer(live.reading.page(viewer, "crm_opportunity", ListRequest()))
    assert "days_left" not in json.loads(page)["records"][0]
    assert json.loads(page)["records"][0]["told"] == "open"


async def test_a_live_field_has_no_index(live: SalesWorld) -> None:
    step = ChangeField(object="crm_opportunity", field="told", changes=FieldChanges(indexed=True))
    with pytest.raises(ValuesRefusedError):
        await design(live, step)


async def test_a_field_that_no_longer_hangs_on_the_clock_is_stored(
    live: SalesWorld, clock: FixedClock
) -> None:
    step = ChangeField(
        object="crm_opportunity", field="days_left", changes=FieldChanges(formula="{amount} - 50")
    )
    await design(live, step)
    await compute_what_waits(live)
    assert computed_fields(live.admin.catalog).live == {}
    assert await shown(live, "crm_opportunity", "days_left", "overdue", "of_account", "told") == [
        ["A", 50, False, 21, "open"],
        ["B", -30, True, 21, "it's 100% \\late"],
        ["C", -47, True, 1, "it's 100% \\late"],
    ]


async def test_a_filter_by_a_live_field_is_served_by_an_index(
    live: SalesWorld, clock: FixedClock
) -> None:
    await design(
        live, computed("crm_opportunity", "late", "checkbox", "{close_date} < TODAY() - 5")
    )
    async with live.database.begin(live.schema) as work:
        await work.execute(
            "insert into crm_opportunity (id, name, version, name_key, search, close_date)"
            " select uuidv7(), 'O' || n, 1, '', '', date '2026-11-01' + n from generate_series(1, 20000) n"
        )
        await work.execute("create index on crm_opportunity (close_date)")
        await work.execute("analyze crm_opportunity")
    clock.move_to(AFTER)
    late = {"field": "late", "op": "eq", "value": True}
    prepared = live.reading.count(
        live.admin, "crm_opportunity", ListRequest(filter=late), exact=True
    )
    (statement,) = prepared.statements
    explain = replace(statement, text=f"explain (costs off) {statement.text}")
    (rows,) = await live.database.read(live.schema, explain)
    plan = "\n".join(line for (line,) in rows)
    assert "Index Cond: (close_date < " in plan
    assert await live.count(live.admin, "crm_opportunity", filter=late) == 19
    on_time = {"field": "late", "op": "eq", "value": False}
    assert await live.count(live.admin, "crm_opportunity", filter=on_time) == 20003 - 19
