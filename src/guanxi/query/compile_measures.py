"""Counts and figures by group → SQL."""

from typing import Any

import sqlalchemy as sa

from guanxi.fields.capabilities import Aggregate
from guanxi.metadata.model import Catalog
from guanxi.query.compile_selection import predicates
from guanxi.query.condition import Path
from guanxi.query.question import Measure, MeasureQuestion, Selection
from guanxi.query.sources import Column, RowPolicy, Sources

MOST_GROUPS = 1000
PERCENT = 100


def compile_count(selection: Selection, policy: RowPolicy) -> sa.Select[Any]:
    """A statement with one number: the selected rows, counted no further than the parameter `limit` (null: all)."""
    sources = _selected(selection, policy)
    where = predicates(selection, sources)
    limited: sa.Select[Any] = sa.select(sa.literal_column("1"))
    limited = limited.select_from(sources.from_clause()).where(*where)
    rows = limited.limit(sa.cast(sa.bindparam("limit", type_=sa.Text()), sa.BigInteger()))
    return sa.select(sa.func.count()).select_from(rows.subquery("s"))


def compile_ids(selection: Selection, policy: RowPolicy) -> sa.Select[Any]:
    """The ids of the selected rows."""
    sources = _selected(selection, policy)
    where = predicates(selection, sources)
    return sa.select(sources.base.c["id"]).select_from(sources.from_clause()).where(*where)


def compile_measures(
    catalog: Catalog, question: MeasureQuestion, policy: RowPolicy
) -> sa.Select[Any]:
    """A statement with one row and column: a JSON list of `{"key": […], "values": […]}`, at most 1000 groups.

    Groups come by their first key in the order of its options, else of its values; empty last.
    """
    selection = question.selection
    sources = _selected(selection, policy)
    keys = [
        path.field.type.group_key(sources.column(path), path.field.options)
        for path in question.group_by
    ]
    figures = [_figure(measure, sources) for measure in question.measures]
    where = predicates(selection, sources)
    grouped = (
        sa.select(
            *(key.label(f"k{place}") for place, key in enumerate(keys)),
            *(figure.label(f"v{place}") for place, figure in enumerate(figures)),
        )
        .select_from(sources.from_clause())
        .where(*where)
    )
    if keys:
        ordered = [key.asc().nulls_last() for key in keys]
        grouped = grouped.group_by(*keys).order_by(*ordered).limit(MOST_GROUPS)
    found = grouped.subquery("g")
    named, from_clause = _named_keys(catalog, question.group_by, found, policy)
    group = sa.func.json_build_object(
        "key",
        sa.func.json_build_array(*named),
        "values",
        sa.func.json_build_array(*(found.c[f"v{place}"] for place in range(len(figures)))),
    )
    order = [found.c[f"k{place}"].asc().nulls_last() for place in range(len(keys))]
    rows = sa.select(group.label("one")).select_from(from_clause).order_by(*order).subquery("x")
    empty: Column = sa.literal_column("'[]'::json")
    return sa.select(sa.func.coalesce(sa.func.json_agg(rows.c["one"]), empty).label("groups"))


def _selected(selection: Selection, policy: RowPolicy) -> Sources:
    definition = selection.definition
    return Sources(definition, policy.table(definition, "t"), policy, "l")


def _figure(measure: Measure, sources: Sources) -> Column:
    if measure.path is None:
        return sa.func.count()
    column = sources.column(measure.path)
    if measure.weight is not None:
        weight = sa.func.coalesce(sources.column(measure.weight), 0)
        column = sa.func.round(column * weight / PERCENT, 2)
    match measure.aggregate:
        case Aggregate.SUM:
            return sa.func.coalesce(sa.func.sum(column), 0)
        case Aggregate.AVERAGE:
            return sa.func.round(sa.func.avg(column), 10)
        case Aggregate.MINIMUM:
            return sa.func.min(column)
        case Aggregate.MAXIMUM:
            return sa.func.max(column)
        case Aggregate.COUNT_DISTINCT:
            return sa.func.count(sa.distinct(column))
        case Aggregate.COUNT | Aggregate.COUNT_FILLED:
            return sa.func.count(column)


def _named_keys(
    catalog: Catalog, paths: tuple[Path, ...], found: sa.Subquery, policy: RowPolicy
) -> tuple[list[Column], sa.FromClause]:
    """Keys in wire form; references get their names, joined after grouping."""
    named: list[Column] = []
    clause: sa.FromClause = found
    for place, path in enumerate(paths):
        key = found.c[f"k{place}"]
        target = catalog.find(path.field.target) if path.field.target else None
        if target is None:
            named.append(path.field.type.to_json(key, path.field.options))
            continue
        joined = policy.table(target, f"n{place}")
        on = joined.c["id"] == key
        allowed = policy.rows(target, joined)
        clause = clause.outerjoin(joined, on if allowed is None else sa.and_(on, allowed))
        name = policy.field(target, target.fields["name"], joined)
        reference = sa.func.json_build_object("id", key, "name", name)
        named.append(sa.case((key.is_(None), sa.null()), else_=reference))
    return named, clause
