"""The words of auth: person, department, session, token, workspace."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from guanxi.kit.text import Locale

#: The role that may do everything; every workspace is born with it.
ADMINISTRATOR_ROLE: Final = UUID("00000000-0000-7000-8000-000000000001")


@dataclass(frozen=True)
class Person:
    """A signed-in person with what decides on their rights; true at one rights epoch."""

    id: UUID
    name: str
    email: str
    #: Their own choice, else the workspace's.
    locale: Locale = "zh-CN"
    active: bool = True
    department: UUID | None = None
    #: Their department and all below it.
    department_and_below: tuple[UUID, ...] = ()
    #: Themselves and everybody below in the line of managers.
    subordinates: tuple[UUID, ...] = ()
    roles: tuple[UUID, ...] = ()
    is_administrator: bool = False
    #: Workspace rights (`design`, `manage_people` …) their roles give.
    workspace_rights: frozenset[str] = frozenset()
    preferences: Mapping[str, Any] = field(default_factory=dict)
    has_initial_password: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """Something known by its id and name."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class RoleName:
    """A role as it is shown with a person."""

    id: UUID
    name: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PersonProfile:
    """A person as colleagues see them."""

    id: UUID
    name: str
    email: str
    department: Named | None
    manager: Named | None
    roles: tuple[RoleName, ...]
    is_administrator: bool
    active: bool
    locale: Locale | None
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Department:
    """A department in the tree; `people` counts those directly in it who are active."""

    id: UUID
    name: str
    parent: UUID | None
    position: int
    people: int


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A way in for a program. The secret itself is shown once and never kept."""

    id: UUID
    name: str
    prefix: str
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Workspace:
    """What is true of the whole workspace."""

    name: str
    time_zone: str
    currency: str
    locale: Locale
    #: What people call it, by language: the company's name. Without one it is called by its name.
    label: Mapping[str, str] = field(default_factory=dict)
