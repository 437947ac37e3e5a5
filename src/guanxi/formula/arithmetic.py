"""Exact arithmetic, the same in every engine: nothing is rounded but quotients and roots, to ten decimals."""

from decimal import ROUND_05UP, ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from guanxi.formula.errors import DIVISION_BY_ZERO, OUT_OF_RANGE, NoValueError

#: Room for every product a formula of 500 parts can make.
WIDE = Context(prec=20_000, rounding=ROUND_HALF_UP, Emax=999_999, Emin=-999_999)
DECIMALS = 10
ZERO = Decimal(0)
LARGEST = Decimal(10) ** 28
#: Numbers of more places before the point are too large, and of more zeros behind it, nothing.
SAFE_PLACES = 30
#: A unit at each number of decimals that is usual.
_STEPS = {decimals: Decimal(1).scaleb(-decimals) for decimals in range(-10, DECIMALS + 1)}


@lru_cache(maxsize=256)
def _cutting(digits: int) -> Context:
    """So many digits, cut so that rounding afterwards cannot round twice."""
    return Context(prec=digits, rounding=ROUND_05UP)


def rounded(value: Decimal, decimals: int = DECIMALS) -> Decimal:
    """Half away from zero. Negative decimals round to tens, hundreds."""
    step = _STEPS.get(decimals) or Decimal(1).scaleb(-decimals)
    result = WIDE.quantize(value, step)
    return result if decimals >= 0 else WIDE.quantize(result, Decimal(1))


def add(first: Decimal | None, second: Decimal | None) -> Decimal | None:
    if first is None:
        return second
    return first if second is None else WIDE.add(first, second)


def subtract(first: Decimal | None, second: Decimal | None) -> Decimal | None:
    if second is None:
        return first
    return WIDE.subtract(ZERO if first is None else first, second)


def multiply(first: Decimal | None, second: Decimal | None) -> Decimal | None:
    if first is None or second is None:
        return None if first is second else ZERO
    return WIDE.multiply(first, second)


def divide(first: Decimal | None, second: Decimal | None) -> Decimal:
    """To ten decimals, half away from zero. Raises NoValueError for a divisor that is 0 or empty."""
    if not second:
        raise NoValueError(DIVISION_BY_ZERO)
    if not first:
        return ZERO
    # Enough digits for ten decimals.
    digits = max(first.adjusted() - second.adjusted() + DECIMALS + 4, 4)
    return rounded(_cutting(digits).divide(first, second))


def remainder(first: Decimal | None, second: Decimal | None) -> Decimal:
    """With the sign of the dividend. Raises NoValueError for a divisor that is 0 or empty."""
    if not second:
        raise NoValueError(DIVISION_BY_ZERO)
    return WIDE.remainder(ZERO if first is None else first, second)


def negate(value: Decimal | None) -> Decimal | None:
    return None if value is None else WIDE.subtract(ZERO, value)


def power(base: Decimal | None, exponent: Decimal | None) -> Decimal:
    """The base to a whole exponent between -200 and 200, to ten decimals.

    Raises NoValueError when the exponent is another, or the result is 1e28 or more.
    """
    base, exponent = base or ZERO, exponent or ZERO
    if exponent != exponent.to_integral_value() or exponent.copy_abs() > 200:
        raise NoValueError(OUT_OF_RANGE)
    if not base and exponent < 0:
        raise NoValueError(DIVISION_BY_ZERO)
    if not exponent:
        return Decimal(1)
    # Told by size beforehand: no context has room for every power of every product.
    sizes = [(base.adjusted() + one) * int(exponent) for one in (0, 1)]
    if min(sizes) > SAFE_PLACES and base:
        raise NoValueError(OUT_OF_RANGE)
    if max(sizes) < -SAFE_PLACES:
        return ZERO
    positive = WIDE.power(base, abs(int(exponent)))
    result = divide(Decimal(1), positive) if exponent < 0 else rounded(positive)
    if result.copy_abs() >= LARGEST:
        raise NoValueError(OUT_OF_RANGE)
    return result
