"""Getting days and times: from the clock, from numbers, from text."""

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from guanxi.formula.calendar import (
    FIRST_MONTH,
    LAST_MONTH,
    MOST_DAYS,
    as_moment,
    day_of_month,
    days_later,
)
from guanxi.formula.calendar_sql import (
    ONE_DAY,
    ONE_MICROSECOND,
    ONE_MONTH,
    ONE_SECOND,
    as_day,
    at_ends_of_time,
    between,
    days_apart,
    days_later_sql,
    local_day,
    moment_sql,
    month_beginning,
    times,
)
from guanxi.formula.compile_sql import NOW, TODAY, SqlCompiler
from guanxi.formula.environment import Environment
from guanxi.formula.errors import NOT_READABLE, OUT_OF_RANGE, NoValueError
from guanxi.formula.function import Example, Family, Function, Volatility, overload, parameter
from guanxi.formula.functions.date_parts import MOMENT, Moment, day_of
from guanxi.formula.sql_value import Column, SqlValue, number
from guanxi.formula.types import DATE, DATE_TIME
from guanxi.kit.text import Text

MOST_SECONDS = MOST_DAYS * 86_400
#: Seconds of an hour, a minute and a second.
_SIZES = (3600, 60, 1)

# --- from numbers -----------------------------------------------------------------------------------------------


def _date(year: Decimal | None, month: Decimal | None, day: Decimal | None) -> date | None:
    """Months and days beyond theirs count on."""
    if year is None or month is None or day is None:
        return None
    first = day_of_month(int(year) * 12 + int(month) - 1, 1)
    return days_later(first, int(day) - 1)


def _date_of(compiler: SqlCompiler, year: SqlValue, month: SqlValue, day: SqlValue) -> Column:
    """NULL when a number is empty or the day is in no calendar."""
    months = compiler.cheap(
        sa.func.trunc(year.value) * number(12) + sa.func.trunc(month.value) - number(1)
    )
    inside = months.between(number(FIRST_MONTH), number(LAST_MONTH))
    first = compiler.cheap(sa.case((inside, month_beginning(months))))
    return days_later_sql(first, compiler.cheap(sa.func.trunc(day.value) - number(1)))


def _date_sql(compiler: SqlCompiler, *numbers: SqlValue) -> SqlValue:
    found = compiler.cheap(_date_of(compiler, *numbers))
    given = [one.value.is_not(None) for one in numbers]
    return SqlValue(DATE, nullable=found, error=sa.and_(*given, found.is_(None)))


def _date_time(
    environment: Environment, year: Any, month: Any, day: Any, *clock: Decimal | None
) -> datetime | None:
    """Hours, minutes and seconds beyond theirs count on."""
    found = _date(year, month, day)
    if found is None:
        return None
    seconds = sum(int(one or 0) * size for one, size in zip(clock, _SIZES, strict=False))
    if abs(seconds) > MOST_SECONDS:
        raise NoValueError(OUT_OF_RANGE)
    try:
        return environment.moment(datetime.combine(found, time()) + timedelta(seconds=seconds))
    except OverflowError:
        raise NoValueError(OUT_OF_RANGE) from None


def _date_time_sql(
    compiler: SqlCompiler, year: SqlValue, month: SqlValue, day: SqlValue, *clock: SqlValue
) -> SqlValue:
    found = _date_of(compiler, year, month, day)
    local = _at_midnight(found)
    if clock:
        seconds = compiler.cheap(_seconds_sql(clock))
        days = compiler.cheap(sa.func.floor(seconds / number(86_400)))
        begun = _at_midnight(days_later_sql(compiler.cheap(found), days))
        rest = between(seconds - days * number(86_400), number(0), number(86_400))
        inside = sa.func.abs(seconds) <= number(MOST_SECONDS)
        local = sa.case((inside, begun + times(rest, ONE_SECOND)))
    moment = compiler.cheap(moment_sql(local))
    given = sa.and_(*(one.value.is_not(None) for one in (year, month, day)))
    error = sa.or_(sa.and_(given, moment.is_(None)), at_ends_of_time(moment))
    return SqlValue(DATE_TIME, nullable=moment, error=error)


def _seconds_sql(clock: tuple[SqlValue, ...]) -> Column:
    parts = [
        sa.func.trunc(one.filled) * number(size) for one, size in zip(clock, _SIZES, strict=False)
    ]
    return sum(parts[1:], parts[0])


def _at_midnight(day: Column) -> Column:
    return sa.cast(day, sa.DateTime())


# --- from text --------------------------------------------------------------------------------------------------

