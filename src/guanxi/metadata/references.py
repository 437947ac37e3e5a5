"""Where fields are used. Areas above register finders, so that a design knows of them without knowing the areas."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.formula.errors import FormulaError
from guanxi.formula.parse import parse
from guanxi.formula.tree import Node, texts_in
from guanxi.metadata.computed import CheckedFormula, paths_of, typed_formula
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


@dataclass(frozen=True, slots=True)
class Written:
    """A formula in a condition somebody keeps, and who keeps it."""

    formula: Node
    user: User


#: Who asks something at one design that cannot be asked at another.
BreakFinder = Callable[[UnitOfWork, Catalog, Catalog], Awaitable[Sequence[User]]]
FormulaFinder = Callable[[UnitOfWork, Catalog], Awaitable[Sequence[Written]]]
Finder = Callable[[UnitOfWork, Catalog], Awaitable[Sequence[Use]]]


class References:
    """The finders of all areas."""

    def __init__(self) -> None:
        self._finders: list[Finder] = []
        self._formula_finders: list[FormulaFinder] = []
        self._break_finders: list[BreakFinder] = []

    def register(self, finder: Finder) -> None:
        self._finders.append(finder)

    def register_formulas(self, finder: FormulaFinder) -> None:
        self._formula_finders.append(finder)

    def register_breaks(self, finder: BreakFinder) -> None:
        self._break_finders.append(finder)

    async def broken(self, work: UnitOfWork, before: Catalog, after: Catalog) -> list[User]:
        """Who cannot ask at the design after what they ask at the one before."""
        return [one for finder in self._break_finders for one in await finder(work, before, after)]

    async def formulas(self, work: UnitOfWork, catalog: Catalog) -> list[Written]:
        """Every formula in the conditions of the workspace, apart from those of its design."""
        return [one for finder in self._formula_finders for one in await finder(work, catalog)]

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
    yield from _fields_in_formula(catalog, object_name, raw.get("formula"))
    walked = list(fields_on_path(catalog, object_name, raw.get("field")))
    for place, (name, field) in enumerate(walked):
        is_last = place == len(walked) - 1
        yield name, field, _texts(raw.get("value")) if is_last else frozenset()


def formulas_in_filter(raw: object) -> Iterator[Node]:
    """The formulas of a filter in wire form, as far as they still read."""
    if not isinstance(raw, Mapping):
        return
    for word in ("and", "or"):
        for part in raw.get(word) or ():
            yield from formulas_in_filter(part)
    yield from formulas_in_filter(raw.get("not"))
    if isinstance(raw.get("formula"), str):
        try:
            yield parse(raw["formula"])
        except FormulaError:
            return


def _fields_in_formula(
    catalog: Catalog, object_name: str, text: object
) -> Iterator[tuple[str, str, frozenset[str]]]:
    definition = catalog.find(object_name)
    if definition is None or not isinstance(text, str):
        return
    try:
        typed = typed_formula(catalog.objects, definition, parse(text))
    except FormulaError:
        # What no longer reads uses nothing any more.
        return
    formula = CheckedFormula(definition.name, typed, paths_of(catalog.objects, definition, typed))
    for _, (owner, field) in formula.sources():
        yield owner, field, texts_in(typed.stored)


def _texts(value: Any) -> frozenset[str]:
    listed = value if isinstance(value, list) else [value]
    return frozenset(one for one in listed if isinstance(one, str))
