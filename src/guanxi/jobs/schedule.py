"""Jobs at set times: rows that say when, and the tick that turns them into jobs."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.jobs import schedule_store
from guanxi.jobs.cron import InvalidCronError, parse_cron
from guanxi.jobs.job import Lane, NewJob
from guanxi.jobs.queue import enqueue_many

#: What becomes of ticks that were missed while nothing ran: one job for all, one for each, none.
Missed = Literal["once", "all", "skip"]

#: A tick that is late by no more is not a missed one.
PUNCTUAL = timedelta(seconds=90)
MOST_MISSED = 1000

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Schedule:
    """Something that happens at set times."""

    name: str
    cron: str
    kind: str
    time_zone: str
    lane: Lane = Lane.CRON
    payload: Mapping[str, Any] = field(default_factory=dict)
    missed: Missed = "once"


async def set_schedule(work: UnitOfWork, schedule: Schedule) -> None:
    """Writes a schedule; one that is there with the same times keeps its next tick. Raises InvalidCronError."""
    now = await schedule_store.now(work)
    next_at = parse_cron(schedule.cron).next_after(now, ZoneInfo(schedule.time_zone))
    await schedule_store.upsert(
        work,
        {
            "name": schedule.name,
            "cron": schedule.cron,
            "lane": int(schedule.lane),
            "kind": schedule.kind,
            "payload": schedule.payload,
            "time_zone": schedule.time_zone,
            "missed": schedule.missed,
            "next_at": next_at,
        },
    )


async def remove_schedule(work: UnitOfWork, name: str) -> None:
    await schedule_store.delete(work, name)


async def tick(work: UnitOfWork) -> int:
    """Queues the jobs of all schedules that are due and moves them on, in one transaction; returns how many jobs."""
    now = await schedule_store.now(work)
    jobs: list[NewJob] = []
    for due in await schedule_store.due(work):
        try:
            ticks, next_at = _ticks(due, now)
        except (InvalidCronError, ZoneInfoNotFoundError) as error:
            _log.error("Schedule %s cannot be read and rests for a day: %s", due.name, error)
            ticks, next_at = [], now + timedelta(days=1)
        await schedule_store.move_on(work, due.name, next_at)
        jobs += [
            NewJob(
                kind=due.kind,
                lane=Lane(due.lane),
                payload=due.payload,
                dedupe_key=_dedupe_key(due, moment),
            )
            for moment in _ticks_to_keep(ticks, now, due.missed)
        ]
    if jobs:
        await enqueue_many(work, jobs)
    return len(jobs)


def _ticks(due: schedule_store.DueSchedule, now: datetime) -> tuple[list[datetime], datetime]:
    """The ticks that have come, oldest first, and the next one."""
    zone = ZoneInfo(due.time_zone)
    cron = parse_cron(due.cron)
    ticks = [due.next_at]
    while (following := cron.next_after(ticks[-1], zone)) <= now and len(ticks) < MOST_MISSED:
        ticks.append(following)
    return ticks, cron.next_after(now, zone)


def _ticks_to_keep(ticks: list[datetime], now: datetime, missed: str) -> list[datetime]:
    if missed == "all":
        return ticks
    if missed == "skip":
        return [moment for moment in ticks[-1:] if now - moment <= PUNCTUAL]
    return ticks[-1:]


def _dedupe_key(due: schedule_store.DueSchedule, moment: datetime) -> str:
    """A job that still waits stands for later ticks too, unless each of them counts."""
    if due.missed == "all":
        return f"schedule:{due.name}:{moment.isoformat()}"
    return f"schedule:{due.name}"
