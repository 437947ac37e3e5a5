"""Workdays and work time by the calendars of the workspace."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from guanxi.formula import arithmetic
from guanxi.formula.calendar import MOST_DAYS
from guanxi.formula.compile_sql import ZONE, SqlCompiler
from guanxi.formula.environment import Environment
from guanxi.formula.errors import NOT_FOUND, OUT_OF_RANGE, NoValueError
from guanxi.formula.function import Example, Family, Function, Parameter, overload, parameter
from guanxi.formula.functions.operators import quotient
from guanxi.formula.sql_value import Column, SqlValue, number
from guanxi.formula.types import DATE, DATE_TIME, NUMBER
from guanxi.formula.work_calendar import STANDARD
from guanxi.kit.text import Text

#: More than the longest span has: counts beyond are as good as this one.
MOST_HOURS = Decimal(MOST_DAYS * 24)
HOUR = Decimal(3_600_000_000)
_UNITS = {"h": 3600, "min": 60}

WORK_DAY = sa.table(
    "work_day",
    sa.column("calendar", sa.Text()),
    sa.column("day", sa.Date()),
    sa.column("works", sa.Boolean()),
    sa.column("days_before", sa.Integer()),
    sa.column("days_through", sa.Integer()),
)
WORK_STRETCH = sa.table(
    "work_stretch",
    sa.column("calendar", sa.Text()),
    sa.column("starts", sa.DateTime(timezone=True)),
    sa.column("ends", sa.DateTime(timezone=True)),
    sa.column("until", sa.DateTime(timezone=True)),
    sa.column("minutes_before", sa.Integer()),
    sa.column("minutes_through", sa.Integer()),
)
WORK_LINE = sa.table(
    "work_line",
    sa.column("calendar", sa.Text()),
    sa.column("starts", postgresql.ARRAY(sa.DateTime(timezone=True))),
    sa.column("bases", postgresql.ARRAY(sa.DateTime(timezone=True))),
    sa.column("through", postgresql.ARRAY(sa.Interval())),
)


# --- days -----------------------------------------------------------------------------------------------------


def _workday(
    environment: Environment, start: date | None, count: Decimal | None, calendar: str | None = None
) -> date | None:
    if start is None:
        return None
    days = Decimal(0) if count is None else count
    if days.copy_abs() > MOST_DAYS:
        environment.calendars.find(calendar)
        raise NoValueError(OUT_OF_RANGE)
    return environment.calendars.find(calendar).workday(start, int(days))


def _workdays(
    environment: Environment, first: date | None, last: date | None, calendar: str | None = None
) -> Decimal | None:
    if first is None or last is None:
        return None
    return Decimal(environment.calendars.find(calendar).workdays(first, last))


def _day(environment: Environment, moment: datetime | None) -> date | None:
    """The day of a moment in the workspace's zone."""
    if moment is None:
        return None
    try:
        return environment.local(moment).date()
    except OverflowError:
        raise NoValueError(OUT_OF_RANGE) from None


def _workday_of_time(environment: Environment, start: datetime | None, *more: Any) -> date | None:
    return _workday(environment, _day(environment, start), *more)


def _workdays_of_times(
    environment: Environment, first: datetime | None, last: datetime | None, *more: Any
) -> Decimal | None:
    if first is None or last is None:
        return None
    return _workdays(environment, _day(environment, first), _day(environment, last), *more)


def _calendar(given: tuple[SqlValue, ...]) -> Column:
    """The name of the calendar asked."""
    if given and given[0].constant:
        return given[0].filled
    standard: Column = sa.literal_column(f"'{STANDARD}'", sa.Text())
    return standard


def _clamped(value: Column, most: int | Decimal) -> Column:
    return sa.func.least(sa.func.greatest(value, number(f"{-most}")), number(f"{most}"))


def _workday_sql(
    compiler: SqlCompiler, start: SqlValue, count: SqlValue, *calendar: SqlValue
) -> SqlValue:
    start, count = compiler.once(start), compiler.once(count)
    name = _calendar(calendar)
    days = sa.cast(sa.func.trunc(_clamped(count.filled, MOST_DAYS)), sa.Integer())
    here, there = WORK_DAY.alias(compiler.name()), WORK_DAY.alias(compiler.name())
    wanted = sa.case(
        (days > 0, here.c.days_through + days),
        else_=here.c.days_before + days + sa.literal_column("1"),
    )
    other = (
        sa.select(there.c.day)
        .where(there.c.calendar == name, there.c.works, there.c.days_through == wanted)
        .correlate_except(there)
        .scalar_subquery()
    )
    found = (
        sa.select(sa.case((days == sa.literal_column("0"), here.c.day), else_=other))
        .where(here.c.calendar == name, here.c.day == start.value)
        .correlate_except(here)
        .scalar_subquery()
    )
    return _or_error(compiler, SqlValue(DATE, nullable=found), start)


