"""What a formula is evaluated against: the fields of a record, the row at hand, and the moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.formula.calendar import local_moment
from guanxi.formula.types import Choices
from guanxi.formula.work_calendar import NO_CALENDARS, Calendars
from guanxi.kit.text import Locale, label_in


@dataclass(frozen=True, slots=True)
class RowValue:
    """A record in a list: its id and what the formula may ask of it, by path."""

    id: str
    fields: Mapping[tuple[str, ...], object]


@dataclass(slots=True)
class Environment:
    """One record's values by path, in the forms of docs/reference/formula.md: Decimal, str, bool, date, datetime in
    UTC, tuple, RowValue; None is empty.
    """

    fields: Mapping[tuple[str, ...], object]
    now: datetime
    zone: ZoneInfo
    person: str | None = None
    #: The person and those who report to them; their department and those below, by id.
    team: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    row: Any = None
    #: The language option labels are written in when they become text.
    locale: Locale = "zh-CN"
    calendars: Calendars = NO_CALENDARS
    _today: date | None = field(default=None)

    @property
    def today(self) -> date:
        if self._today is None:
            self._today = self.now.astimezone(self.zone).date()
        return self._today

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone)

    def moment(self, local: datetime) -> datetime:
        """The moment the clock of the zone shows this. Raises NoValueError at the ends of time."""
        return local_moment(local, self.zone)

    def midnight(self, day: date) -> datetime:
        """The moment a day begins; where the clock jumps over midnight, the first moment there is."""
        return local_moment(datetime.combine(day, time()), self.zone)

    def label(self, value: str, choices: Choices | None) -> str:
        labels = choices.labels.get(value) if choices is not None else None
        return label_in(labels or {}, self.locale) or value
