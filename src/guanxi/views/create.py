"""Saves a new view."""

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.ids import new_id
from guanxi.permissions.model import WorkspaceRight
from guanxi.permissions.require import require
from guanxi.permissions.viewer import Viewer
from guanxi.records.read import visible_object
from guanxi.views import store
from guanxi.views.check import check_config
from guanxi.views.find import get_view
from guanxi.views.model import View, ViewConfig, ViewKindName


async def create_view(
    work: UnitOfWork,
    viewer: Viewer,
    *,
    object_name: str,
    name: str,
    kind: ViewKindName,
    config: ViewConfig,
    shared: bool,
) -> View:
    """A view of the person's own, or one for everybody from those who may design.

    Raises ObjectNotFoundError, ValuesRefusedError, RightMissingError.
    """
    definition = visible_object(viewer, object_name)
    if shared:
        require(viewer, WorkspaceRight.DESIGN)
    config = check_config(viewer, definition, kind, config)
    id_ = new_id()
    await store.insert(
        work,
        id_,
        object_name=object_name,
        name=name,
        kind=kind,
        config=config,
        owner=viewer.person_id,
        shared=shared,
    )
    return await get_view(work, viewer, id_)
