"""Spans of days told relative to today: this month, the last 30 days."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from guanxi.formula.compile_sql import TODAY
from guanxi.formula.sql_value import Column, whole

NAMES = (
    "today", "yesterday", "tomorrow",
    "this_week", "last_week", "next_week",
    "this_month", "last_month", "next_month",
    "this_quarter", "last_quarter", "next_quarter",
    "this_year", "last_year", "next_year",
)  # fmt: skip
#: These want a number of days.
COUNTED = ("last_days", "next_days")
MOST_DAYS = 36500

_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_STEPS = {"last": -1, "this": 0, "next": 1}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def span(name: str, days: int, today: date) -> tuple[date, date]:
    """The first day of the span and the day after its last. Weeks begin on Monday."""
    one = timedelta(days=1)
    if name == "last_days":
        return today - timedelta(days=days - 1), today + one
    if name == "next_days":
        return today, today + timedelta(days=days)
    if name in _DAYS:
        day = today + timedelta(days=_DAYS[name])
        return day, day + one
    which, unit = name.split("_", 1)
    step = _STEPS[which]
    if unit == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
        return monday, monday + timedelta(weeks=1)
    months = _MONTHS[unit]
    index = today.year * 12 + today.month - 1
    start = (index // months + step) * months
    return _first_of(start), _first_of(start + months)


def _first_of(index: int) -> date:
    year, month = divmod(index, 12)
    return date(min(max(year, 1), 9999), month + 1, 1)


def span_sql(name: str, days: int) -> tuple[Column, Column]:
    """The same for the day of the statement."""
    if name == "last_days":
        return _later(TODAY, 1 - days), _later(TODAY, 1)
    if name == "next_days":
        return TODAY, _later(TODAY, days)
    if name in _DAYS:
        return _later(TODAY, _DAYS[name]), _later(TODAY, _DAYS[name] + 1)
    which, unit = name.split("_", 1)
    step = _STEPS[which]
    begins: Column = sa.func.date_trunc(
        sa.literal_column(f"'{unit}'"), sa.cast(TODAY, sa.DateTime())
    )
    return _units(begins, step, unit), _units(begins, step + 1, unit)


def _later(day: Column, count: int) -> Column:
    later: Any = day.op("+", precedence=7)(whole(count))
    return sa.type_coerce(later, sa.Date())


def _units(moment: Column, count: int, unit: str) -> Column:
    months = _MONTHS.get(unit)
    size = f"{count * 7} days" if months is None else f"{count * months} months"
    later: Any = moment.op("+", precedence=7)(sa.literal_column(f"interval '{size}'"))
    return sa.cast(sa.type_coerce(later, sa.DateTime()), sa.Date())
