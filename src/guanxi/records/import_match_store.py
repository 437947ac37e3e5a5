"""SQL that finds the records rows of a file match, and what becomes of each row."""

from dataclasses import dataclass
from uuid import UUID

from psycopg.types.json import Jsonb

from guanxi.db.database import Statement
from guanxi.db.names import quoted
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.text import Text
from guanxi.metadata.model import ObjectDefinition
from guanxi.records.import_columns import LONGEST_VALUE, MappedColumn
from guanxi.records.import_stage_store import Stage
from guanxi.records.store import type_text


async def match_existing(
    work: UnitOfWork,
    stage: Stage,
    key: MappedColumn,
    definition: ObjectDefinition,
    visible: Statement,
    *,
    keep_last: bool,
) -> None:
    """The oldest visible record with the key of each row, and which rows repeat a key of the file."""
    type_ = type_text(definition, key.field.name)
    order = "desc" if keep_last else "asc"
    await work.execute(
        f"with v as materialized ({visible.text}),"
        f" t as (select distinct on (c0) c0, id from v where c0 is not null order by c0, id),"
        f" s as (select row, c{key.place}::{type_} as held,"
        f"   row_number() over (partition by c{key.place} order by row {order}) > 1 as is_repeat"
        f"   from {stage.rows} where c{key.place} is not null and not bad)"
        f" insert into {stage.matches} (row, record, is_repeat)"
        f" select s.row, t.id, s.is_repeat from s left join t on t.c0 = s.held"
        f" where t.id is not null or s.is_repeat",
        visible.parameters,
    )
    await work.execute(f"analyze {stage.matches}")


async def refuse_taken(
    work: UnitOfWork,
    stage: Stage,
    id_: UUID,
    mapped: MappedColumn,
    definition: ObjectDefinition,
    message: Text,
    *,
    behind: int,
) -> None:
    """Marks rows whose value must be unique and is taken, by another record or an earlier row."""
    type_ = type_text(definition, mapped.field.name)
    await work.execute(
        f"with s as (select s.row, s.c{mapped.place} as text, s.c{mapped.place}::{type_} as held, m.record,"
        f"   row_number() over (partition by s.c{mapped.place} order by s.row) > 1 as is_second"
        f"   from {stage.rows} s left join {stage.matches} m using (row)"
        f"   where s.row > %(behind)s and s.c{mapped.place} is not null and not s.bad"
        f"   and not coalesce(m.is_repeat, false)),"
        f' p as (insert into import_problem (import, row, "column", code, message, value)'
        f" select %(id)s, s.row, %(column)s, 'taken', %(message)s, left(s.text, {LONGEST_VALUE}) from s"
        f" where s.is_second or exists (select from {quoted(definition.name)} t"
        f"   where t.{quoted(mapped.field.name)} = s.held and t.deleted_at is null and t.id is distinct from s.record)"
        f" returning row)"
        f" update {stage.rows} s set bad = true from p where p.row = s.row",
        {
            "id": id_,
            "column": mapped.column.index,
            "message": Jsonb(message.as_label()),
            "behind": behind,
        },
    )


async def refuse_new_without(
    work: UnitOfWork,
    stage: Stage,
    id_: UUID,
    mapped: MappedColumn | None,
    message: Text,
    *,
    behind: int,
) -> None:
    """Marks rows that would become new records without a required value; without a column: all new ones."""
    empty = "true" if mapped is None else f"s.c{mapped.place} is null"
    await work.execute(
        f'with p as (insert into import_problem (import, row, "column", code, message)'
        f" select %(id)s, s.row, %(column)s, 'required', %(message)s from {stage.rows} s"
        f" left join {stage.matches} m using (row) where s.row > %(behind)s and not s.bad"
        f" and m.record is null and not coalesce(m.is_repeat, false) and {empty} returning row)"
        f" update {stage.rows} s set bad = true from p where p.row = s.row",
        {
            "id": id_,
            "column": None if mapped is None else mapped.column.index,
            "message": Jsonb(message.as_label()),
            "behind": behind,
        },
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """How many good rows would become what."""

    new: int
    matched: int
    repeated: int


async def count_rows_by_fate(work: UnitOfWork, stage: Stage) -> Counts:
    row = await work.row(
        "select count(*) filter (where m.record is null and not coalesce(m.is_repeat, false)),"
        " count(*) filter (where m.record is not null and not m.is_repeat),"
        f" count(*) filter (where m.is_repeat) from {stage.rows} s left join {stage.matches} m using (row)"
        " where not s.bad"
    )
    assert row is not None  # noqa: S101 -- an aggregate has one row
    return Counts(new=row[0], matched=row[1], repeated=row[2])


async def matched_records(work: UnitOfWork, stage: Stage, *, behind: int, upto: int) -> set[UUID]:
    """The records that rows of a chunk stand for."""
    rows = await work.rows(
        f"select record from {stage.matches} where record is not null and row > %s and row <= %s",
        [behind, upto],
    )
    return {record for (record,) in rows}


async def count_fates_in(
    work: UnitOfWork, stage: Stage, *, behind: int, upto: int
) -> tuple[int, int, int]:
    """Of a chunk: matched rows, repeated rows, refused rows."""
    row = await work.row(
        "select count(*) filter (where m.record is not null and not m.is_repeat and not s.bad),"
        f" count(*) filter (where m.is_repeat and not s.bad), count(*) filter (where s.bad)"
        f" from {stage.rows} s left join {stage.matches} m using (row) where s.row > %s and s.row <= %s",
        [behind, upto],
    )
    assert row is not None  # noqa: S101 -- an aggregate has one row
    return row[0], row[1], row[2]
