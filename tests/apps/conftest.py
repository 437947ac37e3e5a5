"""A small application to install."""

from collections.abc import Mapping
from pathlib import Path

import pytest

FLEET: Mapping[str, str] = {
    "app.yaml": """\
name: fleet
version: 1.0.0
label: {zh-CN: 车队, en: Fleet}
description: {zh-CN: 车辆与行程, en: Vehicles and trips}
icon: truck
navigation:
  - label: {zh-CN: 车辆, en: Vehicles}
    objects: [fleet_vehicle, fleet_trip]
""",
    "roles.yaml": """\
roles:
  - key: driver
    name: {zh-CN: 司机, en: Driver}
    description: {zh-CN: 记录自己的行程, en: Notes their own trips}
""",
    "road/objects/vehicle/object.yaml": """\
name: fleet_vehicle
label: {zh-CN: 车辆, en: Vehicle}
plural_label: {zh-CN: 车辆, en: Vehicles}
icon: truck
color: amber
name_label: {zh-CN: 车牌号, en: Plate}
fields:
  - name: kind
    label: {zh-CN: 车型, en: Kind}
    type: choice
    options:
      choices:
        - {value: van, label: {zh-CN: 面包车, en: Van}}
        - {value: truck, label: {zh-CN: 卡车, en: Truck}}
  - name: load
    label: {zh-CN: 载重, en: Load}
    type: number
    options: {decimals: 1, unit: t}
""",
    "road/objects/vehicle/page.yaml": """\
highlights: [kind]
card: [kind, load]
groups:
  - label: {zh-CN: 基本信息, en: Basics}
    fields: [name, kind, load]
""",
    "road/objects/vehicle/views.yaml": """\
views:
  - key: all
    name: {zh-CN: 全部, en: All}
    kind: table
    default: true
    config:
      sort: [name]
      columns: [{field: name, width: 200}, {field: kind}]
  - key: by_kind
    name: {zh-CN: 按车型, en: By kind}
    kind: board
    config: {group_by: kind, sum: load}
""",
    "road/objects/vehicle/access.yaml": """\
grants:
  driver:
    - actions: [see]
      rows: {scope: all}
      fields: {default: read, except: {load: none}}
""",
    "road/objects/trip/object.yaml": """\
name: fleet_trip
label: {zh-CN: 行程, en: Trip}
plural_label: {zh-CN: 行程, en: Trips}
fields:
  - name: vehicle
    label: {zh-CN: 车辆, en: Vehicle}
    type: link
    options: {target: fleet_vehicle}
""",
}


@pytest.fixture
def fleet(tmp_path: Path) -> Path:
    """The folder of an application with two objects."""
    folder = tmp_path / "fleet"
    for name, text in FLEET.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder
