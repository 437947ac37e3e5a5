"""SQL of what the cells of link columns mean."""

from collections.abc import Sequence
from uuid import UUID

from psycopg.types.json import Jsonb

from guanxi.db.database import Statement
from guanxi.db.names import quoted
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.errors import FieldProblem
from guanxi.kit.text import Text
from guanxi.records.import_columns import LONGEST_VALUE, MappedColumn, listed_names
from guanxi.records.import_stage_store import Stage

#: A name as it is compared: case, width and the number of blanks do not count.
_KEY = "lower(btrim(regexp_replace(normalize({text}, nfkc), '\\s+', ' ', 'g')))"


async def collect_link_values(
    work: UnitOfWork, stage: Stage, columns: Sequence[MappedColumn]
) -> None:
    """The distinct values of the link columns."""
    for one in columns:
        name = "v.name" if one.is_listed else f"c{one.place}"
        rows = f"{stage.rows} s"
        if one.is_listed:
            rows += f", unnest({listed_names(f's.c{one.place}')}) as v(name)"
        await work.execute(
            f"insert into {stage.links} (place, text, key)"
            f" select {one.place}, {name}, {_KEY.format(text=name)} from {rows}"
            f" where s.c{one.place} is not null group by 2"
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


async def names_of(work: UnitOfWork, visible: Statement, *, limit: int) -> list[str]:
    """What the records a link may mean are called."""
    rows = await work.rows(
        f"select c0::text from ({visible.text}) v where c0 is not null limit %(_limit)s",
        {**visible.parameters, "_limit": limit},
    )
    return [row[0] for row in rows]


async def resolve_in_file(
    work: UnitOfWork, stage: Stage, place: int, named_by: str, *, behind: int
) -> None:
    """Links to other rows of the same file, by the column that names them. The record need not be there yet."""
    await work.execute(
        f"with r as (select distinct on (key) key, row, id from"
        f"   (select {_KEY.format(text=f's.{named_by}')} as key, s.row, coalesce(m.record, s.id) as id"
        f"     from {stage.rows} s left join {stage.matches} m using (row)"
        f"     where s.row > %(behind)s and not s.bad and not coalesce(m.is_repeat, false)) x order by key, row)"
        f" update {stage.links} l set id = r.id, row = r.row, hits = 1 from r"
        f" where l.place = {place} and l.key = r.key and coalesce(l.hits, 0) = 0",
        {"behind": behind},
    )


async def want_missing(work: UnitOfWork, stage: Stage, place: int) -> None:
    """Marks values that name nothing as records to be made."""
    await work.execute(
        f"update {stage.links} set wanted = true"
        f" where place = {place} and id is null and coalesce(hits, 0) = 0"
    )


async def wanted_values(
    work: UnitOfWork, stage: Stage, mapped: MappedColumn, *, behind: int, upto: int
) -> list[str]:
    """Values of a chunk for which records are to be made: each in the writing that comes first."""
    rows = await work.rows(
        f"select distinct on (l.key) l.text from {stage.links} l"
        f" join {stage.rows} s on {mapped.names('l.text')} and s.row > %s and s.row <= %s and not s.bad"
        f" where l.place = {mapped.place} and l.wanted and l.id is null order by l.key, s.row",
        [behind, upto],
    )
    return [row[0] for row in rows]


async def give_made(
    work: UnitOfWork,
    stage: Stage,
    places: Sequence[int],
    texts: Sequence[str],
    ids: Sequence[UUID],
) -> None:
    """The records made for wanted values, for all writings of them in the columns that mean the same records."""
    await work.execute(
        f"update {stage.links} l set id = n.id, hits = 1"
        f" from (select distinct k.key, m.id from unnest(%s::text[], %s::uuid[]) m(text, id)"
        f"   join {stage.links} k on k.text = m.text) n"
        " where l.place = any(%s) and l.key = n.key and l.wanted and l.id is null",
        [list(texts), list(ids), list(places)],
    )


async def refuse_unresolved(
    work: UnitOfWork,
    stage: Stage,
    id_: UUID,
    mapped: MappedColumn,
    unmatched: Text,
    ambiguous: Text,
    *,
    behind: int,
) -> int:
    """Marks rows whose link names nothing, or too much, with the reason; how many there were."""
    cursor = await work.execute(
        f'with p as (insert into import_problem (import, row, "column", code, message, value)'
        f" select distinct on (s.row) %(id)s, s.row, %(column)s, case when l.hits > 1 then 'ambiguous' else 'unmatched' end,"
        f"   case when l.hits > 1 then %(ambiguous)s else %(unmatched)s end::jsonb, left(l.text, {LONGEST_VALUE})"
        f" from {stage.rows} s join {stage.links} l on l.place = {mapped.place} and {mapped.names('l.text')}"
        f" where s.row > %(behind)s and l.id is null and not l.wanted and not exists (select from import_problem q"
        f'   where q.import = %(id)s and q.row = s.row and q."column" = %(column)s) returning row)'
        f" update {stage.rows} s set bad = true from p where p.row = s.row",
        {
            "id": id_,
            "column": mapped.column.index,
            "unmatched": Jsonb(unmatched.as_label()),
            "ambiguous": Jsonb(ambiguous.as_label()),
            "behind": behind,
        },
    )
    return cursor.rowcount


async def refuse_self_links(
    work: UnitOfWork, stage: Stage, id_: UUID, mapped: MappedColumn, message: Text
) -> None:
    """Marks rows that name themselves."""
    await work.execute(
        f'with p as (insert into import_problem (import, row, "column", code, message, value)'
        f" select %(id)s, s.row, %(column)s, 'self_link', %(message)s, left(l.text, {LONGEST_VALUE})"
        f" from {stage.rows} s left join {stage.matches} m using (row)"
        f" join {stage.links} l on l.place = {mapped.place} and l.text = s.c{mapped.place}"
        f" where not s.bad and l.id = coalesce(m.record, s.id) returning row)"
        f" update {stage.rows} s set bad = true from p where p.row = s.row",
        {
            "id": id_,
            "column": mapped.column.index,
            "message": Jsonb(message.as_label()),
        },
    )


async def refuse_circles(
    work: UnitOfWork, stage: Stage, id_: UUID, mapped: MappedColumn, table: str, message: Text
) -> int:
    """Marks rows that would lie below themselves, by what the file says and what is there; how many there were."""
    field = quoted(mapped.field.name)
    cursor = await work.execute(
        f"with recursive n as (select s.row, coalesce(m.record, s.id) as id, l.id as above, l.text"
        f"   from {stage.rows} s left join {stage.matches} m using (row)"
        f"   join {stage.links} l on l.place = {mapped.place} and l.text = s.c{mapped.place}"
        f"   where not s.bad and not coalesce(m.is_repeat, false) and l.id is not null),"
        f" up as (select id as start, above as id from n union"
        f"   select up.start, coalesce(n.above, t.{field}) from up left join n on n.id = up.id"
        f"   left join {quoted(table)} t on t.id = up.id where up.id is not null),"
        f" c as (select distinct start from up where start = id),"
        f' p as (insert into import_problem (import, row, "column", code, message, value)'
        f" select %(id)s, n.row, %(column)s, 'circle', %(message)s, left(n.text, {LONGEST_VALUE})"
        f" from n join c on c.start = n.id returning row)"
        f" update {stage.rows} s set bad = true from p where p.row = s.row",
        {"id": id_, "column": mapped.column.index, "message": Jsonb(message.as_label())},
    )
    return cursor.rowcount


async def unlink_refused(work: UnitOfWork, stage: Stage, place: int) -> int:
    """Links to rows of the file that were refused name nothing; how many links that were."""
    cursor = await work.execute(
        f"update {stage.links} l set id = null, row = null, hits = 0 from {stage.rows} s"
        f" where l.place = {place} and l.row = s.row and s.bad"
    )
    return cursor.rowcount


async def refuse_wanted(
    work: UnitOfWork,
    stage: Stage,
    id_: UUID,
    mapped: MappedColumn,
    text: str,
    problem: FieldProblem,
) -> None:
    """Marks the rows that want a record which cannot be made, in all writings of its name."""
    await work.execute(
        f"with w as (update {stage.links} l set wanted = false from {stage.links} k"
        f"   where k.place = {mapped.place} and k.text = %(text)s"
        f"   and l.place = {mapped.place} and l.key = k.key returning l.text),"
        f' p as (insert into import_problem (import, row, "column", code, message, value)'
        f" select %(id)s, s.row, %(column)s, %(code)s, %(message)s, left(w.text, {LONGEST_VALUE})"
        f" from {stage.rows} s join w on {mapped.names('w.text')} where not s.bad returning row)"
        f" update {stage.rows} s set bad = true from p where p.row = s.row",
        {
            "id": id_,
            "text": text,
            "column": mapped.column.index,
            "code": problem.code,
            "message": Jsonb(problem.message.as_label()),
        },
    )
