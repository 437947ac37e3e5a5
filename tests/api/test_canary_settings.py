"""Routes that change settings tell nothing of records either: each is asked for real, by one who may do everything but read."""

import time
from typing import Any

from tests.api.canaries import ACCOUNT, OPPORTUNITY, ROLES, World, leaks
from tests.api.test_canary import WITHOUT_RECORDS, app, ended, world  # noqa: F401 -- fixtures

from guanxi.testing.browser import PASSWORD, Browser

ROLE = "own"
RIGHTS = ["design", "manage_people", "manage_roles"]
OFFICE = "cn_office"


class Walk:
    """Asks one route after the other, and keeps what all answers say together."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.asked: dict[tuple[str, str], set[int]] = {}
        self.told = ""

    async def ask(
        self,
        method: str,
        route: str,
        body: Any = None,
        *,
        browser: Browser | None = None,
        **parts: Any,
    ) -> Any:
        """The answer's document; the parts fill the route's braces."""
        path = route.format(**parts)
        http = (browser or self.browser).http
        base = "" if route in ("/healthz", "/readyz") else "/api/v1"
        answer = await http.request(method, base + path, json=body, headers={"If-Match": "*"})
        assert answer.status_code < 500, f"{method} {path}: {answer.text}"
        self.asked.setdefault((method, route), set()).add(answer.status_code)
        self.told += f"{answer.headers}\n{answer.text}\n"
        is_json = answer.headers.get("content-type", "").startswith("application/json")
        return answer.json() if is_json and answer.content else None


async def test_changes_of_settings_tell_nothing_of_records(
    admin: Browser,
    clerk: Browser,
    visitor: Browser,
    world: World,  # noqa: F811 -- the fixture
) -> None:
    body = {"name": {"en": "Keeper"}, "rights": RIGHTS, "grants": ROLES[ROLE]}
    role = (await admin.post("/roles", body)).json()["id"]
    await admin.patch(f"/people/{clerk.person}", {"roles": [role]})
    walk = Walk(clerk)
    await _ask_at_the_door(walk, visitor)
    await _ask_about_people(walk)
    await _ask_about_roles_and_views(walk)
    await _ask_about_the_design(walk)
    await _ask_about_calendars(walk)
    await _ask_about_an_import(walk, clerk)
    await _ask_about_oneself(walk)
    assert set(walk.asked) == WITHOUT_RECORDS
    refused = {route: found for route, found in walk.asked.items() if min(found) >= 400}
    assert set(refused) <= {("POST", "/setup"), ("PATCH", "/workspace")}, refused
    assert leaks(walk.told, world.forbidden(ROLE)) == []


async def _ask_at_the_door(walk: Walk, visitor: Browser) -> None:
    for path in ("/setup", "/healthz", "/readyz"):
        await walk.ask("GET", path, browser=visitor)
    setup = {"code": "AAAA", "name": "N", "email": "n@example.com", "password": PASSWORD}
    await walk.ask("POST", "/setup", setup, browser=visitor)
    signing_in = {"email": "clerk@example.com", "password": PASSWORD}
    me = await walk.ask("POST", "/session", signing_in, browser=visitor)
    visitor.http.headers["X-CSRF-Token"] = me["csrf_token"]
    await walk.ask("DELETE", "/session", browser=visitor)


async def _ask_about_people(walk: Walk) -> None:
    made = await walk.ask("POST", "/departments", {"name": "New"})
    body = {"name": "Somebody", "email": "somebody@example.com", "department": made["id"]}
    person = await walk.ask("POST", "/people", body)
    changes = {"name": "Somebody else", "department": None}
    await walk.ask("PATCH", "/people/{person_id}", changes, person_id=person["id"])
    department = {"department_id": made["id"]}
    await walk.ask("PATCH", "/departments/{department_id}", {"name": "Newer"}, **department)
    await walk.ask("DELETE", "/departments/{department_id}", **department)
    await walk.ask("PATCH", "/workspace", {"label": {"en": "Mine"}})


async def _ask_about_roles_and_views(walk: Walk) -> None:
    condition = {"field": "name", "op": "contains", "value": "kanary"}
    grant = {
        "object": OPPORTUNITY,
        "actions": ["see"],
        "rows": {"scope": "condition", "condition": condition},
    }
    made = await walk.ask("POST", "/roles", {"name": {"en": "New"}, "grants": [grant]})
    await walk.ask("PATCH", "/roles/{role_id}", {"name": {"en": "Newer"}}, role_id=made["id"])
    await walk.ask("DELETE", "/roles/{role_id}", role_id=made["id"])
    view = {"object": OPPORTUNITY, "name": "Mine", "config": {"filter": condition}}
    made = await walk.ask("POST", "/views", view)
    await walk.ask("PATCH", "/views/{view_id}", {"name": "Mine too"}, view_id=made["id"])
    await walk.ask("DELETE", "/views/{view_id}", view_id=made["id"])


async def _ask_about_the_design(walk: Walk) -> None:
    await walk.ask("GET", "/field-types")
    base = (await walk.browser.get("/objects")).json()["design_version"]
    unique = {"action": "change_field", "object": OPPORTUNITY, "field": "note"}
    steps = [{**unique, "changes": {"required": True, "help": {"en": "Say why"}}}]
    applied = await walk.ask("POST", "/design/apply", {"base_version": base, "steps": steps})
    # A name as values are told: one that is refused for what the records hold.
    twice = {"action": "change_field", "object": ACCOUNT, "field": "industry"}
    steps = [{**twice, "changes": {"options": {"max_length": 1}}}]
    body = {"base_version": applied["design_version"], "steps": steps}
    await walk.ask("POST", "/design/apply", body)
    await walk.ask("POST", "/design/computing/{object_name}/retry", {}, object_name="crm_account")
    field = {"name": "more", "label": {"en": "More"}, "type": "text"}
    await walk.ask("POST", "/objects/{object_name}/fields", field, object_name=OPPORTUNITY)


async def _ask_about_calendars(walk: Walk) -> None:
    await walk.ask("GET", "/calendars")
    await walk.ask("GET", "/calendars/near")
    week = {"hours": [[[540, 1080]]] * 5 + [[], []]}
    body = {
        "label": {"en": "Office"},
        "time_zone": "Asia/Shanghai",
        "region": "CN",
        "weeks": [week],
    }
    name = {"name": OFFICE}
    made = await walk.ask("PUT", "/calendars/{name}", body, **name)
    day = {"day": "2026-05-04", "kind": "rest", "name": {"en": "Youth"}}
    version = _version(made)
    made = await walk.ask(
        "PUT", "/calendars/{name}/days", {"days": [day], "version": version}, **name
    )
    version = _version(made)
    year = {"year": 2026, **name}
    await walk.ask("PUT", "/calendars/{name}/years/{year}", {"version": version}, **year)
    await walk.ask("GET", "/calendars/{name}/years/{year}", **year)
    await walk.ask("GET", "/calendars/{name}/versions", **name)
    await walk.ask("DELETE", "/calendars/{name}", **name)


def _version(answer: Any) -> Any:
    return answer["calendar"]["version"]


async def _ask_about_an_import(walk: Walk, clerk: Browser) -> None:
    for verb in ("undo", None):
        made = await clerk.http.post(
            "/api/v1/imports",
            data={"object": OPPORTUNITY},
            files={"file": ("mine.csv", f"name,code\nMine {time.time_ns()},Q{verb}\n".encode())},
        )
        id_ = made.json()["id"]
        if verb is None:
            await walk.ask("DELETE", "/imports/{import_id}", import_id=id_)
            continue
        await clerk.post(f"/imports/{id_}/run")
        await ended(clerk, f"/imports/{id_}")
        await walk.ask("POST", "/imports/{import_id}/undo", import_id=id_)
        walk.told += await ended(clerk, f"/imports/{id_}")


async def _ask_about_oneself(walk: Walk) -> None:
    await walk.ask("PATCH", "/me", {"preferences": {"theme": "dark"}})
    made = await walk.ask("POST", "/tokens", {"name": "Mine"})
    await walk.ask("GET", "/tokens")
    await walk.ask("DELETE", "/tokens/{token_id}", token_id=made["id"])
    await walk.ask("POST", "/me/password", {"current": PASSWORD, "new": "another good secret"})
