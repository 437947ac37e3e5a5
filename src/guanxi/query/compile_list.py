"""Lists → SQL: one statement that finds a page by keyset and builds its JSON.

The inner query finds the records of the page with few columns; links that are only shown are joined outside, for the
records of the page alone. A sort key that may be empty splits the list in two parts (filled, then empty), so that both
directions are served by one ordinary index `(key, id)` and a deep page costs what the first one costs.
"""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql.selectable import NamedFromClause

from guanxi.formula.sql_value import whole
from guanxi.metadata.model import Catalog, ObjectDefinition
from guanxi.query import compile_references, compile_tree
from guanxi.query.compile_condition import comparable, compile_condition
from guanxi.query.compile_selection import predicates
from guanxi.query.condition import Path, paths_in
from guanxi.query.question import Cursor, ListQuestion
from guanxi.query.sources import Column, Predicate, RowPolicy, Sources
from guanxi.query.values import test_prefix

NEVER_EMPTY = frozenset({"id", "name", "created_at", "updated_at", "version"})


@dataclass(frozen=True)
class _Key:
    """One sort key: what is compared, in which direction, and whether it may be empty."""

    column: Column
    falls: bool
    may_be_empty: bool
    type: sa.types.TypeEngine[Any]


def compile_list(catalog: Catalog, question: ListQuestion, policy: RowPolicy) -> sa.Select[Any]:
    """A statement with one row: `records` json, `more` bool, `last` text (JSON list of sort values), `last_id` uuid.

    Parameters: see `query.values`. The page size stands in the text: with it open, PostgreSQL would reckon with a tenth of
    the table and plan every execution anew, at 0.7 ms each.
    """
    page = _page(question, policy)
    limit = question.limit
    last = sa.select(page).where(page.c["ordinal"] == limit).subquery("last")
    keys = [sa.cast(last.c[f"k{place}"], sa.Text()) for place in range(len(question.sort))]
    return sa.select(
        _records(catalog, question, policy, page).label("records"),
        sa.select(sa.func.count() > limit).select_from(page).scalar_subquery().label("more"),
        sa.select(sa.cast(sa.func.json_build_array(*keys), sa.Text()))
        .select_from(last)
        .scalar_subquery()
        .label("last"),
        sa.select(last.c["id"]).scalar_subquery().label("last_id"),
    )


def compile_rows(
    catalog: Catalog,
    question: ListQuestion,
    policy: RowPolicy,
    further: RowPolicy | None = None,
) -> sa.Select[Any]:
    """The selected records as plain rows in order, without a limit: `id`, then a column per field, references by name.

    `further` narrows which records they are, not what is shown of them.
    """
    definition = question.selection.definition
    base = policy.table(definition, "t")
    sources = Sources(definition, base, policy, "l")
    keys = _keys(question, sources)
    columns = [
        _file_value(catalog, path, sources).label(f"c{place}")
        for place, path in enumerate(question.fields)
    ]
    where = predicates(question.selection, sources)
    narrowed = None if further is None else further.rows(definition, base)
    if narrowed is not None:
        where.append(narrowed)
    return (
        sa.select(base.c["id"], *columns)
        .select_from(sources.from_clause())
        .where(*where)
        .order_by(*_order(keys, base, nulls_stated=True))
    )


