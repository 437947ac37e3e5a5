from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.apps.test_install import change

from guanxi.apps.errors import AppNotInstalledError, FolderTakenError
from guanxi.apps.export import export_application
from guanxi.apps.install import install_application
from guanxi.apps.load import load_application
from guanxi.apps.manifest import Application
from guanxi.apps.write import write_application
from guanxi.bootstrap import Platform, open_platform
from guanxi.kit.settings import Settings
from guanxi.metadata.apply import apply_steps
from guanxi.metadata.steps import AddField, AddObject, NewField, NewObject
from guanxi.metadata.store import load_catalog
from guanxi.sdk.extension import find_extensions
from guanxi.views.create import create_view
from guanxi.views.model import ViewConfig


@pytest.fixture
async def platform(conninfo: str) -> AsyncIterator[Platform]:
    platform = await open_platform(Settings(), conninfo, extensions=())
    yield platform
    await platform.database.close()


async def install(platform: Platform, application: Application) -> None:
    async with platform.database.begin(platform.schema) as work:
        await install_application(work, platform.field_types, application, zone=platform.zone)


async def exported(platform: Platform, name: str, folder: Path) -> Application:
    """What was written, read again."""
    async with platform.database.begin(platform.schema) as work:
        application = await export_application(work, platform.field_types, name, folder=folder)
    write_application(application)
    return load_application(folder)


def by_place(application: Application) -> dict[str, object]:
    """Objects by folder; their fields by name, for those with formulas are made after those they name."""
    document = application.as_packaged()
    for one in document["objects"]:
        one["definition"]["fields"].sort(key=lambda field: field["name"])
    document["objects"] = {one["folder"]: one for one in document["objects"]}
    return document


async def test_an_export_is_the_application_that_was_installed(
    platform: Platform, fleet: Path, tmp_path: Path
) -> None:
    packaged = load_application(fleet)
    await install(platform, packaged)
    again = await exported(platform, "fleet", tmp_path / "out")
    assert by_place(again) == by_place(packaged)


async def test_a_title_is_installed_and_exported(
    platform: Platform, fleet: Path, tmp_path: Path
) -> None:
    title = 'name_formula: \'{kind} & " " & TEXT({load}, "0.0")\'\nname_label:'
    packaged = change(fleet, "road/objects/vehicle/object.yaml", "name_label:", title)
    await install(platform, packaged)
    async with platform.database.begin(platform.schema) as work:
        catalog = await load_catalog(work, platform.field_types)
    name = catalog.objects["fleet_vehicle"].fields["name"]
    assert name.formula is not None
    assert name.label["en"] == "Plate"
    again = await exported(platform, "fleet", tmp_path / "out")
    assert by_place(again) == by_place(packaged)


async def test_the_crm_survives_the_round_trip(platform: Platform, tmp_path: Path) -> None:
    [crm] = [one for one in find_extensions() if one.name == "crm"]
    packaged = load_application(crm.folder)
    await install(platform, packaged)
    again = await exported(platform, "crm", tmp_path / "crm")
    assert by_place(again) == by_place(packaged)


async def test_changes_by_administrators_are_in_the_export(
    platform: Platform, fleet: Path, tmp_path: Path
) -> None:
    await install(platform, load_application(fleet))
    async with platform.database.begin(platform.schema) as work:
        await apply_steps(
            work,
            platform.field_types,
            [
                AddObject(object=NewObject(name="depot", label={"zh-CN": "车场"}, app="fleet")),
                AddField(
                    object="fleet_vehicle",
                    field=NewField(name="colour", label={"zh-CN": "颜色"}, type="text"),
                ),
                AddField(
                    object="fleet_vehicle",
                    field=NewField(
                        name="half", label={"en": "Half"}, type="number", formula="{load}/2"
                    ),
                ),
            ],
            base_version=await work.value("select design from epoch"),
            actor=None,
            zone=platform.zone,
        )
    async with platform.gate.system_write("command") as (work, viewer):
        await create_view(
            work,
            viewer,
            object_name="fleet_vehicle",
            name="轻型车",
            kind="table",
            config=ViewConfig(filter={"field": "load", "op": "lt", "value": 3.5}),
            shared=True,
        )
    again = await exported(platform, "fleet", tmp_path / "out")
    vehicle = next(one for one in again.objects if one.definition.name == "fleet_vehicle")
    assert [field.name for field in vehicle.definition.fields] == ["kind", "load", "colour", "half"]
    assert vehicle.definition.fields[-1].formula == "{load} / 2"
    assert vehicle.views.views[-1].key == "qing_xing_che"
    assert vehicle.views.views[-1].config.filter == {"field": "load", "op": "lt", "value": 3.5}
    assert (tmp_path / "out/added/objects/depot/object.yaml").exists()
    text = (tmp_path / "out/road/objects/vehicle/object.yaml").read_text(encoding="utf-8")
    assert "label: {zh-CN: 颜色}" in text


async def test_an_export_goes_into_an_empty_folder_only(
    platform: Platform, fleet: Path, tmp_path: Path
) -> None:
    await install(platform, load_application(fleet))
    (tmp_path / "out").mkdir()
    (tmp_path / "out/mine.txt").write_text("kept", encoding="utf-8")
    with pytest.raises(FolderTakenError):
        await exported(platform, "fleet", tmp_path / "out")
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["mine.txt"]


async def test_only_what_is_installed_can_be_exported(platform: Platform, tmp_path: Path) -> None:
    with pytest.raises(AppNotInstalledError):
        await exported(platform, "fleet", tmp_path / "out")