def _workdays_sql(
    compiler: SqlCompiler, first: SqlValue, last: SqlValue, *calendar: SqlValue
) -> SqlValue:
    first, last = compiler.once(first), compiler.once(last)
    name = _calendar(calendar)

    def total(day: Column, column: str) -> Column:
        days = WORK_DAY.alias(compiler.name())
        statement = sa.select(days.c[column]).where(days.c.calendar == name, days.c.day == day)
        return statement.correlate_except(days).scalar_subquery()

    a, b = first.value, last.value
    count = sa.case(
        (a <= b, total(b, "days_through") - total(a, "days_before")),
        (a > b, total(b, "days_before") - total(a, "days_through")),
    )
    return _or_error(compiler, SqlValue(NUMBER, nullable=sa.cast(count, sa.Numeric())), first, last)


def _of_times(sql: Callable[..., SqlValue], times: int) -> Callable[..., SqlValue]:
    """The same for moments, by their days in the workspace's zone."""

    def of_days(compiler: SqlCompiler, *arguments: SqlValue) -> SqlValue:
        days = [
            SqlValue(DATE, sa.cast(sa.func.timezone(ZONE, one.value), sa.Date()), error=one.error)
            for one in arguments[:times]
        ]
        return sql(compiler, *days, *arguments[times:])

    return of_days


def _or_error(compiler: SqlCompiler, value: SqlValue, *given: SqlValue) -> SqlValue:
    """Where nothing was found for what is there, the span of the calendar is left."""
    placed = compiler.once(value)
    there = [sa.not_(one.empty) for one in given]
    return placed.failing_too(sa.and_(*there, placed.value.is_(None)))


# --- time -----------------------------------------------------------------------------------------------------


def _work_hours(
    environment: Environment,
    start: datetime | None,
    end: datetime | None,
    calendar: str | None = None,
) -> Decimal | None:
    if start is None or end is None:
        return None
    return arithmetic.divide(Decimal(environment.calendars.find(calendar).worked(start, end)), HOUR)


def _work_time_added(
    environment: Environment,
    start: datetime | None,
    count: Decimal | None,
    unit: str = "h",
    calendar: str | None = None,
) -> datetime | None:
    if start is None:
        return None
    found = environment.calendars.find(calendar)
    if unit not in _UNITS:
        raise NoValueError(NOT_FOUND)
    amount = max(-MOST_HOURS, min(MOST_HOURS, count or Decimal(0)))
    exact = arithmetic.WIDE.multiply(amount, Decimal(_UNITS[unit] * 1_000_000))
    return found.moment_after(start, int(arithmetic.rounded(exact, 0)))


def _worked(moment: Column, name: Column) -> Column:
    """The time worked before a moment; NULL outside the span.

    The line of the calendar is read once for all rows of a statement: nothing in its sub-selects hangs on a row.
    """

    def line(column: str) -> Column:
        # Joined to nothing, so that it is unpacked here and not at every row.
        whole = WORK_LINE.c[column].op("||")(sa.literal_column("'{}'"))
        statement = sa.select(whole).where(WORK_LINE.c.calendar == name)
        return sa.type_coerce(
            statement.correlate_except(WORK_LINE).scalar_subquery(), WORK_LINE.c[column].type
        )

    place = sa.func.width_bucket(moment, line("starts"), type_=sa.Integer())
    return sa.func.least(moment - line("bases")[place], line("through")[place])


def _seconds(time: Column) -> Column:
    return sa.func.extract("epoch", time)


def _work_hours_sql(
    compiler: SqlCompiler, start: SqlValue, end: SqlValue, *calendar: SqlValue
) -> SqlValue:
    start, end = compiler.once(start), compiler.once(end)
    name = _calendar(calendar)
    seconds = _seconds(_worked(end.value, name) - _worked(start.value, name))
    hours = SqlValue(NUMBER, nullable=quotient(seconds, number(3600)))
    return _or_error(compiler, hours, start, end)


