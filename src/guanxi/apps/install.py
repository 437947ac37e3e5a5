"""Installs an application: adds what the workspace lacks and leaves alone what is there, for it may have been changed.

Only formulas the workspace left as they were brought follow a newer version.
"""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.apps import store
from guanxi.apps.check import check_application, place_of, problem_at
from guanxi.apps.errors import AppProblem, InvalidAppError, NameTakenError
from guanxi.apps.manifest import Application, GrantFile, PackagedObject
from guanxi.apps.model import Installation
from guanxi.apps.steps import steps_of
from guanxi.auth.store import bump_rights
from guanxi.db.locks import LockSpace, lock
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.errors import ValuesRefusedError
from guanxi.metadata.apply import apply_steps
from guanxi.metadata.model import Catalog, Layout, LayoutGroup
from guanxi.metadata.steps import AddField
from guanxi.metadata.store import bump_design, load_catalog, set_layout, set_name_label
from guanxi.metadata.system_fields import FieldTypes
from guanxi.permissions.role import GrantWish
from guanxi.permissions.roles import problems_of_grant
from guanxi.permissions.store import add_grants
from guanxi.permissions.viewer import Viewer, system_viewer
from guanxi.views.pack import add_packaged_view


async def install_application(
    work: UnitOfWork, types: FieldTypes, application: Application, *, zone: ZoneInfo
) -> Installation:
    """All or nothing, in the transaction of `work`; a second time it adds nothing.

    Raises InvalidAppError, NameTakenError, DesignBusyError.
    """
    await lock(work, LockSpace.DESIGN, "apps")
    document = application.as_packaged()
    base = await store.base_of(work, application.app.name)
    if base == document:
        return Installation(application.app.name, application.app.version)
    check_application(application, types)
    before = await load_catalog(work, types)
    _refuse_strangers(application, before)
    steps = steps_of(application, before, base)
    await apply_steps(
        work,
        types,
        steps,
        base_version=before.version,
        actor=None,
        zone=zone,
        origin=application.app.name,
    )
    new = [one for one in application.objects if before.find(one.definition.name) is None]
    for one in new:
        await set_layout(work, one.definition.name, _layout(one))
        if one.definition.name_label is not None:
            await set_name_label(work, one.definition.name, one.definition.name_label)
    if new:
        await bump_design(work)
    catalog = await load_catalog(work, types)
    viewer = system_viewer(catalog, zone=zone, locale="en", source="command")
    roles = await _add_roles(work, viewer, application, new)
    views = await _add_views(work, viewer, application, _views_in(base or {}))
    await store.keep_app(work, application.app, document)
    return Installation(
        app=application.app.name,
        version=application.app.version,
        objects=len(new),
        fields=sum(isinstance(step, AddField) for step in steps),
        roles=roles,
        views=views,
    )


async def try_application(
    work: UnitOfWork, types: FieldTypes, application: Application, *, zone: ZoneInfo
) -> None:
    """Installs it and takes everything back; raises as `install_application`."""
    async with work.connection.transaction(force_rollback=True):
        await install_application(work, types, application, zone=zone)


def _refuse_strangers(application: Application, catalog: Catalog) -> None:
    for one in application.objects:
        known = catalog.find(one.definition.name)
        if known is not None and known.origin != application.app.name:
            raise NameTakenError(name=one.definition.name, app=application.app.name)


def _layout(one: PackagedObject) -> Layout:
    groups = tuple(LayoutGroup(dict(group.label), group.fields) for group in one.page.groups)
    return Layout(groups=groups, highlights=one.page.highlights, card=one.page.card)


async def _add_roles(
    work: UnitOfWork, viewer: Viewer, application: Application, new: list[PackagedObject]
) -> int:
    """New roles, and for new objects the grants of all roles of the application."""
    prefix = f"{application.app.name}."
    added = [
        role.key
        for role in application.roles.roles
        if await store.add_role(work, f"{prefix}{role.key}", role)
    ]
    ids = await store.roles_by_origin(work, prefix)
    problems: list[AppProblem] = []
    for one in application.objects:
        for key, grants in one.access.grants.items():
            if key in added or one in new:
                wishes = [_wish(one.definition.name, grant) for grant in grants]
                problems += _wrong_grants(viewer, application, one, key, wishes)
                await add_grants(work, ids[key], wishes)
    if problems:
        raise InvalidAppError(problems)
    if added or new:
        await bump_rights(work)
    return len(added)


def _wish(object_name: str, grant: GrantFile) -> GrantWish:
    return GrantWish(
        object=object_name,
        actions=[action.value for action in grant.actions],
        scope=grant.rows.scope.value,
        condition=grant.rows.condition,
        field_default=grant.fields.default,
        field_except=grant.fields.except_,
    )


def _wrong_grants(
    viewer: Viewer,
    application: Application,
    one: PackagedObject,
    role: str,
    wishes: list[GrantWish],
) -> list[AppProblem]:
    return [
        problem_at(
            application,
            one.folder / "access.yaml",
            ("grants", role, number, *place_of(problem.pointer)),
            problem.message.en,
        )
        for number, wish in enumerate(wishes)
        for problem in problems_of_grant(viewer, wish, "")
    ]


def _views_in(base: Mapping[str, Any]) -> set[tuple[str, str]]:
    """The views of an application as it was installed, by object and key."""
    return {
        (one["definition"]["name"], view["key"])
        for one in base.get("objects", ())
        for view in one.get("views", {}).get("views", ())
    }


async def _add_views(
    work: UnitOfWork, viewer: Viewer, application: Application, brought: set[tuple[str, str]]
) -> int:
    """What was brought before and is there no longer, an administrator has deleted."""
    added = 0
    problems: list[AppProblem] = []
    for one in application.objects:
        for position, view in enumerate(one.views.views):
            if (one.definition.name, view.key) in brought:
                continue
            try:
                added += await add_packaged_view(
                    work,
                    viewer,
                    origin=f"{application.app.name}.{one.definition.name}.{view.key}",
                    object_name=one.definition.name,
                    name=view.name,
                    kind=view.kind,
                    is_default=view.default,
                    position=position,
                    config=view.config,
                )
            except ValuesRefusedError as error:
                problems += [
                    problem_at(
                        application,
                        one.folder / "views.yaml",
                        ("views", position, *place_of(problem.pointer)),
                        problem.message.en,
                    )
                    for problem in error.problems
                ]
    if problems:
        raise InvalidAppError(problems)
    return added
