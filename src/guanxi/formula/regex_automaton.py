"""Finds what a regular expression matches, in time that grows with the text and never explodes.

The places of the expression are the states (Glushkov's automaton); sets of them are the bits of a number.
"""

import itertools
from collections.abc import Iterator, Sequence
from functools import lru_cache

from guanxi.formula.regex_syntax import (
    LAST,
    Branch,
    Either,
    Group,
    Range,
    Regex,
    Row,
    Some,
    Times,
    read_regex,
)

#: Sets of states remembered; when there are more, all are forgotten.
MOST_SETS = 20_000
Shape = tuple[bool, int, int]


class Places:
    """The places of an expression: what each matches, and which may follow which."""

    def __init__(self) -> None:
        self._sets: list[tuple[Range, ...]] = []
        self._after: list[int] = []
        self._before: list[int] = []
        self._matching: dict[str, int] = {}
        self._known_after: dict[int, int] = {0: 0}
        self._known_before: dict[int, int] = {0: 0}

    def add(self, regex: Regex) -> Shape:
        """Whether it matches nothing too, with which places it begins, and with which it ends."""
        if isinstance(regex, Some):
            self._sets.append(regex.ranges)
            self._after.append(0)
            self._before.append(0)
            bit = 1 << (len(self._sets) - 1)
            return False, bit, bit
        if isinstance(regex, Group):
            return self.add(regex.part)
        if isinstance(regex, Row):
            return self._row([self.add(one) for one in regex.parts])
        if isinstance(regex, Either):
            shapes = [self.add(one) for one in regex.parts]
            return any(one[0] for one in shapes), _or(shapes, 1), _or(shapes, 2)
        return self._times(regex)

    def matching(self, character: str) -> int:
        """The places this character can stand at."""
        found = self._matching.get(character)
        if found is None:
            code, found = ord(character), 0
            for place, ranges in enumerate(self._sets):
                if any(first <= code <= last for first, last in ranges):
                    found |= 1 << place
            self._matching[character] = found
        return found

    def after(self, places: int) -> int:
        return _union(places, self._after, self._known_after)

    def before(self, places: int) -> int:
        return _union(places, self._before, self._known_before)

    @property
    def size(self) -> int:
        return len(self._sets)

    def kinds(self) -> list[int]:
        """The places that some character can stand at, for each kind of character there is."""
        starts = {0} | {start for one in self._sets for a, b in one for start in (a, b + 1)}
        return sorted({self.matching(chr(one)) for one in starts if one <= LAST} - {0})

    def arcs(self, kinds: Sequence[int]) -> int:
        """Ways from place to place, each kind of character by itself."""
        return sum(
            before.bit_count() * sum(kind >> place & 1 for kind in kinds)
            for place, before in enumerate(self._before)
        )

    def _times(self, regex: Times) -> Shape:
        """Repetitions written out, the last one going round when there is no end."""
        least = regex.least if regex.most is not None else max(regex.least, 1)
        shapes = [self.add(regex.part) for _ in range(least)]
        if regex.most is None:
            _, first, last = shapes[-1]
            self._link(last, first)
            return self._row(shapes) if regex.least else (True, first, last)
        if regex.most == least:
            return self._row(shapes)
        return self._row(
            [*shapes, self._options([self.add(regex.part) for _ in range(regex.most - least)])]
        )

    def _options(self, shapes: Sequence[Shape]) -> Shape:
        """Up to so many of the same, each only behind the one before; behind any where they may be nothing."""
        if shapes[0][0]:
            return self._row(shapes)
        for before, after in itertools.pairwise(shapes):
            self._link(before[2], after[1])
        return True, shapes[0][1], _or(shapes, 2)

    def _row(self, shapes: Sequence[Shape]) -> Shape:
        is_nothing, first, last = True, 0, 0
        for may_be_nothing, begins, ends in shapes:
            self._link(last, begins)
            first |= begins if is_nothing else 0
            last = last | ends if may_be_nothing else ends
            is_nothing = is_nothing and may_be_nothing
        return is_nothing, first, last

    def _link(self, before: int, after: int) -> None:
        for place in _bits(before):
            self._after[place] |= after
        for place in _bits(after):
            self._before[place] |= before


class Piece:
    """A part of an expression that is matched by itself."""

    def __init__(self, regex: Regex) -> None:
        self._places = Places()
        self._is_nothing, self._first, self._last = self._places.add(regex)

    def starts(self, text: str, start: int, ends: set[int]) -> set[int]:
        """The places from `start` on from which it can reach one of these ends."""
        found, active = set(ends) if self._is_nothing else set(), 0
        for place in range(max(ends, default=start) - 1, start - 1, -1):
            active = self._places.before(active) | (self._last if place + 1 in ends else 0)
            active &= self._places.matching(text[place])
            if active & self._first:
                found.add(place)
        return found

    def farthest(self, text: str, start: int, ends: set[int]) -> int:
        """The last of these ends it can reach."""
        found, possible = start, self._first
        for place in range(start, max(ends)):
            active = possible & self._places.matching(text[place])
            if active & self._last and place + 1 in ends:
                found = place + 1
            if not active:
                break
            possible = self._places.after(active)
        return found


