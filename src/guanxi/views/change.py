"""Changes and deletes views."""

from collections.abc import Mapping
from typing import Any, TypedDict
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.permissions.model import WorkspaceRight
from guanxi.permissions.require import require
from guanxi.permissions.viewer import Viewer
from guanxi.records.read import visible_object
from guanxi.views import store
from guanxi.views.check import check_config
from guanxi.views.errors import ViewChangedError, ViewNotYoursError
from guanxi.views.find import get_view
from guanxi.views.model import View, ViewConfig


class ViewChanges(TypedDict, total=False):
    """What may be changed of a view; what is missing stays."""

    name: Mapping[str, str] | str
    config: ViewConfig
    shared: bool
    is_default: bool
    position: int


def may_edit(viewer: Viewer, view: View) -> bool:
    """Whether the person may change the view: their own, or a shared one with the right to design."""
    if view.shared:
        return viewer.rights.has(WorkspaceRight.DESIGN)
    return view.owner == viewer.person_id


async def change_view(
    work: UnitOfWork, viewer: Viewer, id_: UUID, changes: ViewChanges, *, version: int | None
) -> View:
    """One who takes a view from the others keeps it. A default is the default of those who see the view.

    Raises ViewNotFoundError, ViewNotYoursError, ViewChangedError, ValuesRefusedError, RightMissingError.
    """
    view = await _own(work, viewer, id_, version)
    values: dict[str, Any] = dict(changes)
    shared = changes.get("shared", view.shared)
    if shared != view.shared:
        require(viewer, WorkspaceRight.DESIGN)
        values["owner"] = viewer.person_id
    if "config" in changes:
        definition = visible_object(viewer, view.object)
        values["config"] = check_config(viewer, definition, view.kind, changes["config"])
    if changes.get("is_default"):
        owner = None if shared else viewer.person_id
        await store.clear_default(work, view.object, owner=owner)
    if values:
        await store.update(work, id_, values)
    return await get_view(work, viewer, id_)


async def delete_view(work: UnitOfWork, viewer: Viewer, id_: UUID, *, version: int | None) -> None:
    """Raises ViewNotFoundError, ViewNotYoursError, ViewChangedError."""
    await _own(work, viewer, id_, version)
    await store.delete(work, id_)


async def _own(work: UnitOfWork, viewer: Viewer, id_: UUID, version: int | None) -> View:
    """The view, locked, when the person may change it and it is the version they saw."""
    await store.lock(work, id_)
    view = await get_view(work, viewer, id_)
    visible_object(viewer, view.object)
    if not may_edit(viewer, view):
        raise ViewNotYoursError
    if version is not None and version != view.version:
        raise ViewChangedError
    return view
