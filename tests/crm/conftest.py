"""The CRM as it is installed, empty or with its demonstration."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from guanxi.bootstrap import Platform, fill_demo, install_extensions, open_platform
from guanxi.kit.clock import FixedClock
from guanxi.kit.settings import Settings

NOW = datetime(2026, 6, 18, 7, 30, tzinfo=UTC)


@pytest.fixture
async def crm(conninfo: str) -> AsyncIterator[Platform]:
    """A platform with the CRM, and nothing in it."""
    platform = await open_platform(Settings(locale="en"), conninfo, clock=FixedClock(NOW))
    await install_extensions(platform)
    yield platform
    await platform.database.close()


@pytest.fixture
async def demo(crm: Platform) -> Platform:
    """The CRM with its demonstration."""
    assert await fill_demo(crm)
    return crm