def _page(question: ListQuestion, policy: RowPolicy) -> sa.CTE:
    """The records of the page and one more, numbered: needed columns, sort keys `k0`…, `ordinal`."""
    definition = question.selection.definition
    needed = {*_always(definition)} | {path.names[0] for path in question.fields}
    needed |= {path.names[0] for one in question.tests for path in paths_in(one)}
    needed |= policy.columns(definition)
    peek = question.limit + 1

    def part(filled: bool | None) -> sa.Select[Any]:
        base = policy.table(definition, "t")
        sources = Sources(definition, base, policy, "l")
        keys = _keys(question, sources)
        where = predicates(question.selection, sources)
        if filled is not None:
            first = keys[0].column
            where.append(first.is_not(None) if filled else first.is_(None))
        if question.after is not None:
            where.append(_after(question.after, keys, base.c["id"], filled))
        columns: list[Column] = [base.c[name] for name in sorted(needed)]
        columns += [key.column.label(f"k{place}") for place, key in enumerate(keys)]
        order = (
            _order(keys[1:], base, falls=_falls(keys), nulls_stated=True)
            if filled is False
            else _order(keys, base)
        )
        if question.by_relevance:
            start = sa.cast(sa.bindparam("s0_start", type_=sa.Text()), sa.Text())
            name = sources.column(Path((), definition.fields["name"]))
            order = [sa.func.coalesce(name.ilike(start), sa.false()).desc(), *order]
        return (
            sa.select(*columns)
            .select_from(sources.from_clause())
            .where(*where)
            .order_by(*order)
            .limit(peek)
        )

    probe = _keys(question, Sources(definition, policy.table(definition, "t"), policy, "l"))
    found: sa.FromClause
    if probe and probe[0].may_be_empty:
        parts = [part(filled).subquery().select() for filled in _parts(question.after)]
        found = (parts[0] if len(parts) == 1 else sa.union_all(*parts)).limit(peek).subquery("s")
    else:
        found = part(None).subquery("s")
    return sa.select(found, sa.func.row_number().over().label("ordinal")).cte("page")


def _always(definition: ObjectDefinition) -> tuple[str, ...]:
    """What a record is always told with. People and departments have no versions."""
    return ("id",) if definition.built_in else ("id", "version")


def _parts(after: Cursor | None) -> tuple[bool, ...]:
    """Which parts of the list lie after the cursor: the filled one, the empty one."""
    if after is not None and after.values[0] is None:
        return (False,)
    return (True, False)


def _keys(question: ListQuestion, sources: Sources) -> list[_Key]:
    return [_key(path, falls, sources) for path, falls in question.sort]


def _key(path: Path, falls: bool, sources: Sources) -> _Key:
    column = sources.column(path)
    field = path.field
    is_plain = isinstance(column, sa.ColumnClause)
    if field.name == "name" and is_plain and column.table is not None:
        column = column.table.c.get("name_key", column)
    never_empty = field.name in NEVER_EMPTY or field.type.never_empty is not None
    return _Key(
        column=column,
        falls=falls,
        may_be_empty=not (never_empty and is_plain and not path.links),
        type=comparable(field.type.column_type(field.options)),
    )


def _falls(keys: list[_Key]) -> bool:
    """The direction of the tie-breaking id: that of the first key, newest first without keys."""
    return keys[0].falls if keys else True


def _order(
    keys: list[_Key],
    base: sa.FromClause,
    *,
    falls: bool | None = None,
    nulls_stated: bool = False,
) -> list[Column]:
    """The first key's filled part holds no empty values, so its order needs no word on them; all else does."""
    order: list[Column] = []
    for place, key in enumerate(keys):
        one = key.column.desc() if key.falls else key.column.asc()
        stated = key.may_be_empty and (place > 0 or nulls_stated)
        order.append(one.nulls_last() if stated else one)
    falling = _falls(keys) if falls is None else falls
    order.append(base.c["id"].desc() if falling else base.c["id"].asc())
    return order


