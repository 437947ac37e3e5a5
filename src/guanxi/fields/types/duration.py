"""Duration: how long something takes."""

import re
from decimal import Decimal
from typing import Any, Literal

import sqlalchemy as sa

from guanxi.fields.capabilities import (
    EMPTINESS,
    EQUALITY,
    NUMBER_AGGREGATES,
    ORDER,
    Family,
    ValueKind,
)
from guanxi.fields.decimals import fitted, read_decimal
from guanxi.fields.field_type import FieldOptions, FieldType, InvalidValueError, ReadingContext
from guanxi.fields.plain_text import widths_folded
from guanxi.kit.money import EXACT
from guanxi.kit.text import Locale, Text

NOT_A_DURATION = Text(
    zh="请填时长，例如 1:30、90 分钟或 1 小时 30 分。",
    en="Enter a duration, such as 1:30, 90 min or 1 h 30 min.",
)
#: Seconds; up to 300,000 years.
DIGITS = 13
_UNITS = {
    "s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1, "秒": 1, "秒钟": 1,
    "m": 60, "min": 60, "mins": 60, "minute": 60, "minutes": 60, "分": 60, "分钟": 60,
    "h": 3600, "hr": 3600, "hrs": 3600, "hour": 3600, "hours": 3600, "时": 3600, "小时": 3600, "个小时": 3600,
    "d": 86400, "day": 86400, "days": 86400, "天": 86400, "日": 86400,
}  # fmt: skip
_CLOCK = re.compile(r"(-?)(\d{1,10}):([0-5]?\d)(?::([0-5]?\d))?", re.ASCII)
_PART = re.compile(r"(\d{1,13}(?:\.\d{1,9})?)\s*([a-z]+|[\u4e00-\u9fff]+)[\s,，]*", re.ASCII)
_BARE = re.compile(r"-?\d{1,13}(?:\.\d{1,9})?", re.ASCII)
_LEAST = {"hours_minutes": 60, "hours_minutes_seconds": 1, "days_hours": 3600}


class DurationOptions(FieldOptions):
    """How it is written: `1:30`, `1:30:00`, or `2 d 4 h`."""

    form: Literal["hours_minutes", "hours_minutes_seconds", "days_hours"] = "hours_minutes"


class Duration(FieldType[DurationOptions]):
    """A length of time in whole seconds; may be negative. To formulas it is their number."""

    name = "duration"
    label = Text(zh="时长", en="Duration")
    description = Text(
        zh="花多少时间，如工时、通话时长",
        en="How long something takes, such as labour or a call",
    )
    family = Family.TIME
    icon = "timer"
    options_model = DurationOptions
    value_kind = ValueKind.NUMBER
    can_be_computed = True
    operators = (*EQUALITY[:2], *ORDER, *EMPTINESS)
    aggregates = NUMBER_AGGREGATES
    sheet_format = "@"

    def column_type(self, options: DurationOptions) -> sa.types.TypeEngine[Decimal]:
        return sa.Numeric(DIGITS, 0)

    def parse(
        self, raw: object, options: DurationOptions, context: ReadingContext
    ) -> Decimal | None:
        """Seconds."""
        return read_decimal(raw, decimals=0, digits=DIGITS)

    def to_json(
        self, column: sa.ColumnElement[Any], options: DurationOptions
    ) -> sa.ColumnElement[Any]:
        return sa.func.trim_scale(column)

    def to_text(self, value: object, options: DurationOptions, locale: Locale) -> str:
        """Hours, minutes and seconds whatever the form, so that a file loses nothing: `36:05:00`."""
        seconds = int(Decimal(str(value)))
        minutes, second = divmod(abs(seconds), 60)
        hour, minute = divmod(minutes, 60)
        return f"{'-' if seconds < 0 else ''}{hour}:{minute:02}:{second:02}"

    def read_text(
        self,
        text: str,
        options: DurationOptions,
        context: ReadingContext,
        format_name: str | None = None,
    ) -> Decimal | None:
        """`1:30`, `1:30:00`, `90 min`, `1 小时 30 分`; a bare figure counts the least unit that the form shows."""
        del format_name
        written = str(widths_folded(text)).strip().lower()
        if not written:
            return None
        if clock := _CLOCK.fullmatch(written):
            sign, hours, minutes, seconds = clock.groups()
            found = Decimal(int(hours) * 3600 + int(minutes) * 60 + int(seconds or 0))
            return _whole(-found if sign else found)
        if _BARE.fullmatch(written):
            return _whole(EXACT.multiply(Decimal(written), Decimal(_LEAST[options.form])))
        return _whole(_of_parts(written))


def _of_parts(written: str) -> Decimal:
    negative = written.startswith("-")
    place, found = int(negative), Decimal(0)
    while place < len(written):
        part = _PART.match(written, place)
        if part is None or part.group(2) not in _UNITS:
            raise InvalidValueError("not_a_duration", NOT_A_DURATION)
        found = EXACT.add(found, EXACT.multiply(Decimal(part.group(1)), _UNITS[part.group(2)]))
        place = part.end()
    if place == int(negative):
        raise InvalidValueError("not_a_duration", NOT_A_DURATION)
    return -found if negative else found


def _whole(seconds: Decimal) -> Decimal:
    return fitted(seconds, decimals=0, digits=DIGITS)
