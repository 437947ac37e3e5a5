"""What was set → every day and every stretch of work of forty years."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from guanxi.calendars.model import CalendarDefinition, Hours, Interval, SpecialDay
from guanxi.formula.work_calendar import Stretch, WorkCalendar

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class FilledDay:
    """A day with its hours."""

    day: date
    intervals: tuple[Interval, ...]
    special: SpecialDay | None

    @property
    def minutes(self) -> int:
        return sum(end - start for start, end in self.intervals)


def days_of(definition: CalendarDefinition, first: date, last: date) -> Iterator[FilledDay]:
    """The days from one to another, both counted, as the calendar has them."""
    special = {one.day: one for one in definition.special_days}
    day = first
    while day <= last:
        yield FilledDay(day, _intervals(definition, day, special), special.get(day))
        day += _DAY


def work_calendar(definition: CalendarDefinition) -> WorkCalendar:
    """All days of the span, kept for the definition at hand."""
    key = repr(definition)
    found = _kept.get(key)
    if found is None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        found = _kept[key] = part_of(
            definition, date(definition.first_year, 1, 1), date(definition.last_year, 12, 31)
        )
    return found


_kept: dict[str, WorkCalendar] = {}
MOST_KEPT = 50


def part_of(definition: CalendarDefinition, first: date, last: date) -> WorkCalendar:
    """The days from one to another, both counted."""
    zone = ZoneInfo(definition.time_zone)
    days = list(days_of(definition, first, last))
    stretches = tuple(_stretches(days, zone))
    return WorkCalendar(
        first_day=first,
        works=bytes(bool(one.intervals) for one in days),
        opening=_minute(first, 0, zone),
        closing=_minute(last, 1440, zone),
        stretches=stretches,
    )


def _intervals(
    definition: CalendarDefinition, day: date, special: Mapping[date, SpecialDay]
) -> tuple[Interval, ...]:
    hours = definition.hours_at(day)
    found = special.get(day)
    if found is None:
        return hours[day.weekday()]
    if not found.works:
        return ()
    return _usual(hours) if found.intervals is None else found.intervals


def _usual(hours: Hours) -> tuple[Interval, ...]:
    """What a make-up workday has: the hours of the first weekday that is worked."""
    return next((one for one in hours if one), ())


def _stretches(days: list[FilledDay], zone: ZoneInfo) -> Iterator[Stretch]:
    for one in days:
        begin = _minute(one.day, 0, zone) if one.intervals else 0
        is_plain = one.intervals and _minute(one.day, 1440, zone) - begin == 1440
        for start, end in one.intervals:
            if is_plain:
                yield Stretch(begin + start, begin + end)
                continue
            # A day on which the clock is changed may have less of it, or nothing.
            stretch = Stretch(_minute(one.day, start, zone), _minute(one.day, end, zone))
            if stretch.end > stretch.start:
                yield stretch


def _minute(day: date, minute: int, zone: ZoneInfo) -> int:
    """The minute since 1970 at which the clock shows this: the first of two, and where it jumps over it, the jump."""
    shown = datetime(day.year, day.month, day.day, tzinfo=zone) + minute * _MINUTE
    skipped = 0
    while (moment := shown.astimezone(UTC)).astimezone(zone) != shown:
        shown -= _MINUTE
        skipped = 1
    return (moment - _EPOCH) // _MINUTE + skipped
