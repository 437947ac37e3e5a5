"""Rounding and computing with single numbers."""

from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_UP, Context, Decimal
from typing import Any

import sqlalchemy as sa

from guanxi.formula import arithmetic
from guanxi.formula.arithmetic import WIDE, ZERO
from guanxi.formula.compile_sql import SqlCompiler
from guanxi.formula.errors import DIVISION_BY_ZERO, OUT_OF_RANGE, NoValueError
from guanxi.formula.function import Example, Family, Function, Overload, overload, parameter
from guanxi.formula.functions.operators import power_sql
from guanxi.formula.sql_value import Column, Predicate, SqlValue, number, whole
from guanxi.formula.types import NUMBER
from guanxi.kit.text import Text

#: Digits a number may be rounded to; others count as the nearest of these.
FEWEST, MOST = -28, 20
_PRECISE = Context(prec=70)
#: Decimals with which PostgreSQL is asked for roots and logarithms, before ten are kept: the logarithm of a base close
#: to 1 is small, and many of its digits are needed.
_LONG = "0." + 60 * "0"
#: e to this power is just below 1e28.
_LARGEST_EXPONENT = Decimal("64.4")


def _digits(value: Decimal | None) -> int:
    return max(FEWEST, min(MOST, int(value or 0)))


def _digits_sql(value: SqlValue | None) -> Column:
    if value is None:
        return whole(0)
    if isinstance(value.constant, Decimal):
        return whole(_digits(value.constant))
    inside = sa.func.least(
        sa.func.greatest(sa.func.trunc(value.filled), number(FEWEST)), number(MOST)
    )
    return sa.cast(inside, sa.Integer())


def _cut(rounding: str) -> Any:
    def python(value: Decimal | None, digits: Decimal | None = None) -> Decimal | None:
        if value is None:
            return None
        places = _digits(digits)
        result = value.quantize(Decimal(1).scaleb(-places), rounding=rounding, context=WIDE)
        return result if places >= 0 else result.quantize(Decimal(1), context=WIDE)

    return python


def _round(value: Decimal | None, digits: Decimal | None = None) -> Decimal | None:
    return None if value is None else arithmetic.rounded(value, _digits(digits))


def _round_sql(compiler: SqlCompiler, value: SqlValue, digits: SqlValue | None = None) -> SqlValue:
    return _kept(value, sa.func.round(value.filled, _digits_sql(digits)))


def _trunc_sql(compiler: SqlCompiler, value: SqlValue, digits: SqlValue | None = None) -> SqlValue:
    return _kept(value, sa.func.trunc(value.filled, _digits_sql(digits)))


def _round_up_sql(
    compiler: SqlCompiler, value: SqlValue, digits: SqlValue | None = None
) -> SqlValue:
    places = _digits_sql(digits)
    value = compiler.once(value)
    cut = sa.func.trunc(value.filled, places)
    step = sa.func.round(sa.func.power(number("10." + 20 * "0"), -places), whole(MOST))
    return _kept(value, cut + sa.func.sign(value.filled - cut) * step)


def _kept(value: SqlValue, result: Column) -> SqlValue:
    """A number that is empty when the first one is."""
    return SqlValue(NUMBER, filled_as=result, emptiness=value.empty if value.may_be_empty else None)


def _floor_sql(compiler: SqlCompiler, value: SqlValue) -> SqlValue:
    return _kept(value, sa.func.floor(value.filled))


def _abs_sql(compiler: SqlCompiler, value: SqlValue) -> SqlValue:
    return _kept(value, sa.func.abs(value.filled))


def _steps(rounding: str) -> Any:
    def python(value: Decimal | None, step: Decimal | None = Decimal(1)) -> Decimal | None:
        if not step:
            raise NoValueError(DIVISION_BY_ZERO)
        if value is None:
            return None
        step = step.copy_abs()
        rest = WIDE.remainder(value, step)
        below = WIDE.subtract(value, rest)
        if rest and (rest > 0) == (rounding == ROUND_CEILING):
            below = WIDE.add(below, step if rest > 0 else step.copy_negate())
        return below

    return python


def _step_sql(
    compiler: SqlCompiler, value: SqlValue, step: SqlValue | None, *, up: bool
) -> SqlValue:
    value = compiler.once(value)
    size: Column = number(1)
    error: Predicate | None = None
    if step is not None:
        step = compiler.once(step)
        size = sa.func.abs(step.filled)
        error = None if step.constant else step.filled == number(0)
    rest = sa.func.mod(value.filled, sa.func.nullif(size, number(0)))
    over = rest > number(0) if up else rest < number(0)
    signed = size if up else -size
    result = value.filled - rest + sa.case((over, signed), else_=number(0))
    empty = value.empty if value.may_be_empty else None
    if error is not None:
        result = sa.func.coalesce(result, number(0))
    return SqlValue(NUMBER, filled_as=result, emptiness=empty, error=error)


