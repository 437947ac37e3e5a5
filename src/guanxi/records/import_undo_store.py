"""SQL that finds what an import did, in the change log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from guanxi.db.names import quoted
from guanxi.db.unit_of_work import Row, UnitOfWork
from guanxi.metadata.model import ObjectDefinition


@dataclass(frozen=True, slots=True)
class Undoable:
    """A record that is as an import left it."""

    record: UUID
    version: int
    is_new: bool
    #: What its fields held before, as the change log tells it.
    old: Mapping[str, Any]


async def count_records(work: UnitOfWork, import_: UUID) -> int:
    """How many records an import made or changed."""
    return int(
        await work.value("select count(distinct record) from change where batch = %s", [import_])
    )


async def changes_before(
    work: UnitOfWork, import_: UUID, *, before: int | None, limit: int
) -> list[Row]:
    """`(id, object, record)` of what an import changed, the last first."""
    return await work.rows(
        "select id, object, record from change where batch = %s and (%s::bigint is null or id < %s)"
        " order by id desc limit %s",
        [import_, before, before, limit],
    )


async def untouched_records(
    work: UnitOfWork, import_: UUID, definition: ObjectDefinition, records: Sequence[UUID]
) -> list[Undoable]:
    """Those of the records that nobody has changed since."""
    rows = await work.rows(
        "with r as (select record, max(version) as version, bool_or(op = 'create') as is_new"
        "   from change where record = any(%(records)s) and batch = %(import)s group by record)"
        " select r.record, r.version, r.is_new, coalesce(("
        "   select jsonb_object_agg(f.key, f.value order by c.version desc) from change c, jsonb_each(c.old) f"
        "   where c.record = r.record and c.batch = %(import)s), '{}')"
        f" from r join {quoted(definition.name)} t on t.id = r.record and t.version = r.version"
        "   and t.deleted_at is null order by r.record desc",
        {"import": import_, "records": list(records)},
    )
    return [Undoable(*row) for row in rows]


async def count_undone(work: UnitOfWork, import_: UUID, *, removed: int, reverted: int) -> None:
    await work.execute(
        "update import_file set result = coalesce(result, '{}')"
        " || jsonb_build_object('removed', coalesce((result->>'removed')::int, 0) + %s,"
        "   'reverted', coalesce((result->>'reverted')::int, 0) + %s) where id = %s",
        [removed, reverted, import_],
    )
