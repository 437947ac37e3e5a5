"""Time: an hour of the day."""

import re

import sqlalchemy as sa

from guanxi.fields.capabilities import (
    COUNTING,
    EMPTINESS,
    EQUALITY,
    ORDER,
    Aggregate,
    Family,
    ValueKind,
)
from guanxi.fields.field_type import FieldOptions, FieldType, InvalidValueError, ReadingContext
from guanxi.fields.plain_text import widths_folded
from guanxi.kit.text import Locale, Text

NOT_A_TIME = Text(
    zh="请填时间，例如 09:30 或 下午 2:15。", en="Enter a time, such as 09:30 or 2:15 pm."
)
_TIME = re.compile(
    r"(上午|下午|中午|晚上|凌晨|早上)?\s*(\d{1,2})(?:[:.时点](\d{1,2})?分?(?:[:.]?(\d{1,2})(?:\.0+)?秒?)?)?\s*([ap]\.?m\.?)?",
    re.ASCII | re.IGNORECASE,
)
_AFTERNOON = {"下午", "晚上", "中午", "p"}


class TimeOptions(FieldOptions):
    """Whether it has seconds."""

    seconds: bool = False


class Time(FieldType[TimeOptions]):
    """An hour of the day without a day or zone, kept as text `09:30`, or `09:30:00` with seconds."""

    name = "time"
    label = Text(zh="时间", en="Time")
    description = Text(
        zh="一天中的几点几分，不含日期",
        en="A time of day, without a day",
    )
    family = Family.TIME
    icon = "clock"
    options_model = TimeOptions
    value_kind = ValueKind.TEXT
    operators = (*EQUALITY[:2], *ORDER, *EMPTINESS)
    aggregates = (Aggregate.MINIMUM, Aggregate.MAXIMUM, *COUNTING)
    groupable = True

    def column_type(self, options: TimeOptions) -> sa.types.TypeEngine[str]:
        return sa.Text()

    def parse(self, raw: object, options: TimeOptions, context: ReadingContext) -> str | None:
        if raw is None or raw == "":
            return None
        written = str(widths_folded(raw)).strip() if isinstance(raw, str) else ""
        match = _TIME.fullmatch(written) if len(written) <= 40 else None
        if match is None or not re.search(r"[:.时点apAP]", written):
            raise InvalidValueError("not_a_time", NOT_A_TIME)
        return _written(match, options)

    def to_text(self, value: object, options: TimeOptions, locale: Locale) -> str:
        return str(value)

    def read_text(
        self,
        text: str,
        options: TimeOptions,
        context: ReadingContext,
        format_name: str | None = None,
    ) -> str | None:
        return self.parse(text.strip(), options, context)


def _written(match: re.Match[str], options: TimeOptions) -> str:
    word, hours, minutes, seconds, half = match.groups()
    hour, minute, second = int(hours), int(minutes or 0), int(seconds or 0)
    part = word or (half or "")[:1].lower()
    if part and hour > 12 and half:
        raise InvalidValueError("not_a_time", NOT_A_TIME)
    if part in _AFTERNOON and hour < 12 and not (part == "中午" and hour >= 10):
        hour += 12
    elif part in {"a", "凌晨", "上午"} and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        raise InvalidValueError("not_a_time", NOT_A_TIME)
    return f"{hour:02}:{minute:02}" + (f":{second:02}" if options.seconds else "")
