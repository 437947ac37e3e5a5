"""Every refusal is a problem document in the reader's language, and says what to do."""

from dataclasses import replace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from guanxi.api.app import create_app
from guanxi.api.shell import MOST_BODY_BYTES
from guanxi.bootstrap import Platform
from guanxi.db.database import Statement
from guanxi.testing.browser import Browser, browser_of


def assert_problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = answer.json()
    assert problem["code"] == code
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    assert problem["request_id"] == answer.headers["x-request-id"]
    return problem


@pytest.mark.parametrize(
    ("header", "title"), [("zh-CN,zh;q=0.9", "请先登录"), ("en-GB", "Please sign in")]
)
async def test_problems_speak_the_language_of_the_reader(
    visitor: Browser, header: str, title: str
) -> None:
    answer = await visitor.get("/me", headers={"Accept-Language": header})
    assert assert_problem(answer, 401, "not_signed_in")["title"] == title


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"{", 400, "not_json"),
        (b"[" * 100_000, 400, "bad_request"),
        (b'"text"', 422, "invalid_request"),
        (b"\xff\xfe", 400, "not_json"),
        (b"", 422, "invalid_request"),
        (b'{"name": "x", "colour": 1}', 422, "invalid_request"),
        (b'{"name": "a\\u0000b"}', 422, "invalid_request"),
        (b'{"name": "a\\ud800b"}', 422, "invalid_request"),
        (b'{"name": "   "}', 422, "invalid_request"),
        (b'{"name": "x", "parent": "no-id"}', 422, "invalid_request"),
        (b'{"name": "x", "position": 1e400}', 422, "invalid_request"),
        (
            b'{"name": "x", "parent": "00000000-0000-7000-8000-00000000dead"}',
            422,
            "unknown_department",
        ),
    ],
)
async def test_bad_bodies_are_refused_with_a_reason(
    admin: Browser, content: bytes, status: int, code: str
) -> None:
    answer = await admin.http.post(
        "/api/v1/departments", content=content, headers={"Content-Type": "application/json"}
    )
    assert_problem(answer, status, code)


async def test_a_wrong_part_is_pointed_at(admin: Browser) -> None:
    grants = [{"object": "crm_account", "actions": ["fly"], "rows": {"scope": "all"}}]
    answer = await admin.post("/roles", {"name": {"en": "Pilot"}, "grants": grants})
    problem = assert_problem(answer, 422, "invalid_request")
    assert [one["pointer"] for one in problem["errors"]] == ["/grants/0/actions/0"]
    assert "fly" not in problem["errors"][0]["message"]


async def test_names_of_emoji_and_rare_characters_are_kept(admin: Browser) -> None:
    name = "销售🚀𠮷野家部"
    made = await admin.post("/departments", {"name": name})
    assert made.json()["name"] == name


@pytest.mark.parametrize("announced", [True, False])
async def test_a_huge_body_is_refused_before_it_is_held(admin: Browser, announced: bool) -> None:
    sent = 0

    async def pieces() -> Any:
        nonlocal sent
        for _ in range(100):
            sent += 1
            yield b" " * (MOST_BODY_BYTES // 10)

    headers = {"Content-Type": "application/json"}
    content: Any = b" " * (MOST_BODY_BYTES + 1) if announced else pieces()
    answer = await admin.http.post("/api/v1/departments", content=content, headers=headers)
    assert_problem(answer, 413, "too_large")
    assert sent <= 100


async def test_unknown_addresses_and_methods_are_problems_too(admin: Browser) -> None:
    assert_problem(await admin.get("/nothing"), 404, "not_found")
    assert_problem(await admin.http.put("/api/v1/me", json={}), 405, "method_not_allowed")


async def test_a_defect_tells_nothing_of_the_inside(app: FastAPI, admin: Browser) -> None:
    @app.get("/api/v1/broken")
    async def broken() -> None:
        raise RuntimeError("secret detail")

    answer = await admin.get("/broken")
    problem = assert_problem(answer, 500, "internal_error")
    assert "secret" not in answer.text
    assert problem["request_id"]


async def test_every_answer_carries_its_id_and_safe_headers(visitor: Browser) -> None:
    answer = await visitor.get("/setup", headers={"X-Request-ID": "my-request-1"})
    assert answer.headers["x-request-id"] == "my-request-1"
    assert answer.headers["x-content-type-options"] == "nosniff"
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "script-src 'self';" in policy
    assert answer.headers["cache-control"] == "no-store"
    forged = await visitor.get("/setup", headers={"X-Request-ID": "a b\tc<script>"})
    assert "<" not in forged.headers["x-request-id"]


async def test_lost_database_is_said_and_not_hidden(
    app: FastAPI, admin: Browser, visitor: Browser
) -> None:
    await app.state.platform.database.close()
    assert_problem(await admin.get("/me"), 503, "database_away")
    assert (await visitor.http.get("/readyz")).status_code == 503
    assert (await visitor.http.get("/healthz")).status_code == 200
    assert (await visitor.http.get("/metrics")).status_code == 200


@pytest.mark.parametrize("way", ["read", "write"])
async def test_what_takes_too_long_is_stopped_and_said(platform: Platform, way: str) -> None:
    app = create_app(replace(platform, settings=replace(platform.settings, statement_seconds=1)))
    database, schema = platform.database, platform.schema

    @app.get("/slow/read")
    async def read() -> None:
        await database.read(schema, Statement("select pg_sleep(20)"))

    @app.get("/slow/write")
    async def write() -> None:
        async with database.begin(schema) as work:
            await work.execute("select pg_sleep(20)")

    async with browser_of(app).http as http:
        answer = await http.get(f"/slow/{way}", headers={"Accept-Language": "en"})
    problem = assert_problem(answer, 503, "took_too_long")
    assert "1 seconds" in problem["detail"]
    async with database.begin(schema) as work:
        assert await work.value("select pg_sleep(1.2)::text") == ""


async def test_figures_are_counted_by_route(admin: Browser) -> None:
    await admin.get("/people")
    await admin.patch(f"/people/{admin.person}", {"name": "Chief"})
    text = (await admin.http.get("/metrics")).text
    assert (
        'guanxi_http_requests_total{method="GET",route="/api/v1/people",status="200"} 1.0' in text
    )
    assert 'route="/api/v1/people/{person_id}"' in text
    assert "guanxi_jobs_dead 0.0" in text
    assert 'guanxi_jobs_oldest_due_seconds{lane="io"} 0.0' in text


async def test_big_answers_are_packed_for_those_who_can_read_it(admin: Browser) -> None:
    for number in range(30):
        await admin.post("/departments", {"name": f"Department {number}"})
    packed = await admin.get("/departments", headers={"Accept-Encoding": "gzip"})
    plain = await admin.get("/departments", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json()
