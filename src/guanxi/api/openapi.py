"""The description of the API, with the workspace's own objects in it, as far as the reader may see them."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from fastapi import FastAPI

from guanxi.fields.capabilities import ValueKind
from guanxi.kit.text import label_in
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.permissions.model import Action
from guanxi.permissions.viewer import Viewer

Document = dict[str, Any]

_LIST, _ONE = "/api/v1/records/{object_name}", "/api/v1/records/{object_name}/{record_id}"

_PROBLEM: Document = {
    "type": "object",
    "description": "RFC 9457; see the HTTP reference, Conventions.",
    "required": ["type", "code", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "code": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "request_id": {"type": ["string", "null"]},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "code", "message"],
                "properties": {
                    "pointer": {"type": "string"},
                    "field": {"type": ["string", "null"]},
                    "code": {"type": "string"},
                    "message": {"type": "string"},
                },
            },
        },
    },
}
_PROBLEM_ANSWER: Document = {
    "description": "A problem, told in the reader's language.",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
_REFERENCE: Document = {
    "type": ["object", "null"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "name": {"type": ["string", "null"]},
        "hidden": {"type": "boolean"},
    },
}
_FILE: Document = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "name": {"type": "string"},
        "type": {"type": "string"},
        "size": {"type": "integer"},
        "thumbnail": {"type": "boolean"},
    },
}
_READ: Mapping[ValueKind, Document] = {
    ValueKind.TEXT: {"type": ["string", "null"]},
    ValueKind.NUMBER: {"type": ["number", "null"]},
    ValueKind.BOOLEAN: {"type": "boolean"},
    ValueKind.DATE: {"type": ["string", "null"], "format": "date"},
    ValueKind.DATE_TIME: {"type": ["string", "null"], "format": "date-time"},
    ValueKind.TEXTS: {"type": "array", "items": {"type": "string"}},
    ValueKind.REFERENCE: _REFERENCE,
    ValueKind.REFERENCES: {"type": "array", "items": _REFERENCE},
    ValueKind.FILES: {"type": ["array", "null"], "items": _FILE},
    ValueKind.DATA: {"type": ["object", "array", "null"]},
    ValueKind.SECRET: {"type": ["string", "null"]},
}
#: What a program should send; the API takes more forms (see the HTTP reference, field types).
_WRITTEN: Mapping[ValueKind, Document] = {
    **_READ,
    ValueKind.REFERENCE: {"type": ["string", "null"], "format": "uuid"},
    ValueKind.REFERENCES: {"type": "array", "items": {"type": "string", "format": "uuid"}},
}


def describe(app: FastAPI) -> Document:
    """The routes of the application, their answers and problems; the same for everybody."""
    document = deepcopy(app.openapi())
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas["Problem"] = _PROBLEM
    components["securitySchemes"] = {
        "session": {"type": "apiKey", "in": "cookie", "name": "guanxi_session"},
        "token": {"type": "http", "scheme": "bearer"},
    }
    document["security"] = [{"session": []}, {"token": []}]
    for operations in document["paths"].values():
        for operation in operations.values():
            operation["responses"].pop("422", None)
            operation["responses"]["4XX"] = _PROBLEM_ANSWER
            operation["responses"]["5XX"] = _PROBLEM_ANSWER
    return document


def with_objects(document: Document, viewer: Viewer) -> Document:
    """The description with the objects, fields and actions the viewer has."""
    paths = document["paths"]
    own_paths: Document = {}
    schemas: Document = {}
    seen = [
        definition
        for definition in viewer.catalog.record_objects()
        if definition.retired_at is None and viewer.may(Action.SEE, definition.name)
    ]
    general = {
        path: {
            method: _for_objects(operation, [one.name for one in seen])
            for method, operation in operations.items()
        }
        for path, operations in paths.items()
        if path.startswith(_LIST) and seen
    }
    for definition in seen:
        schemas |= _schemas_of(definition, viewer)
        for pattern in (_LIST, _ONE):
            path = pattern.replace("{object_name}", definition.name)
            own_paths[path] = {
                method: _own(operation, definition, viewer.locale)
                for method, operation in paths[pattern].items()
            }
    components = document["components"]
    return {
        **document,
        "paths": {**paths, **general, **own_paths},
        "components": {**components, "schemas": {**components["schemas"], **schemas}},
    }


def _schemas_of(definition: ObjectDefinition, viewer: Viewer) -> Document:
    readable = viewer.readable_fields(definition)
    writable = [
        field
        for field in readable
        if viewer.may_write(definition.name, field, Action.CREATE)
        or viewer.may_write(definition.name, field, Action.EDIT)
    ]
    return {
        definition.name: {
            "type": "object",
            "title": label_in(definition.label, viewer.locale),
            "properties": {field.name: _schema(field, _READ, viewer) for field in readable},
        },
        f"{definition.name}__values": {
            "type": "object",
            "title": label_in(definition.label, viewer.locale),
            "additionalProperties": False,
            "properties": {field.name: _schema(field, _WRITTEN, viewer) for field in writable},
        },
    }


def _schema(
    field: FieldDefinition, forms: Mapping[ValueKind, Document], viewer: Viewer
) -> Document:
    schema = {**forms[field.type.value_kind], "title": label_in(field.label, viewer.locale)}
    if field.help:
        schema["description"] = label_in(field.help, viewer.locale)
    if field.read_only or not field.type.writable:
        schema["readOnly"] = True
    return schema


def _for_objects(operation: Document, names: list[str]) -> Document:
    """The general operation, which takes the name of one of these objects."""
    parameters = [
        {**one, "schema": {"type": "string", "enum": names}}
        if one["name"] == "object_name"
        else one
        for one in operation.get("parameters", ())
    ]
    return {**operation, "parameters": parameters}


#: A computed field that is not up to date, and how many records of how many wait.
_COMPUTING: Document = {
    "type": "object",
    "properties": {
        "field": {"type": "string"},
        "waiting": {"type": "integer"},
        "total": {"type": "integer"},
    },
}


def _own(operation: Document, definition: ObjectDefinition, locale: Any) -> Document:
    """The general operation on records, for one object."""
    record = {"$ref": f"#/components/schemas/{definition.name}"}
    own = deepcopy(operation)
    own["operationId"] = f"{operation['operationId']}__{definition.name}"
    own["summary"] = f"{operation['summary']} · {label_in(definition.label, locale)}"
    own["parameters"] = [
        one for one in operation.get("parameters", ()) if one["name"] != "object_name"
    ]
    if "requestBody" in own:
        values = {"$ref": f"#/components/schemas/{definition.name}__values"}
        own["requestBody"]["content"] = {"application/json": {"schema": values}}
    answer: Document = record
    if operation["operationId"] == "list_records":
        answer = {
            "type": "object",
            "properties": {
                "records": {"type": "array", "items": record},
                "next_cursor": {"type": ["string", "null"]},
                "computing": {"type": "array", "items": _COMPUTING},
            },
        }
    if operation["operationId"] != "delete_record":
        for status, response in own["responses"].items():
            if status.startswith("2"):
                response["content"] = {"application/json": {"schema": answer}}
    return own
