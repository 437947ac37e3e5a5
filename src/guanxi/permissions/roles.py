"""The care of roles by those who may manage them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypedDict
from uuid import UUID

from guanxi.auth.store import bump_rights
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.fields.field_type import ReadingContext
from guanxi.kit.errors import (
    ConflictError,
    FieldProblem,
    NotFoundError,
    RefusedError,
    ValuesRefusedError,
)
from guanxi.kit.ids import new_id, new_ids
from guanxi.kit.text import Text
from guanxi.permissions import store
from guanxi.permissions.model import Scope, WorkspaceRight
from guanxi.permissions.require import require
from guanxi.permissions.role import GrantWish, Role
from guanxi.permissions.viewer import Viewer
from guanxi.query.errors import QuestionError
from guanxi.query.formula_test import with_api_names
from guanxi.query.parse import EveryField, QuestionReader


class RoleNotFoundError(NotFoundError):
    """No such role."""

    code = "role_not_found"
    title = Text(zh="没有这个角色", en="No such role")
    sentence = Text(
        zh="没有编号为 {id} 的角色，请从角色列表中选择。",
        en="No role has the id {id}. Choose one from the list of roles.",
    )


class RoleKeptError(ConflictError):
    """A role of the platform or of an application stays."""

    code = "role_kept"
    title = Text(zh="不能删除内置角色", en="This role stays")
    sentence = Text(
        zh="这个角色随系统或应用提供，不能删除；可以不分配给任何人。",
        en="This role comes with the platform or an application and cannot be deleted. Give it to nobody instead.",
    )


class RoleInUseError(ConflictError):
    """People still have the role."""

    code = "role_in_use"
    title = Text(zh="角色还在使用", en="The role is in use")
    sentence = Text(
        zh="还有 {people} 位人员有这个角色，请先给他们换角色再删除。",
        en="{people} people still have this role. Give them another one first.",
    )


class AdministratorFixedError(ConflictError):
    """The administrator's rights cannot be narrowed or widened."""

    code = "administrator_fixed"
    title = Text(zh="管理员权限不可修改", en="The administrator's rights are fixed")
    sentence = Text(
        zh="管理员角色始终拥有全部权限。请新建角色来授予部分权限。",
        en="The administrator role always has all rights. Make another role to give some of them.",
    )


class MoreThanOwnRightsError(RefusedError):
    """A right was to be given or taken that one has not oneself."""

    code = "more_than_own_rights"
    title = Text(zh="权限不足", en="More rights are needed")
    sentence = Text(
        zh="只能授予或收回自己拥有的权限，请联系管理员。",
        en="You can only give or take rights that you have yourself. Ask an administrator.",
    )


class RoleChanges(TypedDict, total=False):
    """What may be changed of a role; what is missing stays. `grants` are replaced as a whole."""

    name: Mapping[str, str]
    description: Mapping[str, str] | None
    rights: Sequence[str]
    grants: Sequence[GrantWish]


async def list_roles(work: UnitOfWork) -> list[Role]:
    """Known to all colleagues, for people are shown with their roles."""
    return await store.roles(work)


async def create_role(
    work: UnitOfWork,
    viewer: Viewer,
    *,
    name: Mapping[str, str],
    description: Mapping[str, str] | None = None,
    rights: Sequence[str] = (),
    grants: Sequence[GrantWish] = (),
) -> Role:
    """Raises RightMissingError, MoreThanOwnRightsError, ValuesRefusedError."""
    require(viewer, WorkspaceRight.MANAGE_ROLES)
    _check_rights(viewer, rights)
    grants = _checked(viewer, grants)
    role = new_id()
    await store.insert_role(work, role, name=name, description=description, rights=rights)
    await _write_grants(work, role, grants)
    await bump_rights(work)
    return await _get(work, role)


async def change_role(work: UnitOfWork, viewer: Viewer, role: UUID, changes: RoleChanges) -> Role:
    """Raises as `create_role`, RoleNotFoundError and AdministratorFixedError."""
    require(viewer, WorkspaceRight.MANAGE_ROLES)
    before = await _get(work, role)
    if before.is_administrator and changes.keys() & {"rights", "grants"}:
        raise AdministratorFixedError
    _check_rights(viewer, [*before.rights, *changes.get("rights", ())])
    grants = _checked(viewer, changes.get("grants", ()))
    columns = {name: value for name, value in changes.items() if name != "grants"}
    if columns:
        await store.update_role(work, role, columns)
    if "grants" in changes:
        await _write_grants(work, role, grants)
    await bump_rights(work)
    return await _get(work, role)


async def delete_role(work: UnitOfWork, viewer: Viewer, role: UUID) -> None:
    """Raises RightMissingError, RoleNotFoundError, RoleKeptError, RoleInUseError."""
    require(viewer, WorkspaceRight.MANAGE_ROLES)
    before = await _get(work, role)
    if before.system:
        raise RoleKeptError
    _check_rights(viewer, before.rights)
    if before.people:
        raise RoleInUseError(people=before.people)
    await store.delete_role(work, role)
    await bump_rights(work)


async def _get(work: UnitOfWork, role: UUID) -> Role:
    found = await store.roles(work, role)
    if not found:
        raise RoleNotFoundError(id=role)
    return found[0]


async def _write_grants(work: UnitOfWork, role: UUID, grants: Sequence[GrantWish]) -> None:
    await store.replace_grants(work, role, list(zip(new_ids(len(grants)), grants, strict=True)))


def _check_rights(viewer: Viewer, rights: Sequence[str]) -> None:
    if not all(viewer.rights.has(WorkspaceRight(right)) for right in rights):
        raise MoreThanOwnRightsError


def _checked(viewer: Viewer, grants: Sequence[GrantWish]) -> list[GrantWish]:
    """The grants as they are kept: formulas name fields by what never changes. Raises ValuesRefusedError."""
    problems = [
        problem
        for position, grant in enumerate(grants)
        for problem in problems_of_grant(viewer, grant, f"/grants/{position}")
    ]
    if problems:
        raise ValuesRefusedError(problems)
    catalog = viewer.catalog
    return [
        replace(
            one,
            condition=with_api_names(catalog, catalog.objects[one.object], one.condition),
        )
        for one in grants
    ]


def problems_of_grant(viewer: Viewer, grant: GrantWish, pointer: str) -> list[FieldProblem]:
    """What of a grant is not there, or cannot be understood."""
    definition = viewer.catalog.find(grant.object)
    if definition is None or definition.built_in:
        sentence = Text(zh="没有名为「{name}」的数据。", en="There is no data named '{name}'.")
        message = sentence.fill(name=grant.object)
        return [FieldProblem(f"{pointer}/object", "unknown_object", message)]
    unknown = Text(zh="「{object}」没有字段「{name}」。", en="'{object}' has no field '{name}'.")
    problems = [
        FieldProblem(
            f"{pointer}/fields/except/{name}",
            "unknown_field",
            unknown.fill(object=grant.object, name=name),
        )
        for name in grant.field_except
        if name not in definition.taken_names
    ]
    if grant.scope == Scope.CONDITION and not grant.condition:
        message = Text(zh="请写出条件。", en="Give the condition.")
        problems.append(FieldProblem(f"{pointer}/rows/condition", "condition_missing", message))
    elif grant.condition:
        reader = QuestionReader(
            viewer.catalog, definition, EveryField(), ReadingContext(viewer.zone)
        )
        try:
            reader.filter(grant.condition, f"{pointer}/rows/condition")
        except QuestionError as error:
            problems += error.problems
    return problems
