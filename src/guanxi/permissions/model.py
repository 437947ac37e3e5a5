"""The words of permissions: action, scope, grant, rights."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal
from uuid import UUID

FieldRight = Literal["none", "read", "write"]


class Action(StrEnum):
    """What may be done with records of an object."""

    SEE = "see"
    CREATE = "create"
    EDIT = "edit"
    DELETE = "delete"
    IMPORT = "import"
    EXPORT = "export"


class Scope(StrEnum):
    """Which records a grant is about."""

    OWN = "own"
    SUBORDINATES = "subordinates"
    DEPARTMENT = "department"
    DEPARTMENT_AND_BELOW = "department_and_below"
    ALL = "all"
    CONDITION = "condition"


class WorkspaceRight(StrEnum):
    """What a role may do apart from records."""

    DESIGN = "design"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_ROLES = "manage_roles"


@dataclass(frozen=True)
class Grant:
    """What a role gives on one object: actions, on which rows, with which fields.

    Several grants unite row by row: a field is seen only through a grant whose rows hold the record.
    """

    id: UUID
    role: UUID
    object: str
    actions: frozenset[Action]
    scope: Scope
    #: Filter (wire form) of scope `condition`.
    condition: Mapping[str, Any] | None = None
    field_default: FieldRight = "write"
    field_except: Mapping[str, FieldRight] = field(default_factory=dict)

    def field_right(self, name: str) -> FieldRight:
        return self.field_except.get(name, self.field_default)

    def may_read(self, name: str) -> bool:
        return name in ALWAYS_READ or self.field_right(name) != "none"

    def may_write(self, name: str) -> bool:
        return self.field_right(name) == "write"


#: Needed to address a record and to keep it whole; they tell nothing of its content.
ALWAYS_READ = frozenset({"id", "version"})


@dataclass(frozen=True)
class Rights:
    """Everything a person may do, from all roles."""

    is_administrator: bool
    grants: tuple[Grant, ...]
    workspace_rights: frozenset[WorkspaceRight]
    #: Equal for people with the same roles at the same epoch: compiled statements are shared by it.
    key: str

    @cached_property
    def _by_object(self) -> Mapping[str, tuple[Grant, ...]]:
        found: dict[str, list[Grant]] = {}
        for grant in self.grants:
            found.setdefault(grant.object, []).append(grant)
        return {name: tuple(grants) for name, grants in found.items()}

    def grants_for(self, object_name: str, action: Action) -> tuple[Grant, ...]:
        """The grants that give an action on an object; an administrator needs none."""
        return tuple(
            grant for grant in self._by_object.get(object_name, ()) if action in grant.actions
        )

    def may(self, action: Action, object_name: str) -> bool:
        """Whether the action is given on any rows at all."""
        return self.is_administrator or bool(self.grants_for(object_name, action))

    def has(self, right: WorkspaceRight) -> bool:
        return self.is_administrator or right in self.workspace_rights


EVERYTHING = Rights(
    is_administrator=True,
    grants=(),
    workspace_rights=frozenset(WorkspaceRight),
    key="administrator",
)
