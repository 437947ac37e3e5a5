"""SQL that looks which lines records have, whoever may see them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from psycopg import sql

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.db.wire import array_text
from guanxi.metadata.model import ObjectDefinition
from guanxi.metadata.sub_tables import SubTable

_LINES = """
select id, {link}, {position} from {table}
 where {link} = any(%(wholes)s::uuid[]) and deleted_at is null{some} order by {order}"""
_COUNT = """
select {link}, count(*){last} from {table}
 where {link} = any(%(wholes)s::uuid[]) and deleted_at is null group by {link}"""
_STANDING = "select id, owner, department from {table} where id = any(%(ids)s::uuid[])"
_OF_TRASH_TOO = "select id from {table} where {link} = any(%(wholes)s::uuid[]) order by id"


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line that is there: the record it belongs to, and where it stands."""

    id: UUID
    whole: UUID
    place: Decimal | None


@dataclass(frozen=True, slots=True)
class LineCount:
    """How many lines a record has, and the last place one of them stands at."""

    lines: int = 0
    last: Decimal | None = None


async def lines_of(
    work: UnitOfWork, table: SubTable, wholes: Iterable[UUID], *, ids: Sequence[UUID] | None = None
) -> list[LineRow]:
    """The lines of records in their order; only some of them where `ids` are given."""
    position = sql.Identifier(table.position.name) if table.position else sql.SQL("null::numeric")
    order = sql.SQL("{position} nulls last, created_at, id").format(position=position)
    text = _text(
        _LINES,
        table,
        position=position,
        order=order if table.position else sql.SQL("created_at, id"),
        some=sql.SQL("" if ids is None else " and id = any(%(ids)s::uuid[])"),
    )
    parameters = {"wholes": _ids(wholes)}
    if ids is not None:
        parameters["ids"] = _ids(ids)
    return [LineRow(*row) for row in await work.rows(text, parameters)]


async def line_counts(
    work: UnitOfWork, table: SubTable, wholes: Iterable[UUID]
) -> Mapping[UUID, LineCount]:
    """By record; those without lines are left out."""
    last: sql.Composable = sql.SQL(", null::numeric")
    if table.position:
        last = sql.SQL(", max({position})").format(position=sql.Identifier(table.position.name))
    rows = await work.rows(_text(_COUNT, table, last=last), {"wholes": _ids(wholes)})
    return {whole: LineCount(lines, place) for whole, lines, place in rows}


async def standing_of(
    work: UnitOfWork, definition: ObjectDefinition, ids: Iterable[UUID]
) -> Mapping[UUID, tuple[UUID | None, UUID | None]]:
    """Owner and department of records."""
    text = sql.SQL(_STANDING).format(table=sql.Identifier(definition.name)).as_string(None)
    rows = await work.rows(text, {"ids": _ids(ids)})
    return {id_: (owner, department) for id_, owner, department in rows}


async def every_line_of(work: UnitOfWork, table: SubTable, wholes: Iterable[UUID]) -> list[UUID]:
    """The lines of records, those in the trash among them."""
    rows = await work.rows(_text(_OF_TRASH_TOO, table), {"wholes": _ids(wholes)})
    return [id_ for (id_,) in rows]


def _text(statement: str, table: SubTable, **parts: sql.Composable) -> str:
    names = {
        "table": sql.Identifier(table.lines.name),
        "link": sql.Identifier(table.link.name),
    }
    return sql.SQL(statement).format(**names, **parts).as_string(None)


def _ids(ids: Iterable[UUID]) -> str:
    return array_text(str(one) for one in ids)
