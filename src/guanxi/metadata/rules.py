"""The rules of an object's fields and its validations, checked and ready to be asked of records."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from guanxi.fields.capabilities import ValueKind
from guanxi.fields.options_of_choice import ChoicesOptions
from guanxi.formula.errors import FormulaError
from guanxi.formula.tree import Node
from guanxi.formula.typed import Typed
from guanxi.formula.types import BOOLEAN, Kind
from guanxi.formula.unify import as_type
from guanxi.metadata.candidates import of_chosen, typed_candidates
from guanxi.metadata.computed import CheckedFormula, paths_of, typed_formula
from guanxi.metadata.formula_scope import Objects, type_of
from guanxi.metadata.model import Catalog, FieldDefinition, ObjectDefinition, Validation
from guanxi.metadata.unique_rules import CheckedUnique, unique_of_object

_log = logging.getLogger(__name__)


class RuleKind(StrEnum):
    """What a formula says of a field, or of the record as a whole."""

    DEFAULT = "default"
    REQUIRED = "required_when"
    VISIBLE = "visible_when"
    READ_ONLY = "read_only_when"
    OPTIONS = "options_when"
    CANDIDATES = "candidates_when"
    VALIDATION = "validation"


@dataclass(frozen=True)
class Rule(CheckedFormula):
    """One rule with its formula checked."""

    kind: RuleKind
    #: The field it is about; of a validation the one it is shown at, if any.
    field: FieldDefinition | None
    validation: Validation | None = None
    #: The options that are offered while it holds.
    options: frozenset[str] = frozenset()
    #: A condition on candidates as it is written; the rule's own formula asks it of the record that has chosen.
    written: Typed | None = None

    @cached_property
    def looks_at(self) -> frozenset[str]:
        """The record's own fields it hangs on: a link as well as what lies behind it."""
        links = {
            path.hops[0].link.name
            for path in self.paths.values()
            if path.hops and not path.hops[0].is_backwards
        }
        fields = {path.field.name for path in self.paths.values() if path.field and not path.hops}
        return frozenset(links | fields)


@dataclass(frozen=True)
class ObjectRules:
    """All rules of one object."""

    #: Defaults, each after those it looks at.
    defaults: tuple[Rule, ...] = ()
    required: Mapping[str, Rule] | None = None
    visible: Mapping[str, Rule] | None = None
    read_only: Mapping[str, Rule] | None = None
    candidates: Mapping[str, Rule] | None = None
    #: By field.
    options: Mapping[str, tuple[Rule, ...]] | None = None
    validations: tuple[Rule, ...] = ()
    unique: tuple[CheckedUnique, ...] = ()

    def of(self, kind: RuleKind, field_name: str) -> Rule | None:
        return (self._by_kind[kind] or {}).get(field_name)

    def all(self) -> Iterator[Rule]:
        yield from self.defaults
        for rules in self._by_kind.values():
            yield from (rules or {}).values()
        for some in (self.options or {}).values():
            yield from some
        yield from self.validations

    @cached_property
    def looks_elsewhere(self) -> bool:
        """Whether a rule looks at other records."""
        return any(not rule.is_local for rule in self.all())

    @property
    def may_refuse(self) -> bool:
        """Whether records may be refused for what a rule says."""
        if any(self._by_kind.values()) or self.options or self.validations or self.unique:
            return True
        return any(rule.field is not None and rule.field.required for rule in self.defaults)

    @cached_property
    def fields(self) -> frozenset[str]:
        """The fields whose being required, shown or open to change hangs on a rule."""
        return frozenset(name for rules in self._by_kind.values() for name in rules or {})

    @cached_property
    def _by_kind(self) -> Mapping[RuleKind, Mapping[str, Rule] | None]:
        return {
            RuleKind.REQUIRED: self.required,
            RuleKind.VISIBLE: self.visible,
            RuleKind.READ_ONLY: self.read_only,
            RuleKind.CANDIDATES: self.candidates,
        }


class CircularDefaultError(ValueError):
    """Defaults hang on one another in a circle."""

    def __init__(self, circle: tuple[str, ...]) -> None:
        self.circle = circle
        super().__init__(" → ".join(circle))


NO_RULES = ObjectRules()
MOST_KNOWN = 64
_known: dict[int, tuple[Catalog, dict[str, ObjectRules]]] = {}


def rules_of_object(catalog: Catalog, object_name: str) -> ObjectRules:
    """The rules of an object of a design, worked out once."""
    found = _known.get(id(catalog))
    if found is None or found[0] is not catalog:
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        found = (catalog, {})
        _known[id(catalog)] = found
    rules = found[1].get(object_name)
    if rules is None:
        definition = catalog.find(object_name)
        rules = NO_RULES if definition is None else object_rules(catalog.objects, definition)
        found[1][object_name] = rules
    return rules


