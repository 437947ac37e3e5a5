"""Dates as files write them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from guanxi.fields.field_type import FieldOptions, InvalidValueError, ReadingContext
from guanxi.fields.recognise import recognise
from guanxi.fields.types.date import Date
from guanxi.fields.types.date_time import DateTime

SHANGHAI = ReadingContext(zone=ZoneInfo("Asia/Shanghai"))
NONE = FieldOptions()


@pytest.mark.parametrize(
    ("text", "format_name", "day"),
    [
        ("3/1/2017", "M/D/YYYY", date(2017, 3, 1)),
        ("3/1/2017", "D/M/YYYY", date(2017, 1, 3)),
        ("2017/3/1", "YYYY/M/D", date(2017, 3, 1)),
        ("2017-3-1", "YYYY-MM-DD", date(2017, 3, 1)),
        ("２０１７年３月１日", "YYYY年M月D日", date(2017, 3, 1)),
        ("1.3.2017", "D.M.YYYY", date(2017, 3, 1)),
        ("20170301", "YYYYMMDD", date(2017, 3, 1)),
        ("3/1/17", "M/D/YY", date(2017, 3, 1)),
        ("1-Mar-2017", "D MMM YYYY", date(2017, 3, 1)),
        ("Mar 1, 2017", "MMM D, YYYY", date(2017, 3, 1)),
        ("42795", "Excel", date(2017, 3, 1)),
        ("3/1/2017 10:30", "M/D/YYYY", date(2017, 3, 1)),
    ],
)
def test_a_day_is_read_as_its_format_says(text: str, format_name: str, day: date) -> None:
    assert Date().read_text(text, NONE, SHANGHAI, format_name) == day


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2017-03-01 10:30", datetime(2017, 3, 1, 2, 30, tzinfo=UTC)),
        ("2017-03-01T10:30:15Z", datetime(2017, 3, 1, 10, 30, 15, tzinfo=UTC)),
        ("2017-03-01 1:05 下午", datetime(2017, 3, 1, 5, 5, tzinfo=UTC)),
        ("2017-03-01 12:00 AM", datetime(2017, 2, 28, 16, 0, tzinfo=UTC)),
        ("2017-03-01", datetime(2017, 2, 28, 16, 0, tzinfo=UTC)),
    ],
)
def test_a_moment_without_zone_is_one_of_the_workspace(text: str, moment: datetime) -> None:
    assert DateTime().read_text(text, NONE, SHANGHAI, "YYYY-MM-DD") == moment


def test_a_time_of_day_in_an_excel_serial_is_kept() -> None:
    read = DateTime().read_text("42795.4375", NONE, SHANGHAI, "Excel")
    assert read == datetime(2017, 3, 1, 2, 30, tzinfo=UTC)


def test_a_day_that_may_be_two_days_is_refused_without_a_format() -> None:
    with pytest.raises(InvalidValueError) as refused:
        Date().read_text("3/4/2017", NONE, SHANGHAI)
    assert refused.value.code == "ambiguous_date"


@pytest.mark.parametrize("text", ["2017-02-29", "0000-01-01", "10000-01-01", "2017-13-01"])
def test_a_day_that_is_not_in_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        Date().parse(text, NONE, SHANGHAI)


def test_impossible_days_decide_between_formats() -> None:
    found = recognise(Date(), NONE, SHANGHAI, ["3/1/2017", "3/20/2017", ""])
    assert found.formats == ("M/D/YYYY",)
    assert found.share == 1.0


def test_days_that_decide_nothing_leave_both_formats() -> None:
    assert recognise(Date(), NONE, SHANGHAI, ["3/1/2017", "5/6/2017"]).formats == (
        "M/D/YYYY",
        "D/M/YYYY",
    )


def test_one_bad_cell_does_not_hide_the_format() -> None:
    found = recognise(Date(), NONE, SHANGHAI, ["2017年3月1日", "2017年12月31日", "tbd"])
    assert found.formats == ("YYYY年M月D日",)
    assert found.share == pytest.approx(2 / 3)
