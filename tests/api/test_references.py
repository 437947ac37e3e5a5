"""Fields that point to several people, departments and records, through the API."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from tests.api.test_design import apply, plan, try_apply
from tests.api.test_imports import app, ended, upload  # noqa: F401 -- the application with a worker

from guanxi.auth.people import create_person
from guanxi.bootstrap import Platform
from guanxi.permissions.role import GrantWish
from guanxi.permissions.roles import create_role
from guanxi.testing.browser import PASSWORD, Browser, browser_of

ACCOUNTS, DEALS = "/records/crm_account", "/records/crm_opportunity"
MINE = {"field": "helpers", "op": "is_me"}
FIELDS: dict[str, tuple[str, dict[str, Any]]] = {
    "helpers": ("persons", {}),
    "unit": ("department", {}),
    "units": ("departments", {}),
    "partners": (
        "multi_link",
        {"target": "crm_account", "most": 3, "reverse_label": {"en": "Partner of"}},
    ),
}


def add(object_name: str, name: str, type_: str, **more: Any) -> dict[str, Any]:
    field = {"name": name, "label": {"en": name, "zh-CN": name}, "type": type_, **more}
    return {"action": "add_field", "object": object_name, "field": field}


@pytest.fixture
async def designer(admin: Browser) -> Browser:
    """An administrator of opportunities with helpers, units and partners."""
    await apply(
        admin,
        *(
            add("crm_opportunity", name, type_, options=options)
            for name, (type_, options) in FIELDS.items()
        ),
    )
    return admin


@pytest.fixture
async def helper(app: Any, platform: Platform, designer: Browser) -> AsyncIterator[Browser]:  # noqa: F811
    """Somebody who sees and writes the opportunities they help with, and their own accounts."""
    async with platform.database.begin(platform.schema) as work:
        viewer = await platform.gate.system_viewer(work, "job")
        grants = [
            GrantWish("crm_opportunity", ("see", "edit"), "condition", condition=MINE),
            GrantWish("crm_account", ("see", "create"), "own"),
        ]
        role = await create_role(work, viewer, name={"en": "Helper"}, grants=grants)
        made = await create_person(
            work, None, name="Hua", email="hua@example.com", password=PASSWORD, roles=[role.id]
        )
    browser = browser_of(app)
    browser.person = made.id
    assert (await browser.sign_in("hua@example.com")).status_code == 200
    yield browser
    await browser.http.aclose()


async def make(browser: Browser, path: str, **values: Any) -> dict[str, Any]:
    answer = await browser.post(path, values)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def change(browser: Browser, path: str, id_: str, **values: Any) -> Any:
    return await browser.patch(f"{path}/{id_}", values, headers={"If-Match": "*"})


async def names(browser: Browser, filter_: Any) -> list[str]:
    answer = await browser.post(f"{DEALS}/query", {"filter": filter_, "sort": ["name"]})
    assert answer.status_code == 200, answer.text
    return [one["name"] for one in answer.json()["records"]]


async def test_several_are_written_read_searched_for_and_told_by_the_history(
    designer: Browser, helper: Browser
) -> None:
    me, other = str(designer.person), str(helper.person)
    top = (await designer.post("/departments", {"name": "East"})).json()["id"]
    low = (await designer.post("/departments", {"name": "Pudong", "parent": top})).json()["id"]
    await designer.patch(f"/people/{me}", {"department": top})
    a, b = [(await make(designer, ACCOUNTS, name=one))["id"] for one in ("Acme", "Beta")]
    deal = await make(
        designer,
        DEALS,
        name="Both",
        helpers=[other, me, other],
        partners=[b, a],
        units=[low],
        unit=low,
    )
    await make(designer, DEALS, name="None")
    assert deal["helpers"] == [{"id": other, "name": "Hua"}, {"id": me, "name": "Admin"}]
    assert deal["partners"] == [{"id": b, "name": "Beta"}, {"id": a, "name": "Acme"}]
    assert deal["unit"] == {"id": low, "name": "Pudong"}
    for test in (
        {"op": "is_me"},
        {"op": "in_my_department"},
        {"op": "reports_to_me"},
        {"op": "has_any", "value": [me]},
        {"op": "has_all", "value": [other, me]},
        {"op": "is_not_empty"},
    ):
        assert await names(designer, {"field": "helpers", **test}) == ["Both"], test
    assert await names(designer, {"field": "helpers", "op": "has_none", "value": [me]}) == ["None"]
    assert await names(designer, {"field": "helpers", "op": "is_empty"}) == ["None"]
    for name in ("unit", "units"):
        assert await names(designer, {"field": name, "op": "in_my_department"}) == ["Both"]
    for formula in (
        "CONTAIN({helpers}, CURRENT_USER())",
        "CURRENT_USER() in {helpers}",
        "COUNTROWS({partners}) = 2",
        "{unit} in MY_DEPARTMENTS()",
    ):
        assert await names(designer, {"formula": formula}) == ["Both"], formula

    same = await change(designer, DEALS, deal["id"], partners=deal["partners"])
    assert same.json()["version"] == deal["version"]
    await change(designer, DEALS, deal["id"], partners=[a], helpers=[])
    told = (await designer.get(f"{DEALS}/{deal['id']}/history")).json()["changes"][0]["fields"]
    assert {one["field"]: (one["old"], one["new"]) for one in told} == {
        "partners": (deal["partners"], deal["partners"][1:]),
        "helpers": (deal["helpers"], None),
    }
    related = (await designer.get("/objects/crm_account")).json()["related"]
    assert {
        "object": "crm_opportunity",
        "field": "partners",
        "label": {"en": "Partner of"},
        "listed": True,
    } in related

    for values, code in (
        ({"helpers": [low]}, "no_such_record"),
        ({"partners": [me]}, "no_such_record"),
        ({"partners": "x"}, "not_a_list"),
        ({"partners": [f"019a0000-0000-7000-8000-00000000000{n}" for n in range(4)]}, "too_many"),
    ):
        refused = await change(designer, DEALS, deal["id"], **values)
        assert refused.status_code == 422, refused.text
        assert refused.json()["errors"][0]["code"] == code


async def test_a_reader_sees_rows_by_being_named_and_no_names_beyond_what_they_may_see(
    designer: Browser, helper: Browser
) -> None:
    mine = (await make(designer, ACCOUNTS, name="Mine", owner=str(helper.person)))["id"]
    secret = (await make(designer, ACCOUNTS, name="Secret"))["id"]
    hidden = (await make(designer, ACCOUNTS, name="Hidden"))["id"]
    deal = await make(
        designer, DEALS, name="Ours", helpers=[str(helper.person)], partners=[secret, mine]
    )
    await make(designer, DEALS, name="Theirs", partners=[mine])

    seen = (await helper.get(DEALS)).json()["records"]
    assert [one["name"] for one in seen] == ["Ours"]
    told = {"id": secret, "name": None, "hidden": True}
    assert seen[0]["partners"] == [told, {"id": mine, "name": "Mine"}]
    # What somebody else chose stays, though they may not see it; a new one they may not see is refused.
    kept = await change(helper, DEALS, deal["id"], partners=[mine, secret])
    assert kept.status_code == 200, kept.text
    refused = await change(helper, DEALS, deal["id"], partners=[mine, secret, hidden])
    assert refused.status_code == 422
    history = (await helper.get(f"{DEALS}/{deal['id']}/history")).text
    assert "Secret" not in history
    # They cannot take themselves off and keep the record in sight, nor see it afterwards.
    await change(designer, DEALS, deal["id"], helpers=[])
    assert (await helper.get(f"{DEALS}/{deal['id']}")).status_code == 404


async def test_formulas_reckon_over_several_and_back_and_follow_every_change(
    designer: Browser,
) -> None:
    await apply(
        designer,
        add("crm_account", "size", "number"),
        add("crm_opportunity", "reach", "number", formula="SUM({partners.size})"),
        add(
            "crm_opportunity",
            "large",
            "number",
            formula="COUNTIF({partners}, {CurrentValue.size} > 5)",
        ),
        add("crm_opportunity", "who", "text", formula='ARRAYJOIN({helpers.name}, "+")'),
        add("crm_account", "deals", "number", formula="COUNTROWS({crm_opportunity:partners})"),
        add("crm_account", "worth", "money", formula="SUM({crm_opportunity:partners.amount})"),
        add(
            "crm_account",
            "peers",
            "number",
            formula="COUNTROWS(UNIQUE({crm_opportunity:partners.partners}))",
        ),
    )
    a = (await make(designer, ACCOUNTS, name="Acme", size=3))["id"]
    b = (await make(designer, ACCOUNTS, name="Beta", size=10))["id"]
    deal = await make(
        designer, DEALS, name="D", amount=100, partners=[a, b], helpers=[str(designer.person)]
    )
    await make(designer, DEALS, name="E", amount=5, partners=[b])

    async def of(path: str, id_: str, *fields: str) -> tuple[Any, ...]:
        record = (await designer.get(f"{path}/{id_}")).json()
        return tuple(record[one] for one in fields)

    assert await of(DEALS, deal["id"], "reach", "large", "who") == (13, 1, "Admin")
    assert await of(ACCOUNTS, a, "deals", "worth", "peers") == (1, 100, 2)
    assert await of(ACCOUNTS, b, "deals", "worth", "peers") == (2, 105, 2)
    await change(designer, ACCOUNTS, a, size=7)
    assert await of(DEALS, deal["id"], "reach", "large") == (17, 2)
    await change(designer, DEALS, deal["id"], partners=[b])
    assert await of(DEALS, deal["id"], "reach", "large") == (10, 1)
    assert await of(ACCOUNTS, a, "deals", "worth", "peers") == (0, 0, 0)
    assert await of(ACCOUNTS, b, "deals", "worth", "peers") == (2, 105, 1)
    await designer.delete(f"{DEALS}/{deal['id']}", headers={"If-Match": "*"})
    assert await of(ACCOUNTS, b, "deals", "worth", "peers") == (1, 5, 1)


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
async def test_a_file_names_several_and_is_read_again(designer: Browser, format_: str) -> None:
    a, b = [(await make(designer, ACCOUNTS, name=one))["id"] for one in ("Acme, Inc.", "Beta")]
    deal = await make(designer, DEALS, name="D", partners=[b, a], helpers=[str(designer.person)])
    asked = {
        "object": "crm_opportunity",
        "format": format_,
        "fields": ["name", "partners", "helpers"],
    }
    file = await designer.post("/exports", asked)
    assert file.status_code == 200, file.text
    if format_ == "csv":
        assert "Beta; Acme, Inc." in file.text
    await designer.delete(f"{DEALS}/{deal['id']}", headers={"If-Match": "*"})
    sent = await designer.http.post(
        "/api/v1/imports",
        data={"object": "crm_opportunity"},
        files={"file": (f"deals.{format_}", file.content)},
    )
    import_ = sent.json()
    assert [one["field"] for one in import_["mapping"]] == ["name", "partners", "helpers"]
    await designer.post(f"/imports/{import_['id']}/run")
    done = await ended(designer, import_["id"])
    assert done["result"]["created"] == 1, done
    read = (await designer.get(DEALS)).json()["records"][0]
    assert read["partners"] == deal["partners"]
    assert read["helpers"] == deal["helpers"]
    history = (await designer.get(f"{DEALS}/{read['id']}/history")).json()["changes"][0]["fields"]
    assert deal["partners"] in [one["new"] for one in history]


async def test_a_file_adds_records_that_are_missing_and_refuses_names_of_nobody(
    designer: Browser,
) -> None:
    await make(designer, ACCOUNTS, name="Acme")
    made = await upload(
        designer,
        "name,partners,helpers\nD,Acme；Newcomer;acme,admin@example.com\nE,Acme,Nobody\n",
        object="crm_opportunity",
    )
    link = {"match_by": "name", "create_missing": True}
    wish = {"mapping": [{"column": 1, "field": "partners", "link": link}]}
    assert (await designer.patch(f"/imports/{made['id']}", wish)).status_code == 200
    await designer.post(f"/imports/{made['id']}/run")
    done = await ended(designer, made["id"])
    assert (done["result"]["created"], done["result"]["failed"]) == (1, 1), done
    read = (await designer.get(DEALS)).json()["records"]
    assert [one["name"] for one in read[0]["partners"]] == ["Acme", "Newcomer"]
    assert [one["name"] for one in read[0]["helpers"]] == ["Admin"]


async def test_what_is_pointed_to_is_kept_from_the_trash_only_where_the_field_says_so(
    designer: Browser,
) -> None:
    keeping = {"target": "crm_account", "on_delete": "restrict"}
    await apply(designer, add("crm_opportunity", "rivals", "multi_link", options=keeping))
    partner, rival = [(await make(designer, ACCOUNTS, name=one))["id"] for one in ("P", "R")]
    await make(designer, DEALS, name="D", partners=[partner], rivals=[rival])
    headers = {"If-Match": "*"}
    assert (await designer.delete(f"{ACCOUNTS}/{partner}", headers=headers)).is_success
    refused = await designer.delete(f"{ACCOUNTS}/{rival}", headers=headers)
    assert refused.status_code == 409, refused.text

    retired = await plan(designer, {"action": "retire_object", "object": "crm_account"})
    blockers = str(retired)
    assert "rivals" in blockers
    unknown = await try_apply(
        designer, add("crm_opportunity", "x", "multi_link", options={"target": "nothing"})
    )
    assert unknown.status_code == 422
