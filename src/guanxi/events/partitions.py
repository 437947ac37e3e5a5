"""The monthly partitions of the change log, made ahead of time."""

from datetime import datetime
from typing import cast

from psycopg import sql

from guanxi.db.locks import LockSpace, lock
from guanxi.db.unit_of_work import UnitOfWork

MONTHS_AHEAD = 3


async def ensure_partitions(work: UnitOfWork) -> int:
    """Makes the partitions of this month and the next ones that are missing; returns how many it made.

    A month whose first changes already lie in the default partition stays there: moving them would stop all writers.
    """
    missing = await _missing(work)
    if not missing:
        return 0
    await lock(work, LockSpace.SCHEDULE, "partitions")
    made = 0
    for name, begin, end in await _missing(work):
        if not await _lies_in_default(work, begin, end):
            made_of = sql.SQL("create table {} partition of change for values from ({}) to ({})")
            bounds = sql.Literal(begin.isoformat()), sql.Literal(end.isoformat())
            await work.connection.execute(made_of.format(sql.Identifier(name), *bounds))
            made += 1
    return made


async def _missing(work: UnitOfWork) -> list[tuple[str, datetime, datetime]]:
    """Asks `pg_class`, not `to_regclass`: that may still remember that there was none before we waited for the lock."""
    rows = await work.rows(
        "select 'change_' || to_char(month, 'YYYY_MM'), month at time zone 'UTC',"
        " (month + interval '1 month') at time zone 'UTC'"
        " from generate_series(date_trunc('month', now() at time zone 'UTC'),"
        " date_trunc('month', now() at time zone 'UTC') + make_interval(months => %s),"
        " interval '1 month') month"
        " where not exists (select from pg_class where relnamespace = current_schema()::regnamespace"
        " and relname = 'change_' || to_char(month, 'YYYY_MM')) order by month",
        [MONTHS_AHEAD],
    )
    return cast("list[tuple[str, datetime, datetime]]", rows)


async def _lies_in_default(work: UnitOfWork, begin: datetime, end: datetime) -> bool:
    return bool(
        await work.value(
            "select exists(select from change_default where at >= %s and at < %s)", [begin, end]
        )
    )
