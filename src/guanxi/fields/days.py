"""What types share whose values are days."""

from abc import abstractmethod
from datetime import date

import sqlalchemy as sa

from guanxi.fields.capabilities import DATE_AGGREGATES, DATE_OPERATORS, Family, ValueKind
from guanxi.fields.dates import DATE_FORMATS, read_written_moment
from guanxi.fields.field_type import FieldOptions, FieldType, ReadingContext, TextFormat


class DayType(FieldType[FieldOptions]):
    """A day from year 1 to 9999, or what a day stands for; a type says how it is written."""

    family = Family.TIME
    value_kind = ValueKind.DATE
    operators = DATE_OPERATORS
    aggregates = DATE_AGGREGATES
    groupable = True

    def column_type(self, options: FieldOptions) -> sa.types.TypeEngine[date]:
        return sa.Date()

    def parse(self, raw: object, options: FieldOptions, context: ReadingContext) -> date | None:
        if raw is None or raw == "":
            return None
        return self.kept(raw if type(raw) is date else self.read_day(raw))

    @abstractmethod
    def read_day(self, raw: object) -> date:
        """The day a value that is not empty names. Raises InvalidValueError."""

    def kept(self, day: date) -> date:
        """The day that stands for it; itself unless overridden."""
        return day

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
        return None if read is None else self.kept(read[0].date())
