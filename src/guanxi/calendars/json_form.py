"""A calendar's definition as JSON, for the database."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from guanxi.calendars.model import (
    CalendarDefinition,
    Hours,
    Interval,
    Source,
    SpecialDay,
    Week,
)


def to_json(definition: CalendarDefinition) -> dict[str, Any]:
    return {
        "name": definition.name,
        "label": dict(definition.label),
        "time_zone": definition.time_zone,
        "first_year": definition.first_year,
        "last_year": definition.last_year,
        "region": definition.region,
        "weeks": [
            {"since": one.since and one.since.isoformat(), "hours": one.hours}
            for one in definition.weeks
        ],
        "special_days": [_special(one) for one in definition.special_days],
    }


def from_json(raw: Mapping[str, Any]) -> CalendarDefinition:
    return CalendarDefinition(
        name=raw["name"],
        label=raw["label"],
        time_zone=raw["time_zone"],
        first_year=raw["first_year"],
        last_year=raw["last_year"],
        region=raw["region"],
        weeks=tuple(
            Week(one["since"] and date.fromisoformat(one["since"]), hours_of(one["hours"]))
            for one in raw["weeks"]
        ),
        special_days=tuple(_special_of(one) for one in raw["special_days"]),
    )


def hours_of(raw: Sequence[Sequence[Sequence[int]]]) -> Hours:
    return tuple(intervals_of(day) for day in raw)


def intervals_of(raw: Sequence[Sequence[int]]) -> tuple[Interval, ...]:
    return tuple((start, end) for start, end in raw)


def _special(one: SpecialDay) -> dict[str, Any]:
    raw: dict[str, Any] = {
        "day": one.day.isoformat(),
        "works": one.works,
        "name": dict(one.name),
        "source": one.source.value,
    }
    return raw if one.intervals is None else {**raw, "intervals": one.intervals}


def _special_of(raw: Mapping[str, Any]) -> SpecialDay:
    given = raw.get("intervals")
    return SpecialDay(
        day=date.fromisoformat(raw["day"]),
        works=raw["works"],
        name=raw["name"],
        intervals=None if given is None else intervals_of(given),
        source=Source(raw["source"]),
    )
