"""Signs that stand between values."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from guanxi.formula import arithmetic
from guanxi.formula.calendar import MOST_DAYS, as_moment, days_later
from guanxi.formula.calendar_sql import (
    ONE_MICROSECOND,
    ONE_SECOND,
    clamped,
    days_apart,
    days_later_sql,
    times,
)
from guanxi.formula.compile_sql import TODAY, SqlCompiler
from guanxi.formula.errors import OUT_OF_RANGE, NoValueError
from guanxi.formula.function import Example, Family, Function, Overload, overload, parameter
from guanxi.formula.sql_value import Column, Predicate, SqlValue, number, whole
from guanxi.formula.types import BOOLEAN, DATE, DATE_TIME, NUMBER, TEXT, Kind
from guanxi.kit.text import Text

LEFT = "左边", "left"
RIGHT = "右边", "right"
#: The first and the last second of moments, since 1970.
FIRST_SECOND, LAST_SECOND = -62_135_510_400, 253_402_214_399
MICROSECONDS = Decimal(86_400_000_000)


def _pair(left: str, right: str) -> list[Any]:
    return [parameter(*LEFT, left), parameter(*RIGHT, right)]


# --- numbers --------------------------------------------------------------------------------------------------


def _both_empty(a: SqlValue, b: SqlValue) -> Predicate | None:
    return sa.and_(a.empty, b.empty) if a.may_be_empty and b.may_be_empty else None


def _add_sql(compiler: SqlCompiler, a: SqlValue, b: SqlValue) -> SqlValue:
    return SqlValue(NUMBER, filled_as=a.filled + b.filled, emptiness=_both_empty(a, b))


def _subtract_sql(compiler: SqlCompiler, a: SqlValue, b: SqlValue) -> SqlValue:
    return SqlValue(NUMBER, filled_as=a.filled - b.filled, emptiness=_both_empty(a, b))


def _multiply_sql(compiler: SqlCompiler, a: SqlValue, b: SqlValue) -> SqlValue:
    return SqlValue(NUMBER, filled_as=a.filled * b.filled, emptiness=_both_empty(a, b))


def quotient(a: Column, b: Column) -> Column:
    """Half away from zero to ten decimals; NULL for a divisor of 0.

    `/` of PostgreSQL rounds once already, to decimals it chooses by size; the whole quotient of `div` is exact.
    """
    halves = sa.func.div(a * number(20_000_000_000), sa.func.nullif(b, number(0)))
    return sa.func.round(halves * number("0.5")) * number("0.0000000001")


def _divide_sql(compiler: SqlCompiler, a: SqlValue, b: SqlValue) -> SqlValue:
    value = quotient(a.filled, b.filled)
    return SqlValue(NUMBER, nullable=value, error=None if b.constant else b.filled == number(0))


def _remainder_sql(compiler: SqlCompiler, a: SqlValue, b: SqlValue) -> SqlValue:
    value = sa.func.mod(a.filled, sa.func.nullif(b.filled, number(0)))
    return SqlValue(NUMBER, nullable=value, error=None if b.constant else b.filled == number(0))


def _negate_sql(compiler: SqlCompiler, a: SqlValue) -> SqlValue:
    return SqlValue(NUMBER, filled_as=-a.filled, emptiness=a.empty if a.may_be_empty else None)


def power_sql(compiler: SqlCompiler, a: SqlValue, b: SqlValue) -> SqlValue:
    """Whole exponents. Logarithms tell beforehand whether the result stays small; forty decimals keep it exact."""
    base, exponent = a.filled, b.filled
    largest = sa.func.greatest(sa.func.abs(base), number("1e-30"))
    safe = sa.and_(
        sa.func.trunc(exponent) == exponent,
        sa.func.abs(exponent) <= number(200),
        exponent * sa.func.log(largest) < number("28.5"),
    )
    long = base + sa.literal_column("0." + 40 * "0")
    raised = sa.func.round(sa.func.power(long, exponent), whole(10))
    value = sa.case((safe, sa.case((sa.func.abs(raised) < number("1e28"), raised))))
    return SqlValue(NUMBER, nullable=value, error=value.is_(None))


# --- days -----------------------------------------------------------------------------------------------------


def add_days(day: date | None, days: Decimal | None) -> date | None:
    """So many whole days later; a fraction is dropped. Raises NoValueError outside the years 1 to 9999."""
    return day if day is None or days is None else days_later(day, days)


def add_days_sql(day: Column, days: Column) -> tuple[Column, Predicate]:
    """The later day, and when there is none. Told before it is computed: outside its calendar PostgreSQL fails."""
    moved = days_later_sql(day, days)
    return moved, sa.and_(day.is_not(None), moved.is_(None))


#: So many days from today lie within the calendar, whenever today is.
_NEAR = 300_000


def _near_today(day: SqlValue, days: object) -> SqlValue | None:
    """A day so near to today that it is there: a plain sum, which an index serves and rows are quickly compared with."""
    if day.nullable is not TODAY or not isinstance(days, Decimal) or abs(days) > _NEAR:
        return None
    return SqlValue(DATE, nullable=sa.type_coerce(TODAY + whole(int(days)), sa.Date()))


def _date_plus_sql(compiler: SqlCompiler, a: SqlValue, b: SqlValue) -> SqlValue:
    near = _near_today(a, b.constant)
    if near is not None:
        return near
    value, error = add_days_sql(a.value, b.filled)
    return SqlValue(DATE, nullable=value, error=error)


def _date_minus_sql(compiler: SqlCompiler, a: SqlValue, b: SqlValue) -> SqlValue:
    near = _near_today(a, -b.constant if isinstance(b.constant, Decimal) else None)
    if near is not None:
        return near
    value, error = add_days_sql(a.value, -b.filled)
    return SqlValue(DATE, nullable=value, error=error)


def _minus_days(day: date | None, days: Decimal | None) -> date | None:
    return add_days(day, arithmetic.negate(days))


def add_time(moment: datetime | None, days: Decimal | None) -> datetime | None:
    """So many days of 24 hours later, to the microsecond. Raises NoValueError at the ends of time."""
    return moment if moment is None or days is None else elapsed(moment, days, MICROSECONDS)


def elapsed(moment: datetime, count: Decimal, size: Decimal) -> datetime:
    """So many times a size in microseconds later. Raises NoValueError at the ends of time."""
    microseconds = arithmetic.WIDE.multiply(count, size)
    if microseconds.copy_abs() > MOST_DAYS * MICROSECONDS:
        raise NoValueError(OUT_OF_RANGE)
    try:
        return as_moment(moment + timedelta(microseconds=int(arithmetic.rounded(microseconds, 0))))
    except OverflowError:
        raise NoValueError(OUT_OF_RANGE) from None


def add_time_sql(
    moment: Column, count: Column, size: Decimal = MICROSECONDS
) -> tuple[Column, Predicate]:
    """Whole seconds and the rest are added apart: intervals multiply by floats, which would lose some."""
    microseconds = sa.func.round(count * number(str(size)))
    seconds = sa.func.trunc(microseconds / number(1_000_000))
    rest = microseconds - seconds * number(1_000_000)
    place = sa.func.extract("epoch", moment) + microseconds / number("1000000.000000")
    inside = place.between(number(FIRST_SECOND), number(f"{LAST_SECOND}.999999"))
    moved = sa.case(
        (
            inside,
            moment
            + times(clamped(seconds, MOST_DAYS * 86_400), ONE_SECOND)
            + times(rest, ONE_MICROSECOND),
        )
    )
    return sa.type_coerce(moved, sa.DateTime(timezone=True)), sa.and_(
        moment.is_not(None), sa.not_(sa.func.coalesce(inside, sa.false()))
    )


def _time_plus_sql(compiler: SqlCompiler, a: SqlValue, b: SqlValue) -> SqlValue:
    value, error = add_time_sql(a.value, b.filled)
    return SqlValue(DATE_TIME, nullable=value, error=error)


def _time_minus_sql(compiler: SqlCompiler, a: SqlValue, b: SqlValue) -> SqlValue:
    value, error = add_time_sql(a.value, -b.filled)
    return SqlValue(DATE_TIME, nullable=value, error=error)


def _minus_time(moment: datetime | None, days: Decimal | None) -> datetime | None:
    return add_time(moment, arithmetic.negate(days))


def days_between(first: date | None, second: date | None) -> Decimal | None:
    """Whole days from the second to the first; empty when either is."""
    if first is None or second is None:
        return None
    return Decimal((first - second).days)


def days_between_sql(compiler: SqlCompiler, a: SqlValue, b: SqlValue) -> SqlValue:
    return SqlValue(NUMBER, nullable=days_apart(a.value, b.value))


def time_between(first: datetime | None, second: datetime | None) -> Decimal | None:
    """Days of 24 hours, to ten decimals; empty when either is."""
    if first is None or second is None:
        return None
    distance = first - second
    microseconds = (distance.days * 86_400 + distance.seconds) * 1_000_000 + distance.microseconds
    return arithmetic.divide(Decimal(microseconds), MICROSECONDS)


def time_between_sql(compiler: SqlCompiler, a: SqlValue, b: SqlValue) -> SqlValue:
    seconds = sa.func.extract("epoch", a.value) - sa.func.extract("epoch", b.value)
    return SqlValue(NUMBER, nullable=quotient(seconds, number(86400)))


# --- text -----------------------------------------------------------------------------------------------------


def _join(first: str | None, second: str | None) -> str | None:
    return ((first or "") + (second or "")) or None


def _join_sql(compiler: SqlCompiler, a: SqlValue, b: SqlValue) -> SqlValue:
    return SqlValue(TEXT, filled_as=a.filled.concat(b.filled))


# --- comparisons ----------------------------------------------------------------------------------------------


def key_of(value: Any) -> Any:
    """What a value is compared by: a record by its id."""
    return getattr(value, "id", value)


def equal(first: Any, second: Any) -> bool:
    """Empty equals empty and nothing else."""
    return bool(key_of(first) == key_of(second))


def equal_sql(a: SqlValue, b: SqlValue) -> Column:
    """Never NULL. Text is compared as filled: '' is empty."""
    kinds = {a.type.kind, b.type.kind}
    if Kind.NOTHING in kinds:
        other = b if a.type.kind is Kind.NOTHING else a
        return other.empty if other.type.kind is not Kind.NOTHING else sa.true()
    if kinds <= {Kind.TEXT, Kind.BOOLEAN}:
        return a.filled == b.filled
    if a.constant is not None or b.constant is not None:
        return sa.func.coalesce(a.value == b.value, sa.false())
    return a.value.is_not_distinct_from(b.value)


def _equal_sql(compiler: SqlCompiler, a: SqlValue, b: SqlValue) -> SqlValue:
    return SqlValue(BOOLEAN, filled_as=equal_sql(a, b))


def _different_sql(compiler: SqlCompiler, a: SqlValue, b: SqlValue) -> SqlValue:
    return SqlValue(BOOLEAN, filled_as=sa.not_(equal_sql(a, b)))


def _less(first: Any, second: Any) -> bool:
    return first is not None and second is not None and first < second


def _at_most(first: Any, second: Any) -> bool:
    return first is not None and second is not None and first <= second


def _greater(first: Any, second: Any) -> bool:
    return first is not None and second is not None and first > second


def _at_least(first: Any, second: Any) -> bool:
    return first is not None and second is not None and first >= second


def _compared(sign: str) -> Any:
    def sql(compiler: SqlCompiler, a: SqlValue, b: SqlValue) -> SqlValue:
        predicate = a.value.op(sign, is_comparison=True)(b.value)
        # NULL stands for false: an index can serve the plain comparison.
        return SqlValue(BOOLEAN, nullable=sa.type_coerce(predicate, sa.Boolean()))

    return sql


_ORDERED = ("number", "text", "date", "date_time")
#: Types in which PostgreSQL and Python order alike; text by code points, by its collation.


def _comparison(sign: str, python: Any) -> tuple[Overload, ...]:
    return tuple(
        overload(_pair(kind, kind), "boolean", python=python, sql=_compared(sign))
        for kind in _ORDERED
    )


def _numeric(python: Any, sql: Any) -> Overload:
    return overload(_pair("number", "number"), "number", python=python, sql=sql)


def operators() -> tuple[Function, ...]:
    family = Family.OPERATORS
    return (
        Function(
            "+", family, None,
            Text(zh="相加；日期加数字得到若干天后的日期。全部为空时结果为空，否则空按 0 计算。",
                 en="Adds. A date plus a number is so many days later. Empty only if all is; else empty counts as 0."),
            (
                _numeric(arithmetic.add, _add_sql),
                overload(_pair("date", "number"), "date", python=add_days, sql=_date_plus_sql),
                overload(_pair("date_time", "number"), "date_time", python=add_time, sql=_time_plus_sql),
            ),
            (Example("1 + 2.5", "3.5"), Example("DATE(2026, 1, 31) + 1", "2026-02-01")),
        ),
        Function(
            "-", family, None,
            Text(zh="相减；两个日期相减得到天数。", en="Subtracts. The difference of two dates is a number of days."),
            (
                _numeric(arithmetic.subtract, _subtract_sql),
                overload(_pair("date", "number"), "date", python=_minus_days, sql=_date_minus_sql),
                overload(_pair("date", "date"), "number", python=days_between, sql=days_between_sql),
                overload(_pair("date_time", "number"), "date_time", python=_minus_time, sql=_time_minus_sql),
                overload(_pair("date_time", "date_time"), "number", python=time_between, sql=time_between_sql),
            ),
            (Example("5 - 7", "-2"), Example("DATE(2026, 3, 1) - DATE(2026, 2, 1)", "28")),
        ),
        Function("*", family, None, Text(zh="相乘。", en="Multiplies."),
                 (_numeric(arithmetic.multiply, _multiply_sql),),
                 (Example("1.2 * 3", "3.6"),)),
        Function("/", family, None,
                 Text(zh="相除，保留 10 位小数，四舍五入。除数为 0 或为空时没有结果。",
                      en="Divides, rounded half up to ten decimals. Without a value when the divisor is 0 or empty."),
                 (_numeric(arithmetic.divide, _divide_sql),),
                 (Example("2 / 3", "0.6666666667"), Example("1 / 0", None))),
        Function("%", family, None,
                 Text(zh="余数，符号与被除数相同。", en="The remainder, with the sign of the dividend."),
                 (_numeric(arithmetic.remainder, _remainder_sql),),
                 (Example("7 % 3", "1"), Example("-7 % 3", "-1"))),
        Function("^", family, None,
                 Text(zh="乘方，指数为 -200 到 200 的整数。", en="Raises to a whole power between -200 and 200."),
                 (_numeric(arithmetic.power, power_sql),),
                 (Example("2 ^ 10", "1024"), Example("2 ^ -2", "0.25"))),
        Function("NEGATE", family, None, Text(zh="取相反数，写作 -x。", en="The opposite number, written -x."),
                 (overload([parameter("数字", "number", "number")], "number",
                           python=arithmetic.negate, sql=_negate_sql),),
                 (Example("-(2 - 5)", "3"),)),
        Function("&", family, None, Text(zh="把值连成文本，空按空文本处理。", en="Joins values into text; empty is \"\"."),
                 (overload(_pair("as_text", "as_text"), "text", python=_join, sql=_join_sql),),
                 (Example('"A" & 1.50', "A1.5"),)),
        Function("=", family, None, Text(zh="相等。空只等于空。", en="Equal. Empty equals only empty."),
                 (overload(_pair("T", "T"), "boolean", python=equal, sql=_equal_sql),),
                 (Example("1 = 1.0", True), Example('"a" = "A"', False))),
        Function("<>", family, None, Text(zh="不相等。", en="Not equal."),
                 (overload(_pair("T", "T"), "boolean", python=lambda a, b: not equal(a, b), sql=_different_sql),),
                 (Example("1 <> 2", True),)),
        Function("<", family, None, Text(zh="小于。有空值时为否。", en="Less than; no when either is empty."),
                 _comparison("<", _less), (Example("1 < 2", True),)),
        Function("<=", family, None, Text(zh="小于或等于。", en="Less than or equal to."),
                 _comparison("<=", _at_most), (Example("2 <= 2", True),)),
        Function(">", family, None, Text(zh="大于。有空值时为否。", en="Greater than; no when either is empty."),
                 _comparison(">", _greater), (Example('"b" > "a"', True),)),
        Function(">=", family, None, Text(zh="大于或等于。", en="Greater than or equal to."),
                 _comparison(">=", _at_least), (Example("1 >= 2", False),)),
    )  # fmt: skip
