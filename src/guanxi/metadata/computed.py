"""The computed fields of a design: in which order they are computed, and what a change elsewhere touches."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from guanxi.fields.field_type import FieldType
from guanxi.formula.builtin import builtin_functions
from guanxi.formula.check_types import check
from guanxi.formula.errors import FormulaError
from guanxi.formula.evaluate import Evaluate, evaluator
from guanxi.formula.function import Volatility
from guanxi.formula.tree import Call, Node, Row, paths_in, walk
from guanxi.formula.typed import Typed
from guanxi.formula.types import Kind
from guanxi.formula.unify import as_text
from guanxi.kit.remembered import Remembered
from guanxi.metadata.formula_scope import KINDS, CatalogScope, FormulaPath, Hop, Objects
from guanxi.metadata.held_values import keeps_its_value
from guanxi.metadata.model import Catalog, FieldDefinition, ObjectDefinition

_log = logging.getLogger(__name__)

FieldKey = tuple[str, str]


@dataclass(frozen=True)
class CheckedFormula:
    """A formula of an object with its types, and the ways to the fields it looks at."""

    object: str
    typed: Typed
    paths: Mapping[tuple[str, ...], FormulaPath]

    @cached_property
    def is_local(self) -> bool:
        """Whether it looks at nothing but the record itself."""
        return all(not path.hops for path in self.paths.values())

    @cached_property
    def evaluate(self) -> Evaluate:
        return evaluator(self.typed)

    def sources(self) -> Iterator[tuple[tuple[Hop, ...], FieldKey]]:
        """Every field it hangs on, with the way there: links walked are sources as well as what they lead to."""
        for path in self.paths.values():
            here = self.object
            for place, hop in enumerate(path.hops):
                # A link backwards is a field of the records it leads to: they tell whose they are.
                owner = hop.target.name if hop.is_backwards else here
                before = path.hops[: place + 1] if hop.is_backwards else path.hops[:place]
                yield before, (owner, hop.link.name)
                here = hop.target.name
            if path.field is not None:
                yield path.hops, (here, path.field.name)


@dataclass(frozen=True)
class ComputedField(CheckedFormula):
    """A computed field with its formula checked."""

    field: FieldDefinition

    @property
    def key(self) -> FieldKey:
        return self.object, self.field.name

    @cached_property
    def keeps_its_value(self) -> bool:
        """Whether it keeps what it holds at times: it does not hang on itself by that."""
        return keeps_its_value(self.typed.stored, self.field.name)

    def sources(self) -> Iterator[tuple[tuple[Hop, ...], FieldKey]]:
        for way, key in super().sources():
            if way or key != self.key or not self.keeps_its_value:
                yield way, key


@dataclass(frozen=True)
class Dependent:
    """A computed field that hangs on another field, and the way from its record to that field's record."""

    computed: ComputedField
    way: tuple[Hop, ...]


@dataclass(frozen=True)
class ComputedFields:
    """All computed fields of a design: those that are stored, and the live ones that are computed when one looks."""

    by_object: Mapping[str, tuple[ComputedField, ...]]
    #: All that are stored, each after those it hangs on.
    order: tuple[ComputedField, ...] = ()
    _dependents: Mapping[FieldKey, tuple[Dependent, ...]] = field(default_factory=dict)
    #: Those that hang on the clock, be it through others; each after those it hangs on.
    live: Mapping[FieldKey, ComputedField] = field(default_factory=dict)

    def of(self, object_name: str) -> tuple[ComputedField, ...]:
        """Those of one object, each after those it hangs on."""
        return self.by_object.get(object_name, ())

    @cached_property
    def _live_by_object(self) -> Mapping[str, tuple[ComputedField, ...]]:
        found: dict[str, tuple[ComputedField, ...]] = {}
        for one in self.live.values():
            found[one.object] = (*found.get(one.object, ()), one)
        return found

    def live_of(self, object_name: str) -> tuple[ComputedField, ...]:
        """The live ones of one object, each after those it hangs on."""
        return self._live_by_object.get(object_name, ())

    def is_live(self, object_name: str, field_name: str) -> bool:
        return (object_name, field_name) in self.live

    def dependents(self, object_name: str, field_name: str) -> tuple[Dependent, ...]:
        return self._dependents.get((object_name, field_name), ())

    def concern(self, object_name: str) -> bool:
        """Whether saving records of the object computes anything, on them or on records elsewhere."""
        return bool(self.of(object_name)) or object_name in self._watched

    @cached_property
    def _watched(self) -> frozenset[str]:
        return frozenset(
            owner
            for (owner, _), dependents in self._dependents.items()
            if any(one.way or not one.computed.is_local for one in dependents)
        )


class CircularFormulaError(ValueError):
    """Computed fields hang on one another in a circle."""

    def __init__(self, circle: tuple[FieldKey, ...]) -> None:
        self.circle = circle
        super().__init__(" → ".join(".".join(key) for key in circle))


def typed_formula(
    objects: Objects, definition: ObjectDefinition, node: Node, source: str = ""
) -> Typed:
    """The formula of a field of the object, checked. Raises FormulaError."""
    return check(node, CatalogScope(objects, definition), builtin_functions(), source)


