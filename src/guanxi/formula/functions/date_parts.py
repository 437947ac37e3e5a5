"""Reading days and times: the parts of them, and their places in the week and the year."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from guanxi.formula.calendar_sql import local_day, local_time, part
from guanxi.formula.compile_sql import SqlCompiler
from guanxi.formula.environment import Environment
from guanxi.formula.errors import FormulaError
from guanxi.formula.function import Example, Family, Function, Overload, overload, parameter
from guanxi.formula.sql_value import Column, SqlValue, number
from guanxi.formula.tree import Literal, Node, Span
from guanxi.formula.types import NUMBER
from guanxi.kit.text import Text

MOMENT = parameter("日期", "date", "moment")
NO_WEEK = Text(
    zh="每周的起始方式只能是 {known}。", en="A week can be counted in these ways only: {known}."
)
_DAY_KINDS, _WEEK_KINDS = ("1", "2", "3"), ("1", "2")

Moment = date | datetime | None


def day_of(environment: Environment, value: date) -> date:
    """The day of a date or, by the clock of the zone, of a time."""
    return environment.local(value).date() if isinstance(value, datetime) else value


def _of_day(read: Callable[[date], int]) -> Callable[[Environment, Moment], Decimal | None]:
    def python(environment: Environment, value: Moment) -> Decimal | None:
        return None if value is None else Decimal(read(day_of(environment, value)))

    return python


def _of_time(read: Callable[[datetime], int]) -> Callable[[Environment, Moment], Decimal | None]:
    def python(environment: Environment, value: Moment) -> Decimal | None:
        if value is None:
            return None
        is_time = isinstance(value, datetime)
        return Decimal(read(environment.local(value)) if is_time else 0)  # type: ignore[arg-type]

    return python


def _part_of_day(name: str) -> Callable[[SqlCompiler, SqlValue], SqlValue]:
    return lambda compiler, value: SqlValue(NUMBER, nullable=part(name, local_day(value)))


def _part_of_time(name: str) -> Callable[[SqlCompiler, SqlValue], SqlValue]:
    def sql(compiler: SqlCompiler, value: SqlValue) -> SqlValue:
        return SqlValue(NUMBER, nullable=sa.func.trunc(part(name, local_time(value))))

    return sql


def _weekday(environment: Environment, value: Moment, kind: Decimal = Decimal(1)) -> Any:
    if value is None:
        return None
    from_monday = day_of(environment, value).weekday()
    if kind == 1:
        return Decimal((from_monday + 1) % 7 + 1)
    return Decimal(from_monday + (1 if kind == 2 else 0))


def _weekday_sql(compiler: SqlCompiler, value: SqlValue, kind: SqlValue | None = None) -> SqlValue:
    if kind is None or kind.constant == 1:
        found = part("dow", local_day(value)) + number(1)
    else:
        found = part("isodow", local_day(value)) - number(0 if kind.constant == 2 else 1)
    return SqlValue(NUMBER, nullable=found)


def _week(environment: Environment, value: Moment, kind: Decimal = Decimal(1)) -> Any:
    if value is None:
        return None
    day = day_of(environment, value)
    of_week = (day.weekday() + (1 if kind == 1 else 0)) % 7
    return Decimal((day.timetuple().tm_yday - of_week + 12) // 7)


def _week_sql(compiler: SqlCompiler, value: SqlValue, kind: SqlValue | None = None) -> SqlValue:
    day = compiler.cheap(local_day(value))
    from_monday = kind is not None and kind.constant == 2
    of_week: Column = part("isodow", day) - number(1) if from_monday else part("dow", day)
    weeks = sa.func.div(part("doy", day) - of_week + number(12), number(7))
    return SqlValue(NUMBER, nullable=weeks)


def _checked(kinds: tuple[str, ...]) -> Callable[..., None]:
    def check(span: Span, moment: Node, kind: Node | None = None) -> None:
        if isinstance(kind, Literal) and str(kind.value) not in kinds:
            raise FormulaError("no_week", NO_WEEK.fill(known="、".join(kinds)), kind.span)

    return check


def _one(python: Any, sql: Any) -> tuple[Overload, ...]:
    return (overload([MOMENT], "number", python=python, sql=sql, in_environment=True),)


def _counted(python: Any, sql: Any, kinds: tuple[str, ...]) -> tuple[Overload, ...]:
    kind = parameter("起始方式", "kind", "number", optional=True, constant=True, samples=kinds)
    return (
        overload([MOMENT, kind], "number", python=python, sql=sql, in_environment=True,
                 check_constants=_checked(kinds)),
    )  # fmt: skip


def date_parts() -> tuple[Function, ...]:
    family = Family.DATES
    return (
        Function("YEAR", family, "年份", Text(zh="日期的年份。", en="The year of a date."),
                 _one(_of_day(lambda day: day.year), _part_of_day("year")),
                 (Example("YEAR(DATE(2026, 11, 28))", "2026"),)),
        Function("QUARTER", family, "季度", Text(zh="日期所在的季度，1 到 4。", en="The quarter of a date, 1 to 4."),
                 _one(_of_day(lambda day: (day.month + 2) // 3), _part_of_day("quarter")),
                 (Example("QUARTER(DATE(2026, 11, 28))", "4"),)),
        Function("MONTH", family, "月份", Text(zh="日期的月份，1 到 12。", en="The month of a date, 1 to 12."),
                 _one(_of_day(lambda day: day.month), _part_of_day("month")),
                 (Example("MONTH(DATE(2026, 11, 28))", "11"),)),
        Function("DAY", family, "日", Text(zh="日期是当月的第几天，1 到 31。", en="The day of the month, 1 to 31."),
                 _one(_of_day(lambda day: day.day), _part_of_day("day")),
                 (Example("DAY(DATE(2026, 11, 28))", "28"),)),
        Function("HOUR", family, "小时", Text(zh="时间的小时，0 到 23；日期为 0。", en="The hour of a time, 0 to 23; of a date 0."),
                 _one(_of_time(lambda time: time.hour), _part_of_time("hour")),
                 (Example("HOUR(DATETIME(2026, 11, 28, 9, 30))", "9"), Example("HOUR(DATE(2026, 11, 28))", "0"))),
        Function("MINUTE", family, "分钟", Text(zh="时间的分钟，0 到 59；日期为 0。", en="The minute of a time, 0 to 59; of a date 0."),
                 _one(_of_time(lambda time: time.minute), _part_of_time("minute")),
                 (Example("MINUTE(DATETIME(2026, 11, 28, 9, 30))", "30"),)),
        Function("SECOND", family, "秒", Text(zh="时间的整秒，0 到 59；日期为 0。", en="The whole second of a time, 0 to 59; of a date 0."),
                 _one(_of_time(lambda time: time.second), _part_of_time("second")),
                 (Example("SECOND(DATETIME(2026, 11, 28, 9, 30, 15))", "15"),)),
        Function("WEEKDAY", family, "星期几",
                 Text(zh="星期几。方式 1（默认）：周日为 1；2：周一为 1，周日为 7；3：周一为 0。",
                      en="The day of the week. Kind 1 (unless given): Sunday is 1; 2: Monday is 1, Sunday 7; 3: Monday is 0."),
                 _counted(_weekday, _weekday_sql, _DAY_KINDS),
                 (Example("WEEKDAY(DATE(2026, 11, 28))", "7"), Example("WEEKDAY(DATE(2026, 11, 28), 2)", "6"))),
        Function("WEEKNUM", family, "周数",
                 Text(zh="一年中的第几周，含 1 月 1 日的周为第 1 周。方式 1（默认）：周日为一周之始；2：周一为一周之始。",
                      en="The week of the year; week 1 has January 1. Kind 1 (unless given): weeks begin on Sunday; 2: on Monday."),
                 _counted(_week, _week_sql, _WEEK_KINDS),
                 (Example("WEEKNUM(DATE(2026, 1, 4))", "2"), Example("WEEKNUM(DATE(2026, 1, 4), 2)", "1"))),
        Function("ISOWEEKNUM", family, "ISO周数",
                 Text(zh="ISO 8601 的周数：周一为一周之始，含该年第一个周四的周为第 1 周。",
                      en="The week by ISO 8601: weeks begin on Monday; week 1 has the first Thursday of the year."),
                 _one(_of_day(lambda day: day.isocalendar().week), _part_of_day("week")),
                 (Example("ISOWEEKNUM(DATE(2027, 1, 3))", "53"),)),
    )  # fmt: skip
