"""Days and times where calendars and clocks are odd: in every engine."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from tests.conftest import copied

from guanxi.formula.builtin import builtin_functions
from guanxi.formula.check_types import check
from guanxi.formula.errors import FormulaError
from guanxi.formula.parse import parse
from guanxi.formula.typed import Typed
from guanxi.testing.formulas.engines import ZONE, in_postgresql, in_python, store
from guanxi.testing.formulas.typescript import in_typescript, node
from guanxi.testing.formulas.world import WorldScope, random_rows

NEW_YORK, HAVANA, SAO_PAULO = "America/New_York", "America/Havana", "America/Sao_Paulo"
CASES = (
    # The clock shows this hour twice, and at that hour it jumps.
    (NEW_YORK, "DATETIME(2026, 11, 1, 1, 30)", "2026-11-01T06:30:00.000000Z"),
    (NEW_YORK, "DATETIME(2026, 3, 8, 2, 30)", "2026-03-08T07:30:00.000000Z"),
    (NEW_YORK, 'DATEADD(DATETIME(2026, 3, 7, 2, 30), 1, "D")', "2026-03-08T07:30:00.000000Z"),
    (NEW_YORK, 'DATEADD(DATETIME(2026, 3, 7, 2, 30), 24, "H")', "2026-03-08T07:30:00.000000Z"),
    (NEW_YORK, 'DATEADD(DATETIME(2026, 3, 7, 12), 1, "D")', "2026-03-08T16:00:00.000000Z"),
    (NEW_YORK, 'DATEADD(DATETIME(2026, 3, 7, 12), 24, "H")', "2026-03-08T17:00:00.000000Z"),
    (NEW_YORK, 'DATEDIF(DATE(2026, 3, 8), DATE(2026, 3, 9), "H")', "23"),
    (HAVANA, "DAYBEGIN(DATE(2026, 11, 1))", "2026-11-01T05:00:00.000000Z"),
    (SAO_PAULO, "DAYBEGIN(DATE(2018, 11, 4))", "2018-11-04T03:00:00.000000Z"),
    (SAO_PAULO, "HOUR(DAYBEGIN(DATE(2018, 11, 4)))", "1"),
    ("Pacific/Apia", "DAYEND(DATE(2011, 12, 29))", "2011-12-30T09:59:59.999999Z"),
    # The ends of the calendar and of time.
    (ZONE, "ISERROR(DAYBEGIN(DATE(1, 1, 1)))", True),
    (ZONE, "DAYBEGIN(DATE(1, 1, 3))", "0001-01-02T15:54:17.000000Z"),
    (ZONE, "DATE(1, 1, 1) < NOW()", None),
    (ZONE, "DAYBEGIN(DATE(9999, 12, 31))", "9999-12-30T16:00:00.000000Z"),
    (ZONE, "ISERROR(DAYEND(DATE(9999, 12, 31)))", True),
    (ZONE, "DATE(9999, 12, 31) > NOW()", True),
    (NEW_YORK, "ISERROR(DAYBEGIN(DATE(9999, 12, 31)))", True),
    (ZONE, "EOMONTH(DATE(9999, 12, 1))", "9999-12-31"),
    (ZONE, "ISERROR(EOMONTH(DATE(9999, 12, 1), 1))", True),
    (ZONE, "ISERROR(DATE(9999, 12, 32))", True),
    (ZONE, "DATE(2024, 1e28, 1)", None),
    (ZONE, 'DATEADD(DATE(2024, 1, 1), -1e28, "Y")', None),
    (ZONE, 'DATEADD(NOW(), 1e28, "S")', None),
    (ZONE, 'DATEADD(DATE(2024, 2, 29), 1, "年")', "2025-02-28"),
    # Counted from the end back to the start.
    (ZONE, 'DATEDIF(DATE(2024, 2, 29), DATE(2023, 2, 28), "Y")', "-1"),
    (ZONE, 'DATEDIF(DATE(2023, 1, 31), DATE(2023, 3, 1), "MD")', "1"),
    (ZONE, "WEEKNUM(DATE(2023, 1, 1), 2)", "1"),
    (ZONE, "WEEKNUM(DATE(2023, 1, 2), 2)", "2"),
    # What is written.
    (ZONE, 'TODATE(" 2026.1.5 ")', "2026-01-05"),
    (ZONE, 'TODATE("20240229")', "2024-02-29"),
    (ZONE, 'TODATE("2026年1月5号 9时30分")', "2026-01-05"),
    (ZONE, 'ISERROR(TODATE("20230229"))', True),
    (ZONE, 'ISERROR(TODATE("5/1/2026"))', True),
    (ZONE, 'DATETIME("2026-01-05 09:30:15.25+05:30")', "2026-01-05T04:00:15.250000Z"),
    (ZONE, 'DATETIME("2026-01-05T09:30")', "2026-01-05T01:30:00.000000Z"),
    (ZONE, 'ISERROR(DATETIME("2026-01-05 24:00"))', True),
    (ZONE, 'TEXT(DATETIME(2026, 11, 8, 15, 5), "上午/下午h:mm")', "下午3:05"),
    (ZONE, 'TEXT(DATETIME(2026, 11, 8, 0, 5), "YYYY/MM/DD HH:MM")', "2026/11/08 00:05"),
    (ZONE, "TEXT(DATE(2026, 5, 3), \"dddd, d MMMM 'd.' yy\")", "Sunday, 3 May d. 26"),
)  # fmt: skip


def typed(formula: str) -> Typed:
    return check(parse(formula), WorldScope(), builtin_functions(), formula)


@pytest.fixture(scope="module")
def connection(server: str, template: str) -> Iterator[psycopg.Connection[Any]]:
    """To a database with the world, for every case."""
    with copied(server, template) as conninfo, psycopg.connect(conninfo) as opened:
        store(opened, random_rows(0, 1))
        yield opened


@pytest.mark.parametrize(("zone", "formula", "value"), CASES)
def test_days_and_times_come_to_the_same(
    zone: str, formula: str, value: object, connection: psycopg.Connection[Any]
) -> None:
    assert in_python(typed(formula), random_rows(0, 1), zone) == [value]
    assert in_postgresql(connection, typed(formula), zone) == [value]


@pytest.mark.skipif(node() is None, reason="Node 22.18 or newer is missing.")
def test_the_web_app_comes_to_the_same() -> None:
    rows = random_rows(0, 1)
    for zone in {zone for zone, _, _ in CASES}:
        cases = [(formula, value) for one, formula, value in CASES if one == zone]
        found = in_typescript([{"text": formula} for formula, _ in cases], rows, zone)
        for (formula, value), answer in zip(cases, found, strict=True):
            assert answer["values"] == [value], (zone, formula)


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ('DATEADD({d1}, 1, "fortnight")', "no_unit"),
        ('DATEDIF({d1}, {z1}, "YQ")', "no_unit"),
        ("DATEADD({d1}, 1, {t1})", "not_constant"),
        ("WEEKDAY({d1}, 4)", "no_week"),
        ('TEXT({d1}, "0.00")', "no_date_format"),
    ],
)
def test_constants_that_make_no_sense_are_refused(formula: str, code: str) -> None:
    with pytest.raises(FormulaError) as refused:
        typed(formula)
    assert refused.value.code == code
