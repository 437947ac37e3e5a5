"""SQL of merges: who refers to records, what a merge wrote, and where merged records lead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg import sql

from guanxi.db.names import quoted
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.db.wire import array_text
from guanxi.metadata.model import FieldDefinition, ObjectDefinition

#: What the change log calls the writes of a merge.
SOURCE: Final = "merge"

_CHANGES = """
select object, record, old, new from change
 where batch = %(id)s and op = 'update' and source = %(source)s order by id
"""

#: A merged record may have been merged on; in a circle nobody can get.
_LEADS_TO = """
with recursive way as (
  select "into" from merged_record where record = %(record)s and object = %(object)s
  union select m."into" from way w join merged_record m on m.record = w."into")
select w."into" from way w where not exists (select from merged_record m where m.record = w."into")
"""


@dataclass(frozen=True)
class Merge:
    """A merge that was done."""

    id: UUID
    object: str
    master: UUID
    merged: tuple[UUID, ...]
    at: datetime
    undone_at: datetime | None


@dataclass(frozen=True)
class MergedChange:
    """What a merge wrote into one record, in the form of the change log."""

    object: str
    record: UUID
    old: Mapping[str, Any]
    new: Mapping[str, Any]


async def referring(
    work: UnitOfWork, source: ObjectDefinition, field: FieldDefinition, targets: Sequence[UUID]
) -> list[tuple[UUID, Any]]:
    """The living records that point to any of the targets through a field, and what they hold there."""
    text = sql.SQL(
        "select id, {field} from {table} where {field} {is_among} and deleted_at is null order by id"
    ).format(
        table=sql.Identifier(source.name),
        field=sql.Identifier(field.name),
        is_among=sql.SQL("&& %(ids)s::uuid[]" if field.is_listed else "= any(%(ids)s::uuid[])"),
    )
    rows = await work.rows(text.as_string(None), {"ids": array_text(str(one) for one in targets)})
    return [(id_, value) for id_, value in rows]


async def keep_merge(
    work: UnitOfWork,
    *,
    id_: UUID,
    object_name: str,
    master: UUID,
    merged: Sequence[UUID],
    actor: UUID | None,
) -> None:
    """Writes down what was merged, and where those records lead."""
    await work.execute(
        "insert into merge (id, object, master, merged, actor) values (%s, %s, %s, %s, %s)",
        [id_, object_name, master, list(merged), actor],
    )
    await work.execute(
        'insert into merged_record (record, object, "into", merge) select unnest(%s::uuid[]), %s, %s, %s',
        [list(merged), object_name, master, id_],
    )
    await work.execute(
        "insert into change (object, record, version, op, actor, source, batch)"
        f" select %s, id, version, 'merge', %s, %s, %s from {quoted(object_name)} where id = %s",
        [object_name, actor, SOURCE, id_, master],
    )


async def load_merge(work: UnitOfWork, id_: UUID) -> Merge | None:
    """A merge, locked."""
    row = await work.row(
        "select id, object, master, merged, at, undone_at from merge where id = %s for update",
        [id_],
    )
    return None if row is None else Merge(row[0], row[1], row[2], tuple(row[3]), row[4], row[5])


async def changes_of_merge(work: UnitOfWork, id_: UUID) -> list[MergedChange]:
    """What it wrote into records, in order."""
    rows = await work.rows(_CHANGES, {"id": id_, "source": SOURCE})
    return [MergedChange(name, record, old or {}, new or {}) for name, record, old, new in rows]


async def mark_undone(work: UnitOfWork, id_: UUID) -> None:
    await work.execute("update merge set undone_at = now() where id = %s", [id_])
    await work.execute("delete from merged_record where merge = %s", [id_])


async def leads_to(work: UnitOfWork, object_name: str, record: UUID) -> UUID | None:
    """The record a merged one has become part of; None for one that was not merged."""
    row = await work.row(_LEADS_TO, {"record": record, "object": object_name})
    return None if row is None else row[0]
