"""The navigation through the API."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from guanxi.auth.people import create_person
from guanxi.bootstrap import Platform, install_extensions, open_platform
from guanxi.kit.settings import Settings
from guanxi.metadata.apply import apply_steps
from guanxi.metadata.steps import AddObject, NewObject
from guanxi.testing.browser import PASSWORD, Browser


@pytest.fixture
async def platform(conninfo: str) -> AsyncIterator[Platform]:
    """A platform with the applications of this installation."""
    platform = await open_platform(Settings(locale="en"), conninfo)
    await install_extensions(platform)
    yield platform
    await platform.database.close()


async def navigation(browser: Browser) -> dict[str, list[tuple[str, list[str]]]]:
    """Application → groups with their objects."""
    answer = await browser.get("/apps")
    assert answer.status_code == 200, answer.text
    return {
        app["name"]: [
            (group["label"]["en"], [item["object"] for item in group["items"]])
            for group in app["navigation"]
        ]
        for app in answer.json()["apps"]
    }


async def add_object(platform: Platform, name: str, app: str | None) -> None:
    async with platform.database.begin(platform.schema) as work:
        await apply_steps(
            work,
            platform.field_types,
            [AddObject(object=NewObject(name=name, label={"en": name}, app=app))],
            base_version=await work.value("select design from epoch"),
            actor=None,
            zone=platform.zone,
        )


async def test_an_administrator_finds_everything(admin: Browser) -> None:
    answer = (await admin.get("/apps")).json()
    [crm] = answer["apps"]
    assert (crm["label"]["zh-CN"], crm["icon"], crm["version"]) == (
        "客户管理",
        "handshake",
        "0.1.0",
    )
    assert await navigation(admin) == {
        "crm": [
            ("Sales", ["crm_opportunity", "crm_account", "crm_contact"]),
            ("Quoting", ["crm_quote", "crm_quote_line", "crm_material", "crm_material_price"]),
            ("Products", ["crm_product"]),
        ]
    }


async def test_objects_and_groups_one_may_not_see_are_left_out(
    admin: Browser, clerk: Browser, platform: Platform
) -> None:
    assert await navigation(clerk) == {}
    grant = {
        "object": "crm_account",
        "actions": ["see"],
        "rows": {"scope": "own"},
        "fields": {"default": "read"},
    }
    role = (await admin.post("/roles", {"name": {"en": "Reader"}, "grants": [grant]})).json()
    given = await admin.patch(f"/people/{clerk.person}", {"roles": [role["id"]]})
    assert given.status_code == 200, given.text
    assert await navigation(clerk) == {"crm": [("Sales", ["crm_account"])]}


async def test_objects_that_administrators_add_come_last(
    admin: Browser, platform: Platform
) -> None:
    await add_object(platform, "crm_demo_car", "crm")
    await add_object(platform, "canteen", None)
    found = await navigation(admin)
    assert found["crm"][-1] == ("More", ["crm_demo_car"])
    assert found["own"] == [("More", ["canteen"])]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("crm.salesperson", {"crm_account": True, "crm_product": False}),
        ("crm.observer", {"crm_account": False, "crm_product": False}),
        ("crm.sales_operations", {"crm_account": True, "crm_product": True}),
    ],
)
async def test_the_roles_of_the_crm_may_do_what_they_say(
    admin: Browser,
    app: Any,
    platform: Platform,
    clerk: Browser,
    role: str,
    expected: dict[str, bool],
) -> None:
    async with platform.database.begin(platform.schema) as work:
        id_ = await work.value("select id from role where origin = %s", [role])
    await admin.patch(f"/people/{clerk.person}", {"roles": [str(id_)]})
    objects = {
        one["name"]: one["rights"] for one in (await clerk.get("/objects")).json()["objects"]
    }
    assert {name: objects[name]["create"] for name in expected} == expected


async def test_a_salesperson_sees_their_own_and_no_other(
    admin: Browser, platform: Platform, clerk: Browser
) -> None:
    async with platform.database.begin(platform.schema) as work:
        id_ = await work.value("select id from role where origin = 'crm.salesperson'")
        other = await create_person(
            work, None, name="Other", email="other@example.com", password=PASSWORD, roles=[id_]
        )
    await admin.patch(f"/people/{clerk.person}", {"roles": [str(id_)]})
    for name, owner in (("Ours", clerk.person), ("Theirs", other.id)):
        made = await admin.post(
            "/records/crm_opportunity", {"name": name, "owner": str(owner), "stage": "proposal"}
        )
        assert made.status_code == 201, made.text
        assert made.json()["probability"] == 50
    listed = (await clerk.get("/records/crm_opportunity")).json()["records"]
    assert [one["name"] for one in listed] == ["Ours"]
    [kept] = [
        one
        for one in (await clerk.get("/views", params={"object": "crm_opportunity"})).json()["views"]
        if one["is_default"]
    ]
    assert kept["name"]["en"] == "Open"
