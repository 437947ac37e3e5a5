"""The design as the signed-in person may see it: objects, their fields, the types of fields."""

from typing import Any

from fastapi import APIRouter

from guanxi.api.access import SignedIn
from guanxi.api.schemas.objects import (
    field_answer,
    field_type_answer,
    is_visible,
    object_answer,
    objects_answer,
)
from guanxi.metadata.model import ObjectDefinition
from guanxi.permissions.viewer import Viewer
from guanxi.query.errors import ObjectNotFoundError
from guanxi.records.computing_marks import read_marks

router = APIRouter(tags=["objects"])


@router.get("/objects", operation_id="list_objects")
async def list_objects(access: SignedIn) -> dict[str, Any]:
    """Every object the person may see, with the fields they may read."""
    return objects_answer(await access.platform.gate.viewer(access.credential))


@router.get("/objects/{object_name}", operation_id="get_object")
async def get_object(access: SignedIn, object_name: str) -> dict[str, Any]:
    """One object with the fields the person may read."""
    viewer = await access.platform.gate.viewer(access.credential)
    return object_answer(viewer, _visible(viewer, object_name))


@router.get("/objects/{object_name}/fields", operation_id="list_fields")
async def list_fields(access: SignedIn, object_name: str) -> dict[str, Any]:
    """The fields of one object the person may read."""
    viewer = await access.platform.gate.viewer(access.credential)
    definition = _visible(viewer, object_name)
    return {
        "fields": [
            field_answer(viewer, definition, field) for field in viewer.readable_fields(definition)
        ]
    }


@router.get("/objects/{object_name}/computing", operation_id="list_computing")
async def list_computing(access: SignedIn, object_name: str) -> dict[str, Any]:
    """The computed fields of one object that are not up to date: how many records wait, of how many."""
    return {
        "computing": await access.platform.gate.read(
            access.credential, lambda viewer: read_marks(viewer, _visible(viewer, object_name))
        )
    }


@router.get("/field-types", operation_id="list_field_types")
async def list_field_types(access: SignedIn) -> dict[str, Any]:
    """What a new field can be."""
    await access.platform.gate.viewer(access.credential)
    return {"types": [field_type_answer(kind) for kind in access.platform.field_types]}


def _visible(viewer: Viewer, object_name: str) -> ObjectDefinition:
    definition = viewer.catalog.find(object_name)
    if definition is None or not is_visible(viewer, definition):
        raise ObjectNotFoundError(object=object_name)
    return definition
