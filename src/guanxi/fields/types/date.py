"""Date: a day."""

import re
from datetime import date

import sqlalchemy as sa

from guanxi.fields.capabilities import (
    DATE_AGGREGATES,
    DATE_OPERATORS,
    Family,
    ValueKind,
)
from guanxi.fields.dates import DATE_FORMATS, ISO, NO_SUCH_DAY, NOT_A_DATE, read_written_moment
from guanxi.fields.field_type import (
    FieldOptions,
    FieldType,
    InvalidValueError,
    ReadingContext,
    TextFormat,
)
from guanxi.kit.text import Locale, Text

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Date(FieldType[FieldOptions]):
    """A day of the calendar, from year 1 to 9999."""

    name = "date"
    label = Text(zh="日期", en="Date")
    description = Text(
        zh="年、月、日",
        en="A day",
    )
    family = Family.TIME
    icon = "calendar"
    value_kind = ValueKind.DATE
    can_be_computed = True
    operators = DATE_OPERATORS
    aggregates = DATE_AGGREGATES
    groupable = True

    def column_type(self, options: FieldOptions) -> sa.types.TypeEngine[date]:
        return sa.Date()

    def parse(self, raw: object, options: FieldOptions, context: ReadingContext) -> date | None:
        if raw is None or raw == "":
            return None
        if type(raw) is date:
            return raw
        if not isinstance(raw, str) or not _DAY.fullmatch(raw.strip()):
            raise InvalidValueError("not_a_date", NOT_A_DATE.fill(format=ISO))
        try:
            return date.fromisoformat(raw.strip())
        except ValueError:
            raise InvalidValueError("no_such_day", NO_SUCH_DAY.fill(format=ISO)) from None

    def to_text(self, value: object, options: FieldOptions, locale: Locale) -> str:
        return value.isoformat() if isinstance(value, date) else str(value)

    def formats(self, options: FieldOptions) -> tuple[TextFormat, ...]:
        return DATE_FORMATS

    def read_text(
        self,
        text: str,
        options: FieldOptions,
        context: ReadingContext,
        format_name: str | None = None,
    ) -> date | None:
        """A time of day in the cell is left out."""
        read = read_written_moment(text, format_name)
        return None if read is None else read[0].date()
