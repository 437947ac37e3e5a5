"""Signing in and out through the API, one's own person, tokens."""

from typing import Any

import pytest

from guanxi.api.access import COOKIE
from guanxi.auth.setup import new_setup_code
from guanxi.bootstrap import Platform
from guanxi.testing.browser import PASSWORD, Browser, browser_of


async def test_a_cookie_signs_in_and_says_who_one_is(visitor: Browser, admin: Browser) -> None:
    answer = await visitor.sign_in("ADMIN@example.com")
    assert answer.status_code == 200
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    me = (await visitor.get("/me")).json()
    assert me["person"]["email"] == "admin@example.com"
    assert me["person"]["is_administrator"] is True
    assert me["rights"] == {
        "design": True,
        "manage_people": True,
        "manage_roles": True,
        "import": True,
    }
    assert me["workspace"]["time_zone"] == "Asia/Shanghai"
    assert me["csrf_token"] == answer.json()["csrf_token"]


async def test_nobody_reads_without_signing_in(visitor: Browser) -> None:
    for path in ("/me", "/people", "/roles", "/departments", "/tokens", "/events"):
        answer = await visitor.get(path)
        assert answer.status_code == 401, path
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["code"] == "not_signed_in"


async def test_wrong_passwords_are_told_apart_from_nothing(
    visitor: Browser, admin: Browser
) -> None:
    known = await visitor.sign_in("admin@example.com", "wrong password")
    unknown = await visitor.sign_in("nobody@example.com", "wrong password")
    assert known.status_code == unknown.status_code == 401
    assert {**known.json(), "request_id": ""} == {**unknown.json(), "request_id": ""}


async def test_too_many_tries_are_answered_with_when_to_come_back(
    visitor: Browser, admin: Browser
) -> None:
    for _ in range(10):
        await visitor.sign_in("admin@example.com", "wrong password")
    answer = await visitor.sign_in("admin@example.com")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 900


async def test_a_cookie_alone_changes_nothing(admin: Browser) -> None:
    del admin.http.headers["X-CSRF-Token"]
    answer = await admin.patch("/me", {"name": "Forged"})
    assert answer.status_code == 403
    assert answer.json()["code"] == "csrf_token_wrong"
    assert (await admin.get("/me")).json()["person"]["name"] == "Admin"


async def test_signing_out_ends_the_session_itself(admin: Browser) -> None:
    secret = admin.http.cookies[COOKIE]
    assert (await admin.delete("/session")).status_code == 204
    answer = await admin.get("/me", headers={"Cookie": f"{COOKIE}={secret}"})
    assert answer.status_code == 401
    assert (await admin.delete("/session")).status_code == 204


async def test_who_is_made_inactive_is_out_at_once(
    admin: Browser, clerk: Browser, platform: Platform
) -> None:
    assert (await clerk.get("/me")).status_code == 200
    answer = await admin.patch(f"/people/{clerk.person}", {"active": False})
    assert answer.status_code == 200
    assert (await clerk.get("/me")).status_code == 401


async def test_rights_that_are_given_hold_from_the_next_request(
    admin: Browser, clerk: Browser
) -> None:
    assert (await clerk.post("/departments", {"name": "Mine"})).status_code == 403
    role = await admin.post(
        "/roles", {"name": {"en": "Staff", "zh-CN": "人事"}, "rights": ["manage_people"]}
    )
    await admin.patch(f"/people/{clerk.person}", {"roles": [role.json()["id"]]})
    assert (await clerk.post("/departments", {"name": "Mine"})).status_code == 201


async def test_a_token_works_without_cookie_and_csrf_token(
    admin: Browser, visitor: Browser
) -> None:
    made = await admin.post("/tokens", {"name": "robot"})
    assert made.status_code == 201
    visitor.http.headers["Authorization"] = f"Bearer {made.json()['token']}"
    assert (await visitor.post("/departments", {"name": "Sales"})).status_code == 201
    me = (await visitor.get("/me")).json()
    assert me["csrf_token"] is None
    [listed] = (await admin.get("/tokens")).json()["tokens"]
    assert "token" not in listed
    assert made.json()["token"].startswith(listed["prefix"])
    assert (await admin.delete(f"/tokens/{listed['id']}")).status_code == 204
    assert (await visitor.get("/me")).status_code == 401


