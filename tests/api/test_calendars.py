"""Calendars over HTTP: who may change them, what a change keeps, and that what hangs on them is computed anew."""

from typing import Any

import pytest

from guanxi.bootstrap import Platform
from guanxi.records.recompute_waiting import recompute_waiting
from guanxi.testing.browser import Browser

DAY = [[540, 720], [810, 1080]]
WEEK = [*(DAY for _ in range(5)), [], []]
SETTINGS = {"label": {"en": "Depot"}, "time_zone": "Europe/Berlin", "weeks": [{"hours": WEEK}]}


async def year(browser: Browser, number: int, name: str = "standard") -> dict[str, Any]:
    found = await browser.get(f"/calendars/{name}/years/{number}")
    assert found.status_code == 200, found.text
    return dict(found.json())


async def day(browser: Browser, text: str, name: str = "standard") -> dict[str, Any]:
    days = (await year(browser, int(text[:4]), name))["days"]
    return next(one for one in days if one["day"] == text)


async def set_days(browser: Browser, version: int, *days: dict[str, Any]) -> Any:
    return await browser.put("/calendars/standard/days", {"version": version, "days": list(days)})


async def test_a_workspace_in_china_keeps_its_holidays_and_make_up_workdays(clerk: Browser) -> None:
    [standard] = (await clerk.get("/calendars")).json()["calendars"]
    assert standard["time_zone"] == "Asia/Shanghai"
    assert {2024, 2025, 2026} <= set(standard["published_years"])
    holiday = await day(clerk, "2026-10-01")
    assert (holiday["works"], holiday["special"]) == (False, "public")
    assert holiday["name"]["zh-CN"] == "国庆节"
    assert (await day(clerk, "2026-10-10"))["intervals"] == DAY
    found = await year(clerk, 2026)
    assert (found["published"], found["workdays"]) == (True, 248)
    beyond = await year(clerk, standard["last_year"])
    assert not beyond["published"]


async def test_only_who_may_design_changes_calendars(admin: Browser, clerk: Browser) -> None:
    rest = {"day": "2026-11-30", "kind": "rest", "name": {"en": "Stocktaking"}}
    assert (await set_days(clerk, 1, rest)).status_code == 403
    assert (await clerk.put("/calendars/depot", SETTINGS)).status_code == 403
    assert (await clerk.delete("/calendars/standard")).status_code == 403
    done = await set_days(admin, 1, rest)
    assert done.status_code == 200, done.text
    assert done.json()["changed_days"] == 1
    assert (await day(clerk, "2026-11-30"))["name"] == {"en": "Stocktaking"}


async def test_a_change_keeps_what_was_and_meets_those_who_did_not_see_it(admin: Browser) -> None:
    work = {"day": "2026-11-28", "kind": "work", "intervals": [[600, 660]]}
    assert (await set_days(admin, 1, work)).json()["calendar"]["version"] == 2
    stale = await set_days(admin, 1, {"day": "2026-11-29", "kind": "work"})
    assert (stale.status_code, stale.json()["code"]) == (409, "calendar_changed")
    usual = await set_days(admin, 2, {"day": "2026-11-28", "kind": "usual"})
    assert usual.json()["changed_days"] == 1
    assert not (await day(admin, "2026-11-28"))["works"]
    [second, first] = (await admin.get("/calendars/standard/versions")).json()["versions"]
    assert (second["version"], first["version"], first["changed_by"]) == (2, 1, "Admin")


async def test_new_hours_leave_the_days_before_them_as_they_were(admin: Browser) -> None:
    short = [*([[540, 720]] for _ in range(5)), [], []]
    weeks = [{"hours": WEEK}, {"since": "2026-12-01", "hours": short}]
    body = {**SETTINGS, "region": "CN", "weeks": weeks, "version": 1}
    assert (await admin.put("/calendars/standard", body)).status_code == 200
    assert (await day(admin, "2026-11-30"))["minutes"] == 450
    assert (await day(admin, "2026-12-01"))["minutes"] == 180


async def test_a_preview_tells_and_does_nothing(admin: Browser) -> None:
    body = {"version": 1, "days": [{"day": "2026-11-30", "kind": "rest"}]}
    told = await admin.put("/calendars/standard/days?preview=true", body)
    assert told.json()["changed_days"] == 1
    assert (await day(admin, "2026-11-30"))["works"]


async def test_a_year_is_loaded_and_what_people_set_stays(admin: Browser) -> None:
    own = {"day": "2027-10-08", "kind": "rest", "name": {"en": "Outing"}}
    await set_days(admin, 1, own)
    unknown = await admin.put("/calendars/standard/years/2031", {"version": 2})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "invalid_calendar")
    days = [
        {"day": "2031-10-01", "kind": "rest", "name": {"zh-CN": "国庆节"}},
        {"day": "2031-10-11", "kind": "work", "name": {"zh-CN": "国庆节调休上班"}},
    ]
    loaded = await admin.put("/calendars/standard/years/2031", {"version": 2, "days": days})
    assert loaded.status_code == 200, loaded.text
    assert (await year(admin, 2031))["published"]
    assert (await day(admin, "2031-10-11"))["works"]
    assert (await day(admin, "2027-10-08"))["special"] == "own"


