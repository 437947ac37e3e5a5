"""Where fields are used. Areas above register finders, so that a design knows of them without knowing the areas."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.metadata.model import Catalog


@dataclass(frozen=True, slots=True)
class User:
    """What uses a field: a view, a role …"""

    kind: str
    id: str
    #: By language when it came with an application, else as its maker typed it.
    name: Mapping[str, str] | str


@dataclass(frozen=True, slots=True)
class Use:
    """That a field is used, perhaps with some of its values."""

    object: str
    field: str
    user: User
    values: frozenset[str] = frozenset()
    #: Whether the user would break without the field; otherwise it merely does without.
    is_needed: bool = True


Finder = Callable[[UnitOfWork, Catalog], Awaitable[Sequence[Use]]]


class References:
    """The finders of all areas."""

    def __init__(self) -> None:
        self._finders: list[Finder] = []

    def register(self, finder: Finder) -> None:
        self._finders.append(finder)

    async def uses(self, work: UnitOfWork, catalog: Catalog) -> list[Use]:
        """Every use of a field in the workspace."""
        return [use for finder in self._finders for use in await finder(work, catalog)]


def fields_on_path(catalog: Catalog, object_name: str, path: object) -> Iterator[tuple[str, str]]:
    """The fields a dotted path walks over, each with its object; it ends where the path leaves the design."""
    if not isinstance(path, str):
        return
    definition = catalog.find(object_name)
    for name in path.split("."):
        field = definition.fields.get(name) if definition else None
        if definition is None or field is None:
            return
        yield definition.name, name
        definition = catalog.find(field.target) if field.target else None


def fields_in_filter(
    catalog: Catalog, object_name: str, raw: object
) -> Iterator[tuple[str, str, frozenset[str]]]:
    """The fields of a filter in wire form, with the values a field is compared with."""
    if not isinstance(raw, Mapping):
        return
    for word in ("and", "or"):
        for part in raw.get(word) or ():
            yield from fields_in_filter(catalog, object_name, part)
    yield from fields_in_filter(catalog, object_name, raw.get("not"))
    walked = list(fields_on_path(catalog, object_name, raw.get("field")))
    for place, (name, field) in enumerate(walked):
        is_last = place == len(walked) - 1
        yield name, field, _texts(raw.get("value")) if is_last else frozenset()


def _texts(value: Any) -> frozenset[str]:
    listed = value if isinstance(value, list) else [value]
    return frozenset(one for one in listed if isinstance(one, str))
