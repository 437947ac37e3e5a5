"""Lists over HTTP, beside bare endpoints that pass the same bytes."""

import asyncio
import json
import socket
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode

from benchmarks.figures import Figure
from benchmarks.ground import DEAL, SHOWN, Ground
from benchmarks.lists import FILTER
from guanxi.auth.model import ADMINISTRATOR_ROLE
from guanxi.auth.people import create_person
from guanxi.auth.tokens import create_token
from guanxi.kit.ids import new_id
from guanxi.records.read import ListRequest, list_question

SECONDS = 4.0
CONNECTIONS = 8
SORT = ["-amount"]


async def measure(ground: Ground, label: str) -> list[Figure]:
    """Requests per second of one server process, clients and database on the same machine."""
    token = await _administrators_token(ground)
    request = ListRequest(filter=FILTER, sort=SORT, fields=SHOWN, limit=50)
    viewer = await ground.administrator()
    statement = ground.platform.asking.list(viewer, list_question(viewer, DEAL, request))
    asked = {"list": {"text": statement.text, "parameters": dict(statement.parameters)}}
    query = urlencode(
        {"filter": json.dumps(FILTER), "sort": ",".join(SORT), "fields": ",".join(SHOWN)}
    )
    async with _server(ground, asked) as port:
        api = f"/api/v1/records/{DEAL}?{query}"
        real = same = none = 0.0
        # In turns, so that all meet the same weather.
        for _ in range(3):
            real = max(real, await _load(port, api, token))
            same = max(same, await _load(port, "/bare/query/list", token))
            none = max(none, await _load(port, "/bare/bytes/list", token))
    return [
        Figure(
            f"list endpoint {label}",
            real,
            "/s",
            same,
            "bare endpoint, same query",
            0.6,
            "at_least",
        ),
        Figure(f"list endpoint {label}, beside bytes alone", real, "/s", none, "same bytes"),
    ]


async def _administrators_token(ground: Ground) -> str:
    """A token of an administrator, made for this run."""
    async with ground.platform.database.begin(ground.platform.schema) as work:
        created = await create_person(
            work,
            None,
            name="Bench",
            email=f"bench-{new_id()}@example.com",
            roles=[ADMINISTRATOR_ROLE],
        )
        return (await create_token(work, created.id, name="bench")).secret


async def _load(port: int, path: str, token: str) -> float:
    """Requests per second of some connections that ask again as soon as they are answered."""
    head = (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
        "Accept: application/json\r\n\r\n"
    ).encode()
    ends = time.perf_counter() + SECONDS
    counts = await asyncio.gather(*(_ask(port, head, ends) for _ in range(CONNECTIONS)))
    return sum(counts) / SECONDS


async def _ask(port: int, head: bytes, ends: float) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
    answered = 0
    while time.perf_counter() < ends:
        writer.write(head)
        answer = await reader.readuntil(b"\r\n\r\n")
        if not answer.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(answer.decode())
        lower = answer.lower()
        start = lower.index(b"content-length:") + 15
        await reader.readexactly(int(lower[start : lower.index(b"\r\n", start)]))
        answered += 1
    writer.close()
    return answered


@asynccontextmanager
async def _server(ground: Ground, asked: dict[str, Any]) -> AsyncIterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "benchmarks.bare_server",
        ground.conninfo,
        str(port),
        json.dumps(asked, default=str),
    )
    try:
        await _answers(port)
        yield port
    finally:
        process.terminate()
        await process.wait()


async def _answers(port: int) -> None:
    for _ in range(200):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
            continue
        writer.close()
        return
    raise RuntimeError("The server of the benchmark did not start.")
