"""SQL of the rows read from a file: where they wait, what their links mean, which records are there already.

Three unlogged tables per import, named after it: the rows, the distinct values of link columns, and the records that
rows match. All values are text in the form PostgreSQL casts to the column's type.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg import AsyncCopy
from psycopg.types.json import Jsonb

from guanxi.db.database import Statement
from guanxi.db.names import quoted
from guanxi.db.unit_of_work import Row, UnitOfWork
from guanxi.kit.text import Text
from guanxi.metadata.model import ObjectDefinition
from guanxi.records.import_columns import MappedColumn
from guanxi.records.store import insert_from, type_text

#: A name as it is compared: case, width and the number of blanks do not count.
_KEY = "lower(btrim(regexp_replace(normalize({text}, nfkc), '\\s+', ' ', 'g')))"


@dataclass(frozen=True, slots=True)
class Stage:
    """The names of an import's tables."""

    rows: str
    links: str
    matches: str

    @classmethod
    def of(cls, id_: UUID) -> "Stage":
        return cls(
            rows=f"import_rows_{id_.hex}",
            links=f"import_links_{id_.hex}",
            matches=f"import_matches_{id_.hex}",
        )


async def make_stage(work: UnitOfWork, stage: Stage, columns: int) -> None:
    """Empty tables; those of an earlier try are dropped."""
    await drop_stage(work, stage)
    cells = "".join(f", c{place} text" for place in range(columns))
    await work.execute(
        f"create unlogged table {stage.rows} (row int not null, id uuid not null, bad boolean not null{cells},"
        " name text, name_key text, search text, new text)"
    )
    await work.execute(
        f"create unlogged table {stage.links} (place int, text text, key text, uses bigint, hits int,"
        " id uuid, row int, wanted boolean not null default false, primary key (place, text))"
    )
    await work.execute(
        f"create unlogged table {stage.matches} (row int primary key, record uuid, is_repeat boolean)"
    )


async def drop_stage(work: UnitOfWork, stage: Stage) -> None:
    await work.execute(f"drop table if exists {stage.rows}, {stage.links}, {stage.matches}")


def copy_command(stage: Stage, columns: int) -> str:
    cells = "".join(f", c{place}" for place in range(columns))
    return f"copy {stage.rows} (row, id, bad{cells}, name, name_key, search, new) from stdin"


async def index_stage(work: UnitOfWork, stage: Stage) -> None:
    await work.execute(f"alter table {stage.rows} add primary key (row)")
    await work.execute(f"analyze {stage.rows}")


async def count_staged(work: UnitOfWork, stage: Stage) -> int | None:
    """How many rows wait; None when the table is gone."""
    if await work.value("select to_regclass(%s)", [stage.rows]) is None:
        return None
    return int(await work.value(f"select count(*) from {stage.rows}"))


async def write_lines(copy: AsyncCopy, lines: list[str]) -> None:
    await copy.write(("\n".join(lines) + "\n").encode())


# Links


async def collect_link_values(work: UnitOfWork, stage: Stage, places: Sequence[int]) -> None:
    """The distinct values of the link columns."""
    for place in places:
        key = _KEY.format(text=f"c{place}")
        await work.execute(
            f"insert into {stage.links} (place, text, key, uses)"
            f" select {place}, c{place}, {key}, count(*) from {stage.rows} where c{place} is not null group by 2"
        )
    await work.execute(f"analyze {stage.links}")


async def resolve_links(
    work: UnitOfWork, stage: Stage, place: int, visible: Statement, *, names: int
) -> None:
    """Finds the records values name. `visible` yields `id` and as many `names` as may name a record.

    A value that names several records names none, unless one of them is written exactly so.
    """
    keys = " union all ".join(
        f"select id, c{name}::text as exact, {_KEY.format(text=f'c{name}::text')} as key"
        f" from v where c{name} is not null"
        for name in range(names)
    )
    await work.execute(
        f"with v as materialized ({visible.text}), k as ({keys}),"
        f" h as (select l.text, count(distinct k.id) as hits, (array_agg(k.id order by (k.exact = l.text) desc))[1] as id,"
        f"   count(distinct k.id) filter (where k.exact = l.text) as exact"
        f"   from {stage.links} l join k on k.key = l.key where l.place = %(_place)s and l.id is null group by l.text)"
        f" update {stage.links} l set hits = case when h.exact = 1 then 1 else h.hits end,"
        f"   id = case when h.hits = 1 or h.exact = 1 then h.id end from h"
        f" where l.place = %(_place)s and l.text = h.text",
        {**visible.parameters, "_place": place},
    )


