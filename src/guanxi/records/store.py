"""SQL that writes record tables: one statement for a set of any size, rows and change log together.

Values travel as one `text[]` parameter per column and are cast to the column's type, so the text of a statement depends
on the columns alone and not on the number of records.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any
from uuid import UUID

from psycopg import errors, sql
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeEngine

from guanxi.db.notify import Topic, announce
from guanxi.db.unit_of_work import Answer, Row, UnitOfWork
from guanxi.db.wire import array_text
from guanxi.fields.stored_text import cell_text
from guanxi.kit.text import text_of
from guanxi.metadata import unique_store
from guanxi.metadata.ddl import unique_index_name
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.metadata.unique_rules import unique_of_object
from guanxi.permissions.viewer import Viewer
from guanxi.query.sources import table_of
from guanxi.records.draft import RecordDraft
from guanxi.records.errors import DuplicateValueError
from guanxi.records.stored_text import change_text

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]

_INSERT = """
with n as ({source}),
made as (
  insert into {table} (id, version, created_by, updated_by, created_at, updated_at, {columns})
  select n.id::uuid, 1, %(actor)s, %(actor)s, {moment}, {moment}, {values} from n returning 1),
logged as (
  insert into change (at, object, record, version, op, new, actor, source, batch)
  select {moment}, %(object)s, n.id::uuid, 1, 'create', n.new::jsonb, %(actor)s, %(source)s, %(batch)s
    from n returning 1)
select (select count(*) from made) + (select count(*) from logged)
"""

_SET = "select * from unnest(%(id)s::text[], {places}, %(new)s::text[]{moments}) as n(id, {names}, new{at})"

#: What happens now needs no moment of its own: the statement is shorter by a parameter.
_NOW = "now()"
_PAST = "n.at::timestamptz"

_UPDATE = """
with n as (
  select * from unnest(%(id)s::text[], {places}, %(old)s::text[], %(new)s::text[]{moments})
      as n(id, {names}, old, new{at})),
changed as (
  update {table} t set {assignments}, version = t.version + 1, updated_at = {moment}, updated_by = %(actor)s
    from n where t.id = n.id::uuid returning t.id, t.version),
logged as (
  insert into change (at, object, record, version, op, old, new, actor, source, batch)
  select {moment}, %(object)s, c.id, c.version, 'update', n.old::jsonb, n.new::jsonb, %(actor)s, %(source)s, %(batch)s
    from changed c join n on n.id::uuid = c.id returning 1)
select id, version from changed
"""

_MARK_DELETED = """
with changed as (
  update {table} t set deleted_at = {moment}, version = t.version + 1, updated_at = now(), updated_by = %(actor)s
   where t.id = any(%(id)s::uuid[]) returning t.id, t.version),
logged as (
  insert into change (object, record, version, op, actor, source, batch)
  select %(object)s, id, version, %(op)s, %(actor)s, %(source)s, %(batch)s from changed returning 1)
