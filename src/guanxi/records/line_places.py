"""Where lines stand among one another: numbers that grow down the table, few of which change when a line moves."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from uuid import UUID

#: So many decimals a place may have before the lines are numbered anew.
DECIMALS = 10


@dataclass(frozen=True, slots=True)
class Standing:
    """A line in its order, and where it stood so far; None for one that has no place yet."""

    id: UUID
    place: Decimal | None


class Chain:
    """Lines in a row, each of which can be taken out and put behind another one."""

    def __init__(self, ids: Sequence[UUID]) -> None:
        #: None stands before the first.
        self._after: dict[object, UUID | None] = {}
        self._before: dict[UUID, UUID | None] = {}
        self._last: UUID | None = None
        for id_ in ids:
            self.append(id_)

    def append(self, id_: UUID) -> None:
        self._join(self._last, id_)
        self._join(id_, None)

    def put(self, id_: object, after: object) -> bool:
        """Whether both are there; else nothing moves."""
        if not isinstance(id_, UUID) or id_ not in self._before or after == id_:
            return False
        if after is not None and (not isinstance(after, UUID) or after not in self._before):
            return False
        self._join(self._before[id_], self._after.get(id_))
        following = self._after.get(after)
        self._join(after, id_)
        self._join(id_, following)
        return True

    def ids(self) -> list[UUID]:
        found: list[UUID] = []
        here = self._after.get(None)
        while here is not None:
            found.append(here)
            here = self._after.get(here)
        return found

    def _join(self, left: UUID | None, right: UUID | None) -> None:
        self._after[left] = right
        if right is None:
            self._last = left
        else:
            self._before[right] = left


def new_places(lines: Sequence[Standing], *, decimals: int = DECIMALS) -> Mapping[UUID, Decimal]:
    """The places of those lines that need another one, so that all grow in the order given."""
    kept = _longest_growing(lines)
    found: dict[UUID, Decimal] = {}
    waiting: list[UUID] = []
    low: Decimal | None = None
    for at, line in enumerate(lines):
        if at not in kept:
            waiting.append(line.id)
            continue
        between = _between(low, line.place, len(waiting), decimals)
        if between is None:
            return _from_one(lines)
        found |= dict(zip(waiting, between, strict=True))
        waiting, low = [], line.place
    behind = _between(low, None, len(waiting), decimals)
    return found | dict(zip(waiting, behind or (), strict=True))


def _between(
    low: Decimal | None, high: Decimal | None, count: int, decimals: int
) -> list[Decimal] | None:
    """So many places between two; None when there is no room."""
    if count == 0:
        return []
    if high is None:
        start = low or Decimal(0)
        return [start + step for step in range(1, count + 1)]
    if low is None:
        low = Decimal(0) if high > 0 else high - count - 1
    smallest = Decimal(1).scaleb(-decimals)
    step = (high - low) / (count + 1)
    places = [(low + step * one).quantize(smallest) for one in range(1, count + 1)]
    ends = [low, *places, high]
    grows = all(left < right for left, right in pairwise(ends))
    return places if grows else None


def _from_one(lines: Sequence[Standing]) -> Mapping[UUID, Decimal]:
    numbered = {line.id: Decimal(place) for place, line in enumerate(lines, 1)}
    return {line.id: numbered[line.id] for line in lines if line.place != numbered[line.id]}


def _longest_growing(lines: Sequence[Standing]) -> frozenset[int]:
    """The most lines that can stay where they are, by their index."""
    ends: list[Decimal] = []
    last: list[int] = []
    before: dict[int, int] = {}
    for at, line in enumerate(lines):
        if line.place is None:
            continue
        length = bisect_left(ends, line.place)
        if length:
            before[at] = last[length - 1]
        if length == len(ends):
            ends.append(line.place)
            last.append(at)
        else:
            ends[length], last[length] = line.place, at
    kept: set[int] = set()
    at_ = last[-1] if last else None
    while at_ is not None:
        kept.add(at_)
        at_ = before.get(at_)
    return frozenset(kept)
