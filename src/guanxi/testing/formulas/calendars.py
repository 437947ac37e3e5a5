"""The calendars of the formulas' world: the usual one, and one full of traps."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from guanxi.calendars.ensure import first_calendar
from guanxi.calendars.fill import work_calendar
from guanxi.calendars.model import CalendarDefinition, SpecialDay, Week
from guanxi.formula.work_calendar import STANDARD, Calendars

#: In this zone clocks are changed at midnight and one day is left out; people work around the clock, but not always.
NIGHT = "night"
CALENDAR_NAMES = (STANDARD, NIGHT, "nowhere")

_WHOLE = ((0, 1440),)
_NIGHT = ((0, 150), (151, 360), (1320, 1440))


def definitions() -> Sequence[CalendarDefinition]:
    return (
        first_calendar("Asia/Shanghai", 2026),
        CalendarDefinition(
            name=NIGHT,
            label={"en": "Nights"},
            time_zone="America/New_York",
            first_year=2011,
            last_year=2030,
            weeks=(
                Week(None, (_NIGHT, (), _NIGHT, _WHOLE, (), _NIGHT, _NIGHT)),
                Week(date(2024, 5, 15), ((), _WHOLE, (), (), _NIGHT, ((90, 180),), ((120, 121),))),
            ),
            special_days=(
                SpecialDay(date(2026, 3, 8), works=True, intervals=((100, 150), (170, 200))),
                SpecialDay(date(2026, 11, 1), works=True, intervals=((30, 90), (90, 200))),
                SpecialDay(date(2026, 11, 25), works=False),
            ),
        ),
    )


CALENDARS = Calendars({one.name: partial(work_calendar, one) for one in definitions()})
