"""Saved views through the API."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest

from guanxi.auth.people import create_person
from guanxi.bootstrap import Platform
from guanxi.testing.browser import PASSWORD, Browser, browser_of

BOARD = {
    "object": "crm_opportunity",
    "name": "Pipeline",
    "kind": "board",
    "config": {"group_by": "stage", "sum": "amount", "weight": "probability", "card": ["account"]},
}
TABLE = {
    "object": "crm_opportunity",
    "name": "Large",
    "kind": "table",
    "config": {
        "filter": {"field": "amount", "op": "gt", "value": 1000},
        "sort": ["-amount"],
        "columns": [{"field": "name", "width": 240}, {"field": "account.industry"}],
    },
}
SEES_STAGES = {
    "object": "crm_opportunity",
    "actions": ["see"],
    "rows": {"scope": "all"},
    "fields": {"default": "none", "except": {"name": "read", "stage": "read"}},
}


@pytest.fixture
async def seller(app: Any, platform: Platform, admin: Browser) -> AsyncIterator[Browser]:
    """Somebody who sees names and stages of opportunities, and nothing else."""
    made = await admin.post("/roles", {"name": {"en": "Seller"}, "grants": [SEES_STAGES]})
    assert made.status_code == 201, made.text
    async with platform.database.begin(platform.schema) as work:
        created = await create_person(
            work,
            None,
            name="Seller",
            email="seller@example.com",
            password=PASSWORD,
            roles=[made.json()["id"]],
        )
    browser = browser_of(app)
    browser.person = created.id
    assert (await browser.sign_in("seller@example.com")).status_code == 200
    yield browser
    await browser.http.aclose()


async def views(browser: Browser) -> list[dict[str, Any]]:
    answer = await browser.get("/views", params={"object": "crm_opportunity"})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["views"]
    return found


def version(view: dict[str, Any]) -> dict[str, dict[str, str]]:
    return {"headers": {"If-Match": f'"{view["version"]}"'}}


async def test_a_view_is_saved_as_it_was_sent(admin: Browser) -> None:
    made = await admin.post("/views", TABLE)
    assert made.status_code == 201, made.text
    view = made.json()
    assert view["config"]["filter"] == TABLE["config"]["filter"]  # type: ignore[index]
    assert view["config"]["columns"] == [
        {"field": "name", "width": 240},
        {"field": "account.industry", "width": None},
    ]
    assert (view["owner"]["name"], view["shared"], view["may_edit"]) == ("Admin", False, True)
    assert await views(admin) == [view]


async def test_ones_own_views_are_ones_own(admin: Browser, seller: Browser) -> None:
    mine = (await admin.post("/views", BOARD)).json()
    assert await views(seller) == []
    change = await seller.patch(f"/views/{mine['id']}", {"name": "Taken"}, **version(mine))
    assert (change.status_code, change.json()["code"]) == (404, "view_not_found")
    gone = await seller.delete(f"/views/{mine['id']}", **version(mine))
    assert gone.status_code == 404


async def test_sharing_needs_the_right_to_design(seller: Browser) -> None:
    refused = await seller.post(
        "/views",
        {"object": "crm_opportunity", "name": "For all", "kind": "table", "shared": True},
    )
    assert (refused.status_code, refused.json()["code"]) == (403, "right_missing")
    own = (
        await seller.post("/views", {"object": "crm_opportunity", "name": "Mine", "kind": "table"})
    ).json()
    shared = await seller.patch(f"/views/{own['id']}", {"shared": True}, **version(own))
    assert shared.status_code == 403
    [kept] = await views(seller)
    assert kept["shared"] is False


async def test_a_shared_view_is_used_but_not_changed_by_others(
    admin: Browser, seller: Browser
) -> None:
    config = {"group_by": "stage"}
    shared = (await admin.post("/views", {**BOARD, "config": config, "shared": True})).json()
    [seen] = await views(seller)
    assert (seen["id"], seen["may_edit"]) == (shared["id"], False)
    refused = await seller.patch(f"/views/{shared['id']}", {"name": "X"}, **version(shared))
    assert (refused.status_code, refused.json()["code"]) == (403, "view_not_yours")


async def test_a_view_never_shows_what_its_reader_may_not_see(
    admin: Browser, seller: Browser
) -> None:
    board = {**BOARD, "shared": True}
    assert (await admin.post("/views", board)).status_code == 201
    assert (await admin.post("/views", {**TABLE, "shared": True})).status_code == 201
    [seen] = await views(seller)
    assert seen["name"] == "Pipeline"
    assert (seen["config"]["sum"], seen["config"]["weight"], seen["config"]["card"]) == (
        None,
        None,
        [],
    )


async def test_what_one_may_not_see_cannot_be_put_into_a_view(seller: Browser) -> None:
    refused = await seller.post("/views", TABLE)
    assert refused.status_code == 422
    assert {one["pointer"] for one in refused.json()["errors"]} == {
        "/config/filter/field",
        "/config/sort/0",
        "/config/columns/1",
    }


@pytest.mark.parametrize(
    ("config", "pointer"),
    [
        ({"group_by": None}, "/config/group_by"),
        ({"group_by": "amount"}, "/config/group_by"),
        ({"group_by": "stage", "sum": "account"}, "/config/sum"),
        ({"group_by": "stage", "weight": "no_such"}, "/config/weight"),
        ({"group_by": "stage", "card": ["no_such"]}, "/config/card/0"),
        ({"group_by": "stage", "sort": ["no_such"]}, "/config/sort/0"),
        ({"group_by": "stage", "filter": {"field": "stage", "op": "gt", "value": 1}}, "/config/filter/op"),
        ({"group_by": "stage", "colour": "red"}, "/config/colour"),
    ],
)  # fmt: skip
async def test_a_view_that_cannot_be_shown_is_refused(
    admin: Browser, config: dict[str, Any], pointer: str
) -> None:
    refused = await admin.post("/views", {**BOARD, "config": config})
    assert refused.status_code == 422, refused.text
    assert pointer in [one["pointer"] for one in refused.json()["errors"]], refused.text


async def test_a_change_needs_the_version_it_was_made_for(admin: Browser) -> None:
    view = (await admin.post("/views", BOARD)).json()
    missing = await admin.patch(f"/views/{view['id']}", {"name": "Later"})
    assert (missing.status_code, missing.json()["code"]) == (428, "version_missing")
    changed = await admin.patch(f"/views/{view['id']}", {"name": "Later"}, **version(view))
    assert (changed.json()["name"], changed.json()["version"]) == ("Later", 2)
    stale = await admin.patch(f"/views/{view['id']}", {"name": "Stale"}, **version(view))
    assert (stale.status_code, stale.json()["code"]) == (412, "view_changed")
    assert (await admin.delete(f"/views/{view['id']}", **version(view))).status_code == 412
    gone = await admin.delete(f"/views/{view['id']}", headers={"If-Match": "*"})
    assert gone.status_code == 204
    assert await views(admin) == []


async def test_one_shared_view_is_the_default_and_ones_own_is_ones_own_default(
    admin: Browser, seller: Browser
) -> None:
    plain = {"object": "crm_opportunity", "kind": "table", "config": {"sort": ["name"]}}
    first, second = [
        (await admin.post("/views", {**plain, "name": name, "shared": True})).json()
        for name in ("First", "Second")
    ]
    for view in (first, second):
        answer = await admin.patch(f"/views/{view['id']}", {"is_default": True}, **version(view))
        assert answer.status_code == 200
    own = (await seller.post("/views", {**plain, "name": "Mine"})).json()
    chosen = await seller.patch(f"/views/{own['id']}", {"is_default": True}, **version(own))
    assert chosen.status_code == 200, chosen.text
    assert {view["name"]: view["is_default"] for view in await views(seller)} == {
        "First": False,
        "Second": True,
        "Mine": True,
    }


async def test_who_takes_a_view_from_the_others_keeps_it(admin: Browser, seller: Browser) -> None:
    config = {"group_by": "stage"}
    shared = (await admin.post("/views", {**BOARD, "config": config, "shared": True})).json()
    taken = await admin.patch(f"/views/{shared['id']}", {"shared": False}, **version(shared))
    assert (taken.json()["shared"], taken.json()["owner"]["name"]) == (False, "Admin")
    assert await views(seller) == []
    assert [view["id"] for view in await views(admin)] == [shared["id"]]


async def test_views_of_what_one_may_not_see_are_not_there(clerk: Browser, admin: Browser) -> None:
    answer = await clerk.get("/views", params={"object": "crm_opportunity"})
    assert (answer.status_code, answer.json()["code"]) == (404, "object_not_found")
    refused = await clerk.post("/views", BOARD)
    assert refused.status_code == 404
    unknown = await admin.patch(f"/views/{uuid4()}", {"name": "X"}, headers={"If-Match": "*"})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "view_not_found")


async def test_the_same_request_saves_a_view_once(admin: Browser) -> None:
    key = {"headers": {"Idempotency-Key": "once"}}
    first = await admin.post("/views", BOARD, **key)
    again = await admin.post("/views", BOARD, **key)
    assert again.json() == first.json()
    assert len(await views(admin)) == 1


def coloured(*rules: dict[str, Any]) -> dict[str, Any]:
    return {**TABLE, "config": {**TABLE["config"], "colors": list(rules)}}  # type: ignore[dict-item]


async def test_rules_colour_records_of_a_view(admin: Browser) -> None:
    overdue = {"when": {"formula": "{Amount} > 5"}, "color": "red", "label": {"en": "Large"}}
    made = await admin.post("/views", coloured(overdue))
    assert made.status_code == 201, made.text
    (rule,) = made.json()["config"]["colors"]
    assert rule["when"] == {"formula": "{amount} > 5"}
    assert (rule["color"], rule["field"], rule["label"]) == ("red", None, {"en": "Large"})


async def test_a_colour_that_is_no_colour_or_by_an_unknown_field_is_refused(admin: Browser) -> None:
    when = {"field": "amount", "op": "gt", "value": 5}
    for rule, pointer in [
        ({"when": when, "color": "#ff0000"}, "/config/colors/0/color"),
        (
            {"when": {"field": "nothing", "op": "eq", "value": 1}, "color": "red"},
            "/config/colors/0/when/field",
        ),
        ({"when": {"formula": "1 +"}, "color": "red"}, "/config/colors/0/when/formula"),
        ({"when": when, "color": "red", "field": "nothing"}, "/config/colors/0/field"),
    ]:
        refused = await admin.post("/views", coloured(rule))
        assert refused.status_code == 422, refused.text
        assert refused.json()["errors"][0]["pointer"] == pointer


async def test_a_colour_by_what_one_may_not_read_is_left_out(
    admin: Browser, seller: Browser
) -> None:
    config = {
        "colors": [
            {"when": {"field": "amount", "op": "gt", "value": 5}, "color": "red"},
            {"when": {"field": "stage", "op": "eq", "value": "new"}, "color": "blue"},
        ]
    }
    body = {**TABLE, "config": config, "shared": True}
    assert (await admin.post("/views", body)).status_code == 201
    (view,) = [one for one in await views(seller) if one["name"] == "Large"]
    assert [one["color"] for one in view["config"]["colors"]] == ["blue"]