def volatility_of(typed: Typed) -> Volatility:
    """What the value hangs on besides records."""
    found = Volatility.PURE
    for one in walk(typed.stored):
        function = builtin_functions().find(one.function) if isinstance(one, Call) else None
        if function is not None and found is not Volatility.PERSON:
            found = found if function.volatility is Volatility.PURE else function.volatility
    return found


def fits_type(typed: Typed, type_: FieldType[Any]) -> bool:
    """Whether a field of the type can hold what the formula comes to; an option is held by its label."""
    if typed.type.is_list or not type_.can_be_computed:
        return False
    kind = Kind.TEXT if typed.type.kind is Kind.CHOICE else typed.type.kind
    return kind is KINDS[type_.value_kind]


def computed_fields(catalog: Catalog) -> ComputedFields:
    """The computed fields of a design, worked out once."""
    return _known.of(catalog)


def no_longer_live(before: Catalog, after: Objects) -> tuple[FieldKey, ...]:
    """The fields that nothing was stored of and that are to be stored, whose own formula stays perhaps."""
    live = computed_fields(before).live
    if not live:
        return ()
    return tuple(one.key for one in work_out(after).order if one.key in live)


def work_out(objects: Objects) -> ComputedFields:
    """Raises CircularFormulaError. A formula that no longer reads keeps its last values."""
    every: dict[FieldKey, ComputedField] = {}
    for definition in objects.values():
        for one in definition.fields.values():
            if one.formula is None or definition.retired_at is not None:
                continue
            try:
                computed = _computed(objects, definition, one, one.formula)
            except FormulaError as error:
                _log.error(
                    "%s.%s has a formula that does not read: %s", definition.name, one.name, error
                )
                continue
            every[computed.key] = computed
    live: dict[FieldKey, ComputedField] = {}
    order: list[ComputedField] = []
    for computed in _in_order(every):
        if _is_live(computed, live):
            live[computed.key] = computed
        else:
            order.append(computed)
    dependents: dict[FieldKey, list[Dependent]] = {}
    by_object: dict[str, list[ComputedField]] = {}
    for computed in order:
        by_object.setdefault(computed.object, []).append(computed)
        for way, key in computed.sources():
            dependents.setdefault(key, []).append(Dependent(computed, way))
    return ComputedFields(
        {name: tuple(some) for name, some in by_object.items()},
        tuple(order),
        {key: tuple(some) for key, some in dependents.items()},
        live,
    )


def _is_live(computed: ComputedField, live: Mapping[FieldKey, ComputedField]) -> bool:
    """Whether it hangs on the clock, or on a field that does."""
    if volatility_of(computed.typed) is Volatility.CLOCK:
        return True
    return any(key in live for _, key in computed.sources())


def _computed(
    objects: Objects, definition: ObjectDefinition, one: FieldDefinition, node: Node
) -> ComputedField:
    typed = typed_formula(objects, definition, node)
    if typed.type.kind is Kind.CHOICE:
        typed = as_text(typed)
    paths = paths_of(objects, definition, typed)
    return ComputedField(definition.name, typed, paths, one)


def paths_of(
    objects: Objects, definition: ObjectDefinition, typed: Typed
) -> Mapping[tuple[str, ...], FormulaPath]:
    """The ways to all fields a checked formula looks at, those of the rows of its lists too."""
    scope = CatalogScope(objects, definition)
    paths = {names: path for names in set(paths_in(typed.stored)) if (path := scope.path(names))}
    return paths | _row_paths(typed, scope)


def _row_paths(typed: Typed, scope: CatalogScope) -> dict[tuple[str, ...], FormulaPath]:
    """What conditions on the rows of a list look at, as paths from the record."""
    found: dict[tuple[str, ...], FormulaPath] = {}
    lists = [one for one in paths_in(typed.stored) if _ends_in_records(scope, one)]
    names = {one.names for one in walk(typed.stored) if isinstance(one, Row) and one.names}
    for start in lists:
        for row in names:
            path = scope.path(start + row)
            if path is not None:
                found[start + row] = path
    return found


def _ends_in_records(scope: CatalogScope, names: tuple[str, ...]) -> bool:
    path = scope.path(names)
    return path is not None and (path.field is None or path.field.is_listed)


def _in_order(every: Mapping[FieldKey, ComputedField]) -> list[ComputedField]:
    """Each after those it hangs on. Raises CircularFormulaError with the circle."""
    done: dict[FieldKey, bool] = {}
    order: list[ComputedField] = []

    def visit(key: FieldKey, way: tuple[FieldKey, ...]) -> None:
        if done.get(key):
            return
        if key in way:
            raise CircularFormulaError((*way[way.index(key) :], key))
        for _, source in every[key].sources():
            if source in every:
                visit(source, (*way, key))
        done[key] = True
        order.append(every[key])

    for key in every:
        visit(key, ())
    return order


_known: Remembered[Catalog, ComputedFields] = Remembered(lambda catalog: work_out(catalog.objects))
