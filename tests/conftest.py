"""A database of its own for every test that asks for one, copied from a template that was migrated once."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psutil
import psycopg
import pytest
from hypothesis import settings
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from guanxi.auth.model import Workspace
from guanxi.auth.workspace import ensure_workspace
from guanxi.calendars.ensure import ensure_calendars
from guanxi.db.database import Database
from guanxi.db.embedded import FORGETFUL, start_embedded
from guanxi.db.migrations.upgrade import migrate, schema_of
from guanxi.kit.clock import SystemClock
from guanxi.testing.sales import BuiltSales, SalesWorld, build_sales

WORKSPACE = "main"
SCHEMA = schema_of(WORKSPACE)

_copies = count(1)

# How long an example takes depends on what else the machine does; whole tests have a limit of their own.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Where a PostgreSQL answers that tests may fill: `GUANXI_TEST_DATABASE_URL`, else an embedded one.

    All test processes share it, and later runs find it made already.
    """
    url = os.environ.get("GUANXI_TEST_DATABASE_URL")
    if url:
        yield url
        return
    folder = Path(tempfile.gettempdir()) / f"guanxi-test-server-{os.geteuid()}"
    embedded = start_embedded(folder, max_connections="200", **FORGETFUL)
    _drop_leftovers(embedded.conninfo)
    yield embedded.conninfo
    embedded.stop()


def _drop_leftovers(conninfo: str) -> None:
    """Removes databases of test processes that were killed."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        names = connection.execute(
            "select datname from pg_database where datname like 'guanxi\\_test\\_%'"
        ).fetchall()
        for (name,) in names:
            if not psutil.pid_exists(int(name.split("_")[2])):
                connection.execute(
                    sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
                )


@pytest.fixture(scope="session")
def template(server: str) -> Iterator[str]:
    """The name of a database with an empty, migrated workspace; each test process has its own."""
    name = f"guanxi_test_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        asyncio.run(_prepare(make_conninfo(server, dbname=name)))
        yield name
        connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


async def _prepare(conninfo: str) -> None:
    database = Database(conninfo, pool_size=1)
    await database.open()
    await migrate(database, WORKSPACE)
    async with database.begin(SCHEMA) as work:
        await ensure_workspace(
            work,
            Workspace(name=WORKSPACE, time_zone="Asia/Shanghai", currency="CNY", locale="zh-CN"),
        )
        await ensure_calendars(work, "Asia/Shanghai", SystemClock().now().year)
    await database.close()


def name_of(conninfo: str) -> str:
    """The name of the database a connection string leads to."""
    return str(conninfo_to_dict(conninfo)["dbname"])


@contextmanager
def copied(server: str, template: str) -> Iterator[str]:
    """A database like the template while it is in use, by its connection string."""
    name = f"{template}_{next(_copies)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(
            sql.SQL("create database {} template {} strategy file_copy").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        yield make_conninfo(server, dbname=name)
        connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def sales(server: str, template: str) -> Iterator[tuple[str, BuiltSales]]:
    """The name of a database with the sales world, and what was built there."""
    with copied(server, template) as conninfo:
        yield name_of(conninfo), asyncio.run(_build_sales(conninfo))


async def _build_sales(conninfo: str) -> BuiltSales:
    database = Database(conninfo, pool_size=1)
    await database.open()
    built = await build_sales(database, SCHEMA)
    await database.close()
    return built


@pytest.fixture
def conninfo(request: pytest.FixtureRequest, server: str, template: str) -> Iterator[str]:
    """A database for this test alone: with an empty workspace, or with the sales world if the test asks for that."""
    if "sales" in request.fixturenames:
        template, _ = request.getfixturevalue("sales")
    with copied(server, template) as conninfo:
        yield conninfo


@pytest.fixture
async def database(conninfo: str) -> AsyncIterator[Database]:
    """An open database with an empty workspace in schema `SCHEMA`."""
    database = Database(conninfo, pool_size=8)
    await database.open()
    yield database
    await database.close()


@pytest.fixture
def schema() -> str:
    """The schema of the workspace of `database`."""
    return SCHEMA


@pytest.fixture
def world(database: Database, schema: str, sales: tuple[str, BuiltSales]) -> SalesWorld:
    """People, departments, accounts and opportunities to act upon."""
    return sales[1].world(database, schema)
