"""Reckoning with days and times: later and earlier, beginnings and ends, and what lies between."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from guanxi.formula.calendar import (
    MICROSECOND,
    as_moment,
    day_of_month,
    days_later,
    month_number,
    months_between,
    months_later,
)
from guanxi.formula.calendar_sql import (
    ONE_DAY,
    ONE_MICROSECOND,
    ONE_MONTH,
    as_day,
    at_ends_of_time,
    days_apart,
    days_later_sql,
    local_day,
    local_days_later,
    local_months_later,
    local_time,
    moment_sql,
    month_number_sql,
    part,
    times,
)
from guanxi.formula.compile_sql import TODAY, SqlCompiler
from guanxi.formula.environment import Environment
from guanxi.formula.function import Example, Family, Function, Volatility, overload, parameter
from guanxi.formula.functions.date_parts import MOMENT, Moment, day_of
from guanxi.formula.functions.operators import add_time_sql, elapsed
from guanxi.formula.sql_value import Column, SqlValue, number
from guanxi.formula.tree import Node, Span
from guanxi.formula.types import DATE, DATE_TIME, NUMBER, Kind
from guanxi.formula.units import (
    BETWEEN,
    CALENDAR,
    CLOCK,
    DAYS,
    MONTHS,
    SECONDS,
    check_unit,
    unit_named,
)
from guanxi.kit.text import Text

_DAY_UNIT = "D"
_SECONDS_OF_DAY = 86_400

# --- later --------------------------------------------------------------------------------------------------------


def _day_later(day: date, count: Decimal, unit: str) -> date:
    if unit in MONTHS:
        return months_later(day, int(count) * MONTHS[unit])
    return days_later(day, int(count) * DAYS[unit])


def _date_add(day: date | None, count: Decimal | None, unit: str = _DAY_UNIT) -> date | None:
    return day if day is None or count is None else _day_later(day, count, unit_named(unit))


def _time_add(
    environment: Environment, moment: datetime | None, count: Decimal | None, unit: str = _DAY_UNIT
) -> datetime | None:
    """Units of the calendar leave the clock of the zone as it is; hours, minutes and seconds pass."""
    if moment is None or count is None:
        return moment
    named = unit_named(unit)
    if named in SECONDS:
        return elapsed(moment, count, Decimal(SECONDS[named] * 1_000_000))
    local = environment.local(moment)
    later = _day_later(local.date(), count, named)
    return environment.moment(datetime.combine(later, local.time()))


def _unit(unit: SqlValue | None) -> str:
    return _DAY_UNIT if unit is None else unit_named(str(unit.constant))


def _later_sql(compiler: SqlCompiler, local: Column, count: Column, unit: str) -> Column:
    local, count = compiler.cheap(local), compiler.cheap(sa.func.trunc(count))
    if unit in MONTHS:
        return local_months_later(local, count * number(MONTHS[unit]))
    return local_days_later(local, count * number(DAYS[unit]))


def _date_add_sql(
    compiler: SqlCompiler, day: SqlValue, count: SqlValue, unit: SqlValue | None = None
) -> SqlValue:
    named, value = _unit(unit), compiler.cheap(day.value)
    if named in DAYS:
        days = compiler.cheap(sa.func.trunc(count.filled) * number(DAYS[named]))
        later = days_later_sql(value, days)
    else:
        later = as_day(_later_sql(compiler, local_time(SqlValue(DATE, value)), count.filled, named))
    later = compiler.cheap(later)
    return SqlValue(DATE, nullable=later, error=sa.and_(value.is_not(None), later.is_(None)))


def _time_add_sql(
    compiler: SqlCompiler, moment: SqlValue, count: SqlValue, unit: SqlValue | None = None
) -> SqlValue:
    named, value = _unit(unit), compiler.cheap(moment.value)
    if named in SECONDS:
        size = Decimal(SECONDS[named] * 1_000_000)
        later, error = add_time_sql(value, compiler.cheap(count.filled), size)
        return SqlValue(DATE_TIME, nullable=later, error=error)
    local = _later_sql(compiler, local_time(SqlValue(DATE_TIME, value)), count.filled, named)
    later = moment_sql(local)
    if count.may_be_empty:
        # Nothing is added: also in an hour that the clock shows twice.
        later = sa.case((count.empty, value), else_=later)
    later = compiler.cheap(later)
    error = sa.or_(sa.and_(value.is_not(None), later.is_(None)), at_ends_of_time(later))
    return SqlValue(DATE_TIME, nullable=later, error=error)


def _checked(units: tuple[str, ...]) -> Callable[..., None]:
    def check(span: Span, *nodes: Node) -> None:
        check_unit(units, 2, span, nodes)

    return check


def _edate(day: date | None, months: Decimal | None) -> date | None:
    return _date_add(day, months, "M")


def _time_edate(environment: Environment, moment: Any, months: Decimal | None) -> datetime | None:
    return _time_add(environment, moment, months, "M")


_MONTH = SqlValue(NUMBER, constant="M")


def _edate_sql(compiler: SqlCompiler, day: SqlValue, months: SqlValue) -> SqlValue:
    return _date_add_sql(compiler, day, months, _MONTH)


def _time_edate_sql(compiler: SqlCompiler, moment: SqlValue, months: SqlValue) -> SqlValue:
    return _time_add_sql(compiler, moment, months, _MONTH)


# --- beginnings and ends ------------------------------------------------------------------------------------------


def _month_end(
    environment: Environment, value: Moment, months: Decimal | None = None
) -> date | None:
    if value is None:
        return None
    return day_of_month(month_number(day_of(environment, value)) + int(months or 0), 31)


def _month_end_sql(
    compiler: SqlCompiler, value: SqlValue, months: SqlValue | None = None
) -> SqlValue:
    """A day before the month after; of December 9999 too, whose next month PostgreSQL knows."""
    day = compiler.cheap(local_day(value))
    local: Column = _truncated("month", day)
    if months is not None:
        local = _later_sql(compiler, local, months.filled, "M")
    last = compiler.cheap(as_day(local + ONE_MONTH - ONE_DAY))
    return SqlValue(DATE, nullable=last, error=sa.and_(day.is_not(None), last.is_(None)))


def _truncated(unit: str, day: Column) -> Column:
    local = sa.cast(day, sa.DateTime())
    return sa.type_coerce(sa.func.date_trunc(unit, local), sa.DateTime())


def _turned(change: Callable[[date], date]) -> Callable[[Environment, Moment], date | None]:
    def python(environment: Environment, value: Moment) -> date | None:
        return None if value is None else change(day_of(environment, value))

    return python


def _begun(unit: str) -> Callable[[SqlCompiler, SqlValue], SqlValue]:
    def sql(compiler: SqlCompiler, value: SqlValue) -> SqlValue:
        return SqlValue(DATE, nullable=as_day(_truncated(unit, local_day(value))))

    return sql


def _year_end_sql(compiler: SqlCompiler, value: SqlValue) -> SqlValue:
    local = _truncated("year", local_day(value)) + times(number(12), ONE_MONTH) - ONE_DAY
    return SqlValue(DATE, nullable=as_day(local))


def _day_begin(environment: Environment, value: Moment) -> datetime | None:
    return None if value is None else environment.midnight(day_of(environment, value))


def _day_begin_sql(compiler: SqlCompiler, value: SqlValue) -> SqlValue:
    moment = compiler.cheap(moment_sql(local_day(value)))
    return SqlValue(DATE_TIME, nullable=moment, error=at_ends_of_time(moment))


def _day_end(environment: Environment, value: Moment) -> datetime | None:
    """The last microsecond before the next day begins."""
    if value is None:
        return None
    return as_moment(environment.midnight(days_later(day_of(environment, value), 1)) - MICROSECOND)


def _day_end_sql(compiler: SqlCompiler, value: SqlValue) -> SqlValue:
    day = compiler.cheap(local_day(value))
    next_day = days_later_sql(day, number(1))
    after = compiler.cheap(moment_sql(next_day))
    error = sa.or_(sa.and_(day.is_not(None), after.is_(None)), at_ends_of_time(after))
    last = compiler.cheap(sa.type_coerce(after - ONE_MICROSECOND, sa.DateTime(timezone=True)))
    return SqlValue(DATE_TIME, nullable=last, error=sa.or_(error, at_ends_of_time(last)))


# --- between ------------------------------------------------------------------------------------------------------


def _days(environment: Environment, end: Moment, start: Moment) -> Decimal | None:
    if end is None or start is None:
        return None
    return Decimal((day_of(environment, end) - day_of(environment, start)).days)


def _days_sql(compiler: SqlCompiler, end: SqlValue, start: SqlValue) -> SqlValue:
    return SqlValue(NUMBER, nullable=days_apart(local_day(end), local_day(start)))


def _apart(environment: Environment, start: Moment, end: Moment, unit: str) -> Decimal | None:
    """Whole units; less than 0 when the end comes before the start."""
    if start is None or end is None:
        return None
    named = unit_named(unit)
    if named in SECONDS:
        passed = _moment(environment, end) - _moment(environment, start)
        size = SECONDS[named] * 1_000_000
        micros = (passed.days * _SECONDS_OF_DAY + passed.seconds) * 1_000_000 + passed.microseconds
        return Decimal(micros // size if micros >= 0 else -(-micros // size))
    first, last = day_of(environment, start), day_of(environment, end)
    if first > last:
        return Decimal(-_between(last, first, named))
    return Decimal(_between(first, last, named))


def _moment(environment: Environment, value: date) -> datetime:
    return value if isinstance(value, datetime) else environment.midnight(value)


def _between(first: date, last: date, unit: str) -> int:
    if unit in DAYS:
        return (last - first).days // DAYS[unit]
    months = months_between(first, last)
    if unit == "MD":
        return (last - months_later(first, months)).days
    return months % 12 if unit == "YM" else months // MONTHS[unit]


def _apart_sql(compiler: SqlCompiler, start: SqlValue, end: SqlValue, unit: SqlValue) -> SqlValue:
    named = _unit(unit)
    if named in SECONDS:
        return _clock_apart(compiler, start, end, SECONDS[named])
    first, last = compiler.cheap(local_day(start)), compiler.cheap(local_day(end))
    return SqlValue(NUMBER, nullable=_calendar_apart(compiler, first, last, named))


def _calendar_apart(compiler: SqlCompiler, start: Column, end: Column, unit: str) -> Column:
    if unit in DAYS:
        return sa.func.div(days_apart(end, start), number(DAYS[unit]))
    # `least` and `greatest` pass over NULL; the sign does not.
    first = compiler.cheap(sa.func.least(start, end, type_=sa.Date()))
    last = compiler.cheap(sa.func.greatest(start, end, type_=sa.Date()))
    sign = sa.case((start <= end, number(1)), (start > end, number(-1)))
    short = sa.case((part("day", last) < part("day", first), number(1)), else_=number(0))
    months = month_number_sql(last) - month_number_sql(first) - short
    if unit == "MD":
        reached = local_months_later(sa.cast(first, sa.DateTime()), compiler.cheap(months))
        return sign * days_apart(last, as_day(reached))
    if unit == "YM":
        return sign * sa.func.mod(months, number(12))
    return sign * sa.func.div(months, number(MONTHS[unit]))


def _clock_apart(compiler: SqlCompiler, start: SqlValue, end: SqlValue, seconds: int) -> SqlValue:
    moments, errors = [], []
    for one in (start, end):
        moment = compiler.cheap(
            one.value if one.type.kind is Kind.DATE_TIME else moment_sql(local_day(one))
        )
        moments.append(moment)
        errors.append(at_ends_of_time(moment))
    first, last = (sa.func.extract("epoch", one) for one in moments)
    given = sa.and_(*(one.is_not(None) for one in moments))
    passed = sa.func.div(last - first, number(seconds))
    return SqlValue(NUMBER, nullable=passed, error=sa.and_(given, sa.or_(*errors)))


def _age(environment: Environment, birth: Moment) -> Decimal | None:
    return _apart(environment, birth, environment.today, "Y")


def _age_sql(compiler: SqlCompiler, birth: SqlValue) -> SqlValue:
    day = compiler.cheap(local_day(birth))
    return SqlValue(NUMBER, nullable=_calendar_apart(compiler, day, TODAY, "Y"))


def date_reckoning() -> tuple[Function, ...]:
    family = Family.DATES
    count = parameter("数量", "count", "number")
    months = parameter("月数", "months", "number")
    some_months = parameter("月数", "months", "number", optional=True)
    day = parameter("日期", "date", "date")
    time = parameter("时间", "time", "date_time")
    start = parameter("开始", "start", "moment")
    end = parameter("结束", "end", "moment")
    unit = ("单位", "unit", "text")

    def turned(python: Any, sql: Any, result: str = "date", *more: Any) -> Any:
        return (overload([MOMENT, *more], result, python=python, sql=sql, in_environment=True),)

    return (
        Function("DATEADD", family, "日期加",
                 Text(zh="若干单位之后：年 Y、季度 Q、月 M、周 W、天 D（默认）；时间还可用小时 H、分钟 MIN、秒 S。月份较短时取最后一天。",
                      en="So many units later: years Y, quarters Q, months M, weeks W, days D (unless given); with a time also hours H, minutes MIN, seconds S. In a shorter month its last day."),
                 (overload([day, count, parameter(*unit, optional=True, constant=True, samples=CALENDAR)], "date",
                           python=_date_add, sql=_date_add_sql, check_constants=_checked(CALENDAR)),
                  overload([time, count, parameter(*unit, optional=True, constant=True, samples=(*CALENDAR, *CLOCK))], "date_time",
                           python=_time_add, sql=_time_add_sql, in_environment=True, check_constants=_checked((*CALENDAR, *CLOCK)))),
                 (Example('DATEADD(DATE(2026, 1, 31), 1, "M")', "2026-02-28"), Example("DATEADD(DATE(2026, 1, 31), -7)", "2026-01-24"),
                  Example('DATEADD(DATE(2026, 1, 31), 90, "MIN") & ""', "2026-01-31 01:30")),
                 ("DATEDELTA",)),
        Function("EDATE", family, "月份推移", Text(zh="若干个月之后的同一天；月份较短时取最后一天。", en="The same day so many months later; in a shorter month its last."),
                 (overload([day, months], "date", python=_edate, sql=_edate_sql),
                  overload([time, months], "date_time", python=_time_edate, sql=_time_edate_sql, in_environment=True)),
                 (Example("EDATE(DATE(2024, 2, 29), 12)", "2025-02-28"), Example("EDATE(DATE(2026, 3, 31), -1)", "2026-02-28"))),
        Function("EOMONTH", family, "月末", Text(zh="当月或若干个月之后的最后一天。", en="The last day of the month, or of one so many months later."),
                 turned(_month_end, _month_end_sql, "date", some_months),
                 (Example("EOMONTH(DATE(2024, 2, 10))", "2024-02-29"), Example("EOMONTH(DATE(2026, 1, 31), 1)", "2026-02-28")), ("MONTHEND",)),
        Function("MONTHBEGIN", family, "月初", Text(zh="当月第一天。", en="The first day of the month."),
                 turned(_turned(lambda one: one.replace(day=1)), _begun("month")),
                 (Example("MONTHBEGIN(DATE(2026, 11, 28))", "2026-11-01"),)),
        Function("YEARBEGIN", family, "年初", Text(zh="当年第一天。", en="The first day of the year."),
                 turned(_turned(lambda one: one.replace(month=1, day=1)), _begun("year")),
                 (Example("YEARBEGIN(DATE(2026, 11, 28))", "2026-01-01"),)),
        Function("YEAREND", family, "年末", Text(zh="当年最后一天。", en="The last day of the year."),
                 turned(_turned(lambda one: one.replace(month=12, day=31)), _year_end_sql),
                 (Example("YEAREND(DATE(2026, 11, 28))", "2026-12-31"),)),
        Function("DAYBEGIN", family, "日始", Text(zh="当天开始的时间，按工作区的时区。", en="The time the day begins in the workspace's zone."),
                 turned(_day_begin, _day_begin_sql, "date_time"),
                 (Example('DAYBEGIN(DATETIME(2026, 11, 28, 9, 30)) & ""', "2026-11-28 00:00"),)),
        Function("DAYEND", family, "日终", Text(zh="当天的最后一刻，按工作区的时区。", en="The last moment of the day in the workspace's zone."),
                 turned(_day_end, _day_end_sql, "date_time"),
                 (Example('DAYEND(DATE(2026, 11, 28)) & ""', "2026-11-28 23:59"),)),
        Function("DAYS", family, "相差天数", Text(zh="从开始到结束相差的天数；先写结束日期。", en="The days from the start to the end; the end stands first."),
                 (overload([end, start], "number", python=_days, sql=_days_sql, in_environment=True),),
                 (Example("DAYS(DATE(2026, 3, 1), DATE(2026, 2, 1))", "28"),)),
        Function("DATEDIF", family, "日期间隔",
                 Text(zh="从开始到结束满多少个单位：年 Y、季度 Q、月 M、周 W、天 D、小时 H、分钟 MIN、秒 S；YM 为不足一年的月数，MD 为不足一月的天数。",
                      en="Whole units from the start to the end: years Y, quarters Q, months M, weeks W, days D, hours H, minutes MIN, seconds S; YM: months beyond the years, MD: days beyond the months."),
                 (overload([start, end, parameter(*unit, constant=True, samples=BETWEEN)], "number", python=_apart, sql=_apart_sql,
                           in_environment=True, check_constants=_checked(BETWEEN)),),
                 (Example('DATEDIF(DATE(2025, 1, 31), DATE(2026, 3, 1), "Y")', "1"), Example('DATEDIF(DATE(2025, 1, 31), DATE(2026, 3, 1), "YM")', "1"),
                  Example('DATEDIF(DATE(2025, 1, 31), DATE(2026, 3, 1), "MD")', "1"), Example('DATEDIF(DATE(2026, 1, 1), DATE(2026, 1, 2), "H")', "24"))),
        Function("AGE", family, "年龄", Text(zh="到今天满多少岁。", en="Whole years up to today."),
                 turned(_age, _age_sql, "number"),
                 (Example("AGE(DATE(2000, 1, 1)) >= 26", True),), volatility=Volatility.CLOCK),
    )  # fmt: skip
