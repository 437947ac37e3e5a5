"""Cron expressions of five places: minute, hour, day of month, month, day of week."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))

#: February 29th on a certain weekday comes back within 28 years (40 around 2100).
_YEARS_AHEAD = 41


class InvalidCronError(ValueError):
    """Not a cron expression, or one that never comes true."""


@dataclass(frozen=True)
class Cron:
    """The minutes at which something is to happen."""

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    #: When both day and weekday are given, one of them is enough.
    either_day: bool

    def next_after(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """The first such minute after the moment, on the clocks of the zone.

        A minute the clocks skip in spring comes an hour later, one they repeat in autumn happens once.
        """
        start = moment.astimezone(zone)
        day = start.date()
        for _ in range(366 * _YEARS_AHEAD):
            if self._is_day(day.month, day.day, day.isoweekday() % 7):
                for hour in sorted(self.hours):
                    for minute in sorted(self.minutes):
                        local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
                        found = local.astimezone(UTC)
                        if found > moment:
                            return found
            day += timedelta(days=1)
        raise InvalidCronError("This cron expression never comes true.")

    def _is_day(self, month: int, day: int, weekday: int) -> bool:
        if month not in self.months:
            return False
        if self.either_day:
            return day in self.days or weekday in self.weekdays
        return day in self.days and weekday in self.weekdays


def parse_cron(text: str) -> Cron:
    """Reads `*/15 8-18 * * 1-5`. Raises InvalidCronError."""
    places = text.split()
    if len(places) != len(_RANGES):
        raise InvalidCronError(f"A cron expression has 5 places, not {len(places)}: {text!r}.")
    minutes, hours, days, months, weekdays = (
        _parse_place(place, low, high) for place, (low, high) in zip(places, _RANGES, strict=True)
    )
    return Cron(
        minutes=minutes,
        hours=hours,
        days=days,
        months=months,
        weekdays=frozenset(day % 7 for day in weekdays),
        either_day=places[2] != "*" and places[4] != "*",
    )


def _parse_place(place: str, low: int, high: int) -> frozenset[int]:
    found: set[int] = set()
    for part in place.split(","):
        span, _, step = part.partition("/")
        first, _, last = span.partition("-")
        try:
            begin = low if span == "*" else int(first)
            end = high if span == "*" or (step and not last) else int(last or first)
            width = int(step or 1)
        except ValueError:
            raise InvalidCronError(f"{part!r} is no part of a cron expression.") from None
        if not (low <= begin <= end <= high and width > 0):
            raise InvalidCronError(f"{part!r} must lie between {low} and {high}.")
        found.update(range(begin, end + 1, width))
    return frozenset(found)