async def resolve_in_file(work: UnitOfWork, stage: Stage, place: int, named_by: str) -> None:
    """Links to other rows of the same file, by the column that names them. The record need not be there yet."""
    await work.execute(
        f"with r as (select distinct on (key) key, row, id from"
        f"   (select {_KEY.format(text=f's.{named_by}')} as key, s.row, coalesce(m.record, s.id) as id"
        f"     from {stage.rows} s left join {stage.matches} m using (row)"
        f"     where not s.bad and not coalesce(m.is_repeat, false)) x order by key, row)"
        f" update {stage.links} l set id = r.id, row = r.row, hits = 1 from r"
        f" where l.place = {place} and l.key = r.key and coalesce(l.hits, 0) = 0"
    )


async def want_missing(work: UnitOfWork, stage: Stage, place: int) -> int:
    """Marks values that name nothing as records to be made; how many records that is."""
    rows = await work.rows(
        f"update {stage.links} set wanted = true where place = {place} and id is null and coalesce(hits, 0) = 0"
        " returning key"
    )
    return len({row[0] for row in rows})


async def wanted_values(work: UnitOfWork, stage: Stage, place: int, limit: int) -> list[str]:
    """Values for which records are still to be made, one of each writing."""
    rows = await work.rows(
        f"select min(text) from {stage.links} where place = {place} and wanted and id is null"
        f" group by key order by 1 limit {limit}"
    )
    return [row[0] for row in rows]


async def give_made(
    work: UnitOfWork, stage: Stage, place: int, texts: Sequence[str], ids: Sequence[UUID]
) -> None:
    """The records made for wanted values, for all writings of them and in all columns with the same target."""
    await work.execute(
        f"update {stage.links} l set id = n.id, hits = 1"
        f" from (select k.key, m.id from unnest(%s::text[], %s::uuid[]) m(text, id)"
        f"   join {stage.links} k on k.place = {place} and k.text = m.text) n"
        f" where l.place = {place} and l.key = n.key and l.id is null",
        [list(texts), list(ids)],
    )


async def refuse_unresolved(
    work: UnitOfWork,
    stage: Stage,
    id_: UUID,
    mapped: MappedColumn,
    unmatched: Text,
    ambiguous: Text,
) -> int:
    """Marks rows whose link names nothing, or too much, with the reason; how many there were."""
    cursor = await work.execute(
        f'with p as (insert into import_problem (import, row, "column", code, message, value)'
        f" select %(id)s, s.row, %(column)s, case when l.hits > 1 then 'ambiguous' else 'unmatched' end,"
        f"   case when l.hits > 1 then %(ambiguous)s else %(unmatched)s end::jsonb, l.text"
        f" from {stage.rows} s join {stage.links} l on l.place = {mapped.place} and l.text = s.c{mapped.place}"
        f" where l.id is null and not l.wanted and not exists (select from import_problem q"
        f'   where q.import = %(id)s and q.row = s.row and q."column" = %(column)s) returning row)'
        f" update {stage.rows} s set bad = true from p where p.row = s.row",
        {
            "id": id_,
            "column": mapped.column.index,
            "unmatched": Jsonb(unmatched.as_label()),
            "ambiguous": Jsonb(ambiguous.as_label()),
        },
    )
    return cursor.rowcount


async def unlink_refused(work: UnitOfWork, stage: Stage, place: int) -> int:
    """Links to rows of the file that were refused name nothing; how many links that are."""
    cursor = await work.execute(
        f"update {stage.links} l set id = null, row = null, hits = 0 from {stage.rows} s"
        f" where l.place = {place} and l.row = s.row and s.bad"
    )
    return cursor.rowcount


# Records that are there already


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
) -> None:
    """Marks rows whose value must be unique and is taken, by another record or an earlier row."""
    type_ = type_text(definition, mapped.field.name)
    await work.execute(
        f"with s as (select s.row, s.c{mapped.place} as text, s.c{mapped.place}::{type_} as held, m.record,"
        f"   row_number() over (partition by s.c{mapped.place} order by s.row) > 1 as is_second"
        f"   from {stage.rows} s left join {stage.matches} m using (row)"
        f"   where s.c{mapped.place} is not null and not s.bad and not coalesce(m.is_repeat, false)),"
        f' p as (insert into import_problem (import, row, "column", code, message, value)'
        f" select %(id)s, s.row, %(column)s, 'taken', %(message)s, s.text from s"
        f" where s.is_second or exists (select from {quoted(definition.name)} t"
        f"   where t.{quoted(mapped.field.name)} = s.held and t.deleted_at is null and t.id is distinct from s.record)"
        f" returning row)"
        f" update {stage.rows} s set bad = true from p where p.row = s.row",
        {
            "id": id_,
            "column": mapped.column.index,
            "message": Jsonb(message.as_label()),
        },
    )


