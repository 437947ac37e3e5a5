"""Where people find the objects they may see: the applications and their groups."""

from collections.abc import Mapping
from dataclasses import dataclass

from guanxi.apps import store
from guanxi.apps.model import InstalledApp
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.text import Text
from guanxi.metadata.model import ObjectDefinition
from guanxi.permissions.model import Action
from guanxi.permissions.viewer import Viewer

_MORE = Text(zh="更多数据", en="More")
_OWN = Text(zh="自建应用", en="Own data")
_OWN_DESCRIPTION = Text(zh="管理员添加的数据", en="Data that administrators added")
OWN_APP = "own"


@dataclass(frozen=True, slots=True)
class NavigationGroup:
    """A titled group of objects."""

    label: Mapping[str, str]
    objects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NavigationApp:
    """An application with the groups somebody may use."""

    app: InstalledApp
    groups: tuple[NavigationGroup, ...]


async def navigation_of(work: UnitOfWork, viewer: Viewer) -> list[NavigationApp]:
    """The applications that hold something for the viewer; objects that stand in no group come last."""
    visible = {
        one.name: one
        for one in viewer.catalog.record_objects()
        if one.retired_at is None and viewer.may(Action.SEE, one.name)
    }
    apps = await store.installed_apps(work)
    placed = {name for app in apps for group in app.navigation for name in group["objects"]}
    rest = [one for one in visible.values() if one.name not in placed]
    found = [_app(app, visible, rest) for app in apps]
    known = {app.name for app in apps}
    homeless = tuple(one.name for one in rest if one.app not in known)
    if homeless:
        own = InstalledApp(
            OWN_APP, "1.0.0", _OWN.as_label(), _OWN_DESCRIPTION.as_label(), "boxes", ()
        )
        found.append(NavigationApp(own, (NavigationGroup(_MORE.as_label(), homeless),)))
    return [one for one in found if one.groups]


def _app(
    app: InstalledApp, visible: Mapping[str, ObjectDefinition], rest: list[ObjectDefinition]
) -> NavigationApp:
    groups = [
        NavigationGroup(group["label"], tuple(name for name in group["objects"] if name in visible))
        for group in app.navigation
    ]
    added: dict[str, list[str]] = {}
    for one in rest:
        if one.app == app.name:
            added.setdefault(one.navigation_group or "", []).append(one.name)
    for title, names in added.items():
        label = _MORE.as_label() if title == "" else {"zh-CN": title, "en": title}
        groups.append(NavigationGroup(label, tuple(names)))
    return NavigationApp(app, tuple(group for group in groups if group.objects))