def _ceiling_sql(compiler: SqlCompiler, value: SqlValue, step: SqlValue | None = None) -> SqlValue:
    return _step_sql(compiler, value, step, up=True)


def _floor_step_sql(
    compiler: SqlCompiler, value: SqlValue, step: SqlValue | None = None
) -> SqlValue:
    return _step_sql(compiler, value, step, up=False)


def _mod(value: Decimal | None, divisor: Decimal | None) -> Decimal:
    rest = arithmetic.remainder(value, divisor)
    if divisor and rest and (rest > 0) != (divisor > 0):
        return WIDE.add(rest, divisor)
    return rest


def _mod_sql(compiler: SqlCompiler, value: SqlValue, divisor: SqlValue) -> SqlValue:
    divisor = compiler.once(divisor)
    by = sa.func.nullif(divisor.filled, number(0))
    result = sa.func.mod(sa.func.mod(value.filled, by) + by, by)
    return SqlValue(
        NUMBER, nullable=result, error=None if divisor.constant else divisor.filled == number(0)
    )


def _quotient(value: Decimal | None, divisor: Decimal | None) -> Decimal:
    if not divisor:
        raise NoValueError(DIVISION_BY_ZERO)
    return WIDE.divide_int(value or ZERO, divisor)


def _quotient_sql(compiler: SqlCompiler, value: SqlValue, divisor: SqlValue) -> SqlValue:
    result = sa.func.div(value.filled, sa.func.nullif(divisor.filled, number(0)))
    return SqlValue(
        NUMBER, nullable=result, error=None if divisor.constant else divisor.filled == number(0)
    )


