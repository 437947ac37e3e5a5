"""Views that an application brings."""

from collections.abc import Mapping

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.ids import new_id
from guanxi.permissions.viewer import Viewer
from guanxi.records.read import visible_object
from guanxi.views import store
from guanxi.views.check import check_config
from guanxi.views.model import ViewConfig, ViewKindName


async def add_packaged_view(
    work: UnitOfWork,
    viewer: Viewer,
    *,
    origin: str,
    object_name: str,
    name: Mapping[str, str],
    kind: ViewKindName,
    is_default: bool,
    position: int,
    config: ViewConfig,
) -> bool:
    """Adds a shared view unless one of this origin is there already. Raises ValuesRefusedError."""
    if await store.has_origin(work, origin):
        return False
    config = check_config(viewer, visible_object(viewer, object_name), kind, config)
    await store.insert(
        work,
        new_id(),
        object_name=object_name,
        name={str(language): text for language, text in name.items()},
        kind=kind,
        config=config,
        owner=None,
        shared=True,
        is_default=is_default,
        position=position,
        origin=origin,
    )
    return True
