"""Records that lie below others of the same object, through the API."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from tests.api.test_design import apply, try_apply
from tests.api.test_imports import app, ended, upload  # noqa: F401 -- the application with a worker
from tests.api.test_references import ACCOUNTS, DEALS, add, change, make

from guanxi.auth.people import create_person
from guanxi.bootstrap import Platform
from guanxi.permissions.role import GrantWish
from guanxi.permissions.roles import create_role
from guanxi.testing.browser import PASSWORD, Browser, browser_of

TREE = {"target": "crm_account"}


@pytest.fixture
async def designer(admin: Browser) -> Browser:
    """An administrator of accounts that form a tree."""
    await apply(admin, add("crm_account", "above", "tree_link", options=TREE))
    return admin


@pytest.fixture
async def owner(app: Any, platform: Platform, designer: Browser) -> AsyncIterator[Browser]:  # noqa: F811
    """Somebody who sees their own accounts."""
    async with platform.database.begin(platform.schema) as work:
        viewer = await platform.gate.system_viewer(work, "job")
        grants = [GrantWish("crm_account", ("see", "edit"), "own")]
        role = await create_role(work, viewer, name={"en": "Owner"}, grants=grants)
        made = await create_person(
            work, None, name="Hua", email="hua@example.com", password=PASSWORD, roles=[role.id]
        )
    browser = browser_of(app)
    browser.person = made.id
    assert (await browser.sign_in("hua@example.com")).status_code == 200
    yield browser
    await browser.http.aclose()


async def below(browser: Browser, path: str, field: str, top: str) -> list[str]:
    body = {"filter": {"field": field, "op": "under", "value": [top]}, "sort": ["name"]}
    answer = await browser.post(f"{path}/query", body)
    assert answer.status_code == 200, answer.text
    return [one["name"] for one in answer.json()["records"]]


async def grown(browser: Browser, **more: Any) -> dict[str, str]:
    """Group › Asia › China and Group › Europe."""
    ids: dict[str, str] = {}
    for name, above in (("Group", ""), ("Asia", "Group"), ("China", "Asia"), ("Europe", "Group")):
        made = await make(browser, ACCOUNTS, name=name, above=ids.get(above), **more)
        ids[name] = made["id"]
    return ids


async def test_what_lies_below_is_found_and_the_way_up_is_told(designer: Browser) -> None:
    ids = await grown(designer)
    assert await below(designer, ACCOUNTS, "above", ids["Group"]) == ["Asia", "China", "Europe"]
    assert await below(designer, ACCOUNTS, "above", ids["Asia"]) == ["China"]
    await make(designer, DEALS, name="D", account=ids["China"])
    await make(designer, DEALS, name="E", account=ids["Europe"])
    assert await below(designer, DEALS, "account", ids["Asia"]) == ["D"]
    assert await below(designer, DEALS, "account", ids["China"]) == ["D"]
    assert await below(designer, DEALS, "account.above", ids["Group"]) == ["D", "E"]
    china = (await designer.get(f"{ACCOUNTS}/{ids['China']}")).json()
    assert china["above"] == {"id": ids["Asia"], "name": "Asia", "path": ["Group"]}
    same = await change(designer, ACCOUNTS, ids["China"], above=china["above"])
    assert same.json()["version"] == china["version"]
    deals = (await designer.get("/objects/crm_opportunity")).json()["fields"]
    assert "under" in next(one for one in deals if one["name"] == "account")["operators"]

    top = (await designer.post("/departments", {"name": "East"})).json()["id"]
    low = (await designer.post("/departments", {"name": "Pudong", "parent": top})).json()["id"]
    await apply(designer, add("crm_account", "units", "departments"))
    await change(designer, ACCOUNTS, ids["Asia"], units=[low])
    assert await below(designer, ACCOUNTS, "units", top) == ["Asia"]
    assert await below(designer, ACCOUNTS, "department", top) == []


async def test_a_way_over_what_one_may_not_see_is_no_way(designer: Browser, owner: Browser) -> None:
    ids = await grown(designer, owner=str(owner.person))
    assert await below(owner, ACCOUNTS, "above", ids["Group"]) == ["Asia", "China", "Europe"]
    await change(designer, ACCOUNTS, ids["Asia"], owner=str(designer.person))
    assert await below(owner, ACCOUNTS, "above", ids["Group"]) == ["Europe"]
    china = (await owner.get(f"{ACCOUNTS}/{ids['China']}")).json()
    assert china["above"] == {"id": ids["Asia"], "name": None, "hidden": True}
    leaf = await make(designer, ACCOUNTS, name="Leaf", above=ids["China"], owner=str(owner.person))
    told = (await owner.get(f"{ACCOUNTS}/{leaf['id']}")).json()["above"]
    assert told == {"id": ids["China"], "name": "China", "path": []}


async def test_no_record_comes_to_lie_below_itself(designer: Browser) -> None:
    ids = await grown(designer)
    for name, above in (("Group", "China"), ("Group", "Asia"), ("Asia", "Asia")):
        refused = await change(designer, ACCOUNTS, ids[name], above=ids[above])
        assert refused.status_code == 422, refused.text
        assert refused.json()["errors"][0]["code"] in ("circle", "self_link")
    turned = await designer.post(
        f"{ACCOUNTS}/bulk",
        {
            "action": "update",
            "ids": [ids["Asia"], ids["Europe"]],
            "values": {"above": ids["China"]},
        },
    )
    assert (turned.json()["done"], turned.json()["refused"]) == (1, 1), turned.text
    await change(designer, ACCOUNTS, ids["Europe"], above=ids["Group"])
    # Each alone is right; together they are a circle. One of them comes first.
    both = await asyncio.gather(
        change(designer, ACCOUNTS, ids["Asia"], above=ids["Europe"]),
        change(designer, ACCOUNTS, ids["Europe"], above=ids["Asia"]),
    )
    assert sorted(one.status_code for one in both) == [200, 422]


async def test_rows_of_a_file_that_lie_below_themselves_are_refused(designer: Browser) -> None:
    ids = await grown(designer)
    made = await upload(designer, "name,above\nNew,China\nA,B\nB,C\nC,A\nGroup,New\nSingle,New\n")
    wish = {"duplicates": {"key": "name", "policy": "update"}}
    assert (await designer.patch(f"/imports/{made['id']}", wish)).status_code == 200
    await designer.post(f"/imports/{made['id']}/run")
    done = await ended(designer, made["id"])
    assert (done["result"]["created"], done["result"]["failed"]) == (0, 6), done
    assert ids


async def test_an_object_has_one_tree_and_it_is_its_own(designer: Browser) -> None:
    for step in (
        add("crm_account", "second", "tree_link", options=TREE),
        add("crm_opportunity", "other", "tree_link", options=TREE),
    ):
        assert (await try_apply(designer, step)).status_code == 422
