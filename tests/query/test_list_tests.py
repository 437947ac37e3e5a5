"""A list can tell of each record which conditions hold of it, as far as the asker may see what they look at."""

import json
from typing import Any

import pytest

from guanxi.permissions.model import Scope
from guanxi.permissions.viewer import Viewer
from guanxi.query.errors import QuestionError
from guanxi.records.read import ListRequest
from guanxi.testing.sales import SalesWorld, grant

DEAL = "crm_opportunity"


@pytest.fixture
async def filled(world: SalesWorld) -> SalesWorld:
    steel, wood = await world.make(
        "crm_account", {"name": "S", "industry": "steel"}, {"name": "W", "industry": "wood"}
    )
    await world.make(
        DEAL,
        {"name": "A", "amount": 10, "account": str(steel), "stage": "new"},
        {"name": "B", "amount": 30, "account": str(wood)},
        {"name": "C", "stage": "won"},
    )
    return world


async def holds(
    world: SalesWorld, viewer: Viewer, tests: list[Any], **more: Any
) -> dict[str, list[int]]:
    request = ListRequest(fields=["name"], tests=tests, **more)
    page = await world.answer(world.reading.page(viewer, DEAL, request))
    return {one["name"]: one["_holds"] for one in json.loads(page)["records"]}


async def test_each_record_tells_which_tests_hold(filled: SalesWorld) -> None:
    tests = [
        {"field": "amount", "op": "gt", "value": 20},
        {"formula": '{account.industry} = "steel" || {stage} = "won"'},
        {"field": "stage", "op": "kind_in", "value": ["won"]},
    ]
    expected = {"A": [1], "B": [0], "C": [1, 2]}
    assert await holds(filled, filled.admin, tests) == expected
    narrowed = {"field": "amount", "op": "gt", "value": 5}
    found = await holds(filled, filled.admin, tests, filter=narrowed, sort=["-amount"])
    assert found == {"B": [0], "A": [1]}
    assert list(found) == ["B", "A"]


async def test_without_tests_a_list_says_nothing_of_them(filled: SalesWorld) -> None:
    prepared = filled.reading.page(filled.admin, DEAL, ListRequest(fields=["name"]))
    assert b"_holds" not in await filled.answer(prepared)
    assert "array_remove" not in prepared.statements[0].text


async def test_a_test_by_what_one_may_not_read_is_refused(filled: SalesWorld) -> None:
    ann = await filled.viewer("ann", grant(DEAL, Scope.ALL, amount="none"))
    with pytest.raises(QuestionError) as refused:
        await holds(filled, ann, [{"field": "amount", "op": "gt", "value": 20}])
    assert refused.value.problems[0].pointer == "/tests/0/field"


async def test_a_test_sees_no_linked_record_one_may_not_see(filled: SalesWorld) -> None:
    bob = await filled.viewer("bob", grant(DEAL, Scope.ALL), grant("crm_account", Scope.OWN))
    tests = [{"field": "account.industry", "op": "eq", "value": "steel"}]
    assert await holds(filled, bob, tests) == {"A": [], "B": [], "C": []}
