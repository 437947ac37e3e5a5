"""In which order a change goes through computed fields, so that each is computed once and rows are locked in one order.

Objects are put in a row: what is computed on one hangs on records of those before it. Objects that hang on one another
stand at one place, a circle; only their fields have an order then. Everybody who computes goes along this row, and within
a place by the names of objects and the ids of records: two of them cannot wait for each other.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from guanxi.kit.remembered import Remembered
from guanxi.metadata.computed import ComputedField, ComputedFields, FieldKey


@dataclass(frozen=True)
class FieldGroup:
    """Computed fields of one object that one statement computes, each after those it hangs on."""

    object: str
    fields: tuple[ComputedField, ...]
    #: The place of the object in the row of objects.
    place: int

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(one.field.name for one in self.fields)

    def moved_by(self, names: Iterable[str]) -> tuple[ComputedField, ...]:
        """Those of the fields that are named, and those that hang on them on the same record."""
        moved = set(names)
        found = []
        for one in self.fields:
            own = {key[1] for way, key in one.sources() if not way}
            if one.field.name in moved or own & moved:
                moved.add(one.field.name)
                found.append(one)
        return tuple(found)


@dataclass(frozen=True)
class RecomputeOrder:
    """The groups of a design in the order in which they are computed."""

    groups: tuple[FieldGroup, ...] = ()
    #: The place of every object that has to do with computed fields.
    places: Mapping[str, int] = field(default_factory=dict)
    #: The places where objects hang on one another.
    circles: frozenset[int] = frozenset()

    def is_in_circle(self, object_name: str) -> bool:
        """Whether a change of the object's records may come back to records of the object."""
        return self.places.get(object_name) in self.circles

    @cached_property
    def group_of(self) -> Mapping[FieldKey, int]:
        """The number of the group that computes a field."""
        return {one.key: number for number, group in enumerate(self.groups) for one in group.fields}


def recompute_order(computed: ComputedFields) -> RecomputeOrder:
    """The order of a design's computed fields, worked out once."""
    return _orders.of(computed)


def put_in_order(fields: tuple[ComputedField, ...]) -> RecomputeOrder:
    """The order of computed fields, each of which stands after those it hangs on."""
    hang_on: dict[str, set[str]] = {}
    for one in fields:
        hang_on.setdefault(one.object, set())
        for way, (owner, _) in one.sources():
            if way:
                hang_on[one.object].add(owner)
    circles = list(_circles(hang_on))
    places = {name: place for place, names in enumerate(circles) for name in names}
    stages: dict[FieldKey, int] = {}
    groups: dict[tuple[int, int, str], list[ComputedField]] = {}
    for one in fields:
        stages[one.key] = stage = max(_stages(one, stages, places), default=0)
        groups.setdefault((places[one.object], stage, one.object), []).append(one)
    return RecomputeOrder(
        tuple(FieldGroup(key[2], tuple(groups[key]), key[0]) for key in sorted(groups)),
        places,
        frozenset(
            place
            for place, names in enumerate(circles)
            if len(names) > 1 or names[0] in hang_on.get(names[0], ())
        ),
    )


def _stages(
    one: ComputedField, stages: Mapping[FieldKey, int], places: Mapping[str, int]
) -> Iterator[int]:
    """The least stage each source leaves to a field: within a circle other records are a stage before."""
    for way, key in one.sources():
        if key in stages and places[key[0]] == places[one.object]:
            yield stages[key] + 1 if way else stages[key]


def _circles(hang_on: Mapping[str, set[str]]) -> Iterator[list[str]]:
    """Objects that hang on one another together, each set after those it hangs on (Tarjan's way)."""
    numbers: dict[str, int] = {}
    lowest: dict[str, int] = {}
    open_: list[str] = []

    def visit(name: str) -> Iterator[list[str]]:
        numbers[name] = lowest[name] = len(numbers)
        open_.append(name)
        for other in sorted(hang_on.get(name, ())):
            if other not in numbers:
                yield from visit(other)
                lowest[name] = min(lowest[name], lowest[other])
            elif other in open_:
                lowest[name] = min(lowest[name], numbers[other])
        if lowest[name] == numbers[name]:
            start = open_.index(name)
            found = sorted(open_[start:])
            del open_[start:]
            yield found

    for name in sorted(hang_on):
        if name not in numbers:
            yield from visit(name)


_orders: Remembered[ComputedFields, RecomputeOrder] = Remembered(
    lambda computed: put_in_order(computed.order)
)
