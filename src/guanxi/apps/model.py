"""The words of installed applications."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class InstalledApp:
    """An application of a workspace. `navigation` is a list of `{"label", "objects"}`."""

    name: str
    version: str
    label: Mapping[str, str]
    description: Mapping[str, str] | None
    icon: str
    navigation: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Installation:
    """What an installation added."""

    app: str
    version: str
    objects: int = 0
    fields: int = 0
    roles: int = 0
    views: int = 0

    @property
    def changed_nothing(self) -> bool:
        return not (self.objects or self.fields or self.roles or self.views)
