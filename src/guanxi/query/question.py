"""What can be asked of the records of one object."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from guanxi.fields.capabilities import Aggregate
from guanxi.metadata.model import ObjectDefinition
from guanxi.query.condition import EVERYTHING, Condition, Path
from guanxi.query.lexemes import SearchTerm

SortKeys = tuple[tuple[Path, bool], ...]


@dataclass(frozen=True)
class Cursor:
    """Where a page ended: the sort values of its last record in text form, and its id."""

    values: tuple[str | None, ...]
    id: UUID


@dataclass(frozen=True)
class Selection:
    """Which records of an object are meant."""

    definition: ObjectDefinition
    condition: Condition = EVERYTHING
    terms: tuple[SearchTerm, ...] = ()
    #: The trash instead of the living.
    deleted: bool = False
    #: Only these records.
    ids: tuple[UUID, ...] | None = None


@dataclass(frozen=True)
class ListQuestion:
    """One page of records in an order."""

    selection: Selection
    fields: tuple[Path, ...]
    sort: SortKeys = ()
    limit: int = 50
    after: Cursor | None = None
    #: Names beginning with the first search term come first; no cursor then.
    by_relevance: bool = False
    #: Conditions that leave no record out: of each record is told which of them hold.
    tests: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Measure:
    """One figure of a group: a count, or an aggregate of a field, perhaps weighted by a percent field."""

    aggregate: Aggregate
    path: Path | None = None
    weight: Path | None = None


@dataclass(frozen=True)
class MeasureQuestion:
    """Figures of the selected records, by group."""

    selection: Selection
    measures: tuple[Measure, ...]
    group_by: tuple[Path, ...] = ()


@dataclass(frozen=True)
class CompiledStatement:
    """A statement's text, cached by shape, and the constants that belong to the text itself."""

    text: str
    constants: Mapping[str, object] = field(default_factory=dict)