@pytest.mark.parametrize(
    "change",
    [
        {"time_zone": "Europe/Nowhere"},
        {"weeks": [{"hours": [[[600, 500]], *([] for _ in range(6))]}]},
        {"weeks": [{"hours": [[[600, 700], [650, 720]], *([] for _ in range(6))]}]},
        {"weeks": [{"hours": [[] for _ in range(7)]}]},
        {"weeks": [{"since": "2026-01-01", "hours": WEEK}]},
    ],
)
async def test_a_calendar_that_makes_no_sense_is_refused(
    admin: Browser, change: dict[str, Any]
) -> None:
    refused = await admin.put("/calendars/depot", {**SETTINGS, **change})
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_calendar")


async def test_what_is_computed_by_a_calendar_follows_it(
    admin: Browser, platform: Platform
) -> None:
    made = await admin.put("/calendars/depot", SETTINGS)
    assert made.status_code == 200, made.text
    for name, formula in {
        "due": 'WORKDAY({close_date}, 1, "depot")',
        "days": "NETWORKDAYS({close_date}, {close_date} + 7)",
    }.items():
        kind = "date" if name == "due" else "number"
        field = {"name": name, "label": {"en": name}, "type": kind, "formula": formula}
        added = await admin.post("/objects/crm_opportunity/fields", field)
        assert added.status_code == 201, added.text
    deal = {"name": "A", "close_date": "2026-11-27"}
    record = (await admin.post("/records/crm_opportunity", deal)).json()
    path = f"/records/crm_opportunity/{record['id']}"

    async def due() -> tuple[str, str]:
        await recompute_waiting(lambda: platform.gate.system_write("job"))
        found = (await admin.get(path)).json()
        return found["due"], str(found["days"])

    assert await due() == ("2026-11-30", "6")
    body = {"version": 1, "days": [{"day": "2026-11-30", "kind": "rest"}]}
    told = (await admin.put("/calendars/depot/days", body)).json()
    assert told["recomputed"] == ["crm_opportunity.due"]
    assert await due() == ("2026-12-01", "6")
    told = (await set_days(admin, 1, {"day": "2026-11-30", "kind": "rest"})).json()
    assert told["recomputed"] == ["crm_opportunity.days"]
    assert await due() == ("2026-12-01", "5")
    again = (await admin.post("/records/crm_opportunity", {**deal, "name": "B"})).json()
    found = (await admin.get(f"/records/crm_opportunity/{again['id']}")).json()
    assert (found["due"], str(found["days"])) == ("2026-12-01", "5")
    refused = await admin.delete("/calendars/depot")
    assert (refused.status_code, refused.json()["code"]) == (409, "calendar_needed")


async def test_a_calendar_that_only_a_condition_asks_is_needed_too(admin: Browser) -> None:
    assert (await admin.put("/calendars/depot", SETTINGS)).status_code == 200
    asks = {"formula": 'NETWORKDAYS({close_date}, TODAY(), "depot") > 3'}
    view = {"object": "crm_opportunity", "name": "Late", "kind": "table"}
    grant = {"object": "crm_opportunity", "actions": ["see"], "fields": {"default": "read"}}
    role = {"scope": "condition", "condition": asks}
    for path, body in (
        ("/views", {**view, "config": {"filter": asks}}),
        ("/views", {**view, "config": {"colors": [{"when": {"not": asks}, "color": "red"}]}}),
        ("/roles", {"name": {"en": "Late"}, "grants": [{**grant, "rows": role}]}),
    ):
        made = await admin.post(path, body)
        assert made.status_code == 201, made.text
        refused = await admin.delete("/calendars/depot")
        assert (refused.status_code, refused.json()["code"]) == (409, "calendar_needed")
        gone = await admin.delete(f"{path}/{made.json()['id']}", headers={"If-Match": "*"})
        assert gone.status_code == 204, gone.text
    assert (await admin.delete("/calendars/depot")).status_code == 204


async def test_a_calendar_that_is_not_there_is_said_where_it_is_written(admin: Browser) -> None:
    assert (await admin.put("/calendars/depot", SETTINGS)).status_code == 200
    filter_ = {"formula": 'NETWORKDAYS({close_date}, TODAY(), "depott") > 3'}
    asked = await admin.post("/records/crm_opportunity/query", {"filter": filter_})
    assert (asked.status_code, asked.json()["errors"][0]["code"]) == (422, "no_calendar")
    assert "depot" in asked.json()["errors"][0]["message"]
    field = {"name": "d", "label": {"en": "D"}, "type": "date"}
    for formula, status in (('1, "depott"', 422), ('1, "depot"', 201)):
        body = {**field, "formula": f"WORKDAY({{close_date}}, {formula})"}
        added = await admin.post("/objects/crm_opportunity/fields", body)
        assert added.status_code == status, added.text


async def test_the_browser_is_told_the_years_around_this_one(clerk: Browser) -> None:
    told = (await clerk.get("/calendars/near")).json()["calendars"]["standard"]
    assert len(told["works"]) in (1826, 1827)
    assert len(told["stretches"]) % 2 == 0