def _sqrt(value: Decimal | None) -> Decimal | None:
    if value is None:
        return None
    if value < 0:
        raise NoValueError(OUT_OF_RANGE)
    return arithmetic.rounded(Context(prec=max(value.adjusted(), 0) // 2 + 40).sqrt(value))


def _sqrt_sql(compiler: SqlCompiler, value: SqlValue) -> SqlValue:
    value = compiler.once(value)
    safe = sa.func.greatest(value.filled, number(0)) + number(_LONG)
    result = sa.func.round(sa.func.sqrt(safe), whole(10))
    empty = value.empty if value.may_be_empty else None
    return SqlValue(NUMBER, filled_as=result, emptiness=empty, error=value.filled < number(0))


def _ln(value: Decimal | None) -> Decimal:
    if not value or value < 0:
        raise NoValueError(OUT_OF_RANGE)
    return arithmetic.rounded(_PRECISE.ln(value))


def _log(value: Decimal | None, base: Decimal | None = Decimal(10)) -> Decimal:
    if not value or value < 0 or not base or base < 0 or base == 1:
        raise NoValueError(OUT_OF_RANGE)
    return arithmetic.rounded(_PRECISE.divide(_PRECISE.ln(value), _PRECISE.ln(base)))


def _positive(value: SqlValue) -> Column:
    """NULL where it is not positive, with enough decimals for a logarithm."""
    return sa.case((value.filled > number(0), value.filled)) + number(_LONG)


def _ln_sql(compiler: SqlCompiler, value: SqlValue) -> SqlValue:
    value = compiler.once(value)
    result = sa.func.round(sa.func.ln(_positive(value)), whole(10))
    return SqlValue(NUMBER, nullable=result, error=value.filled <= number(0))


def _log_sql(compiler: SqlCompiler, value: SqlValue, base: SqlValue | None = None) -> SqlValue:
    value = compiler.once(value)
    error = value.filled <= number(0)
    below: Column = sa.func.ln(number("10") + number(_LONG))
    if base is not None:
        base = compiler.once(base)
        error = sa.or_(error, base.filled <= number(0), base.filled == number(1))
        below = sa.func.nullif(sa.func.ln(_positive(base)), number(0))
    result = sa.func.round(sa.func.ln(_positive(value)) / below, whole(10))
    return SqlValue(NUMBER, nullable=result, error=error)


def _exp(value: Decimal | None) -> Decimal:
    value = value or ZERO
    if value > _LARGEST_EXPONENT:
        raise NoValueError(OUT_OF_RANGE)
    return ZERO if value < -60 else arithmetic.rounded(_PRECISE.exp(value))


def _exp_sql(compiler: SqlCompiler, value: SqlValue) -> SqlValue:
    value = compiler.once(value)
    inside = sa.func.greatest(
        sa.func.least(value.filled, number(str(_LARGEST_EXPONENT))), number(-61)
    )
    result = sa.func.round(sa.func.exp(inside + number(_LONG)), whole(10))
    return SqlValue(NUMBER, filled_as=result, error=value.filled > number(str(_LARGEST_EXPONENT)))


_NUMBER = parameter("数字", "number", "number")
_DIGITS = parameter("小数位数", "decimals", "number", optional=True)
_STEP = parameter("倍数", "step", "number", optional=True)
_DIVISOR = parameter("除数", "divisor", "number")


def _one(python: Any, sql: Any, *more: Any) -> tuple[Overload, ...]:
    return (overload([_NUMBER, *more], "number", python=python, sql=sql),)


def numbers() -> tuple[Function, ...]:
    family = Family.NUMBERS
    return (
        Function("ROUND", family, "四舍五入",
                 Text(zh="四舍五入到指定小数位；负数位数表示十位、百位。", en="Rounds half away from zero to so many decimals; negative ones mean tens, hundreds."),
                 _one(_round, _round_sql, _DIGITS), (Example("ROUND(2.345, 2)", "2.35"), Example("ROUND(-2.5)", "-3"))),
        Function("ROUNDUP", family, "向上舍入", Text(zh="向远离 0 的方向进位。", en="Rounds away from zero."),
                 _one(_cut(ROUND_UP), _round_up_sql, _DIGITS), (Example("ROUNDUP(2.001, 2)", "2.01"), Example("ROUNDUP(-21, -1)", "-30"))),
        Function("ROUNDDOWN", family, "向下舍入", Text(zh="向 0 的方向舍去。", en="Rounds toward zero."),
                 _one(_cut(ROUND_DOWN), _trunc_sql, _DIGITS), (Example("ROUNDDOWN(2.999, 1)", "2.9"), Example("ROUNDDOWN(-2.9)", "-2"))),
        Function("TRUNC", family, "截断", Text(zh="舍去多余的小数位。", en="Cuts off further decimals."),
                 _one(_cut(ROUND_DOWN), _trunc_sql, _DIGITS), (Example("TRUNC(8.9)", "8"), Example("TRUNC(1234, -2)", "1200"))),
        Function("INT", family, "取整", Text(zh="不大于该数的最大整数。", en="The largest whole number that is not above."),
                 _one(lambda value: None if value is None else value.quantize(Decimal(1), rounding=ROUND_FLOOR, context=WIDE), _floor_sql),
                 (Example("INT(8.9)", "8"), Example("INT(-8.9)", "-9"))),
        Function("CEILING", family, "向上取倍数", Text(zh="不小于该数的最小倍数。", en="The smallest multiple of the step that is not below."),
                 _one(_steps(ROUND_CEILING), _ceiling_sql, _STEP), (Example("CEILING(2.1)", "3"), Example("CEILING(22, 5)", "25"))),
        Function("FLOOR", family, "向下取倍数", Text(zh="不大于该数的最大倍数。", en="The largest multiple of the step that is not above."),
                 _one(_steps(ROUND_FLOOR), _floor_step_sql, _STEP), (Example("FLOOR(2.9)", "2"), Example("FLOOR(-22, 5)", "-25"))),
        Function("ABS", family, "绝对值", Text(zh="绝对值。", en="The number without its sign."),
                 _one(lambda value: None if value is None else value.copy_abs(), _abs_sql), (Example("ABS(-5)", "5"), Example("ABS(2.5)", "2.5"))),
        Function("MOD", family, "取余", Text(zh="余数，符号与除数相同。", en="The remainder, with the sign of the divisor."),
                 _one(_mod, _mod_sql, _DIVISOR), (Example("MOD(7, 3)", "1"), Example("MOD(-7, 3)", "2"))),
        Function("QUOTIENT", family, "整商", Text(zh="商的整数部分。", en="The whole part of the quotient."),
                 _one(_quotient, _quotient_sql, _DIVISOR), (Example("QUOTIENT(7, 2)", "3"), Example("QUOTIENT(-7, 2)", "-3"))),
        Function("POWER", family, "乘方", Text(zh="乘方，指数为 -200 到 200 的整数。", en="Raises to a whole power between -200 and 200."),
                 _one(arithmetic.power, power_sql, parameter("指数", "exponent", "number")), (Example("POWER(1.1, 2)", "1.21"), Example("POWER(2, -1)", "0.5"))),
        Function("SQRT", family, "平方根", Text(zh="平方根，保留 10 位小数。", en="The square root, to ten decimals."),
                 _one(_sqrt, _sqrt_sql), (Example("SQRT(2)", "1.4142135624"), Example("SQRT(-1)", None))),
        Function("LN", family, "自然对数", Text(zh="自然对数，保留 10 位小数。", en="The natural logarithm, to ten decimals."),
                 _one(_ln, _ln_sql), (Example("LN(1)", "0"), Example("LN(0)", None))),
        Function("LOG", family, "对数", Text(zh="对数，底数默认为 10。", en="The logarithm; the base is 10 unless given."),
                 _one(_log, _log_sql, parameter("底数", "base", "number", optional=True)), (Example("LOG(1000)", "3"), Example("LOG(8, 2)", "3"))),
        Function("EXP", family, "指数", Text(zh="e 的若干次方。", en="e raised to the number."),
                 _one(_exp, _exp_sql), (Example("EXP(1)", "2.7182818285"), Example("EXP(100)", None))),
    )  # fmt: skip