select id, version from changed
"""


class Writing:
    """A statement that was sent; in a pipeline others may follow it before its answer is awaited."""

    def __init__(self, definition: ObjectDefinition, answer: Answer) -> None:
        self._definition = definition
        self._answer = answer

    async def rows(self) -> list[Row]:
        """What it answered. Raises DuplicateValueError."""
        with duplicates_told(self._definition):
            return await self._answer.fetchall()


async def insert(
    work: UnitOfWork,
    viewer: Viewer,
    definition: ObjectDefinition,
    drafts: Sequence[RecordDraft],
) -> Writing:
    """Sends new records with their change-log rows; they are written once `Writing.rows` was awaited."""
    columns = _columns_of(drafts)
    parameters = _cause(viewer, definition) | {
        "id": array_text(str(draft.id) for draft in drafts),
        "new": array_text(change_text(_told(definition, draft.values)) for draft in drafts),
    }
    for place, column in enumerate(columns):
        parameters[f"c{place}"] = _cells(drafts, column)
    past = _note_moments(drafts, parameters)
    types = _types(definition, columns)
    text = _compose_insert(definition.name, columns, types, past=past)
    return await _send(work, definition, text, parameters)


async def insert_from(
    work: UnitOfWork,
    viewer: Viewer,
    definition: ObjectDefinition,
    columns: tuple[str, ...],
    source: str,
    parameters: dict[str, Any],
) -> int:
    """Writes the rows of a query as new records with their change-log rows; how many there were.

    The query yields text: `id`, then `c0`, `c1` … for the columns in their order, then `new` for the change log.
    Raises DuplicateValueError.
    """
    text = _compose_insert_from(definition.name, columns, _types(definition, columns), source)
    [(written,)] = await _write(work, definition, text, _cause(viewer, definition) | parameters)
    return int(written) // 2


async def update(
    work: UnitOfWork,
    viewer: Viewer,
    definition: ObjectDefinition,
    drafts: Sequence[RecordDraft],
) -> dict[UUID, int]:
    """Writes the changed values of records with their change-log rows; the new versions by id.

    Raises DuplicateValueError.
    """
    columns = _columns_of(drafts)
    parameters = _cause(viewer, definition) | {
        "id": array_text(str(draft.id) for draft in drafts),
        "old": array_text(
            change_text(_told(definition, {name: draft.before.get(name) for name in draft.values}))
            for draft in drafts
        ),
        "new": array_text(change_text(_told(definition, draft.values)) for draft in drafts),
    }
    for place, column in enumerate(columns):
        parameters[f"c{place}"] = _cells(drafts, column)
        parameters[f"h{place}"] = array_text(
            "true" if column in draft.values else "false" for draft in drafts
        )
    past = _note_moments(drafts, parameters)
    types = _types(definition, columns)
    text = _compose_update(definition.name, columns, types, past=past)
    return dict(await _write(work, definition, text, parameters))


async def mark_deleted(
    work: UnitOfWork,
    viewer: Viewer,
    definition: ObjectDefinition,
    ids: Sequence[UUID],
    *,
    deleted: bool,
) -> dict[UUID, int]:
    """Puts records into the trash or takes them out; the new versions by id."""
    parameters = _cause(viewer, definition) | {
        "id": array_text(str(one) for one in ids),
        "op": "delete" if deleted else "restore",
    }
    text = sql.SQL(_MARK_DELETED).format(
        table=sql.Identifier(definition.name),
        moment=sql.SQL("now()" if deleted else "null"),
    )
    return dict(await _write(work, definition, _text(text), parameters))


async def count_links(
    work: UnitOfWork,
    source: ObjectDefinition,
    field: FieldDefinition,
    targets: Sequence[UUID],
    *,
    besides: Sequence[UUID],
) -> int:
    """How many living records link to any of the targets through a field, some left out."""
    text = sql.SQL(
        "select count(*) from {table} where {field} {is_among} and deleted_at is null"
        " and id <> all(%(besides)s::uuid[])"
    ).format(
        table=sql.Identifier(source.name),
        field=sql.Identifier(field.name),
        is_among=sql.SQL("&& %(ids)s::uuid[]" if field.is_listed else "= any(%(ids)s::uuid[])"),
    )
    parameters = {
        "ids": array_text(str(one) for one in targets),
        "besides": array_text(str(one) for one in besides),
    }
    return int(await work.value(_text(text), parameters))


def _told(definition: ObjectDefinition, values: dict[str, Any]) -> dict[str, Any]:
    """What the change log tells: fields only, no search words; empty values of a new record are left out by callers."""
    return {name: value for name, value in values.items() if name in definition.fields}


def _columns_of(drafts: Iterable[RecordDraft]) -> tuple[str, ...]:
    return tuple(sorted({name for draft in drafts for name in draft.values}))


def _cells(drafts: Sequence[RecordDraft], column: str) -> str:
    return array_text(cell_text(draft.values.get(column)) for draft in drafts)


def _note_moments(drafts: Sequence[RecordDraft], parameters: dict[str, Any]) -> bool:
    """Whether the set tells of the past; then every draft says when, and the moments join the parameters."""
    if all(draft.at is None for draft in drafts):
        return False
    parameters["at"] = array_text(draft.at.isoformat() if draft.at else None for draft in drafts)
    return True


def _cause(viewer: Viewer, definition: ObjectDefinition) -> dict[str, Any]:
    return {
        "object": definition.name,
        "actor": viewer.person_id,
        "source": viewer.source,
        "batch": viewer.batch,
    }


async def _write(
    work: UnitOfWork, definition: ObjectDefinition, text: str, parameters: dict[str, Any]
) -> list[Row]:
    return await (await _send(work, definition, text, parameters)).rows()


async def _send(
    work: UnitOfWork, definition: ObjectDefinition, text: str, parameters: dict[str, Any]
) -> Writing:
    announce(work, Topic.CHANGES)
    with duplicates_told(definition):
        return Writing(definition, await work.execute(text, parameters))


@contextmanager
def duplicates_told(definition: ObjectDefinition) -> Iterator[None]:
    """Raises DuplicateValueError for a broken unique index. In a pipeline a statement may fail for the one before it, so
    this also belongs around what is sent behind a write.
    """
    try:
        yield
    except errors.UniqueViolation as violation:
        raise _meaning(violation, definition) from None


def _meaning(violation: errors.UniqueViolation, definition: ObjectDefinition) -> Exception:
    """The field's problem behind a broken unique index."""
    broken = violation.diag.constraint_name
    for field in definition.fields.values():
        if field.unique and unique_index_name(definition.name, field.name) == broken:
            return DuplicateValueError(field=field.name, label=text_of(field.label))
    for unique in unique_of_object({definition.name: definition}, definition):
        if broken == unique_store.index_name(definition, unique):
            return DuplicateValueError(field=unique.rule.fields[0], label=unique.label)
    return violation