#: 2026-1-31, 2026/01/31, 2026.1.31, 2026年1月31日, 20260131; a time may follow. The same in every engine.
DAY_FORMS = (
    "([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})"
    "|([0-9]{4})年 ?([0-9]{1,2})月 ?([0-9]{1,2})[日号]?"
    "|([0-9]{4})([0-9]{2})([0-9]{2})"
)
TIME_FORM = "(?:[T ] ?([0-9]{1,2})[:：时]([0-9]{2})(?:[:：分]([0-9]{2})(?:[.]([0-9]{1,6})[0-9]*)?)?[分秒]?)?"
ZONE_FORM = "(?: ?(Z|[-+][01][0-9]:?[0-5][0-9]))?"
BLANKS = " \t\r\n\u3000"
_DAY = f"^(?:{DAY_FORMS}){TIME_FORM}$"
_MOMENT = f"^(?:{DAY_FORMS}){TIME_FORM}{ZONE_FORM}$"
_READ_DAY, _READ_MOMENT = re.compile(_DAY), re.compile(_MOMENT)


def _read(pattern: re.Pattern[str], text: str) -> tuple[datetime, str | None]:
    """What the text says a clock shows, and in which zone. Raises NoValueError."""
    match = pattern.fullmatch(text.strip(BLANKS))
    if match is None:
        raise NoValueError(NOT_READABLE)
    year, month, day = (int(match[one] or match[one + 3] or match[one + 6]) for one in (1, 2, 3))
    hour, minute, second = (int(match[one] or 0) for one in (10, 11, 12))
    microsecond = int((match[13] or "").ljust(6, "0"))
    zone = match[14] if pattern is _READ_MOMENT else None
    try:
        clock = time(hour, minute, second, microsecond)
        return datetime.combine(date(year, month, day), clock), zone
    except ValueError:
        raise NoValueError(NOT_READABLE) from None


def _to_date(text: str | None) -> date | None:
    return None if text is None else _read(_READ_DAY, text)[0].date()


def _to_moment(environment: Environment, text: str | None) -> datetime | None:
    if text is None:
        return None
    shown, zone = _read(_READ_MOMENT, text)
    if zone is None:
        return environment.moment(shown)
    ahead = timedelta() if zone == "Z" else timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    try:
        return as_moment(shown.replace(tzinfo=UTC) - (-ahead if zone[0] == "-" else ahead))
    except OverflowError:
        raise NoValueError(OUT_OF_RANGE) from None


def _to_day(environment: Environment, value: Moment) -> date | None:
    return None if value is None else day_of(environment, value)


def _to_day_sql(compiler: SqlCompiler, value: SqlValue) -> SqlValue:
    return SqlValue(DATE, nullable=local_day(value))


def _parts(compiler: SqlCompiler, text: SqlValue, pattern: str) -> tuple[Column, Any]:
    """The text, and the groups it has by the pattern."""
    given = compiler.cheap(text.value)
    stripped = sa.func.btrim(given, compiler.text(BLANKS))
    match = sa.func.regexp_match(
        stripped, compiler.text(pattern), type_=postgresql.ARRAY(sa.Text())
    )
    return given, compiler.cheap(match)


def _shown_sql(compiler: SqlCompiler, found: Any) -> Column:
    """What the text says a clock shows; NULL where no clock can."""

    def whole(*groups: int) -> Column:
        return sa.cast(sa.func.coalesce(*(found[one] for one in groups)), sa.Integer())

    def of_clock(group: int) -> Column:
        return sa.func.coalesce(whole(group), sa.literal_column("0"))

    year, month, day = (compiler.cheap(whole(one, one + 3, one + 6)) for one in (1, 2, 3))
    one: Column = sa.literal_column("1")
    named = sa.func.make_date(
        sa.func.greatest(year, one), between(month, one, sa.literal_column("12")), one
    )
    first = compiler.cheap(sa.type_coerce(named, sa.Date()))
    length = days_apart(as_day(_at_midnight(first) + ONE_MONTH), first)
    hour, minute, second = (of_clock(group) for group in (10, 11, 12))
    micro = sa.cast(
        sa.func.rpad(sa.func.coalesce(found[13], sa.literal_column("''")), 6, "0"), sa.Integer()
    )
    inside = sa.and_(
        year >= one,
        month.between(one, sa.literal_column("12")),
        sa.cast(day, sa.Numeric()).between(number(1), length),
        hour < sa.literal_column("24"),
        minute < sa.literal_column("60"),
        second < sa.literal_column("60"),
    )
    seconds = hour * sa.literal_column("3600") + minute * sa.literal_column("60") + second
    shown = (
        _at_midnight(first)
        + times(day - one, ONE_DAY)
        + times(seconds, ONE_SECOND)
        + times(micro, ONE_MICROSECOND)
    )
    return sa.case((inside, shown))


