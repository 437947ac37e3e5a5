"""SQL that computes computed fields and finds the records that hang on others."""

from collections.abc import Iterable, Sequence, Set
from functools import lru_cache
from uuid import UUID

from psycopg import sql

from guanxi.db.notify import Topic, announce
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.db.wire import array_text
from guanxi.fields.capabilities import ValueKind
from guanxi.metadata.computed import ComputedField
from guanxi.metadata.formula_scope import Objects
from guanxi.metadata.model import ObjectDefinition
from guanxi.permissions.viewer import Viewer
from guanxi.query.compile_computed import ComputedSelect, select_computed

_RECOMPUTE = """
with x as ({select}),
moved as (
  select t.id, t.{column} as old, x.{column} as new from {table} t join x on x.id = t.id
   where t.{column} is distinct from x.{column}),
changed as (
  update {table} t set {column} = m.new from moved m where t.id = m.id returning t.id, t.version),
logged as (
  insert into change (object, record, version, op, old, new, actor, source)
  select %(object)s, c.id, c.version, 'update', jsonb_build_object(%(field)s::text, {old}),
         jsonb_build_object(%(field)s::text, {new}), %(actor)s, 'computed'
    from changed c join moved m on m.id = c.id where c.id <> all(%(untold)s::uuid[]) returning 1)
select id from changed
"""

_selects: dict[int, tuple[ComputedField, ComputedSelect]] = {}
MOST_SELECTS = 2000


async def recompute(
    work: UnitOfWork,
    viewer: Viewer,
    objects: Objects,
    definition: ObjectDefinition,
    one: ComputedField,
    ids: Sequence[UUID],
    *,
    untold: Set[UUID] = frozenset(),
) -> list[UUID]:
    """Writes the value of a computed field where it moved, with rows of the change log; the ids of these records.

    The records must be locked. Of those `untold` the change log says nothing: they were made just now. The version of a
    record stays: nobody's change to other fields collides with what was computed.
    """
    select = _select(objects, definition, one)
    is_number = one.field.type.value_kind is ValueKind.NUMBER
    announce(work, Topic.CHANGES)
    rows = await work.rows(
        _text(definition.name, one.field.name, select.text, is_number=is_number),
        {
            **select.parameters,
            "ids": array_text(map(str, ids)),
            "object": definition.name,
            "field": one.field.name,
            "actor": viewer.person_id,
            "untold": array_text(map(str, untold)),
            "formula_zone": viewer.zone.key,
        },
    )
    return [id_ for (id_,) in rows]


async def linked_back(
    work: UnitOfWork, table: str, link: str, ids: Iterable[UUID], *, is_backwards: bool
) -> set[UUID]:
    """The records on the near side of a link: what these link to, or what links to these."""
    wanted, known = (link, "id") if is_backwards else ("id", link)
    text = sql.SQL(
        "select distinct {wanted} from {table} where {known} = any(%(ids)s::uuid[])"
    ).format(
        wanted=sql.Identifier(wanted), table=sql.Identifier(table), known=sql.Identifier(known)
    )
    rows = await work.rows(text.as_string(None), {"ids": array_text(map(str, ids))})
    return {id_ for (id_,) in rows if id_ is not None}


def _select(objects: Objects, definition: ObjectDefinition, one: ComputedField) -> ComputedSelect:
    found = _selects.get(id(one))
    if found is None or found[0] is not one:
        if len(_selects) > MOST_SELECTS:
            _selects.clear()
        found = (one, select_computed(objects, definition, [one]))
        _selects[id(one)] = found
    return found[1]


@lru_cache(maxsize=2000)
def _text(table: str, column: str, select: str, *, is_number: bool) -> str:
    def told(side: str) -> sql.Composable:
        value = sql.Identifier("m", side)
        # Exact decimals stand in the change log as text.
        return sql.SQL("{value}::text").format(value=value) if is_number else value

    statement = sql.SQL(_RECOMPUTE).format(
        select=sql.SQL(select),
        table=sql.Identifier(table),
        column=sql.Identifier(column),
        old=told("old"),
        new=told("new"),
    )
    return statement.as_string(None)


async def ids_after(work: UnitOfWork, table: str, after: UUID, *, limit: int) -> list[UUID]:
    """The next records of an object in the order of their ids, those in the trash too."""
    text = sql.SQL(
        "select id from {table} where id > %(after)s order by id limit %(limit)s"
    ).format(table=sql.Identifier(table))
    rows = await work.rows(text.as_string(None), {"after": after, "limit": limit})
    return [id_ for (id_,) in rows]
