"""Why somebody may see a record is told to those who may know it."""

from typing import Any

import pytest

from guanxi.testing.browser import Browser

OWN = {"object": "crm_account", "actions": ["see", "edit"], "rows": {"scope": "own"}}
PUMPS = {
    "object": "crm_account",
    "actions": ["see"],
    "rows": {
        "scope": "condition",
        "condition": {"field": "industry", "op": "eq", "value": "Pumps"},
    },
}


@pytest.fixture
async def role(admin: Browser, clerk: Browser) -> str:
    """The clerk's role: their own accounts, and those that make pumps to look at."""
    body = {"name": {"zh-CN": "文员", "en": "Clerk"}, "grants": [OWN, PUMPS]}
    made = await admin.post("/roles", body)
    await admin.patch(f"/people/{clerk.person}", {"roles": [made.json()["id"]]})
    return str(made.json()["id"])


async def account(browser: Browser, **values: Any) -> str:
    answer = await browser.post("/records/crm_account", {"name": "Acme", **values})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def explain(browser: Browser, person: object, record: str | None = None) -> Any:
    path = f"/people/{person}/access?object=crm_account"
    return await browser.get(path + (f"&record={record}" if record else ""))


async def test_each_grant_tells_whether_it_holds_the_record(
    admin: Browser, clerk: Browser, role: str
) -> None:
    own = await account(admin, owner=str(clerk.person))
    pumps = await account(admin, industry="Pumps")
    other = await account(admin)
    expected = {own: (True, True, [True, False]), pumps: (True, False, [False, True])}
    expected[other] = (False, False, [False, False])
    for record, (see, edit, matched) in expected.items():
        told = (await explain(admin, clerk.person, record)).json()
        assert (told["see"], told["edit"]) == (see, edit)
        assert [one["matched"] for one in told["reasons"]] == matched
        assert {one["role"] for one in told["reasons"]} == {role}
        seen = await clerk.get(f"/records/crm_account/{record}")
        assert seen.status_code == (200 if see else 404)
    told = (await explain(admin, clerk.person, own)).json()
    assert told["reasons"][0]["sentence"] == {
        "zh-CN": "角色「文员」可以查看、修改「crm_account」记录：自己负责的。这条记录符合。",
        "en": (
            "The role “Clerk” may see, edit records of “crm_account”: their own."
            " This record is one of them."
        ),
    }
    assert told["reasons"][1]["grant"]["rows"] == PUMPS["rows"]


async def test_without_a_record_the_grants_themselves_are_told(
    admin: Browser, clerk: Browser, role: str
) -> None:
    told = (await explain(admin, clerk.person)).json()
    assert (told["see"], told["edit"], len(told["reasons"])) == (True, True, 2)


async def test_administrators_need_no_grant(admin: Browser) -> None:
    told = (await explain(admin, admin.person, await account(admin))).json()
    assert (told["see"], told["edit"]) == (True, True)
    assert [one["grant"] for one in told["reasons"]] == [None]


async def test_somebody_who_has_left_sees_nothing(
    admin: Browser, clerk: Browser, role: str
) -> None:
    await admin.patch(f"/people/{clerk.person}", {"active": False})
    told = (await explain(admin, clerk.person)).json()
    assert told == {"see": False, "edit": False, "reasons": []}


async def test_only_those_ask_who_may_know(admin: Browser, clerk: Browser, role: str) -> None:
    hidden, own = await account(admin), await account(admin, owner=str(clerk.person))
    assert (await explain(clerk, admin.person)).status_code == 403
    assert (await explain(clerk, clerk.person, own)).json()["see"]
    assert (await explain(clerk, clerk.person, hidden)).status_code == 404
    nobody = "0192a000-0000-7000-8000-000000000000"
    assert (await explain(admin, nobody)).status_code == 404
    assert (await admin.get(f"/people/{clerk.person}/access?object=nowhere")).status_code == 404