def _to_date_sql(compiler: SqlCompiler, text: SqlValue) -> SqlValue:
    given, found = _parts(compiler, text, _DAY)
    day = compiler.cheap(as_day(_shown_sql(compiler, found)))
    return SqlValue(DATE, nullable=day, error=sa.and_(given.is_not(None), day.is_(None)))


def _to_moment_sql(compiler: SqlCompiler, text: SqlValue) -> SqlValue:
    given, found = _parts(compiler, text, _MOMENT)
    shown = compiler.cheap(_shown_sql(compiler, found))
    zone = compiler.cheap(found[14])
    ahead = sa.cast(sa.func.left(zone, 3).concat(":").concat(sa.func.right(zone, 2)), sa.Interval())
    utc = sa.case((zone == "Z", shown), else_=shown - ahead)
    of_zone = sa.func.timezone("UTC", utc, type_=sa.DateTime(timezone=True))
    moment = compiler.cheap(sa.case((zone.is_not(None), of_zone), else_=moment_sql(shown)))
    error = sa.or_(sa.and_(given.is_not(None), moment.is_(None)), at_ends_of_time(moment))
    return SqlValue(DATE_TIME, nullable=moment, error=error)


def date_making() -> tuple[Function, ...]:
    family = Family.DATES
    year = parameter("年", "year", "number")
    month = parameter("月", "month", "number")
    day = parameter("日", "day", "number")
    clock = [
        parameter("时", "hour", "number", optional=True),
        parameter("分", "minute", "number", optional=True),
        parameter("秒", "second", "number", optional=True),
    ]
    text = parameter("文本", "text", "text")
    return (
        Function("NOW", family, "现在", Text(zh="现在的日期和时间。", en="The date and time of this moment."),
                 (overload([], "date_time", python=lambda environment: environment.now, in_environment=True,
                           sql=lambda compiler: SqlValue(DATE_TIME, nullable=NOW)),),
                 (Example("NOW() >= TODAY()", True),), volatility=Volatility.CLOCK),
        Function("TODAY", family, "今天", Text(zh="今天的日期，按工作区的时区。", en="Today's date in the workspace's zone."),
                 (overload([], "date", python=lambda environment: environment.today, in_environment=True,
                           sql=lambda compiler: SqlValue(DATE, nullable=TODAY)),),
                 (Example("TODAY() + 1 > TODAY()", True),), volatility=Volatility.CLOCK),
        Function("DATE", family, "日期",
                 Text(zh="由年、月、日得到日期；超出的月和日顺延，第 0 天是上月最后一天。",
                      en="The date of a year, month and day. Months and days beyond theirs count on; day 0 is the last of the month before."),
                 (overload([year, month, day], "date", python=_date, sql=_date_sql),),
                 (Example("DATE(2026, 2, 28)", "2026-02-28"), Example("DATE(2026, 13, 0)", "2026-12-31"), Example("DATE(0, 1, 1)", None))),
        Function("DATETIME", family, "日期时间",
                 Text(zh="由年、月、日、时、分、秒得到日期时间，按工作区的时区；也可以识别文本中的日期和时间。",
                      en="The time of a year, month, day, hour, minute and second in the workspace's zone; also reads a date and time written as text."),
                 (overload([year, month, day, *clock], "date_time", python=_date_time, sql=_date_time_sql, in_environment=True),
                  overload([text], "date_time", python=_to_moment, sql=_to_moment_sql, in_environment=True)),
                 (Example('DATETIME(2026, 2, 28, 9, 30) & ""', "2026-02-28 09:30"), Example('DATETIME("2026年2月28日 9:30") & ""', "2026-02-28 09:30"),
                  Example('DATETIME("2026-02-28T01:30:00Z") & ""', "2026-02-28 09:30"))),
        Function("TODATE", family, "转日期",
                 Text(zh="识别文本中的日期：2026-1-31、2026/1/31、2026.1.31、2026年1月31日、20260131；或取时间所在的日期。",
                      en="Reads a date written as 2026-1-31, 2026/1/31, 2026.1.31, 2026年1月31日 or 20260131; or takes the day of a time."),
                 (overload([text], "date", python=_to_date, sql=_to_date_sql),
                  overload([MOMENT], "date", python=_to_day, sql=_to_day_sql, in_environment=True)),
                 (Example('TODATE("2026/1/31")', "2026-01-31"), Example('TODATE("2026年1月31日")', "2026-01-31"), Example('TODATE("2026-02-30")', None)),
                 ("DATEVALUE",)),
    )  # fmt: skip
