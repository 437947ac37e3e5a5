"""SQL that brings the values of a field into its new type, and back.

Each different value is read once, by the type's own reading; the records that hold it are written by one statement.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from psycopg import sql
from sqlalchemy.dialects import postgresql

from guanxi.db.names import quoted
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.db.wire import array_text
from guanxi.fields.conversion import Conversion
from guanxi.fields.field_type import ReadingContext
from guanxi.fields.stored_text import cell_text
from guanxi.metadata.model import FieldDefinition, ObjectDefinition

#: A preview looks at so many records.
MOST_LOOKED_AT = 100_000
MOST_EXAMPLES = 5
_LONGEST_EXAMPLE = 40

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]

#: Whoever changed the field since has the last word, also one who emptied it.
_CHANGED_SINCE = """
exists (select from change c where c.record = t.id and c.object = %(object)s and c.at >= %(since)s
        and (c.new ? %(field)s or c.old ? %(field)s))
"""
_DIFFERENT = """
select distinct {old}::text, {old} from {table} t where id = any(%(ids)s::uuid[]) and {old} is not null
"""
_FILL = """
update {table} t set {new} = m.new::{type}
  from unnest(%(olds)s::text[], %(news)s::text[]) m(old, new)
 where t.id = any(%(ids)s::uuid[]) and t.{old}::text = m.old and t.{new} is not distinct from {empty}
   and not {changed_since}
returning t.id
"""
_CHANGED = """
select t.id, t.{old}, t.{new} from {table} t
 where t.created_at >= %(since)s or t.id in (
   select record from change where object = %(object)s and at >= %(since)s and (new ? %(field)s or old ? %(field)s))
"""
_BACK = """
update {table} t set {old} = m.old::{type} from unnest(%(ids)s::uuid[], %(olds)s::text[]) m(id, old)
 where t.id = m.id
"""


@dataclass(frozen=True, slots=True)
class Preview:
    """What becomes of the values of a field; of the first records where there are very many."""

    looked_at: int
    exact: int
    #: Written otherwise, or with something lost, such as decimals or the time of day.
    inexact: int
    empty: int
    inexact_examples: tuple[str, ...] = ()
    empty_examples: tuple[str, ...] = ()


async def conversion(
    work: UnitOfWork, before: FieldDefinition, after: FieldDefinition
) -> Conversion:
    """As the workspace's zone and language have it."""
    row = await work.row("select time_zone, locale from setting")
    zone, locale = row if row is not None else ("UTC", "en")
    return Conversion(
        before=before.type,
        before_options=before.options,
        after=after.type,
        after_options=after.options,
        context=ReadingContext(zone=ZoneInfo(zone)),
        locale=locale,
    )


async def preview(
    work: UnitOfWork, table: str, before: FieldDefinition, after: FieldDefinition
) -> Preview:
    """Looks at every different value once, as `fill` would read it."""
    into, back = await conversion(work, before, after), await conversion(work, after, before)
    column = quoted(before.name)
    rows = await work.rows(
        f"select {column}, count(*) from (select {column} from {quoted(table)}"
        f" where deleted_at is null and {column} is not null limit {MOST_LOOKED_AT}) few"
        f" group by {column}"
    )
    counts = {"exact": 0, "inexact": 0, "empty": 0}
    inexact: list[str] = []
    empty: list[str] = []
    for value, count in rows:
        found = into.of(value)
        if found is None:
            counts["empty"] += count
            empty.append(_shortened(into.text_of(value)))
        elif back.of(found) == value:
            counts["exact"] += count
        else:
            counts["inexact"] += count
            inexact.append(f"{_shortened(into.text_of(value))} → {_shortened(back.text_of(found))}")
    return Preview(
        looked_at=sum(counts.values()),
        **counts,
        inexact_examples=tuple(inexact[:MOST_EXAMPLES]),
        empty_examples=tuple(empty[:MOST_EXAMPLES]),
    )


def retyped_from(definition: ObjectDefinition, name: str) -> FieldDefinition | None:
    """The removed field with the values of an earlier type; None when the field has always had the one it has."""
    field, kept = definition.fields.get(name), definition.values_kept_of(name)
    if field is None or kept is None or field.formula is not None:
        return None
    return kept if kept.type.name != field.type.name else None


async def fill(
    work: UnitOfWork, definition: ObjectDefinition, name: str, ids: Sequence[UUID]
) -> list[UUID]:
    """Gives records, which must be locked, the value of the earlier type, read by the new one. Returns those that got one.

    Doing it twice comes to the same.
    """
    field, kept = definition.fields[name], retyped_from(definition, name)
    if kept is None or not ids:
        return []
    places = _places(definition, field, kept)
    parameters: dict[str, Any] = {"ids": array_text(map(str, ids))}
    into = await conversion(work, kept, field)
    read: dict[str, str | None] = {}
    for text, value in await work.rows(_text(_DIFFERENT, places), parameters):
        found = into.of(value)
        if found is not None:
            read[text] = cell_text(found)
    if not read:
        return []
    parameters |= _since(definition, field, kept)
    parameters |= {"olds": array_text(read), "news": array_text(read.values())}
    return [row[0] for row in await work.rows(_text(_FILL, places), parameters)]


async def take_changes_along(
    work: UnitOfWork, definition: ObjectDefinition, field: FieldDefinition, kept: FieldDefinition
) -> None:
    """Values that people changed since the field got its type go into the earlier one, before it comes back."""
    places = _places(definition, field, kept)
    # People go on reading; whoever writes waits, so that nothing is written into what goes.
    await work.execute(f"lock table {quoted(definition.name)} in share row exclusive mode")
    into, back = await conversion(work, kept, field), await conversion(work, field, kept)
    changed: dict[str, str | None] = {}
    rows = await work.rows(_text(_CHANGED, places), _since(definition, field, kept))
    for id_, old, new in rows:
        # What was only converted has its exact value still.
        if old is not None and into.of(old) == new:
            continue
        changed[str(id_)] = cell_text(None if new is None else back.of(new))
    if changed:
        await work.execute(
            _text(_BACK, {**places, "type": _type_of(kept)}),
            {"ids": array_text(changed), "olds": array_text(changed.values())},
        )


def _places(
    definition: ObjectDefinition, field: FieldDefinition, kept: FieldDefinition
) -> Mapping[str, sql.Composable]:
    return {
        "table": sql.Identifier(definition.name),
        "old": sql.Identifier(kept.name),
        "new": sql.Identifier(field.name),
        "type": _type_of(field),
        "empty": sql.Literal(field.type.never_empty),
        "changed_since": sql.SQL(_CHANGED_SINCE),
    }


def _text(statement: str, places: Mapping[str, sql.Composable]) -> str:
    return sql.SQL(statement).format(**places).as_string(None)


def _type_of(field: FieldDefinition) -> sql.Composable:
    return sql.SQL(field.type.column_type(field.options).compile(_DIALECT))


def _since(
    definition: ObjectDefinition, field: FieldDefinition, kept: FieldDefinition
) -> dict[str, Any]:
    return {"object": definition.name, "field": field.name, "since": kept.retired_at}


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_EXAMPLE else f"{text[:_LONGEST_EXAMPLE]}…"
