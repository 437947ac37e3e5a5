"""Work calendars as formulas ask them: which days are worked, and in which stretches of time, with running totals.

Stretches are moments, not clock readings: days on which the clock is changed need no thought after filling.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

from guanxi.formula.errors import NOT_FOUND, OUT_OF_RANGE, NoValueError

#: The name of the calendar that counts where a formula names none.
STANDARD = "standard"

MINUTE = 60_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Minutes since 1970-01-01 UTC between which people work."""

    start: int
    end: int


@dataclass(frozen=True)
class WorkCalendar:
    """The days from `first_day` on, one byte each that tells whether it is worked, and all stretches in order."""

    first_day: date
    works: bytes
    #: The minutes at which the first day begins and the last one ends.
    opening: int
    closing: int
    stretches: Sequence[Stretch]
    _through: Sequence[int] = field(init=False, repr=False, compare=False)
    _workdays: Sequence[int] = field(init=False, repr=False, compare=False)
    _starts: Sequence[int] = field(init=False, repr=False, compare=False)
    _before: Sequence[int] = field(init=False, repr=False, compare=False)
    _after: Sequence[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        lengths = [one.end - one.start for one in self.stretches]
        after = array("q", accumulate(lengths))
        object.__setattr__(self, "_through", array("q", accumulate(self.works)))
        workdays = [place for place, works in enumerate(self.works) if works]
        object.__setattr__(self, "_workdays", array("q", workdays))
        object.__setattr__(self, "_starts", array("q", (one.start for one in self.stretches)))
        object.__setattr__(self, "_after", after)
        before = (end - length for end, length in zip(after, lengths, strict=True))
        object.__setattr__(self, "_before", array("q", before))

    def workdays(self, first: date, last: date) -> int:
        """How many days are worked from one to the other, both counted; less than 0 when they stand the wrong way."""
        start, end = self._place(first), self._place(last)
        if start <= end:
            return self._through[end] - self._through[start] + self.works[start]
        return self._through[end] - self.works[end] - self._through[start]

    def workday(self, start: date, count: int) -> date:
        """The workday so many after the day, or before it; the day itself for 0."""
        place = self._place(start)
        if count == 0:
            return start
        through = self._through[place]
        wanted = through + count - 1 if count > 0 else through - self.works[place] + count
        if not 0 <= wanted < len(self._workdays):
            raise NoValueError(OUT_OF_RANGE)
        return self.first_day + timedelta(days=self._workdays[wanted])

    def worked(self, start: datetime, end: datetime) -> int:
        """Microseconds of work from one moment to another."""
        return self._position(end) - self._position(start)

    def moment_after(self, start: datetime, microseconds: int) -> datetime:
        """The first moment by which so much work time has passed; for less than 0 the last from which it passes."""
        position = self._position(start)
        if microseconds == 0:
            return start
        wanted = position + microseconds
        minutes, rest = divmod(wanted, MINUTE)
        if microseconds > 0:
            place = bisect_left(self._after, minutes + (rest > 0))
        else:
            place = bisect_right(self._after, minutes)
        if wanted < 0 or place >= len(self._after):
            raise NoValueError(OUT_OF_RANGE)
        into = wanted - self._before[place] * MINUTE
        return _EPOCH + timedelta(minutes=self._starts[place]) + timedelta(microseconds=into)

    def told(self) -> dict[str, object]:
        """For another engine: stretches as the minutes from the end of the one before, and their lengths."""
        apart: list[int] = []
        end = self.opening
        for one in self.stretches:
            apart += (one.start - end, one.end - one.start)
            end = one.end
        return {
            "firstDay": self.first_day.isoformat(),
            "works": "".join(map(str, self.works)),
            "opening": self.opening,
            "closing": self.closing,
            "stretches": apart,
        }

    def _place(self, day: date) -> int:
        place = (day - self.first_day).days
        if not 0 <= place < len(self.works):
            raise NoValueError(OUT_OF_RANGE)
        return place

    def _position(self, moment: datetime) -> int:
        """Microseconds worked before a moment."""
        now = (moment - _EPOCH) // _MICROSECOND
        minute = now // MINUTE
        if not self.opening <= minute < self.closing:
            raise NoValueError(OUT_OF_RANGE)
        place = bisect_right(self._starts, minute) - 1
        if place < 0:
            return 0
        stretch = self.stretches[place]
        return (
            self._before[place] * MINUTE + min(now, stretch.end * MINUTE) - stretch.start * MINUTE
        )


class Calendars:
    """The calendars of a workspace by name, each worked out when first asked for."""

    def __init__(self, fill: Mapping[str, Callable[[], WorkCalendar]] | None = None) -> None:
        self._fill = dict(fill or {})
        self._filled: dict[str, WorkCalendar] = {}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._fill)

    def find(self, name: str | None) -> WorkCalendar:
        """Raises NoValueError when there is none of the name."""
        wanted = name or STANDARD
        found = self._filled.get(wanted)
        if found is None:
            fill = self._fill.get(wanted)
            if fill is None:
                raise NoValueError(NOT_FOUND)
            found = self._filled[wanted] = fill()
        return found


NO_CALENDARS = Calendars()
