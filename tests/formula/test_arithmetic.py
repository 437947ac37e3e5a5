"""Arithmetic is exact, and what cannot be stored is refused before it is computed."""

from decimal import Decimal

import pytest

from guanxi.formula.arithmetic import power
from guanxi.formula.errors import NoValueError


@pytest.mark.parametrize(
    ("base", "exponent", "result"),
    [("2", "-2", "0.25"), ("0.846", "-31", "178.4509013028"), ("1e5100", "-200", "0"), ("0", "3", "0")],
)  # fmt: skip
def test_a_power_is_exact_to_ten_decimals(base: str, exponent: str, result: str) -> None:
    assert power(Decimal(base), Decimal(exponent)) == Decimal(result)


@pytest.mark.parametrize(
    ("base", "exponent"), [("1e112", "200"), ("1e5100", "200"), ("1e-5100", "-200"), ("10", "28")]
)
def test_a_power_too_large_to_store_has_no_value(base: str, exponent: str) -> None:
    with pytest.raises(NoValueError):
        power(Decimal(base), Decimal(exponent))