class Automaton:
    """An expression ready to be looked for."""

    def __init__(self, branches: Sequence[Branch]) -> None:
        self._places = Places()
        self._branches = [(one, self._places.add(one.row)) for one in branches]
        #: Where a match may begin and end: at the ends of the text, and anywhere.
        self._firsts = self._ends_of(1, "at_start")
        self._lasts = self._ends_of(2, "at_end")

    @property
    def may_be_nothing(self) -> bool:
        return any(shape[0] for _, shape in self._branches)

    @property
    def size(self) -> int:
        """How many places it has."""
        return self._places.size

    @property
    def beginnings(self) -> tuple[int, int]:
        """The places a match may begin with: behind the start of the text, and at it."""
        return self._firsts

    def kinds(self) -> list[int]:
        """For each kind of character the places it can stand at."""
        return self._places.kinds()

    def arcs(self, kinds: Sequence[int]) -> int:
        """How many ways lead from place to place, each kind of character by itself."""
        return self._places.arcs(kinds)

    def after(self, places: int) -> int:
        """What may come next."""
        return self._places.after(places)

    def starts(self, text: str) -> list[int]:
        """All places from which something matches, the last first."""
        found, active = [], 0
        if self._is_nothing_at(len(text), text):
            found.append(len(text))
        for place in range(len(text) - 1, -1, -1):
            last = self._lasts[place + 1 == len(text)]
            active = (self._places.before(active) | last) & self._places.matching(text[place])
            if active & self._firsts[place == 0] or self._is_nothing_at(place, text):
                found.append(place)
        return found

    def matches(self, text: str) -> Iterator[tuple[int, int]]:
        """From the left, the longest at each place, none reaching into another."""
        fruitless: set[tuple[int, int]] = set()
        done = 0
        for start in reversed(self.starts(text)):
            if start >= done:
                done = self._longest(text, start, fruitless)
                yield start, done

    def _longest(self, text: str, start: int, fruitless: set[tuple[int, int]]) -> int:
        """Where the longest match from here on ends.

        Ways that led nowhere once are remembered, and not gone again from another start.
        """
        end, possible = start, self._firsts[start == 0]
        gone: list[tuple[int, int]] = []
        for place in range(start, len(text)):
            if (place, possible) in fruitless:
                break
            gone.append((place, possible))
            active = possible & self._places.matching(text[place])
            if active & self._lasts[place + 1 == len(text)]:
                end = place + 1
                gone.clear()
            if not active:
                break
            possible = self._places.after(active)
        fruitless.update(gone)
        return end

    def _is_nothing_at(self, place: int, text: str) -> bool:
        return any(
            shape[0]
            and not (branch.at_start and place > 0)
            and not (branch.at_end and place < len(text))
            for branch, shape in self._branches
        )

    def _ends_of(self, part: int, only: str) -> tuple[int, int]:
        anywhere = [shape for one, shape in self._branches if not getattr(one, only)]
        return _or(anywhere, part), _or([shape for _, shape in self._branches], part)


class Parts:
    """The groups of an expression that are asked for, each as long as it can be, the first ones first."""

    def __init__(self, pieces: Sequence[Regex], numbers: Sequence[int | None]) -> None:
        self._pieces = [Piece(one) for one in pieces]
        self._numbers = numbers

    def of(self, text: str, start: int, end: int) -> dict[int, str]:
        """By their numbers, in a match that is known."""
        ends = [{end}]
        for piece in reversed(self._pieces[1:]):
            ends.append(piece.starts(text, start, ends[-1]))
        found: dict[int, str] = {}
        for piece, number, allowed in zip(self._pieces, self._numbers, reversed(ends), strict=True):
            reached = piece.farthest(text, start, allowed)
            if number is not None:
                found[number] = text[start:reached]
            start = reached
        return found


@lru_cache(maxsize=500)
def automaton(written: str) -> Automaton:
    """Raises RegexError."""
    return Automaton(read_regex(written))


@lru_cache(maxsize=500)
def parts(written: str, wanted: frozenset[int]) -> Parts:
    """For groups that `groups_of` knows."""
    pieces: list[Regex] = []
    numbers: list[int | None] = []
    for one in read_regex(written)[0].row.parts:
        if isinstance(one, Group) and one.number in wanted:
            pieces.append(one)
            numbers.append(one.number)
        elif numbers and numbers[-1] is None:
            pieces[-1] = Row((pieces[-1], one))
        else:
            pieces.append(one)
            numbers.append(None)
    return Parts(pieces, numbers)


def groups_of(branches: Sequence[Branch]) -> frozenset[int]:
    """The groups there is exactly one of in every match: not repeated, no alternatives, in no other."""
    if len(branches) > 1:
        return frozenset()
    row = branches[0].row.parts
    return frozenset(one.number for one in row if isinstance(one, Group) and one.number)


def _or(shapes: Sequence[Shape], part: int) -> int:
    found = 0
    for one in shapes:
        found |= one[part]
    return found


def _bits(number: int) -> Iterator[int]:
    while number:
        low = number & -number
        yield low.bit_length() - 1
        number ^= low


def _union(places: int, neighbours: list[int], known: dict[int, int]) -> int:
    found = known.get(places)
    if found is None:
        found = 0
        for place in _bits(places):
            found |= neighbours[place]
        if len(known) >= MOST_SETS:
            known.clear()
        known[places] = found
    return found
