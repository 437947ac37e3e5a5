"""Loads what a person may do from the roles they have."""

import hashlib
from typing import cast

from guanxi.auth.model import Person
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.permissions.model import Action, FieldRight, Grant, Rights, Scope, WorkspaceRight

_ROLES = "select id, is_administrator, rights from role where id = any(%s) order by id"
_GRANTS = """
select id, role, object, actions, scope, condition, field_default, field_except
  from role_grant where role = any(%s) order by role, position, id
"""


async def load_rights(work: UnitOfWork, person: Person) -> Rights:
    """The united rights of all roles of a person."""
    roles = await work.rows(_ROLES, [list(person.roles)])
    grants = await work.rows(_GRANTS, [list(person.roles)])
    is_administrator = any(role[1] for role in roles)
    return Rights(
        is_administrator=is_administrator,
        grants=tuple(
            Grant(
                id=row[0],
                role=row[1],
                object=row[2],
                actions=frozenset(Action(action) for action in row[3]),
                scope=Scope(row[4]),
                condition=row[5],
                field_default=cast("FieldRight", row[6]),
                field_except=row[7] or {},
            )
            for row in grants
        ),
        workspace_rights=frozenset(WorkspaceRight(right) for role in roles for right in role[2]),
        key="administrator" if is_administrator else _key_of(grants),
    )


def _key_of(grants: list[tuple[object, ...]]) -> str:
    """A digest of the grants themselves, so that it changes exactly when they do."""
    return hashlib.sha256(repr([grant[1:] for grant in grants]).encode()).hexdigest()
