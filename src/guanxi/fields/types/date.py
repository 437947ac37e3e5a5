"""Date: a day."""

import re
from datetime import date

from guanxi.fields.dates import ISO, NO_SUCH_DAY, NOT_A_DATE
from guanxi.fields.days import DayType
from guanxi.fields.field_type import FieldOptions, InvalidValueError
from guanxi.kit.text import Locale, Text

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Date(DayType):
    """A day of the calendar, from year 1 to 9999."""

    name = "date"
    label = Text(zh="日期", en="Date")
    description = Text(
        zh="年、月、日",
        en="A day",
    )
    icon = "calendar"
    can_be_computed = True

    def read_day(self, raw: object) -> date:
        if not isinstance(raw, str) or not _DAY.fullmatch(raw.strip()):
            raise InvalidValueError("not_a_date", NOT_A_DATE.fill(format=ISO))
        try:
            return date.fromisoformat(raw.strip())
        except ValueError:
            raise InvalidValueError("no_such_day", NO_SUCH_DAY.fill(format=ISO)) from None

    def to_text(self, value: object, options: FieldOptions, locale: Locale) -> str:
        return value.isoformat() if isinstance(value, date) else str(value)
