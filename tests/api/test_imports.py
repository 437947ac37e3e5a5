"""Imports through the API, with a worker that does the jobs."""

import asyncio
import csv
import io
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest

from guanxi.api.app import create_app
from guanxi.bootstrap import Platform
from guanxi.testing.browser import Browser
from guanxi.worker.running import working

ACCOUNTS = "name,industry,phone\nAcme,retail,021 5555\nBeta 公司 🏭,=1+1,\n"


@pytest.fixture
async def app(platform: Platform) -> AsyncIterator[Any]:
    app = create_app(platform, alongside=[working(platform)])
    async with app.router.lifespan_context(app):
        yield app


async def upload(browser: Browser, content: bytes | str, **form: str) -> Any:
    data = content.encode() if isinstance(content, str) else content
    answer = await browser.http.post(
        "/api/v1/imports",
        data={"object": "crm_account", **form},
        files={"file": ("accounts.csv", data)},
    )
    assert answer.status_code == 201, answer.text
    return answer.json()


async def ended(browser: Browser, id_: str) -> Any:
    """The import once nobody is at work on it."""
    async with asyncio.timeout(20):
        while True:
            import_ = (await browser.get(f"/imports/{id_}")).json()
            if import_["status"] not in ("checking", "running", "undoing"):
                return import_
            await asyncio.sleep(0.02)


async def test_a_file_is_uploaded_checked_run_and_taken_back(admin: Browser) -> None:
    made = await upload(admin, ACCOUNTS)
    assert made["status"] == "mapping"
    assert made["file"]["rows"] == 2
    assert made["file"]["encoding"] == "utf-8"
    assert [column["field"] for column in made["columns"]] == ["name", "industry", "phone"]
    assert made["mapping"][1] == {
        "column": 1,
        "field": "industry",
        "format": None,
        "link": None,
        "values": {},
    }
    assert made["created_by"] == {"id": str(admin.person), "name": "Admin"}
    assert made["people"] is None
    address = f"/imports/{made['id']}"

    begun = await admin.post(f"{address}/check")
    assert (begun.status_code, begun.json()["status"]) == (202, "checking")
    checked = await ended(admin, made["id"])
    assert checked["status"] == "checked"
    assert checked["report"]["to_create"] == 2
    assert checked["report"]["preview"][1]["values"]["name"] == "Beta 公司 🏭"

    begun = await admin.post(f"{address}/run")
    assert (begun.status_code, begun.json()["status"]) == (202, "running")
    done = await ended(admin, made["id"])
    assert (done["status"], done["result"]["created"]) == ("done", 2)
    assert done["progress"] == {"done": 2, "total": 2}
    listed = (await admin.get("/records/crm_account?sort=name")).json()["records"]
    assert [one["industry"] for one in listed] == ["retail", "=1+1"]
    history = await admin.get(f"/records/crm_account/{listed[0]['id']}/history")
    assert history.json()["changes"][0]["source"] == "import"

    begun = await admin.post(f"{address}/undo")
    assert (begun.status_code, begun.json()["status"]) == (202, "undoing")
    undone = await ended(admin, made["id"])
    assert (undone["status"], undone["result"]["removed"]) == ("undone", 2)
    assert (await admin.get("/records/crm_account")).json()["records"] == []


async def test_what_is_decided_stays_and_wrong_decisions_are_explained(admin: Browser) -> None:
    made = await upload(admin, ACCOUNTS)
    address = f"/imports/{made['id']}"
    changed = await admin.patch(
        address,
        {
            "mapping": [{"column": 1, "field": None}, {"column": 2, "field": "industry"}],
            "duplicates": {"key": "name", "policy": "skip"},
        },
    )
    assert changed.status_code == 200, changed.text
    assert [one["field"] for one in changed.json()["mapping"]] == ["name", None, "industry"]
    assert changed.json()["duplicates"] == {"key": "name", "policy": "skip", "possible": "take"}

    unknown = await admin.patch(address, {"mapping": [{"column": 1, "field": "colour"}]})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "invalid_mapping")
    assert "colour" in unknown.json()["detail"]
    twice = await admin.patch(address, {"mapping": [{"column": 1, "field": "name"}]})
    assert (twice.status_code, twice.json()["code"]) == (422, "invalid_mapping")
    keyless = await admin.patch(address, {"duplicates": {"key": None, "policy": "update"}})
    assert (keyless.status_code, keyless.json()["code"]) == (422, "invalid_mapping")
    strange = await admin.patch(address, {"surprise": 1})
    assert (strange.status_code, strange.json()["code"]) == (422, "invalid_request")


