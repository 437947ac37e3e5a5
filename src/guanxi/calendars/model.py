"""The words of work calendars."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from guanxi.formula.work_calendar import STANDARD

#: From and until, in minutes of the day; until may be 1440, the end of the day.
Interval = tuple[int, int]
#: The intervals of the weekdays, Monday first.
Hours = tuple[tuple[Interval, ...], ...]

OFFICE: tuple[Interval, ...] = ((9 * 60, 12 * 60), (13 * 60 + 30, 18 * 60))
OFFICE_WEEK: Hours = (OFFICE,) * 5 + ((),) * 2

#: A calendar is filled so many years back and ahead.
YEARS = 20


class Source(StrEnum):
    """Who says that a day is different."""

    #: The government: replaced when a year is published or imported.
    PUBLIC = "public"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Week:
    """The hours of a week, from a day on; what was before it stays as it was."""

    since: date | None
    hours: Hours


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that is not as its weekday: a holiday without intervals, or a workday with them."""

    day: date
    works: bool
    name: Mapping[str, str] = field(default_factory=dict)
    #: None for a workday: the hours of the first weekday that is worked.
    intervals: tuple[Interval, ...] | None = None
    source: Source = Source.OWN


@dataclass(frozen=True, slots=True)
class CalendarDefinition:
    """What somebody set: everything else follows from it."""

    name: str
    label: Mapping[str, str]
    time_zone: str
    first_year: int
    last_year: int
    #: In the order of their days, the first without one.
    weeks: tuple[Week, ...] = (Week(None, OFFICE_WEEK),)
    #: In the order of their days.
    special_days: tuple[SpecialDay, ...] = ()
    #: Whose public holidays it keeps: "CN", or nobody's.
    region: str | None = None

    @property
    def is_standard(self) -> bool:
        return self.name == STANDARD

    @property
    def published_years(self) -> tuple[int, ...]:
        """The years whose public holidays are known; in others a day is as its weekday."""
        years = {one.day.year for one in self.special_days if one.source is Source.PUBLIC}
        return tuple(sorted(years))

    def hours_at(self, day: date) -> Hours:
        """The hours of the week a day lies in."""
        found = self.weeks[0].hours
        for week in self.weeks[1:]:
            if week.since is not None and week.since <= day:
                found = week.hours
        return found


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar as it is stored."""

    definition: CalendarDefinition
    #: Counts up with every change; what earlier ones said is kept.
    version: int
