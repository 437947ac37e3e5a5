"""SQL of the queue."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from psycopg.types.json import Jsonb

from guanxi.db.unit_of_work import Row, UnitOfWork
from guanxi.jobs.job import Job, Lane, NewJob

#: A leased job without a sign of life for so long is taken by another worker.
LEASE_SECONDS = 90

_COLUMNS = "x.id, x.lane, x.kind, x.payload, x.attempt, x.max_attempt, x.dedupe_key, x.serial_key"

#: Due jobs of a lane that nobody holds, none before an earlier one of its series.
_DUE = """
select a.id from job a
 where a.lane = %(lane)s and a.due_at <= now() and a.kind = any(%(kinds)s)
   and (a.serial_key is null or not exists (
        select from job e where e.lane = a.lane and e.serial_key = a.serial_key and e.id < a.id))
 order by a.due_at, a.id limit %(limit)s for update skip locked
"""


async def insert(
    work: UnitOfWork, jobs: Sequence[NewJob], most_attempts: Mapping[Lane, int]
) -> list[int]:
    rows = [
        {
            "lane": int(job.lane),
            "kind": job.kind,
            "payload": dict(job.payload),
            "dedupe_key": job.dedupe_key,
            "serial_key": job.serial_key,
            "due_at": job.due_at.isoformat() if job.due_at else None,
            "max_attempt": job.max_attempt or most_attempts[job.lane],
        }
        for job in jobs
    ]
    inserted = await work.rows(
        "insert into job (lane, kind, payload, dedupe_key, serial_key, due_at, max_attempt)"
        " select lane, kind, payload, dedupe_key, serial_key, coalesce(due_at, now()), max_attempt"
        " from jsonb_to_recordset(%s) as new(lane smallint, kind text, payload jsonb, dedupe_key text,"
        " serial_key text, due_at timestamptz, max_attempt smallint)"
        " on conflict (kind, dedupe_key) where dedupe_key is not null do nothing returning id",
        [Jsonb(rows)],
    )
    return [row[0] for row in inserted]


async def take(work: UnitOfWork, lane: Lane, kinds: Sequence[str], limit: int) -> list[Job]:
    """Removes due jobs; they come back when the transaction does not commit."""
    rows = await work.rows(
        f"with due as ({_DUE}) delete from job x using due where x.id = due.id returning {_COLUMNS}",
        {"lane": int(lane), "kinds": list(kinds), "limit": limit},
    )
    return sorted((_job(row, attempt=row[4] + 1) for row in rows), key=lambda job: job.id)


async def take_one(work: UnitOfWork, id_: int) -> Job | None:
    """Removes one job, unless another worker holds it."""
    row = await work.row(
        "with one as (select id from job where id = %s for update skip locked)"
        f" delete from job x using one where x.id = one.id returning {_COLUMNS}",
        [id_],
    )
    return None if row is None else _job(row, attempt=row[4] + 1)


async def lease(work: UnitOfWork, lane: Lane, kinds: Sequence[str], limit: int) -> list[Job]:
    """Takes due jobs for LEASE_SECONDS."""
    rows = await work.rows(
        f"with due as ({_DUE}) update job x set due_at = now() + make_interval(secs => {LEASE_SECONDS}),"
        f" attempt = x.attempt + 1 from due where x.id = due.id returning {_COLUMNS}",
        {"lane": int(lane), "kinds": list(kinds), "limit": limit},
    )
    return sorted((_job(row, attempt=row[4]) for row in rows), key=lambda job: job.id)


async def prolong(work: UnitOfWork, job: Job) -> bool:
    """Keeps a leased job for another LEASE_SECONDS; False when it is not ours any more."""
    row = await work.row(
        f"update job set due_at = now() + make_interval(secs => {LEASE_SECONDS})"
        " where id = %s and attempt = %s returning id",
        [job.id, job.attempt],
    )
    return row is not None


async def finish(work: UnitOfWork, job: Job) -> bool:
    """Removes a leased job; False when it is not ours any more."""
    row = await work.row(
        "delete from job where id = %s and attempt = %s returning id", [job.id, job.attempt]
    )
    return row is not None


async def give_back(work: UnitOfWork, job: Job) -> None:
    """A leased job that was not begun in earnest may be taken at once, as if it had not been tried."""
    await work.execute(
        "update job set due_at = now(), attempt = attempt - 1 where id = %s and attempt = %s",
        [job.id, job.attempt],
    )


async def postpone(work: UnitOfWork, job: Job, seconds: float, *, known_attempt: int) -> None:
    """The job is tried again later; nothing happens when another worker has it."""
    await work.execute(
        "update job set due_at = now() + make_interval(secs => %s), attempt = %s"
        " where id = %s and attempt = %s",
        [seconds, job.attempt, job.id, known_attempt],
    )


async def bury(work: UnitOfWork, job: Job, *, error: str, trace: str, known_attempt: int) -> bool:
    """Moves a job to the dead ones, which lets the later ones of its series go on; False when it is not ours any more."""
    row = await work.row(
        "with gone as (delete from job where id = %(id)s and attempt = %(known)s returning *)"
        " insert into job_dead (id, lane, kind, dedupe_key, serial_key, attempt, max_attempt, payload,"
        " created_at, error, trace)"
        " select id, lane, kind, dedupe_key, serial_key, %(attempt)s, max_attempt, payload, created_at,"
        " %(error)s, %(trace)s from gone returning id",
        {
            "id": job.id,
            "known": known_attempt,
            "attempt": job.attempt,
            "error": error.replace("\x00", ""),
            "trace": trace.replace("\x00", ""),
        },
    )
    return row is not None


async def revive(work: UnitOfWork, id_: int) -> bool:
    """A dead job is to be tried again, from the first attempt."""
    row = await work.row(
        "with back as (delete from job_dead where id = %s returning *)"
        " insert into job (id, lane, kind, dedupe_key, serial_key, max_attempt, payload, created_at)"
        " overriding system value"
        " select id, lane, kind, dedupe_key, serial_key, max_attempt, payload, created_at from back"
        " on conflict do nothing returning id",
        [id_],
    )
    return row is not None


async def lanes_with_due_jobs(work: UnitOfWork) -> set[Lane]:
    rows = await work.rows(
        "select lane from unnest(%s::smallint[]) lane"
        " where exists (select from job where job.lane = lane.lane and job.due_at <= now())",
        [[int(lane) for lane in Lane]],
    )
    return {Lane(row[0]) for row in rows}


async def health(work: UnitOfWork) -> tuple[dict[Lane, float], int]:
    """For each lane the seconds its oldest due job has waited (0 when none), and how many jobs are dead."""
    rows = await work.rows(
        "select lane, greatest(0, extract(epoch from now() - (select min(due_at) from job"
        " where job.lane = lane.lane and due_at <= now())))::float8 from unnest(%s::smallint[]) lane",
        [[int(lane) for lane in Lane]],
    )
    dead = cast("int", await work.value("select count(*) from job_dead"))
    return {Lane(row[0]): float(row[1] or 0) for row in rows}, dead


def _job(row: Row, *, attempt: int) -> Job:
    values: Any = row
    return Job(
        id=values[0],
        lane=Lane(values[1]),
        kind=values[2],
        payload=values[3],
        attempt=attempt,
        max_attempt=values[5],
        dedupe_key=values[6],
        serial_key=values[7],
    )
