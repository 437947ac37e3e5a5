"""Every workspace has a calendar of its own, filled from twenty years ago to twenty years ahead."""

from dataclasses import replace

from guanxi.calendars.model import YEARS, CalendarDefinition, SpecialDay
from guanxi.calendars.public_holidays import CHINA, public_holidays
from guanxi.calendars.store import insert_calendar, load_calendars, replace_calendar
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.formula.work_calendar import STANDARD

_CHINESE_ZONES = frozenset({"Asia/Shanghai", "Asia/Urumqi", "Asia/Chongqing", "Asia/Harbin", "PRC"})


async def ensure_calendars(work: UnitOfWork, time_zone: str, year: int) -> bool:
    """Makes the workspace's calendar, and fills all of them on when years have passed; whether anything changed."""
    found = await load_calendars(work)
    if not any(one.definition.is_standard for one in found):
        await insert_calendar(work, first_calendar(time_zone, year))
        return True
    changed = False
    for one in found:
        wanted = brought_up(one.definition, year)
        if wanted != one.definition:
            await replace_calendar(work, one, wanted, None)
            changed = True
    return changed


def first_calendar(time_zone: str, year: int) -> CalendarDefinition:
    """Monday to Friday, and in China the public holidays."""
    region = CHINA if time_zone in _CHINESE_ZONES else None
    first, last = year - YEARS, year + YEARS
    return CalendarDefinition(
        name=STANDARD,
        label={"zh-CN": "标准工作日历", "en": "Standard calendar"},
        time_zone=time_zone,
        first_year=first,
        last_year=last,
        region=region,
        special_days=public_holidays(region, first, last),
    )


def brought_up(definition: CalendarDefinition, year: int) -> CalendarDefinition:
    """With all years up to twenty ahead, and public holidays that were published since."""
    last = max(definition.last_year, year + YEARS)
    known = set(definition.published_years)
    fresh = public_holidays(definition.region, definition.first_year, last)
    added = tuple(one for one in fresh if one.day.year not in known)
    return replace(
        definition, last_year=last, special_days=with_days(definition.special_days, added)
    )


def with_days(
    before: tuple[SpecialDay, ...], added: tuple[SpecialDay, ...]
) -> tuple[SpecialDay, ...]:
    """What somebody set for a day stays."""
    kept = {one.day: one for one in added} | {one.day: one for one in before}
    return tuple(kept[day] for day in sorted(kept))
