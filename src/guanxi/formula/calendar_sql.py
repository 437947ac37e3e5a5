"""Days and moments in SQL. Nothing here can fail: what lies outside the calendar is told, or clamped, beforehand."""

from typing import Any

import sqlalchemy as sa

from guanxi.formula.calendar import FIRST_MONTH, LAST_DAY, LAST_MONTH, MOST_DAYS
from guanxi.formula.compile_sql import ZONE
from guanxi.formula.sql_value import Column, Predicate, SqlValue, number
from guanxi.formula.types import Kind

FIRST_DAY: Column = sa.literal_column("date '0001-01-01'", sa.Date())
_FIRST: Column = sa.literal_column("timestamptz '0001-01-02 00:00:00+00'")
_LAST: Column = sa.literal_column("timestamptz '9999-12-30 23:59:59.999999+00'")
_LOCAL = sa.DateTime()
_MOMENT = sa.DateTime(timezone=True)
ONE_DAY: Column = sa.literal_column("interval '1 day'")
ONE_MONTH: Column = sa.literal_column("interval '1 month'")
ONE_SECOND: Column = sa.literal_column("interval '1 second'")
ONE_MICROSECOND: Column = sa.literal_column("interval '1 microsecond'")


def moment_sql(local: Column) -> Column:
    """The moment a local clock shows this."""
    return sa.func.timezone(ZONE, sa.cast(local, _LOCAL), type_=_MOMENT)


def at_ends_of_time(moment: Column) -> Predicate:
    """Whether it lies too close to the ends of the calendar; never NULL."""
    return sa.and_(moment.is_not(None), sa.not_(moment.between(_FIRST, _LAST)))


def local_time(value: SqlValue) -> Column:
    """What a local clock shows: of a day its beginning."""
    if value.type.kind is Kind.DATE_TIME:
        return sa.func.timezone(ZONE, value.value, type_=_LOCAL)
    return sa.cast(value.value, _LOCAL)


def local_day(value: SqlValue) -> Column:
    """The day of a date or a time."""
    if value.type.kind is Kind.DATE:
        return value.value
    if value.type.kind is Kind.DATE_TIME:
        return sa.cast(local_time(value), sa.Date())
    return sa.cast(value.value, sa.Date())


def part(name: str, column: Column) -> Column:
    """A part of a day or time, as a number."""
    return sa.cast(sa.extract(name, column), sa.Numeric())


def clamped(value: Column, most: int) -> Column:
    """Between -most and most. PostgreSQL computes constants beforehand, in branches it never takes too."""
    return between(value, number(-most), number(most))


def between(value: Column, least: Column, most: Column) -> Column:
    """The nearest between the two; NULL becomes one of them."""
    return sa.func.least(sa.func.greatest(value, least), most)


def day_place(day: Column) -> Column:
    """Days since 0001-01-01."""
    return sa.cast(sa.type_coerce(day, sa.Date()).op("-", precedence=7)(FIRST_DAY), sa.Numeric())


def days_apart(last: Column, first: Column) -> Column:
    return sa.cast(sa.type_coerce(last, sa.Date()).op("-", precedence=7)(first), sa.Numeric())


def days_later_sql(day: Column, days: Column) -> Column:
    """So many whole days later; NULL outside the calendar. Each is written several times."""
    whole = sa.func.trunc(days)
    inside = (day_place(day) + whole).between(number(0), number(LAST_DAY))
    moved = day + sa.cast(clamped(whole, MOST_DAYS), sa.Integer())
    return sa.type_coerce(sa.case((inside, moved)), sa.Date())


def month_number_sql(day: Column) -> Column:
    """Months since the beginning of year 0."""
    return part("year", day) * number(12) + part("month", day) - number(1)


def local_months_later(local: Column, months: Column) -> Column:
    """A local time so many whole months later, on the last day where the month is shorter; NULL outside the calendar.

    Each is written several times.
    """
    before = month_number_sql(local)
    after = before + sa.func.trunc(months)
    inside = after.between(number(FIRST_MONTH), number(LAST_MONTH))
    kept = between(after, number(FIRST_MONTH), number(LAST_MONTH)) - before
    return sa.case((inside, local + times(kept, ONE_MONTH)))


def local_days_later(local: Column, days: Column) -> Column:
    """A local time so many whole days later; NULL outside the calendar. Each is written several times."""
    before = day_place(sa.cast(local, sa.Date()))
    after = before + sa.func.trunc(days)
    inside = after.between(number(0), number(LAST_DAY))
    kept = between(after, number(0), number(LAST_DAY)) - before
    return sa.case((inside, local + times(kept, ONE_DAY)))


def as_day(local: Column) -> Column:
    return sa.cast(local, sa.Date())


def times(count: Column, interval: Column) -> Column:
    """An interval so many whole times, at most some ten million."""
    repeated: Any = sa.cast(count, sa.Double()).op("*")(interval)
    return sa.type_coerce(repeated, sa.Interval())


def month_beginning(months: Column) -> Column:
    """The first day of the month with this number; of the nearest there is, where there is none."""
    kept = between(months, number(FIRST_MONTH), number(LAST_MONTH))
    year = sa.cast(sa.func.div(kept, number(12)), sa.Integer())
    month = sa.cast(sa.func.mod(kept, number(12)), sa.Integer())
    first: Column = sa.literal_column("1")
    return sa.type_coerce(sa.func.make_date(year, month + first, first), sa.Date())