def _after(after: Cursor, keys: list[_Key], id_: Column, filled: bool | None) -> Predicate:
    """Rows behind the cursor, within one part of the list."""
    last_id = sa.cast(sa.bindparam("k_id", type_=sa.Text()), sa.Uuid())
    falls = _falls(keys)
    tie = id_ < last_id if falls else id_ > last_id
    if filled is False and (not after.values or after.values[0] is not None):
        return sa.true()

    def value(place: int) -> Column:
        return sa.cast(sa.bindparam(f"k{place}", type_=sa.Text()), keys[place].type)

    if len(keys) == 1 and filled is not False:
        pair, last = sa.tuple_(keys[0].column, id_), sa.tuple_(value(0), last_id)
        return pair < last if falls else pair > last
    behind: Predicate = tie
    for place in range(len(keys) - 1, -1, -1):
        key = keys[place]
        if after.values[place] is None:
            behind = sa.and_(key.column.is_(None), behind)
            continue
        beyond = key.column < value(place) if key.falls else key.column > value(place)
        options = [beyond, sa.and_(key.column == value(place), behind)]
        if key.may_be_empty and place > 0:
            options.append(key.column.is_(None))
        behind = sa.or_(*options)
        if place == 0:
            bound = key.column <= value(0) if key.falls else key.column >= value(0)
            behind = sa.and_(bound, behind)
    return behind


def _records(
    catalog: Catalog, question: ListQuestion, policy: RowPolicy, page: sa.CTE
) -> sa.ScalarSelect[Any]:
    held = policy.held(question.selection.definition, page)
    shown: NamedFromClause = page.alias("p")
    if held:
        shown = sa.select(page, *held).offset(sa.literal_column("0")).subquery("p")
    sources = Sources(question.selection.definition, shown, policy, "j")
    columns = [shown.c[name].label(name) for name in _always(question.selection.definition)]
    columns += [
        _wire_value(catalog, path, sources).label(path.text)
        for path in question.fields
        if path.text not in _always(question.selection.definition)
    ]
    if question.tests:
        columns.append(_holding(question, sources).label("_holds"))
    record = (
        sa.select(*columns)
        .select_from(sources.from_clause())
        .where(shown.c["ordinal"] <= question.limit)
        .order_by(shown.c["ordinal"])
        .subquery("r")
    )
    as_json = sa.func.row_to_json(sa.literal_column("r"))
    empty: Column = sa.literal_column("'[]'::json")
    return (
        sa.select(sa.func.coalesce(sa.func.json_agg(as_json), empty))
        .select_from(record)
        .scalar_subquery()
    )


def _holding(question: ListQuestion, sources: Sources) -> Column:
    """The places of the tests that hold, asked of the records of the page alone."""
    places = [
        sa.case(
            (
                compile_condition(one, sources.column, test_prefix(place), sources.policy),
                whole(place),
            )
        )
        for place, one in enumerate(question.tests)
    ]
    return sa.func.array_remove(postgresql.array(places), sa.null())


def _wire_value(catalog: Catalog, path: Path, sources: Sources) -> Column:
    """The value as the API gives it: references as objects with id and name."""
    column = sources.column(path)
    if path.field.is_listed:
        return compile_references.as_json(catalog, path, column, sources)
    if path.field.target is None:
        return path.field.type.to_json(column, path.field.options)
    target = catalog.find(path.field.target)
    if target is None:
        return sa.null()
    joined = sources.target(path, target)
    name = sources.policy.field(target, target.fields["name"], joined)
    told = compile_references.reference(column, joined.c["id"], name)
    if getattr(path.field.options, "is_tree", False):
        above = compile_tree.names_above(target, joined.c["id"], sources.policy, joined.name)
        shown = sa.func.json_build_object("id", column, "name", name, "path", above)
        told = sa.case((joined.c["id"].is_(None), told), else_=shown)
    return sa.case((column.is_(None), sa.null()), else_=told)


def _file_value(catalog: Catalog, path: Path, sources: Sources) -> Column:
    """The value as a file tells it: references by name."""
    if path.field.is_listed:
        return compile_references.names(catalog, path, sources.column(path), sources)
    return _name_of(catalog, path, sources) if path.field.target else sources.column(path)


def _name_of(catalog: Catalog, path: Path, sources: Sources) -> Column:
    target = catalog.find(path.field.target or "")
    if target is None:
        return sa.null()
    return sources.policy.field(target, target.fields["name"], sources.target(path, target))
