"""Exports through the API."""

import pytest

from guanxi.testing.browser import Browser


@pytest.mark.parametrize(
    ("format_", "media_type", "start"),
    [
        ("csv", "text/csv; charset=utf-8", b"\xef\xbb\xbf"),
        (
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            b"PK\x03\x04",
        ),
    ],
)
async def test_a_list_comes_as_a_file_with_a_name(
    admin: Browser, format_: str, media_type: str, start: bytes
) -> None:
    await admin.post("/records/crm_account", {"name": "苏州澜科"})
    asked = {"object": "crm_account", "format": format_, "fields": ["name"]}
    answer = await admin.post("/exports", asked)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == media_type
    assert f".{format_}" in answer.headers["content-disposition"]
    assert answer.headers["x-rows"] == "1"
    assert answer.content.startswith(start)


async def test_what_is_wrong_with_the_request_is_a_problem(admin: Browser, clerk: Browser) -> None:
    unknown = await admin.post("/exports", {"object": "crm_account", "fields": ["colour"]})
    assert unknown.status_code in (400, 422)
    assert unknown.json()["errors"][0]["pointer"] == "/fields/0"
    assert (
        await admin.post("/exports", {"object": "crm_account", "format": "pdf"})
    ).status_code == 422
    assert (await clerk.post("/exports", {"object": "crm_account"})).status_code == 404
