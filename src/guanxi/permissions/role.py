"""A role as those see it who manage roles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from guanxi.permissions.model import FieldRight


@dataclass(frozen=True, slots=True)
class GrantWish:
    """What a role gives, or is to give, on one object; the words are those of `permissions.model`."""

    object: str
    actions: Sequence[str]
    scope: str
    condition: Mapping[str, Any] | None = None
    field_default: FieldRight = "write"
    field_except: Mapping[str, FieldRight] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Role:
    """A role with its grants; `people` counts the active ones who have it."""

    id: UUID
    name: Mapping[str, str]
    description: Mapping[str, str] | None
    #: Comes with the platform or an application; cannot be deleted.
    system: bool
    is_administrator: bool
    rights: tuple[str, ...]
    people: int
    grants: tuple[GrantWish, ...]