async def refuse_new_without(
    work: UnitOfWork, stage: Stage, id_: UUID, mapped: MappedColumn | None, message: Text
) -> None:
    """Marks rows that would become new records without a required value; without a column: all new ones."""
    empty = "true" if mapped is None else f"s.c{mapped.place} is null"
    await work.execute(
        f'with p as (insert into import_problem (import, row, "column", code, message)'
        f" select %(id)s, s.row, %(column)s, 'required', %(message)s from {stage.rows} s"
        f" left join {stage.matches} m using (row) where not s.bad and m.record is null"
        f" and not coalesce(m.is_repeat, false) and {empty} returning row)"
        f" update {stage.rows} s set bad = true from p where p.row = s.row",
        {
            "id": id_,
            "column": None if mapped is None else mapped.column.index,
            "message": Jsonb(message.as_label()),
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


def _differs(mapped: Sequence[MappedColumn], definition: ObjectDefinition) -> str:
    """Whether a row says something else than its record. An empty cell says nothing."""
    tests = []
    for one in mapped:
        cell = (
            f"l{one.place}.id"
            if one.is_link
            else f"s.c{one.place}::{type_text(definition, one.field.name)}"
        )
        tests.append(
            f"(s.c{one.place} is not null and {cell} is distinct from t.{quoted(one.field.name)})"
        )
    return " or ".join(tests) or "false"


def _link_joins(stage: Stage, mapped: Sequence[MappedColumn]) -> str:
    return "".join(
        f" left join {stage.links} l{one.place} on l{one.place}.place = {one.place}"
        f" and l{one.place}.text = s.c{one.place}"
        for one in mapped
        if one.is_link
    )


async def count_different(
    work: UnitOfWork, stage: Stage, mapped: Sequence[MappedColumn], definition: ObjectDefinition
) -> int:
    """How many matched rows differ from their records."""
    return int(
        await work.value(
            f"select count(*) from {stage.rows} s join {stage.matches} m using (row)"
            f" join {quoted(definition.name)} t on t.id = m.record{_link_joins(stage, mapped)}"
            f" where not s.bad and not m.is_repeat and ({_differs(mapped, definition)})"
        )
    )


async def different_rows(
    work: UnitOfWork,
    stage: Stage,
    mapped: Sequence[MappedColumn],
    definition: ObjectDefinition,
    *,
    behind: int,
    upto: int,
) -> list[Row]:
    """`(row, record, values…)` of matched rows that differ; a link's value is the id it names."""
    cells = _values(mapped, definition)
    return await work.rows(
        f"select s.row, m.record{cells} from {stage.rows} s join {stage.matches} m using (row)"
        f" join {quoted(definition.name)} t on t.id = m.record{_link_joins(stage, mapped)}"
        f" where s.row > %(behind)s and s.row <= %(upto)s and not s.bad and not m.is_repeat"
        f" and ({_differs(mapped, definition)}) order by s.row",
        {"behind": behind, "upto": upto},
    )


async def new_rows(
    work: UnitOfWork,
    stage: Stage,
    mapped: Sequence[MappedColumn],
    definition: ObjectDefinition,
    *,
    behind: int,
    upto: int,
) -> list[Row]:
    """`(row, id, name, values…)` of rows that become new records, for objects whose saving has steps of its own."""
    cells = _values(mapped, definition)
    return await work.rows(
        f"select s.row, s.id, s.name{cells} from {stage.rows} s left join {stage.matches} m using (row)"
        f"{_link_joins(stage, mapped)} where {_NEW} order by s.row",
        {"behind": behind, "upto": upto},
    )


def _values(mapped: Sequence[MappedColumn], definition: ObjectDefinition) -> str:
    return "".join(
        f", l{one.place}.id"
        if one.is_link
        else f", s.c{one.place}::{type_text(definition, one.field.name)}"
        for one in mapped
    )


_NEW = (
    "s.row > %(behind)s and s.row <= %(upto)s and not s.bad and m.record is null"
    " and not coalesce(m.is_repeat, false)"
)


async def count_new(work: UnitOfWork, stage: Stage, *, behind: int, upto: int) -> int:
    return int(
        await work.value(
            f"select count(*) from {stage.rows} s left join {stage.matches} m using (row) where {_NEW}",
            {"behind": behind, "upto": upto},
        )
    )


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


async def count_between(work: UnitOfWork, stage: Stage, *, behind: int, upto: int) -> int:
    return int(
        await work.value(
            f"select count(*) from {stage.rows} where row > %s and row <= %s", [behind, upto]
        )
    )


async def mark_bad(work: UnitOfWork, stage: Stage, rows: Sequence[int]) -> None:
    await work.execute(f"update {stage.rows} set bad = true where row = any(%s)", [list(rows)])


async def chunk_end(work: UnitOfWork, stage: Stage, *, behind: int, size: int) -> int | None:
    """The number of the last row of the next chunk; None when no row is left."""
    value = await work.value(
        f"select max(row) from (select row from {stage.rows} where row > %s order by row limit %s) r",
        [behind, size],
    )
    return None if value is None else int(value)


async def first_rows(work: UnitOfWork, stage: Stage, columns: int, limit: int) -> list[Row]:
    """`(row, name, cells…)` as they will be saved."""
    cells = "".join(f", c{place}" for place in range(columns))
    return await work.rows(
        f"select row, name{cells} from {stage.rows} order by row limit %s", [limit]
    )


@dataclass(frozen=True, slots=True)
class NewRowsSource:
    """How rows become new records: SQL for the columns that are not simply cells."""

    #: Record column → SQL over `s` (the row), `l0`… (its links) and `d` (the department of its owner).
    columns: dict[str, str]
    #: Columns told to the change log though they are not in the row's own `new`.
    told: dict[str, str]
    #: Auto-numbers: column → text before, width, text after, and the number before the first.
    numbers: dict[str, tuple[str, int, str, int]]
    #: SQL for the owner, whose department the records stand in; None when the department is given.
    owner: str | None


async def insert_new(
    work: UnitOfWork,
    viewer: Any,
    definition: ObjectDefinition,
    stage: Stage,
    mapped: Sequence[MappedColumn],
    source: NewRowsSource,
    *,
    behind: int,
    upto: int,
) -> int:
    """Writes the new records of a chunk; how many."""
    parameters: dict[str, Any] = {"behind": behind, "upto": upto}
    values = dict(source.columns)
    told = dict(source.told)
    for place, (column, (before, width, after, last)) in enumerate(source.numbers.items()):
        number = f"(%(last{place})s::bigint + row_number() over (order by s.row))::text"
        padded = f"lpad({number}, greatest(length({number}), %(width{place})s::int), '0')"
        values[column] = told[column] = f"(%(before{place})s || {padded} || %(after{place})s)"
        parameters |= {
            f"before{place}": before,
            f"width{place}": width,
            f"after{place}": after,
            f"last{place}": last,
        }
    joins = _link_joins(stage, mapped)
    if source.owner is not None:
        joins += f" left join person d on d.id = {source.owner}"
    new = "s.new"
    if told:
        members = ", ".join(f"'{name}', {value}" for name, value in told.items())
        new = f"(s.new::jsonb || jsonb_strip_nulls(jsonb_build_object({members})))::text"
    selected = "".join(
        f", ({value})::text as c{place}" for place, value in enumerate(values.values())
    )
    text = (
        f"select s.id::text as id{selected}, {new} as new from {stage.rows} s"
        f" left join {stage.matches} m using (row){joins} where {_NEW}"
    )
    return await insert_from(work, viewer, definition, tuple(values), text, parameters)


async def late_links(
    work: UnitOfWork,
    stage: Stage,
    mapped: MappedColumn,
    definition: ObjectDefinition,
    *,
    limit: int,
) -> list[Row]:
    """`(record, id)` of links to rows further down the file that were not there when the linking row was saved."""
    field = quoted(mapped.field.name)
    return await work.rows(
        f"select t.id, l.id from {stage.rows} s left join {stage.matches} m using (row)"
        f" join {stage.links} l on l.place = {mapped.place} and l.text = s.c{mapped.place}"
        f" join {quoted(definition.name)} t on t.id = coalesce(m.record, s.id)"
        f" where l.row > s.row and not s.bad and not coalesce(m.is_repeat, false)"
        f" and m.record is null and t.{field} is null order by s.row limit {limit}"
    )
