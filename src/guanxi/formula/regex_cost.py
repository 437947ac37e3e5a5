"""How long a text a regular expression is looked for in, so that no engine takes longer than two seconds over it.

PostgreSQL tries each place of a text as a beginning, goes on for as long as a match may be, and remembers sets of
states only while there is room for them; each set it has not at hand takes time with the arcs between the states.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from guanxi.formula.regex_automaton import Automaton, automaton
from guanxi.formula.regex_syntax import (
    TOO_LARGE,
    Regex,
    RegexError,
    Row,
    Some,
    Times,
    branches_of,
    read_regex,
)

#: Expressions with more are refused: they take long to be made ready.
MOST_ARCS = 4_000
#: The lengths of text there may be, the longest first.
LENGTHS = (20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100)
#: Nanoseconds, measured.
_BUDGET, _STEP, _NEW_SET = 2_000_000_000, 5, 1_000
#: So many sets PostgreSQL keeps of any expression.
_SETS_KEPT = 30


@dataclass(frozen=True)
class _Measure:
    """What the time hangs on."""

    arcs: int
    #: Of new sets from one beginning; None when they cannot be kept.
    sets: int | None
    #: Of a match; None: without end.
    longest: int | None


def refuse_costly(written: str) -> None:
    """Raises RegexError for an expression that is wrong or too large to be looked for anywhere."""
    if _measure(written).arcs > MOST_ARCS:
        raise RegexError(0, TOO_LARGE)


@lru_cache(maxsize=500)
def most_characters(written: str, groups: int = 0) -> int:
    """The longest text in which it is looked for, with so many groups told apart. Raises RegexError."""
    measure = _measure(written)
    return next(
        (one for one in LENGTHS if _nanoseconds(measure, one, groups) <= _BUDGET), LENGTHS[-1]
    )


def _nanoseconds(measure: _Measure, length: int, groups: int) -> int:
    is_bounded = measure.longest is not None and measure.longest <= length
    steps = measure.longest if is_bounded and measure.longest is not None else length // 2
    new = steps if measure.sets is None else min(steps, measure.sets)
    return length * (steps * _STEP + new * (_NEW_SET + measure.arcs)) * (1 + 4 * groups)


@lru_cache(maxsize=500)
def _measure(written: str) -> _Measure:
    branches = read_regex(written)
    states = automaton(written)
    kinds = states.kinds()
    lengths = [_longest(one.row) for one in branches]
    longest = None if None in lengths else max(one for one in lengths if one is not None)
    return _Measure(states.arcs(kinds), _sets(states, kinds), longest)


def _sets(states: Automaton, kinds: Sequence[int]) -> int | None:
    """Of states that can be reached from a beginning, each with what may come next; None when they are many."""
    most = max(_SETS_KEPT, states.size * 3 // 2)
    known = set(states.beginnings)
    waiting = list(known)
    while waiting:
        possible = waiting.pop()
        for kind in kinds:
            reached = states.after(possible & kind)
            if reached and reached not in known:
                known.add(reached)
                waiting.append(reached)
                if len(known) > most:
                    return None
    return len(known) * len(kinds)


def _longest(regex: Regex) -> int | None:
    """The most characters it can match; None: without end."""
    if isinstance(regex, Some):
        return 1
    if isinstance(regex, Times):
        part = _longest(regex.part)
        return None if part is None or regex.most is None else part * regex.most
    lengths = [_longest(one) for one in branches_of(regex)]
    if None in lengths:
        return None
    given = [one for one in lengths if one is not None]
    return sum(given) if isinstance(regex, Row) else max(given)
