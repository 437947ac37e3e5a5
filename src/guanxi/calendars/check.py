"""Whether a calendar can be filled."""

import re
from collections.abc import Sequence
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from guanxi.calendars.errors import InvalidCalendarError
from guanxi.calendars.model import CalendarDefinition, Interval
from guanxi.kit.text import Text

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST_INTERVALS = 12
MOST_WEEKS = 50
MOST_SPECIAL_DAYS = 5000

_BAD_NAME = Text(
    zh="日历的代号只能用小写字母、数字和下划线，以字母开头。",
    en="A calendar’s name has small letters, digits and underscores, and begins with a letter.",
)
_NO_ZONE = Text(zh="没有名为“{zone}”的时区。", en="There is no time zone “{zone}”.")
_BAD_INTERVALS = Text(
    zh="工作时段要按先后排列、互不重叠，每天最多 {most} 段。",
    en="The hours of a day follow one another without overlap, at most {most} of them.",
)
_NO_HOURS = Text(
    zh="每周至少要有一段工作时间。", en="At least one day of each week must have hours."
)
_BAD_WEEKS = Text(
    zh="每次改变工作时间的生效日期要按先后排列，且都在 {first} 至 {last} 年之间。",
    en="Changes of the weekly hours follow one another by their first day, from {first} to {last}.",
)
_BAD_DAYS = Text(
    zh="特殊日期必须在 {first} 至 {last} 年之间，最多 {most} 天，同一天只能有一条。",
    en="Special days lie from {first} to {last}, at most {most} of them and each once.",
)


def check_calendar(definition: CalendarDefinition) -> None:
    """Raises InvalidCalendarError."""
    if not NAME.fullmatch(definition.name):
        raise InvalidCalendarError(problem=_BAD_NAME)
    _check_zone(definition.time_zone)
    _check_weeks(definition)
    _check_days(definition)


def _check_zone(zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidCalendarError(problem=_NO_ZONE.fill(zone=zone)) from None


def _check_weeks(definition: CalendarDefinition) -> None:
    since = [one.since for one in definition.weeks]
    later = [one for one in since[1:] if one is not None]
    in_order = all(first < second for first, second in pairwise(later))
    in_span = all(definition.first_year <= one.year <= definition.last_year for one in later)
    if not (
        since
        and since[0] is None
        and len(later) == len(since) - 1 < MOST_WEEKS
        and in_order
        and in_span
    ):
        raise InvalidCalendarError(
            problem=_BAD_WEEKS.fill(first=definition.first_year, last=definition.last_year)
        )
    for week in definition.weeks:
        if len(week.hours) != 7 or not any(week.hours):
            raise InvalidCalendarError(problem=_NO_HOURS)
        for intervals in week.hours:
            _check_intervals(intervals)


def _check_days(definition: CalendarDefinition) -> None:
    days = [one.day for one in definition.special_days]
    in_order = all(first < second for first, second in pairwise(days))
    in_span = all(definition.first_year <= one.year <= definition.last_year for one in days)
    if not in_order or not in_span or len(days) > MOST_SPECIAL_DAYS:
        raise InvalidCalendarError(
            problem=_BAD_DAYS.fill(
                first=definition.first_year, last=definition.last_year, most=MOST_SPECIAL_DAYS
            )
        )
    for one in definition.special_days:
        if one.intervals is not None:
            _check_intervals(one.intervals)


def _check_intervals(intervals: Sequence[Interval]) -> None:
    flat = [minute for interval in intervals for minute in interval]
    lengths = all(start < end for start, end in intervals)
    apart = all(first[1] <= second[0] for first, second in pairwise(intervals))
    inside = all(0 <= minute <= 1440 for minute in flat)
    if not (lengths and apart and inside and len(intervals) <= MOST_INTERVALS):
        raise InvalidCalendarError(problem=_BAD_INTERVALS.fill(most=MOST_INTERVALS))
