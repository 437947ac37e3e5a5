"""Fields that point to several records → SQL: their names in the order they were chosen, as far as they may be seen."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import aggregate_order_by

from guanxi.metadata.model import Catalog
from guanxi.query.condition import Path
from guanxi.query.sources import Column, Sources

_NOTHING: Column = sa.literal_column("'[]'::json")


def reference(id_: Column, seen: Column, name: Column) -> Column:
    """A record as the API gives it; of one that may not be seen the id alone."""
    hidden = sa.func.json_build_object("id", id_, "name", None, "hidden", sa.true())
    told = sa.func.json_build_object("id", id_, "name", name)
    return sa.case((seen.is_(None), hidden), else_=told)


def as_json(catalog: Catalog, path: Path, column: Column, sources: Sources) -> Column:
    """The list as the API gives it."""
    target = catalog.find(path.field.listed_target or "")
    if target is None:
        return _NOTHING
    places, joined, rows = sources.unnested(column, target)
    name = sources.policy.field(target, target.fields["name"], joined)
    one = reference(places.c["v"], joined.c["id"], name)
    every = sa.func.json_agg(aggregate_order_by(one, places.c["o"]))
    return sa.func.coalesce(sa.select(every).select_from(rows).scalar_subquery(), _NOTHING)


def names(catalog: Catalog, path: Path, column: Column, sources: Sources) -> Column:
    """The names as an array; of what may not be seen nothing."""
    target = catalog.find(path.field.listed_target or "")
    if target is None:
        return sa.null()
    places, joined, rows = sources.unnested(column, target)
    name = sources.policy.field(target, target.fields["name"], joined)
    every = sa.func.array_agg(aggregate_order_by(sa.cast(name, sa.Text()), places.c["o"]))
    return sa.select(every).select_from(rows).where(name.is_not(None)).scalar_subquery()
