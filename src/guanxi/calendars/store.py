"""SQL of work calendars."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import accumulate
from typing import Any, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from guanxi.calendars.fill import days_of, work_calendar
from guanxi.calendars.json_form import from_json, to_json
from guanxi.calendars.model import Calendar, CalendarDefinition
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.formula.work_calendar import Calendars

_INSERT_DAYS = """
insert into work_day (calendar, day, works, minutes, days_before, days_through, minutes_through)
select %(name)s, t.day, t.works, t.minutes, t.days_through - t.works::int, t.days_through, t.minutes_through
  from unnest(%(days)s::date[], %(works)s::boolean[], %(minutes)s::int[], %(days_through)s::int[],
              %(minutes_through)s::int[]) t (day, works, minutes, days_through, minutes_through)
"""
_INSERT_STRETCHES = """
insert into work_stretch (calendar, place, starts, ends, until, minutes_before, minutes_through)
select %(name)s, t.place - 1, to_timestamp(t.starts * 60.0), to_timestamp(t.ends * 60.0),
       to_timestamp(lead(t.starts, 1, %(closing)s) over (order by t.place) * 60.0),
       t.through - (t.ends - t.starts), t.through
  from unnest(%(starts)s::bigint[], %(ends)s::bigint[], %(through)s::int[]) with ordinality
       t (starts, ends, through, place)
"""
_INSERT_LINE = """
insert into work_line (calendar, starts, bases, through)
select calendar, array_agg(starts order by place) || max(until),
       array_agg(starts - minutes_before * interval '1 minute' order by place),
       array_agg(minutes_through * interval '1 minute' order by place)
  from work_stretch where calendar = %(name)s group by calendar
"""


async def load_calendars(work: UnitOfWork) -> list[Calendar]:
    """All calendars, the workspace's own first."""
    rows = await work.rows(
        "select definition, version from work_calendar order by name <> 'standard', name"
    )
    return [Calendar(from_json(raw), version) for raw, version in rows]


async def calendars_for_formulas(work: UnitOfWork) -> Calendars:
    """The calendars as formulas ask them; each is worked out when first needed."""
    return Calendars(
        {
            one.definition.name: partial(work_calendar, one.definition)
            for one in await load_calendars(work)
        }
    )


async def find_calendar(work: UnitOfWork, name: str, *, lock: bool = False) -> Calendar | None:
    text = "select definition, version from work_calendar where name = %s"
    row = await work.row(text + (" for update" if lock else ""), [name])
    return Calendar(from_json(row[0]), row[1]) if row else None


async def insert_calendar(work: UnitOfWork, definition: CalendarDefinition) -> None:
    await work.execute(
        "insert into work_calendar (name, definition) values (%s, %s)",
        [definition.name, Jsonb(to_json(definition))],
    )
    await _fill(work, definition)


async def replace_calendar(
    work: UnitOfWork, before: Calendar, definition: CalendarDefinition, actor: UUID | None
) -> None:
    """Keeps what was, and fills the days anew."""
    await work.execute(
        "insert into work_calendar_version (calendar, version, definition, changed_by) values (%s, %s, %s, %s)",
        [definition.name, before.version, Jsonb(to_json(before.definition)), actor],
    )
    await work.execute(
        "update work_calendar set definition = %s, version = version + 1, changed_at = now() where name = %s",
        [Jsonb(to_json(definition)), definition.name],
    )
    await work.execute("delete from work_day where calendar = %s", [definition.name])
    await work.execute("delete from work_stretch where calendar = %s", [definition.name])
    await work.execute("delete from work_line where calendar = %s", [definition.name])
    await _fill(work, definition)


async def delete_calendar(work: UnitOfWork, name: str) -> None:
    """With what it said before: another calendar of the name begins anew."""
    await work.execute("delete from work_calendar_version where calendar = %s", [name])
    await work.execute("delete from work_calendar where name = %s", [name])


async def versions_of(work: UnitOfWork, name: str) -> Sequence[Mapping[str, Any]]:
    """The latest versions that are past, the last one first."""
    return await work.dicts(
        "select v.version, v.until, p.name as changed_by from work_calendar_version v"
        " left join person p on p.id = v.changed_by where v.calendar = %s order by v.version desc limit 50",
        [name],
    )


async def _fill(work: UnitOfWork, definition: CalendarDefinition) -> None:
    for text, parameters in filling(definition):
        await work.execute(text, parameters)


def filling(definition: CalendarDefinition) -> Iterator[tuple[LiteralString, dict[str, Any]]]:
    """The statements that write all days and stretches of a calendar."""
    filled = work_calendar(definition)
    days = list(
        days_of(definition, date(definition.first_year, 1, 1), date(definition.last_year, 12, 31))
    )
    minutes = [one.minutes for one in days]
    yield (
        _INSERT_DAYS,
        {
            "name": definition.name,
            "days": [one.day for one in days],
            "works": [bool(works) for works in filled.works],
            "minutes": minutes,
            "days_through": list(accumulate(filled.works)),
            "minutes_through": list(accumulate(minutes)),
        },
    )
    # The first stretch is empty: before it nothing is worked.
    starts = [filled.opening, *(one.start for one in filled.stretches)]
    ends = [filled.opening, *(one.end for one in filled.stretches)]
    lengths = (end - start for start, end in zip(starts, ends, strict=True))
    yield (
        _INSERT_STRETCHES,
        {
            "name": definition.name,
            "starts": starts,
            "ends": ends,
            "through": list(accumulate(lengths)),
            "closing": filled.closing,
        },
    )
    yield _INSERT_LINE, {"name": definition.name}
