"""Lists: filters, sorting, keyset pages, search."""

import json
from typing import Any

import pytest

from guanxi.permissions.model import Action, Scope
from guanxi.query.errors import InvalidCursorError, QuestionError
from guanxi.records.read import ListRequest
from guanxi.testing.sales import SalesWorld, grant


@pytest.fixture
async def filled(world: SalesWorld) -> SalesWorld:
    """Two accounts, sixty opportunities with holes in every field."""
    first, second = await world.make(
        "crm_account",
        {"name": "苏州澜科新能源有限公司", "industry": "battery"},
        {"name": "Acme Corp", "industry": "tech", "phone": "13805746621"},
    )
    await world.make(
        "crm_opportunity",
        *(
            {
                "name": f"Deal {place}",
                "amount": place * 10 if place % 3 else None,
                "account": [str(first), str(second), None][place % 3],
                "stage": ["new", "won", "lost", None][place % 4],
                "close_date": f"2026-11-{1 + place % 28:02d}" if place % 5 else None,
                "tags": [["a"], ["a", "b"], []][place % 3],
                "hot": place % 2 == 0,
                "note": "50% off_season" if place == 7 else None,
            }
            for place in range(60)
        ),
    )
    return world


@pytest.mark.parametrize(
    "sort",
    [
        [],
        ["amount"],
        ["-amount"],
        ["-close_date", "amount"],
        ["close_date", "-amount", "name"],
        ["account.name", "-amount"],
        ["-account.industry"],
        ["stage", "hot"],
        ["name"],
        ["-created_at"],
    ],
    ids=str,
)
async def test_pages_joined_are_the_whole_list_in_order(
    filled: SalesWorld, sort: list[str]
) -> None:
    whole = await _records(filled, sort=sort, limit=500)
    paged: list[Any] = []
    cursor = None
    while True:
        request = ListRequest(sort=sort, limit=7, cursor=cursor, fields=["name"])
        page = json.loads(
            await filled.answer(filled.reading.page(filled.admin, "crm_opportunity", request))
        )
        paged += [record["id"] for record in page["records"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert paged == [record["id"] for record in whole]
    assert len(set(paged)) == 60


@pytest.mark.parametrize("sort", ["amount", "-amount"])
async def test_empty_values_come_last_in_both_directions(filled: SalesWorld, sort: str) -> None:
    amounts = [record["amount"] for record in await _records(filled, sort=[sort], limit=500)]
    known = [amount for amount in amounts if amount is not None]
    assert amounts == sorted(known, reverse=sort.startswith("-")) + [None] * 20


@pytest.mark.parametrize(
    ("condition", "count"),
    [
        ({"field": "stage", "op": "eq", "value": "won"}, 15),
        ({"field": "stage", "op": "kind_in", "value": ["won", "lost"]}, 30),
        ({"field": "stage", "op": "ne", "value": "won"}, 45),
        ({"field": "stage", "op": "eq", "value": None}, 15),
        ({"field": "stage", "op": "not_in", "value": ["won", "lost"]}, 30),
        ({"field": "account.industry", "op": "eq", "value": "tech"}, 20),
        ({"field": "account.industry", "op": "is_empty"}, 20),
        ({"not": {"field": "amount", "op": "gt", "value": 300}}, 40),
        ({"field": "amount", "op": "between", "value": [100, "200.00"]}, 8),
        ({"field": "amount", "op": "gt", "value": "10.005"}, 39),
        ({"field": "tags", "op": "has_any", "value": ["b"]}, 20),
        ({"field": "tags", "op": "has_all", "value": ["a", "b"]}, 20),
        ({"field": "tags", "op": "has_none", "value": ["b"]}, 40),
        ({"field": "hot", "op": "eq", "value": True}, 30),
        ({"field": "note", "op": "contains", "value": "50%"}, 1),
        ({"field": "note", "op": "contains", "value": "f_s"}, 1),
        ({"field": "note", "op": "contains", "value": "f-s"}, 0),
        ({"field": "note", "op": "not_contains", "value": "50%"}, 59),
        ({"field": "name", "op": "starts_with", "value": "deal 1"}, 11),
        ({"field": "name", "op": "in", "value": ["Deal 1", "Deal 2", "'; drop table"]}, 2),
        ({"or": [{"field": "name", "op": "eq", "value": "Deal 1"}, {"and": []}]}, 60),
        ({"or": []}, 60),
        (None, 60),
    ],
    ids=str,
)
async def test_a_filter_finds_what_it_says(
    filled: SalesWorld, condition: object, count: int
) -> None:
    assert await filled.count(filled.admin, "crm_opportunity", filter=condition) == count


@pytest.mark.parametrize(
    ("condition", "pointer"),
    [
        ({"field": "nothing", "op": "eq", "value": 1}, "/filter/field"),
        ({"field": "account.nothing", "op": "eq", "value": 1}, "/filter/field"),
        ({"field": "amount.x", "op": "eq", "value": 1}, "/filter/field"),
        ({"field": "amount", "op": "contains", "value": "1"}, "/filter/op"),
        ({"field": "amount", "op": "eq", "value": "much"}, "/filter/value"),
        ({"field": "amount", "op": "between", "value": [1]}, "/filter/value"),
        ({"and": [{"field": "amount"}]}, "/filter/and/0"),
        ({"field": 'name" or 1=1 --', "op": "eq", "value": 1}, "/filter/field"),
        ({"field": "close_date", "op": "within", "value": "someday"}, "/filter/value"),
        ({"field": "name", "op": "contains", "value": "a\x00b"}, "/filter/value"),
        ([1], "/filter"),
        ({"and": [], "or": []}, "/filter"),
    ],
    ids=str,
)
async def test_a_filter_that_cannot_be_understood_says_where(
    world: SalesWorld, condition: object, pointer: str
) -> None:
    with pytest.raises(QuestionError) as caught:
        await world.count(world.admin, "crm_opportunity", filter=condition)
    assert caught.value.problems[0].pointer == pointer


async def test_a_filter_nested_too_deep_is_refused(world: SalesWorld) -> None:
    condition: dict[str, Any] = {"field": "name", "op": "eq", "value": "x"}
    for _ in range(2000):
        condition = {"not": condition}
    with pytest.raises(QuestionError):
        await world.count(world.admin, "crm_opportunity", filter=condition)


@pytest.mark.parametrize(
    ("question", "accounts"),
    [("澜科", 1), ("lanke", 1), ("lk", 1), ("xinneng", 1), ("acme", 1), ("CORP", 1), ("1380574", 1),
     ("有限", 1), ("科澜", 0), ("zzz", 0), ("%", 2), ("' | '", 2), ("acme 澜科", 0)],
)  # fmt: skip
async def test_search_finds_by_parts_pinyin_and_initials(
    filled: SalesWorld, question: str, accounts: int
) -> None:
    assert await filled.count(filled.admin, "crm_account", q=question) == accounts


async def test_a_search_never_answers_from_a_hidden_field(filled: SalesWorld) -> None:
    ann = await filled.viewer("ann", grant("crm_account", phone="none"))
    assert await filled.count(ann, "crm_account", q="1380574") == 0
    assert await filled.count(ann, "crm_account", q="acme") == 1


@pytest.mark.parametrize("cursor", ["x", "e30", "bnVsbA", "W1tdLCAiMSJd", "💥"])
async def test_a_broken_cursor_is_refused(world: SalesWorld, cursor: str) -> None:
    with pytest.raises(InvalidCursorError):
        world.reading.page(world.admin, "crm_opportunity", ListRequest(cursor=cursor))


async def test_links_to_records_one_may_not_see_show_no_name(filled: SalesWorld) -> None:
    ann = await filled.viewer(
        "ann", grant("crm_opportunity"), grant("crm_account", Scope.OWN, [Action.SEE])
    )
    page = await filled.answer(
        filled.reading.page(
            ann,
            "crm_opportunity",
            ListRequest(fields=["account", "account.industry"], limit=500),
        )
    )
    assert b"Acme" not in page
    assert b"tech" not in page
    assert b'"hidden" : true' in page
    condition = {"field": "account.industry", "op": "eq", "value": "tech"}
    assert await filled.count(ann, "crm_opportunity", filter=condition) == 0


async def test_figures_by_group(filled: SalesWorld) -> None:
    prepared = filled.reading.measures(
        filled.admin,
        "crm_opportunity",
        ListRequest(filter={"field": "stage", "op": "in", "value": ["won", "new"]}),
        ["stage"],
        [
            {"op": "count"},
            {"op": "sum", "field": "amount"},
            {"op": "maximum", "field": "close_date"},
        ],
    )
    groups = {
        group["key"][0]: group["values"]
        for group in json.loads(await filled.answer(prepared))["groups"]
    }
    won = [n for n in range(60) if n % 4 == 1]
    assert groups["won"] == [15, sum(n * 10 for n in won if n % 3), "2026-11-26"]
    assert set(groups) == {"won", "new"}


async def _records(world: SalesWorld, **request: Any) -> list[dict[str, Any]]:
    asked = ListRequest(**{"fields": ["name", "amount"], **request})
    page = await world.answer(world.reading.page(world.admin, "crm_opportunity", asked))
    records: list[dict[str, Any]] = json.loads(page)["records"]
    return records
