"""SQL that computes computed fields and finds the records that hang on others."""

from collections.abc import Callable, Iterable, Sequence, Set
from functools import lru_cache
from typing import Any
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
  select t.id, {values} from {table} t join x on x.id = t.id where ({stored}) is distinct from ({computed})),
changed as (
  update {table} t set {assignments} from moved m where t.id = m.id returning t.id, t.version),
logged as (
  insert into change (object, record, version, op, old, new, actor, source)
  select %(object)s, c.id, c.version, 'update', {old}, {new}, %(actor)s, 'computed'
    from changed c join moved m on m.id = c.id where c.id <> all(%(untold)s::uuid[]) returning 1)
select m.id, {flags} from moved m
"""

_WRITE_WORDS = """
update {table} t set search = array_to_tsvector(n.search::text[]), name_key = n.name_key
  from unnest(%(id)s::uuid[], %(search)s::text[], %(name_key)s::text[]) as n(id, search, name_key) where t.id = n.id
"""

_selects: dict[tuple[int, ...], tuple[tuple[ComputedField, ...], ComputedSelect]] = {}
MOST_SELECTS = 2000


async def recompute(
    work: UnitOfWork,
    viewer: Viewer,
    objects: Objects,
    definition: ObjectDefinition,
    fields: tuple[ComputedField, ...],
    ids: Sequence[UUID],
    *,
    untold: Set[UUID] = frozenset(),
    actor: UUID | None = None,
) -> dict[str, list[UUID]]:
    """Writes the values of computed fields where they moved, with rows of the change log; the records by field.

    Each field stands after those of them it hangs on. The records must be locked. Of those `untold` the change log says
    nothing: they were made just now. The version of a record stays: nobody's change to other fields collides with what
    was computed.
    """
    select = _select(objects, definition, fields)
    announce(work, Topic.CHANGES)
    numbers = frozenset(
        one.field.name for one in fields if one.field.type.value_kind is ValueKind.NUMBER
    )
    rows = await work.rows(
        _text(definition.name, select.names, select.text, numbers),
        {
            **select.parameters,
            "ids": array_text(map(str, ids)),
            "object": definition.name,
            "actor": actor,
            "untold": array_text(map(str, untold)),
            "formula_zone": viewer.zone.key,
        },
    )
    moved: dict[str, list[UUID]] = {}
    for id_, *flags in rows:
        for name, is_moved in zip(select.names, flags, strict=True):
            if is_moved:
                moved.setdefault(name, []).append(id_)
    return moved


async def read_fields(
    work: UnitOfWork, definition: ObjectDefinition, names: Sequence[str], ids: Sequence[UUID]
) -> list[tuple[UUID, dict[str, Any]]]:
    """Some fields of records as they are stored."""
    text = sql.SQL("select id, {names} from {table} where id = any(%(ids)s::uuid[])").format(
        names=sql.SQL(", ").join(map(sql.Identifier, names)),
        table=sql.Identifier(definition.name),
    )
    rows = await work.rows(text.as_string(None), {"ids": array_text(map(str, ids))})
    return [(id_, dict(zip(names, values, strict=True))) for id_, *values in rows]


async def write_words(
    work: UnitOfWork,
    definition: ObjectDefinition,
    words: Sequence[tuple[UUID, Sequence[str], str]],
) -> None:
    """Writes search words and sort keys of records."""
    text = sql.SQL(_WRITE_WORDS).format(table=sql.Identifier(definition.name))
    parameters = {
        "id": array_text(str(id_) for id_, _, _ in words),
        "search": array_text(array_text(search) for _, search, _ in words),
        "name_key": array_text(name_key for _, _, name_key in words),
    }
    await work.execute(text.as_string(None), parameters)


async def linked_back(
    work: UnitOfWork,
    table: str,
    link: str,
    ids: Iterable[UUID],
    *,
    is_backwards: bool,
    is_listed: bool,
) -> set[UUID]:
    """The records on the near side of a link: what these link to, or what links to these."""
    wanted, known = (link, "id") if is_backwards else ("id", link)
    every = "unnest({wanted})" if is_listed and is_backwards else "{wanted}"
    among = "{known} && %(ids)s" if is_listed and not is_backwards else "{known} = any(%(ids)s"
    closing = "::uuid[]" if is_listed and not is_backwards else "::uuid[])"
    text = sql.SQL(f"select distinct {every} from {{table}} where {among}{closing}").format(
        wanted=sql.Identifier(wanted), table=sql.Identifier(table), known=sql.Identifier(known)
    )
    rows = await work.rows(text.as_string(None), {"ids": array_text(map(str, ids))})
    return {id_ for (id_,) in rows if id_ is not None}


def _select(
    objects: Objects, definition: ObjectDefinition, fields: tuple[ComputedField, ...]
) -> ComputedSelect:
    key = tuple(map(id, fields))
    found = _selects.get(key)
    if found is None or any(one is not other for one, other in zip(found[0], fields, strict=True)):
        if len(_selects) > MOST_SELECTS:
            _selects.clear()
        found = (fields, select_computed(objects, definition, fields))
        _selects[key] = found
    return found[1]


@lru_cache(maxsize=2000)
def _text(table: str, names: tuple[str, ...], select: str, numbers: frozenset[str]) -> str:
    def old(place: int) -> sql.Composable:
        return sql.Identifier("m", f"o{place}")

    def new(place: int) -> sql.Composable:
        return sql.Identifier("m", f"n{place}")

    def differs(place: int) -> sql.Composable:
        return sql.SQL("{old} is distinct from {new}").format(old=old(place), new=new(place))

    def told(side: Callable[[int], sql.Composable]) -> sql.Composable:
        """The fields that moved, as the change log holds them: exact decimals as text."""
        parts = [
            sql.SQL(
                "case when {differs} then jsonb_build_object({name}, {value}) else '{{}}' end"
            ).format(
                differs=differs(place),
                name=sql.Literal(name),
                value=side(place) if name not in numbers else side(place) + sql.SQL("::text"),
            )
            for place, name in enumerate(names)
        ]
        return parts[0] if len(parts) == 1 else sql.SQL(" || ").join(parts)

    places = range(len(names))
    statement = sql.SQL(_RECOMPUTE).format(
        select=sql.SQL(select),
        table=sql.Identifier(table),
        values=_joined(
            sql.SQL("t.{name} as {old}, x.{name} as {new}").format(
                name=sql.Identifier(names[place]),
                old=sql.Identifier(f"o{place}"),
                new=sql.Identifier(f"n{place}"),
            )
            for place in places
        ),
        stored=_joined(sql.Identifier("t", name) for name in names),
        computed=_joined(sql.Identifier("x", name) for name in names),
        assignments=_joined(
            sql.SQL("{name} = {new}").format(name=sql.Identifier(names[place]), new=new(place))
            for place in places
        ),
        old=told(old),
        new=told(new),
        flags=_joined(differs(place) for place in places),
    )
    return statement.as_string(None)


def _joined(parts: Iterable[sql.Composable]) -> sql.Composed:
    return sql.SQL(", ").join(parts)


async def count_records(work: UnitOfWork, table: str) -> int:
    """How many records an object has, those in the trash too."""
    text = sql.SQL("select count(*) from {table}").format(table=sql.Identifier(table))
    return int(await work.value(text.as_string(None)))


async def ids_after(work: UnitOfWork, table: str, after: UUID, *, limit: int) -> list[UUID]:
    """The next records of an object in the order of their ids, those in the trash too."""
    text = sql.SQL(
        "select id from {table} where id > %(after)s order by id limit %(limit)s"
    ).format(table=sql.Identifier(table))
    rows = await work.rows(text.as_string(None), {"after": after, "limit": limit})
    return [id_ for (id_,) in rows]
