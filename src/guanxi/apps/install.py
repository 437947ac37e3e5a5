"""Installs an application: adds what the workspace lacks and leaves alone what is there, for it may have been changed."""

from uuid import UUID

from guanxi.apps import store
from guanxi.apps.check import check_application
from guanxi.apps.errors import NameTakenError
from guanxi.apps.manifest import Application, GrantFile, PackagedObject
from guanxi.apps.model import Installation
from guanxi.apps.steps import steps_of
from guanxi.auth.store import bump_rights
from guanxi.db.locks import LockSpace, lock
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.metadata.apply import apply_steps
from guanxi.metadata.model import Catalog, Layout, LayoutGroup
from guanxi.metadata.store import bump_design, load_catalog, set_layout, set_name_label
from guanxi.metadata.system_fields import FieldTypes
from guanxi.permissions.gate import Gate
from guanxi.permissions.role import GrantWish
from guanxi.permissions.store import add_grants
from guanxi.views.pack import add_packaged_view


async def install_application(
    work: UnitOfWork, gate: Gate, types: FieldTypes, application: Application
) -> Installation:
    """All or nothing, in the transaction of `work`; a second time it adds nothing.

    Raises InvalidAppError, NameTakenError, DesignBusyError.
    """
    check_application(application, types)
    await lock(work, LockSpace.DESIGN, "apps")
    before = await load_catalog(work, types)
    _refuse_strangers(application, before)
    steps = steps_of(application, before)
    viewer = await gate.system_viewer(work, "command")
    await apply_steps(
        work,
        types,
        steps,
        base_version=before.version,
        actor=None,
        zone=viewer.zone,
        origin=application.app.name,
    )
    new = [one for one in application.objects if before.find(one.definition.name) is None]
    for one in new:
        await set_layout(work, one.definition.name, _layout(one))
        if one.definition.name_label is not None:
            await set_name_label(work, one.definition.name, one.definition.name_label)
    if new:
        await bump_design(work)
    roles = await _add_roles(work, application, new)
    views = await _add_views(work, gate, application)
    await store.keep_app(
        work,
        application.app,
        [
            {"label": dict(group.label), "objects": list(group.objects)}
            for group in application.app.navigation
        ],
        application.model_dump(mode="json", by_alias=True, exclude={"folder"}),
    )
    return Installation(
        app=application.app.name,
        version=application.app.version,
        objects=len(new),
        fields=len(steps) - len(new),
        roles=roles,
        views=views,
    )


def _refuse_strangers(application: Application, catalog: Catalog) -> None:
    for one in application.objects:
        known = catalog.find(one.definition.name)
        if known is not None and known.origin != application.app.name:
            raise NameTakenError(name=one.definition.name, app=application.app.name)


def _layout(one: PackagedObject) -> Layout:
    groups = tuple(LayoutGroup(dict(group.label), group.fields) for group in one.page.groups)
    return Layout(groups=groups, highlights=one.page.highlights, card=one.page.card)


async def _add_roles(work: UnitOfWork, application: Application, new: list[PackagedObject]) -> int:
    """New roles, and for new objects the grants of all roles of the application."""
    prefix = f"{application.app.name}."
    added = [
        role.key
        for role in application.roles.roles
        if await store.add_role(work, f"{prefix}{role.key}", role)
    ]
    ids = await store.roles_by_origin(work, prefix)
    for one in application.objects:
        for key, grants in one.access.grants.items():
            if key in added or one in new:
                await _give(work, ids[key], one.definition.name, grants)
    if added or new:
        await bump_rights(work)
    return len(added)


async def _give(
    work: UnitOfWork, role: UUID, object_name: str, grants: tuple[GrantFile, ...]
) -> None:
    wishes = [
        GrantWish(
            object=object_name,
            actions=[action.value for action in grant.actions],
            scope=grant.rows.scope.value,
            condition=grant.rows.condition,
            field_default=grant.fields.default,
            field_except=grant.fields.except_,
        )
        for grant in grants
    ]
    await add_grants(work, role, wishes)


async def _add_views(work: UnitOfWork, gate: Gate, application: Application) -> int:
    viewer = await gate.system_viewer(work, "command")
    added = 0
    for one in application.objects:
        for position, view in enumerate(one.views.views):
            origin = f"{application.app.name}.{one.definition.name}.{view.key}"
            added += await add_packaged_view(
                work,
                viewer,
                origin=origin,
                object_name=one.definition.name,
                name=view.name,
                kind=view.kind,
                is_default=view.default,
                position=position,
                config=view.config,
            )
    return added
