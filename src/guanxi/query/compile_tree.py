"""Trees of records → SQL: what lies below one, and what a record lies below, as far as it may be seen."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.sql.selectable import NamedFromClause

from guanxi.metadata.model import ObjectDefinition
from guanxi.query.sources import Column, Predicate, RowPolicy

#: So far a way up is told.
MOST_LEVELS = sa.literal_column("20", sa.Integer())
_ONE: Column = sa.literal_column("1", sa.Integer())
_NOTHING: Column = sa.literal_column("'[]'::json")


def below(tree: ObjectDefinition, tops: Column, policy: RowPolicy, name: str) -> sa.Select[Any]:
    """The ids of some records and of all that lie below them. Where a record may not be seen the way ends.

    `union` leaves out what was come to before, so that even a circle would end.
    """
    found = sa.select(sa.func.unnest(tops).label("id")).cte(f"{name}_below", recursive=True)
    there = policy.table(tree, f"{name}_t")
    is_below = _above(tree, there, policy) == found.c["id"]
    found = found.union(sa.select(there.c["id"]).where(_seen(tree, there, policy, is_below)))
    return sa.select(found.c["id"])


def names_above(tree: ObjectDefinition, start: Column, policy: RowPolicy, name: str) -> Column:
    """The names of what a record lies below, from the top, as JSON; they begin below the first that may not be seen."""
    first = policy.table(tree, f"{name}_a")
    way = (
        sa.select(_above(tree, first, policy).label("id"), _ONE.label("level"))
        .where(_seen(tree, first, policy, first.c["id"] == start))
        .correlate_except(first)
        .cte(f"{name}_up", recursive=True, nesting=True)
    )
    there = policy.table(tree, f"{name}_b")
    is_next = sa.and_(there.c["id"] == way.c["id"], way.c["level"] < MOST_LEVELS)
    further = sa.select(_above(tree, there, policy), way.c["level"] + _ONE)
    way = way.union_all(further.where(_seen(tree, there, policy, is_next)))
    named = policy.table(tree, f"{name}_n")
    text = policy.field(tree, tree.fields["name"], named)
    every = sa.func.json_agg(aggregate_order_by(sa.cast(text, sa.Text()), way.c["level"].desc()))
    shown = _seen(tree, named, policy, named.c["id"] == way.c["id"])
    names = sa.select(every).where(shown).correlate_except(way, named).scalar_subquery()
    return sa.func.coalesce(names, _NOTHING)


def _above(tree: ObjectDefinition, table: NamedFromClause, policy: RowPolicy) -> Column:
    """The record above a row, as far as it may be seen; what may never be seen is a bare NULL, of no type."""
    link = tree.tree_field
    if link is None:
        raise LookupError(f"The records of '{tree.name}' form no tree.")
    return sa.cast(policy.field(tree, link, table), sa.Uuid())


def _seen(
    tree: ObjectDefinition, table: NamedFromClause, policy: RowPolicy, on: Predicate
) -> Predicate:
    allowed = policy.rows(tree, table)
    return on if allowed is None else sa.and_(on, allowed)
