from pathlib import Path

import pytest

from guanxi.apps.check import check_application
from guanxi.apps.errors import InvalidAppError
from guanxi.apps.load import load_application
from guanxi.fields.builtin import builtin_field_types

VEHICLE = "road/objects/vehicle"


def problems_in(folder: Path) -> list[str]:
    """What is wrong, as it is told."""
    with pytest.raises(InvalidAppError) as refused:
        check_application(load_application(folder), builtin_field_types())
    return [str(problem) for problem in refused.value.problems]


def change(folder: Path, name: str, old: str, new: str) -> None:
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_an_application_in_order_passes(fleet: Path) -> None:
    check_application(load_application(fleet), builtin_field_types())


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("app.yaml", "fleet_trip]", "fleet_tripp]", "app.yaml:8: There is no object named 'fleet_tripp'. Did you mean 'fleet_trip'?"),
        (f"{VEHICLE}/page.yaml", "[kind, load]", "[kind, lode]", f"{VEHICLE}/page.yaml:2: There is no field named 'lode'. Did you mean 'load'?"),
        (f"{VEHICLE}/page.yaml", "[name, kind, load]", "[name, colour]", f"{VEHICLE}/page.yaml:5: There is no field named 'colour'."),
        (f"{VEHICLE}/access.yaml", "driver:", "drivers:", f"{VEHICLE}/access.yaml:2: There is no role named 'drivers'. Did you mean 'driver'?"),
        (f"{VEHICLE}/access.yaml", "load: none", "lead: none", f"{VEHICLE}/access.yaml:5: There is no field named 'lead'. Did you mean 'load'?"),
        (f"{VEHICLE}/object.yaml", "type: number", "type: numbr", f"{VEHICLE}/object.yaml:17: There is no field type “numbr”."),
        (f"{VEHICLE}/object.yaml", "decimals: 1", "decimals: many", f"{VEHICLE}/object.yaml:18: The setting “decimals” is not right."),
        ("road/objects/trip/object.yaml", "target: fleet_vehicle", "target: fleet_car", "road/objects/trip/object.yaml:8: No object in use is named “fleet_car”."),
        (f"{VEHICLE}/views.yaml", "key: by_kind", "key: all", f"{VEHICLE}/views.yaml:9: There is a second view with the key 'all'."),
        (f"{VEHICLE}/views.yaml", "kind: board", "kind: board\n    default: true", f"{VEHICLE}/views.yaml:1: More than one view is the default."),
        (f"{VEHICLE}/object.yaml", "name: fleet_vehicle", "name: fleet_trip", f"{VEHICLE}/object.yaml:1: There is a second object 'fleet_trip'."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_with_its_line(
    fleet: Path, name: str, old: str, new: str, told: str
) -> None:
    change(fleet, name, old, new)
    assert any(problem.startswith(told) for problem in problems_in(fleet)), problems_in(fleet)


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("app.yaml", "version: 1.0.0", "version: one", "app.yaml:2: version:"),
        ("app.yaml", "icon: truck", "icn: truck", "app.yaml:5: icn:"),
        (f"{VEHICLE}/object.yaml", "en: Kind", "fr: Genre", f"{VEHICLE}/object.yaml:9: fields/0/label: languages are"),
        (f"{VEHICLE}/access.yaml", "scope: all", "scope: some", f"{VEHICLE}/access.yaml:4: grants/driver/0/rows/scope:"),
        (f"{VEHICLE}/views.yaml", "group_by: kind", "group_by: [kind]", f"{VEHICLE}/views.yaml:12: views/1/config/group_by:"),
        (f"{VEHICLE}/views.yaml", "sort: [name]", "sort: [name", f"{VEHICLE}/views.yaml:8: This is not YAML"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_its_line(
    fleet: Path, name: str, old: str, new: str, told: str
) -> None:
    change(fleet, name, old, new)
    assert any(problem.startswith(told) for problem in problems_in(fleet)), problems_in(fleet)


def test_everything_wrong_is_told_at_once(fleet: Path) -> None:
    change(fleet, "app.yaml", "icon: truck", "icn: truck")
    change(fleet, f"{VEHICLE}/access.yaml", "scope: all", "scope: some")
    assert len(problems_in(fleet)) == 2


def test_a_folder_without_its_first_file_is_no_application(tmp_path: Path) -> None:
    assert problems_in(tmp_path) == ["app.yaml: The file is missing."]
