"""Numbers as files write them."""

from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from guanxi.fields.field_type import InvalidValueError, ReadingContext
from guanxi.fields.recognise import recognise
from guanxi.fields.types.money import Money, MoneyOptions
from guanxi.fields.types.number import Number, NumberOptions
from guanxi.fields.types.percent import Percent, PercentOptions

SHANGHAI = ReadingContext(zone=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("text", "format_name", "amount"),
    [
        ("1,234.56", "1,234.56", "1234.56"),
        ("1.234,56", "1.234,56", "1234.56"),
        ("1 234,56", "1 234,56", "1234.56"),
        ("1.234", "1.234,56", "1234.00"),
        ("(123)", "1,234.56", "-123.00"),
        ("￥1,200", "1,234.56", "1200.00"),
        ("¥ -1,200.5", None, "-1200.50"),
        ("-$5", None, "-5.00"),
        ("$-5", None, "-5.00"),
        ("5-", None, "-5.00"),
        ("1.2万", None, "12000.00"),
        ("3亿元", None, "300000000.00"),
        ("RMB 88", None, "88.00"),
        ("１２３", None, "123.00"),
        ("0.125", None, "0.13"),
        ("-0.001", None, "0.00"),
    ],
)
def test_an_amount_is_read_as_it_is_written(
    text: str, format_name: str | None, amount: str
) -> None:
    read = Money().read_text(text, MoneyOptions(), SHANGHAI, format_name)
    assert str(read) == amount


@pytest.mark.parametrize(
    "text",
    ["1,23", "12,34.5", "--5", "(-5-)", "1_000", "NaN", "Infinity", "1e999", "五", "5%", "()"],
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        Money().read_text(text, MoneyOptions(), SHANGHAI)


@pytest.mark.parametrize("raw", ["1e999", "9" * 5000, "1,200", "0x10", "１_0", [], {}, "ten"])
def test_what_is_no_number_on_the_wire_is_refused(raw: object) -> None:
    with pytest.raises(InvalidValueError):
        Number().parse(raw, NumberOptions(), SHANGHAI)


def test_a_percent_sign_is_understood_in_a_percent_field_only() -> None:
    assert Percent().read_text("12.5 %", PercentOptions(), SHANGHAI) == Decimal("12.5")
    with pytest.raises(InvalidValueError):
        Number().read_text("12.5%", NumberOptions(), SHANGHAI)


def test_an_amount_too_large_for_its_column_is_refused_even_when_rounding_makes_it_so() -> None:
    largest = "999999999999999999.99"
    assert Money().parse(largest, MoneyOptions(), SHANGHAI) == Decimal(largest)
    with pytest.raises(InvalidValueError):
        Money().parse("999999999999999999.995", MoneyOptions(), SHANGHAI)


def test_limits_are_kept_after_rounding() -> None:
    options = NumberOptions(decimals=0, minimum=Decimal(1), maximum=Decimal(5))
    assert Number().parse(5.4, options, SHANGHAI) == 5
    for outside in (0.4, 5.5):
        with pytest.raises(InvalidValueError):
            Number().parse(outside, options, SHANGHAI)


def test_a_comma_decides_between_formats_when_it_can() -> None:
    cells = ["1.234,56", "12,5", "1.000"]
    assert recognise(Money(), MoneyOptions(), SHANGHAI, cells).formats == ("1.234,56",)


def test_plain_numbers_fit_the_usual_format_first() -> None:
    assert recognise(Money(), MoneyOptions(), SHANGHAI, ["1054", "50"]).formats[0] == "1,234.56"
