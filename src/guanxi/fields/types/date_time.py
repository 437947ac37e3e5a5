"""Date and time: a moment."""

import re
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from guanxi.fields.capabilities import (
    DATE_AGGREGATES,
    DATE_OPERATORS,
    Family,
    ValueKind,
)
from guanxi.fields.dates import DATE_FORMATS, in_utc, read_written_moment
from guanxi.fields.field_type import (
    FieldOptions,
    FieldType,
    InvalidValueError,
    ReadingContext,
    TextFormat,
)
from guanxi.kit.text import Locale, Text

NOT_A_MOMENT = Text(
    zh="请按 2026-11-28T09:30:00+08:00 的格式填写日期和时间。",
    en="Write date and time as 2026-11-28T09:30:00+08:00.",
)
_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)?(Z|[+-]\d{2}(:?\d{2})?)?", re.ASCII
)


class DateTime(FieldType[FieldOptions]):
    """A moment; without a zone it is one of the workspace's zone."""

    name = "date_time"
    label = Text(zh="日期时间", en="Date and time")
    description = Text(
        zh="日期和时间",
        en="A day with the time",
    )
    family = Family.TIME
    icon = "clock"
    value_kind = ValueKind.DATE_TIME
    can_be_computed = True
    operators = DATE_OPERATORS
    aggregates = DATE_AGGREGATES

    def column_type(self, options: FieldOptions) -> sa.types.TypeEngine[datetime]:
        return sa.DateTime(timezone=True)

    def parse(self, raw: object, options: FieldOptions, context: ReadingContext) -> datetime | None:
        if raw is None or raw == "":
            return None
        if isinstance(raw, datetime):
            return in_utc(raw, context.zone)
        if not isinstance(raw, str) or not _MOMENT.fullmatch(raw.strip()):
            raise InvalidValueError("not_a_date_time", NOT_A_MOMENT)
        try:
            return in_utc(datetime.fromisoformat(raw.strip()), context.zone)
        except ValueError as error:
            if isinstance(error, InvalidValueError):
                raise
            raise InvalidValueError("not_a_date_time", NOT_A_MOMENT) from None

    def to_json(
        self, column: sa.ColumnElement[Any], options: FieldOptions
    ) -> sa.ColumnElement[Any]:
        """PostgreSQL writes a timestamp without needless fraction; it only lacks the T and the Z."""
        utc = sa.cast(sa.func.timezone("UTC", column), sa.Text)
        return sa.func.replace(utc, " ", "T").concat("Z")

    def to_text(self, value: object, options: FieldOptions, locale: Locale) -> str:
        if not isinstance(value, datetime):
            return str(value)
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")

    def formats(self, options: FieldOptions) -> tuple[TextFormat, ...]:
        return DATE_FORMATS

    def read_text(
        self,
        text: str,
        options: FieldOptions,
        context: ReadingContext,
        format_name: str | None = None,
    ) -> datetime | None:
        read = read_written_moment(text, format_name)
        return None if read is None else in_utc(read[0], context.zone)
