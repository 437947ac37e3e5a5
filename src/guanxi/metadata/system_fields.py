"""The fields every record has, and the built-in objects people and departments."""

from collections.abc import Iterable
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from guanxi.fields.field_type import FieldType
from guanxi.kit.registry import Registry
from guanxi.metadata.model import FieldDefinition, ObjectDefinition

FieldTypes = Registry[FieldType[Any]]

#: What a record is called wherever it is named; a formula may fill it.
NAME = "name"
LONGEST_NAME = 255
NAME_LABEL = {"zh-CN": "名称", "en": "Name"}
SYSTEM_FIELD_NAMES = (
    "id",
    "name",
    "owner",
    "department",
    "created_at",
    "created_by",
    "updated_at",
    "updated_by",
    "version",
)


def leading_fields(types: FieldTypes, object_name: str) -> list[FieldDefinition]:
    """What stands before the object's own fields: the name. An object may give it another label by a field row."""
    return [
        _field(
            types,
            object_name,
            NAME,
            NAME_LABEL,
            "text",
            {"max_length": LONGEST_NAME},
            required=True,
        )
    ]


def trailing_fields(types: FieldTypes, object_name: str) -> list[FieldDefinition]:
    """What stands behind the object's own fields."""

    def field(name: str, zh: str, en: str, type_: str, options: dict[str, Any], *, ro: bool) -> Any:
        label = {"zh-CN": zh, "en": en}
        return _field(types, object_name, name, label, type_, options, read_only=ro)

    return [
        field("owner", "负责人", "Owner", "person", {}, ro=False),
        field("department", "所属部门", "Department", "link", {"target": "department"}, ro=False),
        field("created_at", "创建时间", "Created", "date_time", {}, ro=True),
        field("created_by", "创建人", "Created by", "person", {}, ro=True),
        field("updated_at", "更新时间", "Updated", "date_time", {}, ro=True),
        field("updated_by", "更新人", "Updated by", "person", {}, ro=True),
        field("version", "版本", "Version", "number", {"decimals": 0}, ro=True),
        field("id", "编号", "Id", "link", {"target": object_name}, ro=True),
    ]


def built_in_objects(types: FieldTypes) -> list[ObjectDefinition]:
    """People and departments: read on paths and in lists of choices, written by `auth`."""
    person = [
        _field(types, "person", "id", {"zh-CN": "编号", "en": "Id"}, "link", {"target": "person"}),
        _field(types, "person", "name", {"zh-CN": "姓名", "en": "Name"}, "text", {}),
        _field(types, "person", "email", {"zh-CN": "邮箱", "en": "E-mail"}, "email", {}),
        _field(
            types,
            "person",
            "department",
            {"zh-CN": "部门", "en": "Department"},
            "link",
            {"target": "department"},
        ),
        _field(types, "person", "manager", {"zh-CN": "上级", "en": "Manager"}, "person", {}),
        _field(types, "person", "active", {"zh-CN": "在职", "en": "Active"}, "checkbox", {}),
    ]
    department = [
        _field(
            types,
            "department",
            "id",
            {"zh-CN": "编号", "en": "Id"},
            "link",
            {"target": "department"},
        ),
        _field(types, "department", "name", {"zh-CN": "名称", "en": "Name"}, "text", {}),
        _field(
            types,
            "department",
            "parent",
            {"zh-CN": "上级部门", "en": "Parent"},
            "link",
            {"target": "department"},
        ),
    ]
    return [
        _built_in("person", {"zh-CN": "人员", "en": "People"}, "user", person),
        _built_in("department", {"zh-CN": "部门", "en": "Departments"}, "network", department),
    ]


def _built_in(
    name: str, label: dict[str, str], icon: str, fields: Iterable[FieldDefinition]
) -> ObjectDefinition:
    return ObjectDefinition(
        id=_id(name),
        name=name,
        label=label,
        plural_label=label,
        icon=icon,
        fields={field.name: field for field in fields},
        built_in=True,
    )


def _field(
    types: FieldTypes,
    object_name: str,
    name: str,
    label: dict[str, str],
    type_: str,
    options: dict[str, Any],
    *,
    required: bool = False,
    read_only: bool = False,
) -> FieldDefinition:
    kind = types.get(type_)
    return FieldDefinition(
        id=_id(f"{object_name}.{name}"),
        name=name,
        label=label,
        type=kind,
        options=kind.options_model.model_validate(options),
        required=required,
        system=True,
        read_only=read_only,
        position=SYSTEM_FIELD_NAMES.index(name) if name in SYSTEM_FIELD_NAMES else 0,
    )


def _id(name: str) -> UUID:
    """A stable id for what is the same in every workspace."""
    return uuid5(NAMESPACE_URL, f"urn:guanxi:{name}")
