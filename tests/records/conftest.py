"""What tests of records stand on."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.records.importing import Importer, pipeline_objects

from guanxi.bootstrap import open_platform
from guanxi.kit.settings import Settings
from guanxi.testing.sales import make_objects


@pytest.fixture
async def importer(conninfo: str, tmp_path: Path) -> AsyncIterator[Importer]:
    """The operator, in a workspace with accounts, products and opportunities."""
    platform = await open_platform(Settings(locale="en"), conninfo, extensions=())
    async with platform.database.begin(platform.schema) as work:
        await make_objects(work, pipeline_objects())
    yield Importer(platform, tmp_path)
    await platform.database.close()
