"""People, departments and roles through the API."""

from typing import Any
from uuid import uuid4

import pytest

from guanxi.testing.browser import Browser

GRANT = {
    "object": "crm_account",
    "actions": ["see", "edit"],
    "rows": {"scope": "own"},
    "fields": {"default": "read", "except": {"phone": "none"}},
}
ROLE = {"name": {"en": "Seller", "zh-CN": "销售"}, "rights": [], "grants": [GRANT]}


async def test_a_person_is_made_found_and_changed(admin: Browser) -> None:
    department = (await admin.post("/departments", {"name": "Sales"})).json()
    made = await admin.post(
        "/people",
        {
            "name": "王小明",
            "email": "Wang@Example.com",
            "department": department["id"],
            "manager": str(admin.person),
        },
    )
    assert made.status_code == 201, made.text
    person = made.json()
    assert person["initial_password"]
    assert person["email"] == "wang@example.com"
    assert person["department"] == {"id": department["id"], "name": "Sales"}
    assert person["manager"]["name"] == "Admin"
    [found] = (await admin.get("/people", params={"q": "小明"})).json()["people"]
    assert "initial_password" not in found
    assert (await admin.get("/departments")).json()["departments"][0]["people"] == 1
    changed = await admin.patch(f"/people/{person['id']}", {"department": None})
    assert changed.json()["department"] is None
    assert changed.json()["manager"]["name"] == "Admin"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"name": "X", "email": "admin@example.com"}, 409, "email_taken"),
        ({"name": "X", "email": "not an email"}, 422, "not_an_email"),
        ({"name": "X", "email": "x@example.com", "password": "12345678"}, 422, "weak_password"),
        ({"name": "X", "email": "x@example.com", "roles": [str(uuid4())]}, 422, "unknown_roles"),
        ({"name": "X", "email": "x@example.com", "manager": str(uuid4())}, 422, "unknown_person"),
        ({"name": "X", "email": "x@example.com", "salary": 1}, 422, "invalid_request"),
        ({"email": "x@example.com"}, 422, "invalid_request"),
    ],
)
async def test_what_cannot_be_a_person_is_refused(
    admin: Browser, body: dict[str, Any], status: int, code: str
) -> None:
    answer = await admin.post("/people", body)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert len((await admin.get("/people")).json()["people"]) == 1


async def test_only_those_who_may_manage_people_do(admin: Browser, clerk: Browser) -> None:
    for answer in (
        await clerk.post("/people", {"name": "X", "email": "x@example.com"}),
        await clerk.patch(f"/people/{clerk.person}", {"name": "Boss"}),
        await clerk.post("/departments", {"name": "X"}),
        await clerk.post("/roles", ROLE),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "right_missing")
    assert (await clerk.get("/people")).status_code == 200
    assert (await clerk.get("/roles")).status_code == 200


async def test_a_role_keeps_what_was_given(admin: Browser) -> None:
    made = await admin.post("/roles", ROLE)
    assert made.status_code == 201, made.text
    role = made.json()
    assert role["grants"] == [{**GRANT, "rows": {"scope": "own", "condition": None}}]
    listed = (await admin.get("/roles")).json()["roles"]
    assert [one["is_administrator"] for one in listed] == [True, False]
    assert listed[1] == role
    changed = await admin.patch(f"/roles/{role['id']}", {"grants": []})
    assert changed.json() == {**role, "grants": []}


async def test_a_role_gives_its_rights_at_once(admin: Browser, clerk: Browser) -> None:
    assert (await clerk.get("/records/crm_account")).status_code in (403, 404)
    role = (await admin.post("/roles", ROLE)).json()
    await admin.patch(f"/people/{clerk.person}", {"roles": [role["id"]]})
    answer = await clerk.get("/records/crm_account")
    assert answer.status_code == 200, answer.text
    await admin.patch(f"/roles/{role['id']}", {"grants": []})
    assert (await clerk.get("/records/crm_account")).status_code in (403, 404)


@pytest.mark.parametrize(
    ("grant", "pointer"),
    [
        ({**GRANT, "object": "nothing"}, "/grants/0/object"),
        ({**GRANT, "object": "person"}, "/grants/0/object"),
        ({**GRANT, "fields": {"except": {"colour": "none"}}}, "/grants/0/fields/except/colour"),
        ({**GRANT, "rows": {"scope": "condition"}}, "/grants/0/rows/condition"),
        (
            {
                **GRANT,
                "rows": {
                    "scope": "condition",
                    "condition": {"field": "colour", "op": "eq", "value": 1},
                },
            },
            "/grants/0/rows/condition",
        ),
    ],
)
async def test_grants_that_fit_nothing_are_pointed_at(
    admin: Browser, grant: dict[str, Any], pointer: str
) -> None:
    answer = await admin.post("/roles", {**ROLE, "grants": [grant]})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"].startswith(pointer)


async def test_roles_in_use_and_of_the_platform_stay(admin: Browser, clerk: Browser) -> None:
    roles = (await admin.get("/roles")).json()["roles"]
    kept = await admin.delete(f"/roles/{roles[0]['id']}")
    assert (kept.status_code, kept.json()["code"]) == (409, "role_kept")
    fixed = await admin.patch(f"/roles/{roles[0]['id']}", {"grants": []})
    assert (fixed.status_code, fixed.json()["code"]) == (409, "administrator_fixed")
    role = (await admin.post("/roles", ROLE)).json()
    await admin.patch(f"/people/{clerk.person}", {"roles": [role["id"]]})
    used = await admin.delete(f"/roles/{role['id']}")
    assert (used.status_code, used.json()["code"]) == (409, "role_in_use")
    await admin.patch(f"/people/{clerk.person}", {"roles": []})
    assert (await admin.delete(f"/roles/{role['id']}")).status_code == 204
    assert (await admin.delete(f"/roles/{role['id']}")).status_code == 404


async def test_nobody_gives_rights_they_do_not_have(admin: Browser, clerk: Browser) -> None:
    manager = (await admin.post("/roles", {**ROLE, "rights": ["manage_roles"]})).json()
    designer = (await admin.post("/roles", {**ROLE, "rights": ["design"]})).json()
    await admin.patch(f"/people/{clerk.person}", {"roles": [manager["id"]]})
    for answer in (
        await clerk.post("/roles", {**ROLE, "rights": ["design"]}),
        await clerk.patch(f"/roles/{manager['id']}", {"rights": ["manage_roles", "design"]}),
        await clerk.patch(f"/roles/{designer['id']}", {"rights": []}),
        await clerk.delete(f"/roles/{designer['id']}"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "more_than_own_rights")


async def test_departments_move_and_refuse_rings(admin: Browser) -> None:
    head = (await admin.post("/departments", {"name": "Head"})).json()
    team = (await admin.post("/departments", {"name": "Team", "parent": head["id"]})).json()
    ring = await admin.patch(f"/departments/{head['id']}", {"parent": team["id"]})
    assert (ring.status_code, ring.json()["code"]) == (422, "department_cycle")
    used = await admin.delete(f"/departments/{head['id']}")
    assert (used.status_code, used.json()["code"]) == (409, "department_in_use")
    moved = await admin.patch(f"/departments/{team['id']}", {"parent": None, "name": "Crew"})
    assert moved.json()["parent"] is None
    assert (await admin.delete(f"/departments/{head['id']}")).status_code == 204
    gone = await admin.patch(f"/departments/{head['id']}", {"name": "X"})
    assert (gone.status_code, gone.json()["code"]) == (404, "department_not_found")
