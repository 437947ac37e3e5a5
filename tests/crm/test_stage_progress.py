from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from guanxi.bootstrap import Platform, open_platform
from guanxi.kit.clock import FixedClock
from guanxi.kit.settings import Settings
from guanxi.permissions.viewer import Source
from guanxi.records.create import create
from guanxi.records.update import RecordChange, update
from guanxi.testing.sales import make_objects, sales_objects

TODAY = "2026-06-18"


class Opportunity:
    """One opportunity that is changed step by step."""

    def __init__(self, platform: Platform, id_: UUID) -> None:
        self._platform = platform
        self.id = id_

    @classmethod
    async def made(
        cls, platform: Platform, source: Source = "page", **values: Any
    ) -> "Opportunity":
        async with platform.gate.system_write(source) as (work, viewer):
            [saved] = await create(
                work, viewer, platform.saving, "crm_opportunity", [{"name": "Lathes", **values}]
            )
        return cls(platform, saved.id)

    async def change(self, **values: Any) -> None:
        async with self._platform.gate.system_write("page") as (work, viewer):
            await update(
                work,
                viewer,
                self._platform.saving,
                "crm_opportunity",
                [RecordChange(self.id, values)],
            )

    async def read(self) -> dict[str, Any]:
        async with self._platform.database.begin(self._platform.schema) as work:
            [row] = await work.dicts(
                "select stage, probability::float, close_date::text from crm_opportunity where id = %s",
                [self.id],
            )
        return row


async def test_a_new_opportunity_begins_with_the_probability_of_its_stage(crm: Platform) -> None:
    made = await Opportunity.made(crm)
    assert await made.read() == {"stage": "prospecting", "probability": 10, "close_date": None}


async def test_the_probability_follows_the_stage(crm: Platform) -> None:
    made = await Opportunity.made(crm)
    await made.change(stage="proposal")
    assert (await made.read())["probability"] == 50
    await made.change(stage="engaging")
    assert (await made.read())["probability"] == 30


async def test_a_probability_set_by_hand_stays_while_it_is_open(crm: Platform) -> None:
    made = await Opportunity.made(crm)
    await made.change(probability=65)
    await made.change(stage="proposal")
    assert (await made.read())["probability"] == 65
    await made.change(stage="negotiation", probability=90)
    assert (await made.read())["probability"] == 90


@pytest.mark.parametrize(("stage", "certain"), [("won", 100), ("lost", 0), ("void", 0)])
async def test_the_end_is_certain_whatever_was_set_by_hand(
    crm: Platform, stage: str, certain: int
) -> None:
    made = await Opportunity.made(crm, probability=65, lost_reason="cancelled")
    await made.change(stage=stage)
    assert (await made.read())["probability"] == certain


@pytest.mark.parametrize("stage", ["won", "lost"])
async def test_closing_fills_an_empty_date_and_one_that_lies_ahead(
    crm: Platform, stage: str
) -> None:
    undated = await Opportunity.made(crm, lost_reason="price")
    await undated.change(stage=stage)
    assert (await undated.read())["close_date"] == TODAY
    ahead = await Opportunity.made(crm, close_date="2026-09-30", lost_reason="price")
    await ahead.change(stage=stage)
    assert (await ahead.read())["close_date"] == TODAY


async def test_a_closing_date_given_or_past_is_kept(crm: Platform) -> None:
    given = await Opportunity.made(crm)
    await given.change(stage="won", close_date="2026-05-01")
    assert (await given.read())["close_date"] == "2026-05-01"
    past = await Opportunity.made(crm, close_date="2026-06-01")
    await past.change(stage="won")
    assert (await past.read())["close_date"] == "2026-06-01"


async def test_the_day_is_that_of_the_workspace(crm: Platform) -> None:
    clock = crm.clock
    assert isinstance(clock, FixedClock)
    clock.move_to(datetime(2026, 6, 18, 17, 0, tzinfo=UTC) + timedelta(hours=1))
    made = await Opportunity.made(crm)
    await made.change(stage="won")
    assert (await made.read())["close_date"] == "2026-06-19"


async def test_a_void_opportunity_was_never_closed(crm: Platform) -> None:
    made = await Opportunity.made(crm)
    await made.change(stage="void")
    assert (await made.read())["close_date"] is None


async def test_an_import_keeps_what_the_file_says_of_dates(crm: Platform) -> None:
    made = await Opportunity.made(crm, source="import", stage="won")
    assert await made.read() == {"stage": "won", "probability": 100, "close_date": None}


async def test_an_object_of_the_name_that_is_not_the_crms_is_left_alone(conninfo: str) -> None:
    platform = await open_platform(Settings(), conninfo)
    async with platform.database.begin(platform.schema) as work:
        await make_objects(work, sales_objects())
    made = await Opportunity.made(platform, stage="won")
    assert await made.read() == {"stage": "won", "probability": None, "close_date": None}
    await platform.database.close()