@pytest.mark.parametrize("header", ["Bearer gx_unknown", "Bearer", "Basic YTpi", "Bearer \u00e9"])
async def test_unknown_tokens_are_refused(visitor: Browser, header: str) -> None:
    answer = await visitor.get("/me", headers=[("Authorization", header.encode())])
    assert answer.status_code == 401


async def test_own_preferences_and_language_are_kept(clerk: Browser) -> None:
    answer = await clerk.patch("/me", {"locale": "zh-CN", "preferences": {"theme": "dark"}})
    assert answer.json()["preferences"] == {"theme": "dark"}
    del clerk.http.headers["Accept-Language"]
    refused = await clerk.post("/departments", {"name": "x"})
    assert (await clerk.get("/me")).json()["person"]["locale"] == "zh-CN"
    assert refused.status_code == 403


async def test_a_new_password_is_used_from_then_on(clerk: Browser, visitor: Browser) -> None:
    weak = await clerk.post("/me/password", {"current": PASSWORD, "new": "12345678"})
    assert (weak.status_code, weak.json()["code"]) == (422, "weak_password")
    wrong = await clerk.post("/me/password", {"current": "no", "new": "battery staple"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "wrong_password")
    done = await clerk.post("/me/password", {"current": PASSWORD, "new": "battery staple"})
    assert done.status_code == 204
    assert (await clerk.get("/me")).status_code == 200
    assert (await visitor.sign_in("clerk@example.com")).status_code == 401
    assert (await visitor.sign_in("clerk@example.com", "battery staple")).status_code == 200


async def test_the_first_visit_makes_the_administrator(
    visitor: Browser, platform: Platform, app: Any
) -> None:
    setup = (await visitor.get("/setup")).json()
    assert setup == {"needed": True, "demo": False, "demo_sign_ins": []}
    async with platform.database.begin(platform.schema) as work:
        code = await new_setup_code(work)
    body = {"name": "李明", "email": "li@example.com", "password": PASSWORD, "locale": "zh-CN"}
    assert (await visitor.post("/setup", {**body, "code": "AAAA"})).status_code == 403
    made = await visitor.post("/setup", {**body, "code": code})
    assert made.status_code == 201
    assert made.json()["person"]["is_administrator"] is True
    assert (await visitor.get("/me")).json()["person"]["name"] == "李明"
    other = browser_of(app)
    assert (await other.get("/setup")).json()["needed"] is False
    assert (await other.post("/setup", {**body, "code": code})).status_code == 409
    await other.http.aclose()


async def test_forwarded_addresses_of_strangers_are_not_believed(
    visitor: Browser, platform: Platform
) -> None:
    await visitor.http.post(
        "/api/v1/session",
        json={"email": "a@b.cc", "password": "x"},
        headers={"X-Forwarded-For": "1.2.3.4"},
    )
    async with platform.database.begin(platform.schema) as work:
        [address] = [r[0] for r in await work.rows("select address from guanxi.sign_in_attempt")]
    assert address != "1.2.3.4"


async def test_a_used_session_does_not_grow_idle(
    clerk: Browser, platform: Platform, app: Any
) -> None:
    async with platform.database.begin(platform.schema) as work:
        await work.execute("update session set last_seen_at = now() - interval '20 days'")
    await clerk.get("/me")
    for _ in range(50):
        async with platform.database.begin(platform.schema) as work:
            if await work.value("select last_seen_at > now() - interval '1 day' from session"):
                return
    pytest.fail("The use was not noted.")


async def test_a_foreign_form_cannot_sign_anybody_in(visitor: Browser, admin: Browser) -> None:
    """A form of another site can send JSON only under the name of plain text."""
    body = b'{"email": "admin@example.com", "password": "correct horse"}'
    answer = await visitor.http.post(
        "/api/v1/session", content=body, headers={"Content-Type": "text/plain"}
    )
    assert answer.status_code == 422
    assert "set-cookie" not in answer.headers