def _types(definition: ObjectDefinition, columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(type_text(definition, name) for name in columns)


def type_text(definition: ObjectDefinition, column: str) -> str:
    """A column's type as SQL."""
    return _compiled(table_of(definition).c[column].type)


@lru_cache(maxsize=20000)
def _compiled(type_: TypeEngine[Any]) -> str:
    return type_.compile(_DIALECT)


@lru_cache(maxsize=2000)
def _compose_insert(
    table: str, columns: tuple[str, ...], types: tuple[str, ...], *, past: bool
) -> str:
    places = range(len(columns))
    source = sql.SQL(_SET).format(
        **_past_parts(past=past),
        places=_joined(sql.SQL(f"%(c{place})s::text[]") for place in places),
        names=_joined(sql.Identifier(f"c{place}") for place in places),
    )
    return _compose_insert_from(
        table, columns, types, _text(source), moment=_PAST if past else _NOW
    )


def _compose_insert_from(
    table: str, columns: tuple[str, ...], types: tuple[str, ...], source: str, *, moment: str = _NOW
) -> str:
    return _text(
        sql.SQL(_INSERT).format(
            source=sql.SQL(source),
            moment=sql.SQL(moment),
            table=sql.Identifier(table),
            columns=_joined(sql.Identifier(column) for column in columns),
            values=_joined(_cast(place, types[place]) for place in range(len(columns))),
        )
    )


@lru_cache(maxsize=2000)
def _compose_update(
    table: str, columns: tuple[str, ...], types: tuple[str, ...], *, past: bool
) -> str:
    places = range(len(columns))
    return _text(
        sql.SQL(_UPDATE).format(
            **_past_parts(past=past),
            moment=sql.SQL(_PAST if past else _NOW),
            table=sql.Identifier(table),
            places=_joined(
                sql.SQL(f"%(c{place})s::text[], %(h{place})s::bool[]") for place in places
            ),
            names=_joined(sql.SQL(f"c{place}, h{place}") for place in places),
            assignments=_joined(
                sql.SQL("{column} = case when {held} then {value} else t.{column} end").format(
                    column=sql.Identifier(columns[place]),
                    held=sql.Identifier("n", f"h{place}"),
                    value=_cast(place, types[place]),
                )
                for place in places
            ),
        )
    )


def _past_parts(*, past: bool) -> dict[str, sql.Composable]:
    """What a set that tells of the past has besides: the moments and their name."""
    return {
        "moments": sql.SQL(", %(at)s::text[]" if past else ""),
        "at": sql.SQL(", at" if past else ""),
    }


def _cast(place: int, type_: str) -> sql.Composable:
    value = sql.Identifier("n", f"c{place}")
    if type_ == "TSVECTOR":
        return sql.SQL("array_to_tsvector({value}::text[])").format(value=value)
    return sql.SQL("{value}::{type_}").format(value=value, type_=sql.SQL(type_))


def _joined(parts: Iterable[sql.Composable]) -> sql.Composed:
    return sql.SQL(", ").join(parts)


def _text(statement: sql.Composable) -> str:
    return statement.as_string(None)
