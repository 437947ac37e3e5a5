"""Finds the views a person may use."""

from dataclasses import replace
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.permissions.viewer import Viewer
from guanxi.records.read import visible_object
from guanxi.views import store
from guanxi.views.check import usable
from guanxi.views.errors import ViewNotFoundError
from guanxi.views.model import View


async def views_of(work: UnitOfWork, viewer: Viewer, object_name: str) -> list[View]:
    """The shared views of the object and the person's own, as far as they may be used. Raises ObjectNotFoundError."""
    definition = visible_object(viewer, object_name)
    found: list[View] = []
    for view in await store.views_of(work, object_name, viewer.person_id):
        config = usable(viewer, definition, view.kind, view.config)
        if config is not None:
            found.append(replace(view, config=config))
    return found


async def get_view(work: UnitOfWork, viewer: Viewer, id_: UUID) -> View:
    """A view as it is stored. Raises ViewNotFoundError."""
    view = await store.find(work, id_, viewer.person_id)
    if view is None:
        raise ViewNotFoundError
    return view
