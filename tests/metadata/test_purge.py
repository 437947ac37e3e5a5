"""Removed fields can be restored for 30 days; then their columns are dropped for good."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.metadata.test_apply import TYPES, add_field, apply, catalog_of, columns_of

from guanxi.kit.clock import FixedClock
from guanxi.kit.errors import ValuesRefusedError
from guanxi.metadata.history import design_history
from guanxi.metadata.model import Layout, LayoutGroup
from guanxi.metadata.purge import purge_retired_fields
from guanxi.metadata.steps import RestoreField, RetireField
from guanxi.metadata.store import set_layout
from guanxi.testing.sales import SalesWorld

RETIRE = RetireField.model_validate({"object": "crm_account", "field": "level"})
RESTORE = RestoreField.model_validate({"object": "crm_account", "field": "level"})


@pytest.fixture
async def retired(world: SalesWorld) -> SalesWorld:
    """An account whose level is kept in a field that was removed just now."""
    level = add_field("crm_account", name="level", indexed=True)
    await apply(world.database, world.schema, level)
    await world.make("crm_account", {"name": "A"})
    async with world.database.begin(world.schema) as work:
        await work.execute("update crm_account set level = 'gold'")
    await apply(world.database, world.schema, RETIRE)
    return world


async def purge(world: SalesWorld, days: float) -> int:
    """What the nightly job does so many days from now."""
    clock = FixedClock(datetime.now(UTC) + timedelta(days=days))
    async with world.database.begin(world.schema) as work:
        return await purge_retired_fields(work, TYPES, clock)


async def columns(world: SalesWorld) -> dict[str, str]:
    return await columns_of(world.database, world.schema, "crm_account")


async def test_a_removed_field_comes_back_with_its_values_within_30_days(
    retired: SalesWorld,
) -> None:
    assert await purge(retired, 29.9) == 0
    await apply(retired.database, retired.schema, RESTORE)
    assert await purge(retired, 31) == 0
    async with retired.database.begin(retired.schema) as work:
        assert await work.value("select level from crm_account") == "gold"


async def test_after_30_days_its_column_is_dropped_and_the_history_says_so(
    retired: SalesWorld,
) -> None:
    before = await catalog_of(retired.database, retired.schema)
    assert await purge(retired, 30.1) == 1
    assert "level" not in await columns(retired)
    after = await catalog_of(retired.database, retired.schema)
    assert after.version == before.version + 1
    assert "level" not in after.objects["crm_account"].retired_fields
    async with retired.database.begin(retired.schema) as work:
        (newest, *_), _ = await design_history(work, limit=1)
    assert newest.actor is None
    assert [one["action"] for one in newest.steps] == ["purge_field"]
    assert "gone for good" in newest.steps[0]["sentence"]["en"]
    assert await purge(retired, 60) == 0


async def test_what_is_gone_is_not_restored_and_its_name_is_not_given_again(
    retired: SalesWorld,
) -> None:
    await purge(retired, 31)
    for step in (RESTORE, add_field("crm_account", name="level")):
        with pytest.raises(ValuesRefusedError):
            await apply(retired.database, retired.schema, step)
    await apply(retired.database, retired.schema, add_field("crm_account", name="level_of_service"))


async def test_a_field_whose_table_is_in_use_waits_for_the_next_night(
    retired: SalesWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guanxi.metadata.purge.LOCK_TIMEOUT", "50ms")
    async with retired.database.begin(retired.schema) as work:
        await work.rows("select id from crm_account")
        assert await purge(retired, 31) == 0
    assert "level" in await columns(retired)
    assert await purge(retired, 32) == 1


async def test_the_layout_forgets_it(retired: SalesWorld) -> None:
    group = LayoutGroup({"en": "Main"}, ("name", "level"))
    layout = Layout((group,), highlights=("level", "name"), card=("level",))
    async with retired.database.begin(retired.schema) as work:
        await set_layout(work, "crm_account", layout)
    await purge(retired, 31)
    catalog = await catalog_of(retired.database, retired.schema)
    kept = LayoutGroup({"en": "Main"}, ("name",))
    assert catalog.objects["crm_account"].layout == Layout((kept,), highlights=("name",))


async def test_nothing_of_it_is_left_behind(retired: SalesWorld) -> None:
    """Neither what was still to be done for it nor how far it had counted."""
    async with retired.database.begin(retired.schema) as work:
        place = ["crm_account", "level"]
        await work.execute(
            "insert into design_pending (object, field, kind) values (%s, %s, 'index')", place
        )
        await work.execute(
            "insert into auto_number (object, field, period, value) values (%s, %s, '', 7)", place
        )
    await purge(retired, 31)
    async with retired.database.begin(retired.schema) as work:
        for table in ("design_pending", "auto_number"):
            left = f"select count(*) from {table} where object = 'crm_account' and field = 'level'"
            assert await work.value(left) == 0
