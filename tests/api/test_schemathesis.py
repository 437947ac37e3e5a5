"""Whatever is thrown at the API: it answers as it describes itself, and never breaks."""

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

import psycopg
import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, given, settings
from psycopg import sql
from psycopg.conninfo import make_conninfo
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
)

from guanxi.api.app import create_app
from guanxi.auth.model import ADMINISTRATOR_ROLE
from guanxi.auth.people import create_person
from guanxi.auth.tokens import create_token
from guanxi.bootstrap import open_platform
from guanxi.kit.settings import Settings
from guanxi.testing.browser import PASSWORD
from guanxi.testing.sales import make_objects, sales_objects

CHECKS = (not_a_server_error, content_type_conformance, response_schema_conformance)

#: The line of events never ends; changes of people could take the administrator's own rights away.
LEFT_OUT = ["follow_events", "change_person"]


class ServerThread:
    """The application on a port of its own, with a loop of its own."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._started: Future[tuple[str, str]] = Future()
        self._server: uvicorn.Server | None = None
        # A daemon: should it not end, the tests end without it and say so.
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    def start(self) -> tuple[str, str]:
        """Returns the address and a token of the administrator."""
        self._thread.start()
        return self._started.result(60)

    def stop(self) -> None:
        if self._server is not None:
            self._server.should_exit = True
        self._thread.join(30)
        assert not self._thread.is_alive(), "the server does not stop"

    async def _serve(self) -> None:
        platform = await open_platform(Settings(locale="en"), self._conninfo)
        async with platform.database.begin(platform.schema) as work:
            created = await create_person(
                work,
                None,
                name="Admin",
                email="admin@example.com",
                password=PASSWORD,
                roles=[ADMINISTRATOR_ROLE],
            )
            token = await create_token(work, created.id, name="test")
            await make_objects(work, sales_objects())
        config = uvicorn.Config(
            create_app(platform),
            host="127.0.0.1",
            port=0,
            log_level="critical",
            ws="none",
            timeout_graceful_shutdown=5,
        )
        self._server = uvicorn.Server(config)
        serving = asyncio.create_task(self._server.serve())
        while not self._server.started:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        self._started.set_result((f"http://127.0.0.1:{port}", token.secret))
        await serving
        await platform.database.close()


@pytest.fixture(scope="module")
def served(server: str, template: str) -> Iterator[tuple[str, str]]:
    name = f"{template}_served"
    with psycopg.connect(server, autocommit=True) as connection:
        place = sql.Identifier(name)
        connection.execute(
            sql.SQL("create database {} template {}").format(place, sql.Identifier(template))
        )
        thread = ServerThread(make_conninfo(server, dbname=name))
        yield thread.start()
        thread.stop()
        connection.execute(sql.SQL("drop database {} with (force)").format(place))


# The server's thread draws random numbers while the strategies of this one draw theirs.
@pytest.mark.filterwarnings("ignore:Do not use the `random` module inside strategies")
@pytest.mark.timeout(600)
def test_the_api_keeps_to_its_description(served: tuple[str, str]) -> None:
    address, token = served
    headers = {"Authorization": f"Bearer {token}"}
    described = schemathesis.openapi.from_url(
        f"{address}/api/openapi.json", headers=headers, timeout=60
    )
    tested = 0
    for operation in described.exclude(operation_id=LEFT_OUT).get_all_operations():
        keep_to_description(operation.ok(), headers)
        tested += 1
    assert tested > 40


def keep_to_description(operation: Any, headers: dict[str, str]) -> None:
    @settings(
        max_examples=10,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(case=operation.as_strategy())
    def hold(case: Any) -> None:
        case.call_and_validate(headers=headers, checks=CHECKS, timeout=30)

    hold()
