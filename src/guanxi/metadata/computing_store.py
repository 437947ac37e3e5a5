"""What is still being computed, as rows: whole fields of a design that is new, and records too many for one save.

Such a row is written by the transaction that leaves the work over, together with a job of its own; whoever computes takes
it in the transaction that does. So nothing is lost whoever dies, and nobody who saves waits for a row of the table.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from guanxi.db.unit_of_work import Row, UnitOfWork
from guanxi.db.wire import array_text
from guanxi.jobs.backoff import seconds_after
from guanxi.jobs.job import Lane, NewJob
from guanxi.jobs.queue import enqueue

#: The kind of the job that computes what was left over.
COMPUTE = "records.compute"
MOST_ATTEMPTS = 50

#: So many records are computed by one transaction.
SOME = 5000
#: So many rows left over by as many saves are done together: a parent many children changed is computed once.
MOST_TOGETHER = 50

#: So often something is tried before somebody has to ask for it.
MOST_FAILURES = 5

_WAITING = "sum(coalesce(cardinality(records), greatest(total - looked, 0), 0))::bigint"
_TOTAL = "sum(coalesce(cardinality(records), total, 0))::bigint"
_FAILED = f"bool_or(failures >= {MOST_FAILURES})"

#: How many records of how many wait for a field, and whether nobody tries any more: `field`, `waiting`, `total`, `failed`.
MARKS_OF_OBJECT = f"""
select field, {_WAITING}, {_TOTAL}, {_FAILED}
  from computing cross join lateral unnest(fields) field where object = %(object)s
 group by field order by field limit 1000
"""
_PROGRESS = f"""
select object, field, {_WAITING}, {_TOTAL}, {_FAILED}, max(fault)
  from computing cross join lateral unnest(fields) field
 group by object, field order by object, field limit 1000
"""

_COLUMNS = "id, object, fields, records, actor, after, looked, total"


@dataclass(frozen=True)
class Computing:
    """Computed fields of an object that are not up to date."""

    id: int
    object: str
    fields: tuple[str, ...]
    #: Of which records; None for all of them.
    records: tuple[UUID, ...] | None
    #: Who changed what they hang on; None for nobody.
    actor: UUID | None
    #: For all records: behind which one they are still to be looked at, how many were, and how many there are.
    after: UUID | None
    looked: int
    total: int | None


@dataclass(frozen=True)
class Progress:
    """How far a computed field is: how many records of how many wait, and what kind of fault stopped it."""

    object: str
    field: str
    waiting: int
    total: int
    failed: bool
    fault: str | None


async def leave_field(work: UnitOfWork, object_name: str, field_name: str) -> None:
    """Has the worker compute a computed field of all records; of one that people fill in, the words it is found by."""
    # Fields of one design are computed together: the row this very transaction wrote takes the next field too.
    together = await work.row(
        "update computing set fields = array_append(array_remove(fields, %(field)s), %(field)s) where id = ("
        "select id from computing where object = %(object)s and records is null"
        " and xmin = pg_current_xact_id()::xid order by id desc limit 1) returning id",
        {"object": object_name, "field": field_name},
    )
    if together is not None:
        return
    await work.execute(
        "update computing set fields = array_remove(fields, %(field)s), failures = 0, retry_at = null where id in ("
        "select id from computing where object = %(object)s and records is null"
        " and %(field)s = any(fields) for update skip locked)",
        {"object": object_name, "field": field_name},
    )
    await work.execute(
        "insert into computing (object, fields) values (%s, array[%s])", [object_name, field_name]
    )
    await ask_to_compute(work)


async def leave_records(
    work: UnitOfWork,
    object_name: str,
    fields: Sequence[str],
    records: Sequence[UUID],
    *,
    actor: UUID | None,
) -> None:
    """Has the worker compute some fields of some records."""
    for start in range(0, len(records), SOME):
        await work.execute(
            "insert into computing (object, fields, records, actor)"
            " values (%s, %s::text[], %s::uuid[], %s)",
            [
                object_name,
                array_text(fields),
                array_text(map(str, records[start : start + SOME])),
                actor,
            ],
        )
    await ask_to_compute(work)


async def ask_to_compute(work: UnitOfWork) -> None:
    """Wakes the worker. Each time by a job of its own: one that is just ending may not have seen what is new."""
    await enqueue(work, NewJob(COMPUTE, Lane.BULK, max_attempt=MOST_ATTEMPTS))


async def is_anything_left(work: UnitOfWork) -> bool:
    return await work.row("select 1 from computing limit 1") is not None


async def take_computing(work: UnitOfWork) -> Computing | None:
    """Something that nobody is at, held until the end of the transaction; records of several rows in one."""
    row = await work.row(
        f"select {_COLUMNS} from computing where failures < {MOST_FAILURES} and (retry_at is null or retry_at <= now())"
        " order by records is null, id limit 1 for update skip locked"
    )
    if row is None:
        return None
    first = _computing(row)
    return first if first.records is None else await _joined(work, first)


async def finish_computing(work: UnitOfWork, one: Computing) -> None:
    await work.execute("delete from computing where id = %s", [one.id])


async def move_computing(work: UnitOfWork, one: Computing, after: UUID, looked: int) -> None:
    """Notes how far a whole field was computed."""
    await work.execute(
        "update computing set after = %s, looked = looked + %s where id = %s",
        [after, looked, one.id],
    )


async def count_computing(work: UnitOfWork, one: Computing, total: int) -> None:
    await work.execute("update computing set total = %s where id = %s", [total, one.id])


async def note_failure(work: UnitOfWork, one: Computing, fault: str) -> None:
    """Notes that it could not be computed. It is tried again later, each time after a longer while."""
    failures = await work.value(
        "update computing set failures = failures + 1, fault = %s where id = %s returning failures",
        [fault, one.id],
    )
    await work.execute(
        "update computing set retry_at = now() + make_interval(secs => %s) where id = %s",
        [seconds_after(failures or 1), one.id],
    )


async def progress_of(work: UnitOfWork) -> list[Progress]:
    """Every computed field that is not up to date."""
    return [Progress(*row) for row in await work.rows(_PROGRESS)]


async def try_again(work: UnitOfWork, object_name: str) -> None:
    """Has the worker compute what failed of an object, from where it stopped."""
    await work.execute(
        "update computing set failures = 0, retry_at = null where object = %s", [object_name]
    )
    await ask_to_compute(work)


async def _joined(work: UnitOfWork, first: Computing) -> Computing:
    """The row with others of the same fields; what is too much for one transaction stays."""
    rows = await work.rows(
        "delete from computing where id in ("
        "select id from computing where object = %s and fields = %s::text[] and records is not null and id > %s"
        " order by id limit %s for update skip locked) returning id, records",
        [first.object, array_text(first.fields), first.id, MOST_TOGETHER],
    )
    records = list(
        dict.fromkeys((*(first.records or ()), *(id_ for _, ids in rows for id_ in ids)))
    )
    if len(records) > SOME:
        await leave_records(work, first.object, first.fields, records[SOME:], actor=first.actor)
    return replace(first, records=tuple(records[:SOME]))


def _computing(row: Row) -> Computing:
    id_, object_name, fields, records, actor, after, looked, total = row
    return Computing(
        id_,
        object_name,
        tuple(fields),
        None if records is None else tuple(records),
        actor,
        after,
        looked,
        total,
    )
