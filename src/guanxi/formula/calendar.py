"""Days and moments as the language counts them.

Days are those of the years 1 to 9999. Moments keep a day's distance from both ends of them, so that the clock of no zone
leaves the calendar.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from guanxi.formula.errors import OUT_OF_RANGE, NoValueError

FIRST_MOMENT = datetime(1, 1, 2, tzinfo=UTC)
LAST_MOMENT = datetime(9999, 12, 30, 23, 59, 59, 999_999, tzinfo=UTC)
#: More days than any calendar date lies from another.
MOST_DAYS = 4_000_000
#: Days from 0001-01-01 to 9999-12-31.
LAST_DAY = 3_652_058
#: Months from the beginning of year 0 to the first and the last there are.
FIRST_MONTH, LAST_MONTH = 12, 119_999
DAY = timedelta(days=1)
MICROSECOND = timedelta(microseconds=1)
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_moment(moment: datetime) -> bool:
    return FIRST_MOMENT <= moment <= LAST_MOMENT


def as_moment(moment: datetime) -> datetime:
    """The same in UTC. Raises NoValueError at the ends of time."""
    if not is_moment(moment):
        raise NoValueError(OUT_OF_RANGE)
    return moment.astimezone(UTC)


def local_moment(local: datetime, zone: ZoneInfo) -> datetime:
    """The moment a local clock shows this: the second of two, and by the clock before where it jumps over it.

    So does PostgreSQL. Raises NoValueError at the ends of time.
    """
    local = local.replace(tzinfo=zone)
    early, late = local.utcoffset(), local.replace(fold=1).utcoffset()
    if early is None or late is None:
        raise ValueError(f"{zone} has no clock.")
    try:
        return as_moment(local.replace(tzinfo=UTC, fold=0) - min(early, late))
    except OverflowError:
        raise NoValueError(OUT_OF_RANGE) from None


def month_length(year: int, month: int) -> int:
    is_leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if is_leap else _LENGTHS[month - 1]


def month_number(day: date) -> int:
    """Months since the beginning of year 0."""
    return day.year * 12 + day.month - 1


def day_of_month(months: int, day: int) -> date:
    """A day of the month with this number, the last where the month is shorter. Raises NoValueError outside."""
    if not FIRST_MONTH <= months <= LAST_MONTH:
        raise NoValueError(OUT_OF_RANGE)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day, month_length(year, month + 1)))


def months_later(day: date, months: Decimal | int) -> date:
    """So many whole months later; the last day where the month is shorter. Raises NoValueError outside the calendar."""
    return day_of_month(month_number(day) + int(months), day.day)


def days_later(day: date, days: Decimal | int) -> date:
    """So many whole days later; a fraction is dropped. Raises NoValueError outside the calendar."""
    try:
        return day + timedelta(days=int(days))
    except OverflowError:
        raise NoValueError(OUT_OF_RANGE) from None


def months_between(first: date, last: date) -> int:
    """Whole months from a day to one that is not before it."""
    return month_number(last) - month_number(first) - (last.day < first.day)
