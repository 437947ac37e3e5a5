"""Bodies and answers about work calendars."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from guanxi.api.schemas.body import Answer, Body, Label, plain
from guanxi.calendars.fill import FilledDay
from guanxi.calendars.json_form import hours_of, intervals_of
from guanxi.calendars.model import Calendar, Source, SpecialDay, Week
from guanxi.metadata.calendars import CalendarEffect, CalendarSettings

Minute = Annotated[int, Field(ge=0, le=1440)]
IntervalBody = Annotated[list[Minute], Field(min_length=2, max_length=2)]
Intervals = Annotated[list[IntervalBody], Field(max_length=12)]
CalendarName = Annotated[str, Field(pattern="^[a-z][a-z0-9_]{0,39}$")]
Version = Annotated[int, Field(ge=1, le=2_000_000_000)]


class WeekBody(Body):
    """The hours of Monday to Sunday from a day on; the first week has no day."""

    since: date | None = None
    hours: Annotated[list[Intervals], Field(min_length=7, max_length=7)]


class CalendarBody(Body):
    """A calendar's settings. Without `version` it is made, else changed."""

    label: Annotated[Label, Field(min_length=1)]
    time_zone: Annotated[str, Field(max_length=60)]
    region: Literal["CN"] | None = None
    weeks: Annotated[list[WeekBody], Field(min_length=1, max_length=50)]
    version: Version | None = None

    def as_settings(self) -> CalendarSettings:
        weeks = tuple(Week(one.since, hours_of(one.hours)) for one in self.weeks)
        return CalendarSettings(plain(self.label), self.time_zone, self.region, weeks)


class DayBody(Body):
    """A day: at rest, worked (perhaps in hours of its own), or as its weekday again."""

    day: date
    kind: Literal["rest", "work", "usual"]
    name: Label = Field(default_factory=dict)
    intervals: Intervals | None = None

    def as_special(self, source: Source) -> SpecialDay:
        given = None if self.intervals is None else intervals_of(self.intervals)
        works = self.kind == "work"
        return SpecialDay(self.day, works, plain(self.name), given if works else None, source)


Days = Annotated[list[DayBody], Field(min_length=1, max_length=1000)]


class DaysBody(Body):
    version: Version
    days: Days

    def special(self) -> list[SpecialDay]:
        kept = {one.day: one for one in self.days}
        return [one.as_special(Source.OWN) for one in kept.values() if one.kind != "usual"]

    def usual(self) -> list[date]:
        return [one.day for one in self.days if one.kind == "usual"]


class YearBody(Body):
    """The public holidays and make-up workdays of a year; without days, those the product knows."""

    version: Version
    days: Days | None = None

    def special(self) -> list[SpecialDay] | None:
        if self.days is None:
            return None
        kept = {one.day: one for one in self.days if one.kind != "usual"}
        return [one.as_special(Source.PUBLIC) for one in kept.values()]


class WeekAnswer(Answer):
    since: date | None
    hours: list[list[list[int]]]


class CalendarAnswer(Answer):
    name: str
    label: dict[str, str]
    time_zone: str
    region: str | None
    version: int
    first_year: int
    last_year: int
    #: Years whose public holidays are known; others follow the week alone.
    published_years: list[int]
    weeks: list[WeekAnswer]

    @classmethod
    def of(cls, calendar: Calendar) -> "CalendarAnswer":
        one = calendar.definition
        return cls(
            name=one.name,
            label=dict(one.label),
            time_zone=one.time_zone,
            region=one.region,
            version=calendar.version,
            first_year=one.first_year,
            last_year=one.last_year,
            published_years=list(one.published_years),
            weeks=[
                WeekAnswer(since=week.since, hours=[_lists(day) for day in week.hours])
                for week in one.weeks
            ],
        )


class CalendarsAnswer(Answer):
    calendars: list[CalendarAnswer]


class DayAnswer(Answer):
    day: date
    works: bool
    minutes: int
    intervals: list[list[int]]
    #: Whether somebody said that the day is not as its weekday, and who.
    special: Literal["public", "own"] | None
    name: dict[str, str]

    @classmethod
    def of(cls, filled: FilledDay) -> "DayAnswer":
        return cls(
            day=filled.day,
            works=bool(filled.intervals),
            minutes=filled.minutes,
            intervals=_lists(filled.intervals),
            special=filled.special.source.value if filled.special else None,
            name=dict(filled.special.name) if filled.special else {},
        )


class YearAnswer(Answer):
    """All days of a year; `published` tells whether its public holidays are known."""

    year: int
    version: int
    published: bool
    workdays: int
    minutes: int
    days: list[DayAnswer]

    @classmethod
    def of(cls, calendar: Calendar, year: int, days: Iterable[FilledDay]) -> "YearAnswer":
        told = [DayAnswer.of(one) for one in days]
        return cls(
            year=year,
            version=calendar.version,
            published=year in calendar.definition.published_years,
            workdays=sum(one.works for one in told),
            minutes=sum(one.minutes for one in told),
            days=told,
        )


class EffectAnswer(Answer):
    """What a change does; with `preview` what it would do."""

    calendar: CalendarAnswer
    changed_days: int
    #: Computed fields, as `object.field`, that are computed anew.
    recomputed: list[str]

    @classmethod
    def of(cls, effect: CalendarEffect) -> "EffectAnswer":
        return cls(
            calendar=CalendarAnswer.of(effect.calendar),
            changed_days=effect.changed_days,
            recomputed=[".".join(key) for key in effect.recomputed],
        )


class VersionAnswer(Answer):
    version: int
    until: datetime
    changed_by: str | None


class VersionsAnswer(Answer):
    versions: list[VersionAnswer]

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]]) -> "VersionsAnswer":
        return cls(versions=[VersionAnswer.model_validate(dict(one)) for one in rows])


class NearAnswer(Answer):
    """The calendars of two years back to two years ahead, as the web app's formulas ask them."""

    calendars: dict[str, dict[str, Any]]


def _lists(intervals: Iterable[Iterable[int]]) -> list[list[int]]:
    return [list(one) for one in intervals]
