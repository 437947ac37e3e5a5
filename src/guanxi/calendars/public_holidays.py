"""The public holidays of China with their make-up workdays, as published each autumn for the year to come."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import chinese_calendar
from chinese_calendar import constants

from guanxi.calendars.model import Source, SpecialDay

CHINA = "CN"
#: What people know them as.
_NAMES: dict[str, tuple[str, str]] = {
    "New Year's Day": ("元旦", "New Year’s Day"),
    "Spring Festival": ("春节", "Spring Festival"),
    "Tomb-sweeping Day": ("清明节", "Tomb-sweeping Day"),
    "Labour Day": ("劳动节", "Labour Day"),
    "Dragon Boat Festival": ("端午节", "Dragon Boat Festival"),
    "National Day": ("国庆节", "National Day"),
    "Mid-autumn Festival": ("中秋节", "Mid-autumn Festival"),
}


def public_holidays(region: str | None, first_year: int, last_year: int) -> tuple[SpecialDay, ...]:
    """The days known for these years, in order; none for a region nobody has data of."""
    if region != CHINA:
        return ()
    return tuple(_of_china(first_year, last_year))


def _of_china(first_year: int, last_year: int) -> Iterator[SpecialDay]:
    for day in sorted({*constants.holidays, *constants.workdays}):
        if first_year <= day.year <= last_year:
            yield _special(day)


def _special(day: date) -> SpecialDay:
    works = chinese_calendar.is_workday(day)
    told: dict[date, Any] = constants.workdays if works else constants.holidays
    zh, en = _NAMES.get(told[day], (told[day], told[day]))
    if works:
        zh, en = f"{zh}调休上班", f"Make-up workday for {en}"
    return SpecialDay(day, works, {"zh-CN": zh, "en": en}, source=Source.PUBLIC)
