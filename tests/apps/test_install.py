from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from guanxi.apps.errors import InvalidAppError, NameTakenError
from guanxi.apps.install import install_application, try_application
from guanxi.apps.load import load_application
from guanxi.apps.manifest import Application
from guanxi.apps.model import Installation
from guanxi.bootstrap import Platform, open_platform
from guanxi.kit.settings import Settings
from guanxi.metadata.apply import apply_steps
from guanxi.metadata.model import FieldDefinition
from guanxi.metadata.steps import (
    AddField,
    AddObject,
    ChangeField,
    FieldChanges,
    NewField,
    NewObject,
)
from guanxi.metadata.store import bump_design
from guanxi.permissions.model import Action
from guanxi.permissions.roles import change_role, list_roles
from guanxi.views.change import change_view, delete_view
from guanxi.views.find import views_of
from guanxi.views.store import shared_views_of

VEHICLE = "road/objects/vehicle/object.yaml"


@pytest.fixture
async def platform(conninfo: str) -> AsyncIterator[Platform]:
    """A platform without applications."""
    platform = await open_platform(Settings(), conninfo, extensions=())
    yield platform
    await platform.database.close()


async def install(platform: Platform, application: Application) -> Installation:
    async with platform.database.begin(platform.schema) as work:
        return await install_application(
            work, platform.field_types, application, zone=platform.zone
        )


async def everything(platform: Platform) -> list[Any]:
    """All rows an installation writes."""
    tables = ("app", "object", "field", "role", "role_grant", "view", "epoch", "design_change")
    async with platform.database.begin(platform.schema) as work:
        return [await work.rows(f"select t::text from {table} t order by 1") for table in tables]


def change(folder: Path, name: str, old: str, new: str) -> Application:
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    return load_application(folder)


async def test_an_application_brings_objects_roles_views_and_navigation(
    platform: Platform, fleet: Path
) -> None:
    done = await install(platform, load_application(fleet))
    assert done == Installation("fleet", "1.0.0", objects=2, fields=3, roles=1, views=2)
    async with platform.gate.system_write("command") as (work, viewer):
        vehicle = viewer.catalog.objects["fleet_vehicle"]
        assert vehicle.fields["name"].label == {"zh-CN": "车牌号", "en": "Plate"}
        assert vehicle.layout.card == ("kind", "load")
        assert viewer.catalog.objects["fleet_trip"].fields["vehicle"].target == "fleet_vehicle"
        assert [view.kind for view in await views_of(work, viewer, "fleet_vehicle")] == [
            "table",
            "board",
        ]
        driver = next(one for one in await list_roles(work) if one.name["en"] == "Driver")
        [grant] = driver.grants
        assert (grant.object, list(grant.actions)) == ("fleet_vehicle", [Action.SEE])
        assert grant.field_except == {"load": "none"}


async def test_installing_again_changes_nothing(platform: Platform, fleet: Path) -> None:
    application = load_application(fleet)
    await install(platform, application)
    before = await everything(platform)
    assert (await install(platform, application)).changed_nothing
    assert await everything(platform) == before


async def test_a_later_version_adds_what_is_new(platform: Platform, fleet: Path) -> None:
    await install(platform, load_application(fleet))
    change(fleet, "app.yaml", "version: 1.0.0", "version: 1.1.0")
    later = change(
        fleet,
        "road/objects/trip/object.yaml",
        "fields:\n",
        "fields:\n  - {name: km, label: {zh-CN: 公里, en: km}, type: number}\n",
    )
    done = await install(platform, later)
    assert (done.objects, done.fields, done.roles, done.views) == (0, 1, 0, 0)
    async with platform.database.begin(platform.schema) as work:
        assert await work.rows("select version from app") == [("1.1.0",)]


async def test_what_administrators_changed_stays(platform: Platform, fleet: Path) -> None:
    await install(platform, load_application(fleet))
    async with platform.gate.system_write("command") as (work, viewer):
        everything_shared, board = await shared_views_of(work, "fleet_vehicle")
        await change_view(work, viewer, everything_shared.id, {"name": "Our cars"}, version=None)
        await delete_view(work, viewer, board.id, version=None)
        driver = next(one for one in await list_roles(work) if one.name["en"] == "Driver")
        await change_role(work, viewer, driver.id, {"name": {"en": "Chauffeur"}, "grants": ()})
        await work.execute(
            "update object set label = '{\"en\": \"Car\"}' where name = 'fleet_vehicle'"
        )
        await work.execute("update field set label = '{\"en\": \"Type\"}' where name = 'kind'")
        await work.execute("update app set navigation = '[]'")
        await bump_design(work)
    await install(platform, change(fleet, "app.yaml", "version: 1.0.0", "version: 1.1.0"))
    async with platform.gate.system_write("command") as (work, viewer):
        [view] = await shared_views_of(work, "fleet_vehicle")
        assert view.name == "Our cars"
        [role] = [one for one in await list_roles(work) if not one.is_administrator]
        assert (role.name, role.grants) == ({"en": "Chauffeur"}, ())
        vehicle = (await platform.gate.catalog(work)).objects["fleet_vehicle"]
        assert vehicle.label == {"en": "Car"}
        assert vehicle.fields["kind"].label == {"en": "Type"}
        assert await work.value("select navigation from app") == []


