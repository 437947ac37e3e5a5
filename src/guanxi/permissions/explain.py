"""Why somebody may see or change a record: each grant of their roles, and whether it holds the record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from guanxi.auth.people import person_profile
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.text import Text, text_of
from guanxi.metadata.model import ObjectDefinition
from guanxi.permissions import store
from guanxi.permissions.asking import Asking
from guanxi.permissions.gate import Gate
from guanxi.permissions.model import Action, Grant, Scope, WorkspaceRight
from guanxi.permissions.require import require
from guanxi.permissions.viewer import Viewer
from guanxi.query.errors import ObjectNotFoundError, RecordNotFoundError
from guanxi.query.question import Selection

_ACTIONS = {
    Action.SEE: Text(zh="查看", en="see"),
    Action.CREATE: Text(zh="新建", en="create"),
    Action.EDIT: Text(zh="修改", en="edit"),
    Action.DELETE: Text(zh="删除", en="delete"),
    Action.IMPORT: Text(zh="导入", en="import"),
    Action.EXPORT: Text(zh="导出", en="export"),
}
_ROWS = {
    Scope.OWN: Text(zh="自己负责的", en="their own"),
    Scope.SUBORDINATES: Text(zh="自己和下属负责的", en="their own and their subordinates'"),
    Scope.DEPARTMENT: Text(zh="本部门的", en="their department's"),
    Scope.DEPARTMENT_AND_BELOW: Text(
        zh="本部门及下级部门的", en="their department's and those below it"
    ),
    Scope.ALL: Text(zh="全部", en="all"),
    Scope.CONDITION: Text(zh="符合条件的", en="those that meet a condition"),
}
_GIVES = Text(
    zh="角色「{role}」可以{actions}「{object}」记录：{rows}。",
    en="The role “{role}” may {actions} records of “{object}”: {rows}.",
)
_HOLDS = Text(
    zh="角色「{role}」可以{actions}「{object}」记录：{rows}。这条记录符合。",
    en="The role “{role}” may {actions} records of “{object}”: {rows}. This record is one of them.",
)
_HOLDS_NOT = Text(
    zh="角色「{role}」可以{actions}「{object}」记录：{rows}。这条记录不符合。",
    en="The role “{role}” may {actions} records of “{object}”: {rows}. This record is none of them.",
)
_ADMINISTRATOR = Text(
    zh="角色「{role}」可以查看和修改全部记录。",
    en="The role “{role}” may see and change all records.",
)


@dataclass(frozen=True, slots=True)
class Reason:
    """What one grant does; `grant` is None for the administrator, who needs none."""

    role: UUID
    grant: Grant | None
    #: Whether it holds the record; without a record, whether it gives anything.
    matched: bool
    sentence: Text


@dataclass(frozen=True, slots=True)
class Access:
    """Whether somebody may see and edit a record, or any record of an object, and why."""

    see: bool
    edit: bool
    reasons: Sequence[Reason]


async def explain(
    work: UnitOfWork,
    gate: Gate,
    asking: Asking,
    viewer: Viewer,
    person: UUID,
    object_name: str,
    record: UUID | None,
) -> Access:
    """Everybody may ask about themselves; about others those who manage roles, of what they see themselves.

    Raises RightMissingError, PersonNotFoundError, ObjectNotFoundError, RecordNotFoundError.
    """
    if person != viewer.person_id:
        require(viewer, WorkspaceRight.MANAGE_ROLES)
    profile = await person_profile(work, person)
    definition = _known_object(viewer, object_name)
    if record is not None and not await _is_seen(work, asking, viewer, definition, record):
        raise RecordNotFoundError
    if not profile.active:
        return Access(see=False, edit=False, reasons=())
    asked = await gate.person_viewer(work, person, "api")
    roles = {role.id: role for role in await store.roles(work)}
    names = {id_: text_of(role.name) for id_, role in roles.items()}
    if asked.rights.is_administrator:
        reasons = [
            Reason(role.id, None, matched=True, sentence=_ADMINISTRATOR.fill(role=names[role.id]))
            for role in profile.roles
            if roles[role.id].is_administrator
        ]
        return Access(see=True, edit=True, reasons=reasons)
    held = await _held(work, asking, asked, definition, record)
    grants = [one for one in asked.rights.grants if one.object == definition.name]
    matched = [one.id in held for one in grants]
    return Access(
        see=_gives(Action.SEE, grants, matched),
        edit=_gives(Action.EDIT, grants, matched),
        reasons=[
            Reason(
                one.role,
                one,
                matched=holds,
                sentence=_sentence(one, names, definition, None if record is None else holds),
            )
            for one, holds in zip(grants, matched, strict=True)
        ],
    )


def _known_object(viewer: Viewer, name: str) -> ObjectDefinition:
    definition = viewer.catalog.find(name)
    if definition is None or definition.built_in or definition.retired_at is not None:
        raise ObjectNotFoundError(object=name[:100])
    if not viewer.may(Action.SEE, name):
        raise ObjectNotFoundError(object=name[:100])
    return definition


async def _is_seen(
    work: UnitOfWork,
    asking: Asking,
    viewer: Viewer,
    definition: ObjectDefinition,
    record: UUID,
) -> bool:
    for deleted in (False, True):
        statement = asking.ids(viewer, Selection(definition, ids=(record,), deleted=deleted))
        if await work.row(statement.text, statement.parameters):
            return True
    return False


async def _held(
    work: UnitOfWork,
    asking: Asking,
    asked: Viewer,
    definition: ObjectDefinition,
    record: UUID | None,
) -> frozenset[UUID]:
    """The grants that hold the record; without a record all of them."""
    if record is None:
        return frozenset(one.id for one in asked.rights.grants)
    found: set[UUID] = set()
    for action in Action:
        grants = asked.rights.grants_for(definition.name, action)
        if not grants:
            continue
        statement = asking.held_grants(asked, definition, action, (record,))
        row = await work.row(statement.text, statement.parameters)
        if row is not None:
            found |= {grant.id for grant, holds in zip(grants, row[1], strict=True) if holds}
    return frozenset(found)


def _gives(action: Action, grants: Sequence[Grant], matched: Sequence[bool]) -> bool:
    return any(holds and action in one.actions for one, holds in zip(grants, matched, strict=True))


def _sentence(
    grant: Grant, names: Mapping[UUID, Text], definition: ObjectDefinition, holds: bool | None
) -> Text:
    template = _GIVES if holds is None else _HOLDS if holds else _HOLDS_NOT
    actions = [_ACTIONS[action] for action in Action if action in grant.actions]
    return template.fill(
        role=names[grant.role],
        object=text_of(definition.label),
        rows=_ROWS[grant.scope],
        actions=Text(
            zh="、".join(one.zh for one in actions), en=", ".join(one.en for one in actions)
        ),
    )
