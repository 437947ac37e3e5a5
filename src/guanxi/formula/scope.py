"""What the type checker must be told about fields."""

from dataclasses import dataclass
from typing import Protocol

from guanxi.formula.types import Type


@dataclass(frozen=True)
class Reached:
    """A field found by names: its unchanging names and what it holds. Over a link to many it is a list."""

    names: tuple[str, ...]
    type: Type


@dataclass(frozen=True)
class Unknown:
    """No field goes by one of the names; the nearest names that do exist."""

    name: str
    suggestions: tuple[str, ...] = ()


class Scope(Protocol):
    """The fields formulas of one object may name, by API name or by label in any language."""

    def find(self, names: tuple[str, ...]) -> Reached | Unknown: ...

    def inside(self, object_name: str) -> "Scope":
        """The scope of another object, for the rows of a list."""
        ...
