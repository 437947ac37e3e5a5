"""Places in text and how long it may grow, the same in every engine. Characters are code points."""

from decimal import Decimal

import sqlalchemy as sa

from guanxi.formula.errors import OUT_OF_RANGE, NoValueError
from guanxi.formula.sql_value import Column, Predicate, SqlValue, number

#: As long as the longest field. What repeats, replaces or joins text has no value beyond.
MOST_CHARACTERS = 100_000
#: Numbers of characters and places above count as this.
FARTHEST = 1_000_001


def count_of(value: Decimal | None) -> int:
    """A number of characters: decimals are cut, and below 0 is 0."""
    return max(0, int(min(value or Decimal(0), Decimal(FARTHEST))))


def place_of(value: Decimal | None) -> int:
    """A place, counted from 1. Raises NoValueError below."""
    place = count_of(value)
    if place < 1:
        raise NoValueError(OUT_OF_RANGE)
    return place


def bounded(length: int) -> None:
    """Raises NoValueError when text would become too long."""
    if length > MOST_CHARACTERS:
        raise NoValueError(OUT_OF_RANGE)


def _cut(value: SqlValue, least: int) -> Column:
    inside = sa.func.greatest(sa.func.trunc(value.filled), number(least))
    return sa.func.least(inside, number(FARTHEST))


def count_sql(value: SqlValue) -> Column:
    return sa.cast(_cut(value, 0), sa.Integer())


def place_sql(value: SqlValue) -> tuple[Column, Predicate | None]:
    """The place, 1 where there is none, and when there is none."""
    written = value.constant
    error = None if isinstance(written, Decimal) and written >= 1 else value.filled < number(1)
    return sa.cast(_cut(value, 1), sa.Integer()), error


def length_sql(text: Column) -> Column:
    """As a number that cannot overflow."""
    return sa.cast(sa.func.length(text), sa.Numeric())


def is_bounded(length: Column) -> Predicate:
    return length <= number(MOST_CHARACTERS)