def _work_time_added_sql(
    compiler: SqlCompiler, start: SqlValue, count: SqlValue, *more: SqlValue
) -> SqlValue:
    start = compiler.once(start)
    unit = str(more[0].constant or "h") if more else "h"
    if unit not in _UNITS:
        return SqlValue(DATE_TIME, nullable=sa.null(), error=sa.not_(start.empty))
    name = _calendar(more[1:])
    amount = _clamped(count.filled, MOST_HOURS)
    seconds = compiler.once(
        SqlValue(
            NUMBER, nullable=sa.func.round(amount * number(_UNITS[unit]), sa.literal_column("6"))
        )
    ).value
    position = compiler.once(SqlValue(NUMBER, nullable=_seconds(_worked(start.value, name)))).value
    wanted = compiler.once(SqlValue(NUMBER, nullable=position + seconds)).value
    one = WORK_STRETCH.alias(compiler.name())
    micro: Column = sa.literal_column("interval '1 microsecond'")
    into: Column = sa.cast(
        (wanted - one.c.minutes_before * number(60)) * number(1_000_000), sa.Double()
    )
    least = sa.cast(
        sa.func.least(
            number(2_000_000_000),
            sa.case(
                (seconds > number(0), sa.func.ceil(wanted / number("60.000000000"))),
                else_=sa.func.floor(wanted / number("60.000000000")) + number(1),
            ),
        ),
        sa.Integer(),
    )
    there = (
        sa.select(one.c.starts + into.op("*")(micro))
        .where(one.c.calendar == name, one.c.minutes_through >= least)
        .order_by(one.c.minutes_through)
        .limit(sa.literal_column("1"))
        .correlate_except(one)
        .scalar_subquery()
    )
    moment = sa.case(
        (sa.and_(seconds == number(0), position.is_not(None)), start.value),
        (sa.and_(seconds != number(0), wanted >= number(0)), there),
    )
    found = SqlValue(DATE_TIME, nullable=sa.type_coerce(moment, sa.DateTime(timezone=True)))
    return _or_error(compiler, found, start)


# --- what they are called -------------------------------------------------------------------------------------

_START = parameter("开始", "start", "date")
_START_TIME = parameter("开始", "start", "date_time")
_CALENDAR = parameter("日历", "calendar", "text", optional=True, constant=True)


def _pair(pattern: str) -> list[Parameter]:
    return [
        parameter("开始", "start", pattern),
        parameter("结束", "end", pattern),
        _CALENDAR,
    ]


def work_time() -> tuple[Function, ...]:
    count = parameter("数量", "count", "number")
    unit = parameter(
        "单位", "unit: h or min", "text", optional=True, constant=True, samples=("h", "min")
    )
    return (
        Function(
            "WORKDAY", Family.DATES, "工作日推算",
            Text(zh="若干个工作日之后（负数为之前）的日期，按工作日历计算节假日和调休；0 为当天。超出日历范围时没有结果。",
                 en="The date so many workdays later, or earlier for a negative number, by the work calendar with its "
                    "holidays and make-up workdays; the same day for 0. Without a value beyond the calendar's span."),
            (
                overload([_START, count, _CALENDAR], "date", python=_workday, sql=_workday_sql, in_environment=True),
                overload([_START_TIME, count, _CALENDAR], "date", python=_workday_of_time,
                         sql=_of_times(_workday_sql, 1), in_environment=True),
            ),
            (Example("WORKDAY(DATE(2026, 9, 30), 1)", "2026-10-08"),
             Example("WORKDAY(DATE(2026, 10, 8), -1)", "2026-09-30")),
            asks_calendar=True,
        ),
        Function(
            "NETWORKDAYS", Family.DATES, "工作日天数",
            Text(zh="两个日期之间的工作日天数，首尾都算在内；开始晚于结束时为负数。",
                 en="How many workdays lie between two dates, both counted; negative when the start is the later one."),
            (
                overload(_pair("date"), "number", python=_workdays, sql=_workdays_sql, in_environment=True),
                overload(_pair("date_time"), "number", python=_workdays_of_times, sql=_of_times(_workdays_sql, 2),
                         in_environment=True),
            ),
            (Example("NETWORKDAYS(DATE(2026, 10, 1), DATE(2026, 10, 31))", "18"),
             Example("NETWORKDAYS(DATE(2026, 10, 3), DATE(2026, 10, 4))", "0")),
            aliases=("WORKDAY_DIFF",), asks_calendar=True,
        ),
        Function(
            "WORKHOURS", Family.DATES, "工作小时数",
            Text(zh="两个时刻之间的工作小时数，只计工作时段，精确到微秒。",
                 en="The hours of work between two moments, only within working hours, exact to the microsecond."),
            (overload(_pair("date_time"), "number", python=_work_hours, sql=_work_hours_sql, in_environment=True),),
            (Example("WORKHOURS(DATE(2026, 9, 30), DATE(2026, 10, 9))", "15"),),
            asks_calendar=True,
        ),
        Function(
            "WORKTIMEADD", Family.DATES, "工作时间推算",
            Text(zh="从某个时刻起，过完若干工作小时（h）或工作分钟（min）的时刻，可用于计算到期时间；负数向前推。",
                 en="The moment at which so many hours (h) or minutes (min) of work have passed, such as when something "
                    "is due; negative numbers count back."),
            (overload([_START_TIME, count, unit, _CALENDAR], "date_time", python=_work_time_added,
                      sql=_work_time_added_sql, in_environment=True),),
            (Example("WORKHOURS(DATE(2026, 9, 30), WORKTIMEADD(DATE(2026, 9, 30), 90, \"min\"))", "1.5"),),
            asks_calendar=True,
        ),
    )  # fmt: skip
