"""SQL of schedules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from psycopg.types.json import Jsonb

from guanxi.db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class DueSchedule:
    """A schedule whose time has come."""

    name: str
    cron: str
    lane: int
    kind: str
    payload: Mapping[str, Any]
    time_zone: str
    missed: str
    next_at: datetime


async def now(work: UnitOfWork) -> datetime:
    """The database's time: the same for all processes."""
    return cast("datetime", await work.value("select now()"))


async def upsert(work: UnitOfWork, values: Mapping[str, Any]) -> None:
    await work.execute(
        "insert into schedule (name, cron, lane, kind, payload, time_zone, missed, next_at) values"
        " (%(name)s, %(cron)s, %(lane)s, %(kind)s, %(payload)s, %(time_zone)s, %(missed)s, %(next_at)s)"
        " on conflict (name) do update set lane = excluded.lane, kind = excluded.kind,"
        " payload = excluded.payload, missed = excluded.missed,"
        " next_at = case when (schedule.cron, schedule.time_zone) = (excluded.cron, excluded.time_zone)"
        " then schedule.next_at else excluded.next_at end,"
        " cron = excluded.cron, time_zone = excluded.time_zone",
        {**values, "payload": Jsonb(dict(values["payload"]))},
    )


async def delete(work: UnitOfWork, name: str) -> None:
    await work.execute("delete from schedule where name = %s", [name])


async def due(work: UnitOfWork) -> list[DueSchedule]:
    """Due schedules, locked; those another process is ticking are left to it."""
    rows = await work.rows(
        "select name, cron, lane, kind, payload, time_zone, missed, next_at from schedule"
        " where next_at <= now() order by next_at, name for update skip locked"
    )
    return [DueSchedule(*row) for row in rows]


async def move_on(work: UnitOfWork, name: str, next_at: datetime) -> None:
    await work.execute(
        "update schedule set last_at = now(), next_at = %s where name = %s", [next_at, name]
    )
