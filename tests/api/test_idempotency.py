"""A write that comes again is done once."""

import asyncio

from guanxi.bootstrap import Platform
from guanxi.testing.browser import Browser

KEY = {"Idempotency-Key": "key-1"}


async def names(browser: Browser) -> list[str]:
    departments = (await browser.get("/departments")).json()["departments"]
    return [one["name"] for one in departments]


async def test_the_same_request_gets_the_first_answer(admin: Browser) -> None:
    first = await admin.post("/departments", {"name": "Sales"}, headers=KEY)
    second = await admin.post("/departments", {"name": "Sales"}, headers=KEY)
    assert first.status_code == second.status_code == 201
    assert first.json() == second.json()
    assert "idempotency-replayed" not in first.headers
    assert second.headers["idempotency-replayed"] == "true"
    assert await names(admin) == ["Sales"]


async def test_many_at_once_are_done_once(admin: Browser) -> None:
    answers = await asyncio.gather(
        *[admin.post("/departments", {"name": "Sales"}, headers=KEY) for _ in range(6)]
    )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert await names(admin) == ["Sales"]


async def test_another_request_with_the_key_is_refused(admin: Browser) -> None:
    await admin.post("/departments", {"name": "Sales"}, headers=KEY)
    answer = await admin.post("/departments", {"name": "Service"}, headers=KEY)
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert await names(admin) == ["Sales"]


async def test_a_refused_request_may_be_tried_again_with_its_key(admin: Browser) -> None:
    department = (await admin.post("/departments", {"name": "Sales"})).json()["id"]
    below = (await admin.post("/departments", {"name": "East", "parent": department})).json()["id"]
    assert (await admin.delete(f"/departments/{department}", headers=KEY)).status_code == 409
    await admin.delete(f"/departments/{below}")
    assert (await admin.delete(f"/departments/{department}", headers=KEY)).status_code == 204
    replayed = await admin.delete(f"/departments/{department}", headers=KEY)
    assert (replayed.status_code, replayed.content) == (204, b"")


async def test_keys_of_two_people_are_two(admin: Browser, clerk: Browser) -> None:
    await admin.post("/departments", {"name": "Sales"}, headers=KEY)
    assert (await clerk.post("/departments", {"name": "Sales"}, headers=KEY)).status_code == 403


async def test_a_key_is_free_again_after_a_day(admin: Browser, platform: Platform) -> None:
    await admin.post("/departments", {"name": "Sales"}, headers=KEY)
    async with platform.database.begin(platform.schema) as work:
        await work.execute("update idempotency set at = now() - interval '25 hours'")
    assert (await admin.post("/departments", {"name": "Service"}, headers=KEY)).status_code == 201
    assert sorted(await names(admin)) == ["Sales", "Service"]


async def test_a_record_is_created_once(admin: Browser) -> None:
    first = await admin.post("/records/crm_account", {"name": "Acme"}, headers=KEY)
    assert first.status_code == 201, first.text
    second = await admin.post("/records/crm_account", {"name": "Acme"}, headers=KEY)
    assert first.json() == second.json()
    assert second.headers["etag"] == first.headers["etag"]
    count = await admin.post("/records/crm_account/count", {})
    assert count.json()["count"] == 1


async def test_a_key_that_is_too_long_is_refused(admin: Browser) -> None:
    answer = await admin.post(
        "/departments", {"name": "Sales"}, headers={"Idempotency-Key": "x" * 201}
    )
    assert answer.status_code == 422
