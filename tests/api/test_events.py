"""The live line: what one may see, as it happens."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import uvicorn

from guanxi.bootstrap import Platform
from guanxi.testing.browser import Browser


@pytest.fixture
async def address(app: Any) -> AsyncIterator[str]:
    """A real server: the test transport does not stream."""
    config = uvicorn.Config(
        app, host="127.0.0.1", port=0, lifespan="off", log_level="warning", ws="none"
    )
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    [socket] = server.servers[0].sockets
    yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    server.should_exit = True
    server.force_exit = True
    await serving


@asynccontextmanager
async def line(address: str, browser: Browser) -> AsyncIterator[AsyncIterator[tuple[str, Any]]]:
    """An open live line; yields events as name and data."""
    headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in browser.http.cookies.items())}
    async with (
        httpx.AsyncClient(base_url=address, timeout=10) as http,
        http.stream("GET", "/api/v1/events", headers=headers) as answer,
    ):
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = answer.aiter_lines()
        assert await anext(lines) == ": here"

        async def events() -> AsyncIterator[tuple[str, Any]]:
            name = ""
            async for text in lines:
                if text.startswith("event: "):
                    name = text.removeprefix("event: ")
                elif text.startswith("data: "):
                    yield name, json.loads(text.removeprefix("data: "))

        yield events()


async def test_changes_of_records_one_may_see_arrive(
    address: str, admin: Browser, clerk: Browser
) -> None:
    grant = {"object": "crm_account", "actions": ["see", "create"], "rows": {"scope": "own"}}
    role = (await admin.post("/roles", {"name": {"en": "Own"}, "grants": [grant]})).json()
    await admin.patch(f"/people/{clerk.person}", {"roles": [role["id"]]})
    async with line(address, clerk) as events:
        hidden = await admin.post("/records/crm_account", {"name": "Secret"})
        assert hidden.status_code == 201
        shown = await clerk.post("/records/crm_account", {"name": "Mine"})
        assert shown.status_code == 201, shown.text
        event = await asyncio.wait_for(anext(events), 5)
        assert event == ("change", {"object": "crm_account", "ids": [shown.json()["id"]]})
        await clerk.post("/records/crm_account", {"name": "Mine too"})
        name, _ = await asyncio.wait_for(anext(events), 5)
        assert name == "change"


async def test_the_progress_of_an_import_is_told_to_who_made_it(
    address: str, admin: Browser, clerk: Browser, platform: Platform
) -> None:
    async with line(address, clerk) as events:
        for owner, done in ((admin.person, 1), (clerk.person, 3)):
            async with platform.database.begin(platform.schema) as work:
                await work.execute(
                    "insert into import_file (id, object, status, file, source, done, total, created_by)"
                    " values (gen_random_uuid(), 'crm_account', 'running', '{}', 'page', %s, 9, %s)",
                    [done, owner],
                )
        name, state = await asyncio.wait_for(anext(events), 5)
        assert name == "import"
        assert state["status"] == "running"
        assert state["progress"] == {"done": 3, "total": 9}


async def test_new_rights_are_told_and_a_lost_sign_in_ends_the_line(
    address: str, admin: Browser, clerk: Browser
) -> None:
    async with line(address, clerk) as events:
        await admin.post("/departments", {"name": "Sales"})
        assert await asyncio.wait_for(anext(events), 5) == ("rights", {})
        await admin.patch(f"/people/{clerk.person}", {"active": False})
        with pytest.raises(StopAsyncIteration):
            await asyncio.wait_for(anext(events), 5)
