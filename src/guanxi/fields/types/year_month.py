"""Year and month."""

import re
from datetime import date

from guanxi.fields.days import DayType
from guanxi.fields.field_type import FieldOptions, InvalidValueError, ReadingContext
from guanxi.fields.plain_text import widths_folded
from guanxi.kit.text import Locale, Text

NOT_A_MONTH = Text(zh="请填年月，例如 2026-11。", en="Enter a month, such as 2026-11.")
_MONTH = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?(?:\s*[-/.]?\s*(?:\d{1,2})\s*日?)?", re.ASCII
)


class YearMonth(DayType):
    """A month of a year, from year 1 to 9999; the column and the wire hold its first day."""

    name = "year_month"
    label = Text(zh="年月", en="Year and month")
    description = Text(
        zh="年和月，如账期、生产月份",
        en="A month of a year, such as a billing period",
    )
    icon = "calendar-range"
    sheet_format = "yyyy-mm"

    def read_day(self, raw: object) -> date:
        """Any day stands for its month."""
        written = str(widths_folded(raw)).strip() if isinstance(raw, str) else ""
        match = _MONTH.fullmatch(written) if len(written) <= 40 else None
        year, month = (int(match.group(1)), int(match.group(2))) if match else (0, 0)
        if not year or not 1 <= month <= 12:
            raise InvalidValueError("not_a_month", NOT_A_MONTH)
        return date(year, month, 1)

    def kept(self, day: date) -> date:
        return day.replace(day=1)

    def to_text(self, value: object, options: FieldOptions, locale: Locale) -> str:
        return value.isoformat()[:7] if isinstance(value, date) else str(value)[:7]

    def read_text(
        self,
        text: str,
        options: FieldOptions,
        context: ReadingContext,
        format_name: str | None = None,
    ) -> date | None:
        """A month, or a day in it."""
        written = str(widths_folded(text)).strip()
        if not written or _MONTH.fullmatch(written):
            return self.parse(written, options, context)
        return super().read_text(text, options, context, format_name)