async def test_a_later_version_computes_what_people_filled_in(
    platform: Platform, fleet: Path
) -> None:
    plain, computed = "{decimals: 1, unit: t}", '{decimals: 1, unit: t}\n    formula: "2 + 3"'
    await install(platform, load_application(fleet))
    later = change(fleet, VEHICLE, plain, computed)
    assert (await install(platform, later)).fields == 0
    load = await field_of(platform, "load")
    assert load.formula is not None
    assert load.read_only
    await install(platform, change(fleet, VEHICLE, computed, plain))
    assert (await field_of(platform, "load")).formula is None


async def test_a_formula_that_administrators_wrote_stays(platform: Platform, fleet: Path) -> None:
    plain = "{decimals: 1, unit: t}"
    await install(platform, load_application(fleet))
    await compute(platform, "load", "7")
    before = (await field_of(platform, "load")).formula
    await install(platform, change(fleet, VEHICLE, plain, f'{plain}\n    formula: "2 + 3"'))
    assert (await field_of(platform, "load")).formula == before


async def test_a_later_version_brings_titles_and_changes_them(
    platform: Platform, fleet: Path
) -> None:
    await install(platform, load_application(fleet))
    titled = "color: amber\nname_formula: '{kind} & \" \" & {load}'"
    await install(platform, change(fleet, VEHICLE, "color: amber", titled))
    first = (await field_of(platform, "name")).formula
    assert first is not None
    await install(platform, change(fleet, VEHICLE, "& {load}'", "& ROUND({load})'"))
    changed = (await field_of(platform, "name")).formula
    assert changed not in (None, first)
    await compute(platform, "name", "{kind}")
    own = (await field_of(platform, "name")).formula
    await install(platform, change(fleet, VEHICLE, "ROUND({load})", "{load}"))
    assert (await field_of(platform, "name")).formula == own, "what the workspace wrote stays"


async def test_a_later_version_lets_people_name_records_again(
    platform: Platform, fleet: Path
) -> None:
    titled = "color: amber\nname_formula: '{kind}'"
    await install(platform, change(fleet, VEHICLE, "color: amber", titled))
    assert (await field_of(platform, "name")).formula is not None
    await install(platform, change(fleet, VEHICLE, titled, "color: amber"))
    assert (await field_of(platform, "name")).formula is None


async def compute(platform: Platform, name: str, formula: str) -> None:
    """As an administrator of the workspace does it."""
    own = ChangeField(object="fleet_vehicle", field=name, changes=FieldChanges(formula=formula))
    async with platform.database.begin(platform.schema) as work:
        await apply_steps(
            work,
            platform.field_types,
            [own],
            base_version=await work.value("select design from epoch"),
            actor=None,
            zone=platform.zone,
        )


async def field_of(platform: Platform, name: str) -> FieldDefinition:
    async with platform.gate.system_write("command") as (_, viewer):
        return viewer.catalog.objects["fleet_vehicle"].fields[name]


async def test_an_object_of_the_name_that_is_somebody_elses_is_not_taken_over(
    platform: Platform, fleet: Path
) -> None:
    async with platform.database.begin(platform.schema) as work:
        own = NewObject(name="fleet_trip", label={"en": "Our trips"})
        await apply_steps(
            work,
            platform.field_types,
            [AddObject(object=own)],
            base_version=await work.value("select design from epoch"),
            actor=None,
            zone=platform.zone,
        )
    before = await everything(platform)
    with pytest.raises(NameTakenError):
        await install(platform, load_application(fleet))
    assert await everything(platform) == before


async def test_fields_that_administrators_added_stay(platform: Platform, fleet: Path) -> None:
    await install(platform, load_application(fleet))
    async with platform.database.begin(platform.schema) as work:
        colour = NewField(name="colour", label={"en": "Colour"}, type="text")
        await apply_steps(
            work,
            platform.field_types,
            [AddField(object="fleet_vehicle", field=colour)],
            base_version=await work.value("select design from epoch"),
            actor=None,
            zone=platform.zone,
        )
    await install(platform, change(fleet, "app.yaml", "version: 1.0.0", "version: 1.1.0"))
    async with platform.database.begin(platform.schema) as work:
        catalog = await platform.gate.catalog(work)
        assert "colour" in catalog.objects["fleet_vehicle"].fields


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("views", "sort: [name]", "sort: [nme]", "views.yaml:7: 'Vehicle' has no field 'nme'."),
        ("views", "{field: kind}]", "{field: kynd}]", "views.yaml:8: 'Vehicle' has no field 'kynd'."),
        ("views", "group_by: kind", "group_by: load", "views.yaml:12: This field cannot be grouped by."),
        ("access", "scope: all", "scope: condition", "access.yaml:4: Give the condition."),
    ],
)  # fmt: skip
async def test_views_and_access_that_cannot_work_are_told_and_nothing_is_kept(
    platform: Platform, fleet: Path, name: str, old: str, new: str, told: str
) -> None:
    wrong = change(fleet, f"road/objects/vehicle/{name}.yaml", old, new)
    before = await everything(platform)
    with pytest.raises(InvalidAppError, match="road/objects/vehicle/") as refused:
        await install(platform, wrong)
    assert told in str(refused.value)
    assert await everything(platform) == before


async def test_a_trial_leaves_nothing_behind(platform: Platform, fleet: Path) -> None:
    before = await everything(platform)
    async with platform.database.begin(platform.schema) as work:
        await try_application(
            work, platform.field_types, load_application(fleet), zone=platform.zone
        )
    assert await everything(platform) == before
