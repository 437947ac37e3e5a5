"""Conditions as data: what a record must be like. Values are in stored form or know how to become one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from guanxi.fields.capabilities import Operator
from guanxi.formula.periods import span
from guanxi.formula.typed import Typed
from guanxi.metadata.model import FieldDefinition, ObjectDefinition


@dataclass(frozen=True)
class Path:
    """A field reached from an object over zero or more links, each to one record."""

    #: The link fields walked, with the object each leads to.
    links: tuple[tuple[FieldDefinition, ObjectDefinition], ...]
    field: FieldDefinition

    @property
    def text(self) -> str:
        return ".".join([*(link.name for link, _ in self.links), self.field.name])

    @property
    def names(self) -> tuple[str, ...]:
        return (*(link.name for link, _ in self.links), self.field.name)


@dataclass(frozen=True, slots=True)
class RelativeDays:
    """A span of days told relative to today, e.g. `this_week` or the last 30 days."""

    name: str
    days: int = 0

    def resolve(self, today: date) -> tuple[date, date]:
        """First day of the span and the day after its last."""
        return span(self.name, self.days, today)


@dataclass(frozen=True)
class Test:
    """One test of one field."""

    __test__ = False

    path: Path
    operator: Operator
    #: Stored values: one for most operators, many for lists, two for between, none for emptiness.
    values: tuple[object, ...] = ()
    #: The object whose tree is looked through.
    tree: ObjectDefinition | None = None


@dataclass(frozen=True)
class Given:
    """A value a formula is given from outside, in stored form, and the field it is of."""

    field: FieldDefinition
    value: object


@dataclass(frozen=True)
class FormulaTest:
    """A test written as a formula: it holds where the formula is true."""

    typed: Typed
    #: The fields it looks at, by their names in the formula.
    paths: Mapping[tuple[str, ...], Path]
    #: Equal for equal formulas that are given values for the same names.
    text: str
    #: What it looks at that is not of the records asked for.
    given: Mapping[tuple[str, ...], Given] = field(default_factory=dict)


@dataclass(frozen=True)
class AllOf:
    """Every condition holds. Of nothing: true."""

    conditions: "tuple[Condition, ...]"


@dataclass(frozen=True)
class AnyOf:
    """At least one condition holds. Of nothing: false."""

    conditions: "tuple[Condition, ...]"


@dataclass(frozen=True)
class Not:
    """The condition does not hold."""

    condition: "Condition"


Condition = Test | FormulaTest | AllOf | AnyOf | Not

EVERYTHING = AllOf(())


def tests_in(condition: Condition) -> Iterator[Test]:
    """AllOf tests, in the order they are written."""
    yield from (leaf for leaf in _leaves(condition) if isinstance(leaf, Test))


def formulas_in(condition: Condition) -> Iterator[FormulaTest]:
    """The tests written as formulas, in the order they are written."""
    yield from (leaf for leaf in _leaves(condition) if isinstance(leaf, FormulaTest))


def paths_in(condition: Condition) -> Iterator[Path]:
    """Every field a condition looks at."""
    for leaf in _leaves(condition):
        yield from (leaf.path,) if isinstance(leaf, Test) else leaf.paths.values()


def _leaves(condition: Condition) -> Iterator[Test | FormulaTest]:
    if isinstance(condition, Test | FormulaTest):
        yield condition
    elif isinstance(condition, Not):
        yield from _leaves(condition.condition)
    else:
        for one in condition.conditions:
            yield from _leaves(one)


def both(first: Condition, second: Condition) -> Condition:
    """A condition that holds when both hold."""
    if first == EVERYTHING:
        return second
    if second == EVERYTHING:
        return first
    return AllOf((first, second))
