"""The application as programs see it, with an administrator and a salesperson who can sign in."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from tests.conftest import copied, name_of

from guanxi.api.app import create_app
from guanxi.auth.model import ADMINISTRATOR_ROLE
from guanxi.auth.people import create_person
from guanxi.bootstrap import Platform, open_platform
from guanxi.kit.settings import Settings
from guanxi.testing.browser import PASSWORD, Browser, browser_of
from guanxi.testing.sales import make_objects, sales_objects


@pytest.fixture(scope="session")
def objects_template(server: str, template: str) -> Iterator[str]:
    """The name of a database with the objects of the sales world, made once and copied for every test."""
    with copied(server, template) as conninfo:
        asyncio.run(_make_objects(conninfo))
        yield name_of(conninfo)


async def _make_objects(conninfo: str) -> None:
    platform = await open_platform(Settings(locale="en"), conninfo)
    async with platform.database.begin(platform.schema) as work:
        await make_objects(work, sales_objects())
    await platform.database.close()


@pytest.fixture
async def platform(server: str, objects_template: str) -> AsyncIterator[Platform]:
    """A platform with the objects of the sales world."""
    with copied(server, objects_template) as conninfo:
        platform = await open_platform(Settings(locale="en"), conninfo)
        yield platform
        await platform.database.close()


@pytest.fixture
async def app(platform: Platform) -> AsyncIterator[Any]:
    app = create_app(platform)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def visitor(app: Any) -> AsyncIterator[Browser]:
    """Somebody who is not signed in."""
    browser = browser_of(app)
    yield browser
    await browser.http.aclose()


@pytest.fixture
async def admin(app: Any, platform: Platform) -> AsyncIterator[Browser]:
    """An administrator, signed in."""
    async with platform.database.begin(platform.schema) as work:
        created = await create_person(
            work,
            None,
            name="Admin",
            email="admin@example.com",
            password=PASSWORD,
            roles=[ADMINISTRATOR_ROLE],
        )
    browser = browser_of(app)
    browser.person = created.id
    assert (await browser.sign_in("admin@example.com")).status_code == 200
    yield browser
    await browser.http.aclose()


@pytest.fixture
async def clerk(app: Any, platform: Platform) -> AsyncIterator[Browser]:
    """Somebody signed in without any role."""
    async with platform.database.begin(platform.schema) as work:
        created = await create_person(
            work, None, name="Clerk", email="clerk@example.com", password=PASSWORD
        )
    browser = browser_of(app)
    browser.person = created.id
    assert (await browser.sign_in("clerk@example.com")).status_code == 200
    yield browser
    await browser.http.aclose()
