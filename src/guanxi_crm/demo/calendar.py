"""When people of the demonstration work."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

_SATURDAY = 5
_FIRST_HOUR, _HOURS = 9, 8


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days before `now`, which carries the workspace's zone."""

    now: datetime
    random: Random

    def working(self, moment: datetime) -> datetime:
        """A time of day in working hours on that day, or on the Friday before a weekend; never later than now."""
        day = moment - timedelta(days=max(0, moment.weekday() - _SATURDAY + 1))
        minutes = self.random.randrange(_HOURS * 60)
        at = day.replace(hour=_FIRST_HOUR, minute=0, second=0, microsecond=0)
        return min(
            at + timedelta(minutes=minutes, seconds=self.random.randrange(60)),
            self.now - timedelta(minutes=1),
        )