def object_rules(objects: Objects, definition: ObjectDefinition) -> ObjectRules:
    """Raises CircularDefaultError. A rule that no longer reads says nothing."""
    found: dict[RuleKind, dict[str, Rule]] = {kind: {} for kind in RuleKind}
    options: dict[str, tuple[Rule, ...]] = {}
    for field in definition.fields.values():
        for kind, node in rules_in(field):
            rule = _readable(objects, definition, kind, field, node)
            if rule is not None:
                found[kind][field.name] = rule
        offers = [
            replace(rule, options=frozenset(one.options))
            for one in field.rules.options_when
            if (rule := _readable(objects, definition, RuleKind.OPTIONS, field, one.condition))
        ]
        if offers:
            options[field.name] = tuple(offers)
    for validation in definition.validations:
        field_ = definition.fields.get(validation.field or "")
        rule = _readable(
            objects, definition, RuleKind.VALIDATION, field_, validation.condition, validation
        )
        if rule is not None:
            found[RuleKind.VALIDATION][validation.name] = rule
    return ObjectRules(
        defaults=tuple(_in_order(found[RuleKind.DEFAULT])),
        required=found[RuleKind.REQUIRED],
        visible=found[RuleKind.VISIBLE],
        read_only=found[RuleKind.READ_ONLY],
        candidates=found[RuleKind.CANDIDATES],
        options=options,
        validations=tuple(found[RuleKind.VALIDATION].values()),
        unique=unique_of_object(objects, definition),
    )


def rules_in(field: FieldDefinition) -> Iterator[tuple[RuleKind, Node]]:
    """The rules a field has, apart from those of its options."""
    for kind in RuleKind:
        if kind in (RuleKind.VALIDATION, RuleKind.OPTIONS):
            continue
        node = getattr(field.rules, kind.value)
        if node is not None:
            yield kind, node


def nodes_of(definition: ObjectDefinition) -> Iterator[Node]:
    """Every formula an object keeps: of computed fields, of rules and of validations."""
    for field in definition.fields.values():
        if field.formula is not None:
            yield field.formula
        yield from (node for _, node in rules_in(field))
        yield from (one.condition for one in field.rules.options_when)
    yield from (one.condition for one in definition.validations)


def checked_rule(
    objects: Objects,
    definition: ObjectDefinition,
    kind: RuleKind,
    field: FieldDefinition | None,
    node: Node,
    validation: Validation | None = None,
    *,
    source: str = "",
) -> Rule | None:
    """The rule with its formula checked; None when the formula comes to something else than it should.

    Raises FormulaError.
    """
    typed, written = typed_rule(objects, definition, kind, field, node, source), None
    if kind is RuleKind.CANDIDATES and field is not None:
        written = typed
        typed = typed_formula(objects, definition, of_chosen(written, field.name), source)
    fitted = fitted_default(typed, field) if kind is RuleKind.DEFAULT and field else typed
    if fitted is None or (kind is not RuleKind.DEFAULT and fitted.type != BOOLEAN):
        return None
    paths = paths_of(objects, definition, fitted)
    return Rule(definition.name, fitted, paths, kind, field, validation, written=written)


def typed_rule(
    objects: Objects,
    definition: ObjectDefinition,
    kind: RuleKind,
    field: FieldDefinition | None,
    node: Node,
    source: str = "",
) -> Typed:
    """The formula of a rule as it is written, checked. Raises FormulaError."""
    if kind is RuleKind.CANDIDATES and field is not None:
        return typed_candidates(objects, definition, field, node, source)
    return typed_formula(objects, definition, node, source)


def fitted_default(typed: Typed, field: FieldDefinition) -> Typed | None:
    """A formula as the default of a field; options may also come as text, by value or by label. Raises FormulaError."""
    if not field.type.writable:
        return None
    wanted = type_of(field)
    fitted = as_type(typed, wanted)
    if fitted is not None:
        return fitted
    is_text = typed.type.kind in (Kind.TEXT, Kind.CHOICE)
    can_tell = isinstance(field.options, ChoicesOptions) and field.type.value_kind is ValueKind.TEXT
    return typed if is_text and can_tell and not typed.type.is_list else None


def _readable(
    objects: Objects,
    definition: ObjectDefinition,
    kind: RuleKind,
    field: FieldDefinition | None,
    node: Node,
    validation: Validation | None = None,
) -> Rule | None:
    try:
        return checked_rule(objects, definition, kind, field, node, validation)
    except FormulaError as error:
        _log.error("A rule (%s) of %s does not read: %s", kind, definition.name, error)
        return None


def _in_order(defaults: Mapping[str, Rule]) -> list[Rule]:
    """Each after those it looks at. Raises CircularDefaultError."""
    order: dict[str, Rule] = {}

    def visit(name: str, way: tuple[str, ...]) -> None:
        if name in order:
            return
        if name in way:
            raise CircularDefaultError((*way[way.index(name) :], name))
        for other in sorted(defaults[name].looks_at):
            if other in defaults:
                visit(other, (*way, name))
        order[name] = defaults[name]

    for name in defaults:
        visit(name, ())
    return list(order.values())
