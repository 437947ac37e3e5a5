"""A list of kinds, filled once at start."""

from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar


class Named(Protocol):
    """Anything that goes by a name."""

    @property
    def name(self) -> str: ...


class UnknownKindError(LookupError):
    """No kind goes by this name."""


Kind = TypeVar("Kind", bound=Named)


class Registry(Generic[Kind]):
    """Kinds by name. A name is taken once."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._kinds: dict[str, Kind] = {}

    def register(self, kind: Kind) -> Kind:
        if kind.name in self._kinds:
            raise ValueError(f"A {self._what} named '{kind.name}' is registered already.")
        self._kinds[kind.name] = kind
        return kind

    def get(self, name: str) -> Kind:
        """Raises UnknownKindError, naming the known ones."""
        try:
            return self._kinds[name]
        except KeyError:
            known = ", ".join(sorted(self._kinds))
            raise UnknownKindError(f"No {self._what} is named '{name}'. Known: {known}") from None

    def __contains__(self, name: object) -> bool:
        return name in self._kinds

    def __iter__(self) -> Iterator[Kind]:
        return iter(self._kinds.values())

    def __len__(self) -> int:
        return len(self._kinds)

    def names(self) -> list[str]:
        return list(self._kinds)