async def test_refused_rows_come_as_a_file_with_reasons(admin: Browser) -> None:
    made = await upload(admin, "name,phone,note\nAcme,not a number,=SUM(A1)\nBeta,,\n")
    await admin.post(f"/imports/{made['id']}/run")
    done = await ended(admin, made["id"])
    assert (done["result"]["created"], done["result"]["failed"]) == (1, 1)
    answer = await admin.get(f"/imports/{made['id']}/errors.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "accounts-errors.csv" in answer.headers["content-disposition"]
    assert answer.content.startswith(b"\xef\xbb\xbf")
    head, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert head == ["Reason", "Row", "name", "phone", "note"]
    assert row[0].startswith("phone: ")
    assert row[1:] == ["2", "Acme", "not a number", "'=SUM(A1)"]


async def test_without_refused_rows_there_is_no_file(admin: Browser) -> None:
    made = await upload(admin, ACCOUNTS)
    answer = await admin.get(f"/imports/{made['id']}/errors.csv")
    assert (answer.status_code, answer.json()["code"]) == (404, "nothing_refused")


async def test_an_import_is_cancelled_once(admin: Browser) -> None:
    made = await upload(admin, ACCOUNTS)
    assert (await admin.delete(f"/imports/{made['id']}")).status_code == 204
    assert (await admin.get(f"/imports/{made['id']}")).json()["status"] == "cancelled"
    again = await admin.delete(f"/imports/{made['id']}")
    assert (again.status_code, again.json()["code"]) == (409, "import_busy")


async def test_imports_of_others_are_not_there(admin: Browser, clerk: Browser) -> None:
    made = await upload(admin, ACCOUNTS)
    assert (await clerk.get(f"/imports/{made['id']}")).status_code == 404
    assert (await clerk.get("/imports")).json() == {"imports": []}
    assert [one["id"] for one in (await admin.get("/imports")).json()["imports"]] == [made["id"]]
    assert (await admin.get("/imports?object=crm_opportunity")).json() == {"imports": []}
    assert (await admin.get(f"/imports/{uuid4()}")).json()["code"] == "import_not_found"


async def test_nobody_imports_without_the_right(clerk: Browser, visitor: Browser) -> None:
    form: dict[str, Any] = {
        "data": {"object": "crm_account"},
        "files": {"file": ("a.csv", b"name\nx")},
    }
    assert (await clerk.http.post("/api/v1/imports", **form)).status_code == 404
    assert (await visitor.http.post("/api/v1/imports", **form)).status_code == 401
    people = {"data": {"object": "person"}, "files": {"file": ("a.csv", b"name\nx")}}
    refused = await clerk.http.post("/api/v1/imports", **people)
    assert (refused.status_code, refused.json()["code"]) == (403, "import_refused")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "unreadable_file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "unreadable_file"),
        (b"PK\x03\x04 broken", "unreadable_file"),
        (b"\xd0\xcf\x11\xe0 old", "unreadable_file"),
    ],
)
async def test_a_file_that_is_no_table_is_refused(
    admin: Browser, content: bytes, code: str
) -> None:
    answer = await admin.http.post(
        "/api/v1/imports", data={"object": "crm_account"}, files={"file": ("a.csv", content)}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert (await admin.get("/imports")).json() == {"imports": []}


async def test_an_upload_is_a_form_with_a_file(admin: Browser) -> None:
    answer = await admin.post("/imports", {"object": "crm_account"})
    assert (answer.status_code, answer.json()["code"]) == (400, "file_missing")
    answer = await admin.http.post(
        "/api/v1/imports", data={"object": "crm_account"}, files={"x": b"y"}
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "file_missing")


async def test_a_file_that_is_too_large_is_refused(admin: Browser, app: Any) -> None:
    content = b"name\n" + b"x\n" * 1024
    limit = app.state.platform.settings.upload_limit_mb << 20
    answer = await admin.http.post(
        "/api/v1/imports",
        data={"object": "crm_account"},
        files={"file": ("a.csv", content)},
        headers={"Content-Length": str(limit * 2)},
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
