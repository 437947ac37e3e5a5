"""The CRM as it is installed, empty or with its demonstration; each made once and copied for every test."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import pytest
from tests.conftest import copied, name_of

from guanxi.bootstrap import Platform, fill_demo, install_extensions, open_platform
from guanxi.kit.clock import FixedClock
from guanxi.kit.settings import Settings

NOW = datetime(2026, 6, 18, 7, 30, tzinfo=UTC)


async def _opened(conninfo: str) -> Platform:
    return await open_platform(Settings(locale="en"), conninfo, clock=FixedClock(NOW))


async def _install(conninfo: str) -> None:
    platform = await _opened(conninfo)
    await install_extensions(platform)
    await platform.database.close()


async def _fill(conninfo: str) -> None:
    platform = await _opened(conninfo)
    assert await fill_demo(platform)
    await platform.database.close()


@pytest.fixture(scope="session")
def crm_template(server: str, template: str) -> Iterator[str]:
    """The name of a database with the CRM and nothing in it."""
    with copied(server, template) as conninfo:
        asyncio.run(_install(conninfo))
        yield name_of(conninfo)


@pytest.fixture(scope="session")
def demo_template(server: str, crm_template: str) -> Iterator[str]:
    """The name of a database with the CRM and its demonstration."""
    with copied(server, crm_template) as conninfo:
        asyncio.run(_fill(conninfo))
        yield name_of(conninfo)


@pytest.fixture
async def crm(server: str, crm_template: str) -> AsyncIterator[Platform]:
    """A platform with the CRM, and nothing in it."""
    with copied(server, crm_template) as conninfo:
        platform = await _opened(conninfo)
        yield platform
        await platform.database.close()


@pytest.fixture
async def demo(server: str, demo_template: str) -> AsyncIterator[Platform]:
    """The CRM with its demonstration."""
    with copied(server, demo_template) as conninfo:
        platform = await _opened(conninfo)
        yield platform
        await platform.database.close()
