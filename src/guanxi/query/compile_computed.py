"""Computed fields as statements: their values for a set of records, each formula once, in one go."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from guanxi.fields.capabilities import ValueKind
from guanxi.formula.arithmetic import rounded
from guanxi.formula.compile_sql import SqlCompiler
from guanxi.formula.sql_value import Column
from guanxi.metadata.computed import ComputedField
from guanxi.metadata.formula_scope import Objects
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.metadata.system_fields import LONGEST_NAME, NAME
from guanxi.query.cache import sql_text
from guanxi.query.formula_source import FormulaSource
from guanxi.query.sources import OpenPolicy, Sources, table_of

#: What a record is called whose formula comes to nothing.
NAMELESS = "—"

IDS = sa.bindparam("ids", type_=sa.Text())


@dataclass(frozen=True)
class ComputedSelect:
    """A query that yields `id` and the new value of each field, by its name; with the parameters of its texts."""

    text: str
    parameters: dict[str, str]
    names: tuple[str, ...]


def select_computed(
    objects: Objects, definition: ObjectDefinition, computed: Sequence[ComputedField]
) -> ComputedSelect:
    """The values of computed fields for the records `%(ids)s`; a formula may use those before it.

    Each stands in a lateral select of its own, so that the one that uses it does not compute it again.
    """
    base = table_of(definition).alias("t")
    sources = Sources(definition, base, OpenPolicy(), "j")
    source = FormulaSource(objects, definition, sources)
    compiler = SqlCompiler(source, prefix="text")
    laterals: list[sa.FromClause] = []
    for place, one in enumerate(computed):
        value = fitted(compiler.whole(one.typed), one.field.type.column_type(one.field.options))
        if one.field.name == NAME:
            value = sa.func.left(sa.func.coalesce(value, NAMELESS), LONGEST_NAME)
        statement = sa.select(value.label("v")).offset(sa.literal_column("0"))
        lateral: sa.FromClause = statement.correlate_except().lateral(f"c{place}")
        laterals.append(lateral)
        source.computed[one.field.name] = lateral.c.v
    clause: sa.FromClause = sources.from_clause()
    for lateral in laterals:
        clause = clause.join(lateral, sa.true())
    columns = [
        lateral.c.v.label(one.field.name) for lateral, one in zip(laterals, computed, strict=True)
    ]
    ids = sa.cast(IDS, postgresql.ARRAY(sa.Uuid()))
    statement = (
        sa.select(base.c.id, *columns).select_from(clause).where(base.c.id == sa.func.any(ids))
    )
    names = tuple(one.field.name for one in computed)
    return ComputedSelect(sql_text(statement), compiler.parameters, names)


def held(field: FieldDefinition, value: Any) -> Any:
    """A value computed in Python as the column holds it; the twin of `fitted`."""
    if field.type.value_kind is ValueKind.BOOLEAN:
        return value is True
    if field.name == NAME:
        return (value or NAMELESS)[:LONGEST_NAME]
    type_ = field.type.column_type(field.options)
    if isinstance(value, Decimal) and isinstance(type_, sa.Numeric) and type_.precision is not None:
        scale = type_.scale or 0
        near = rounded(value, scale)
        return near if near.adjusted() < type_.precision - scale else None
    return value


def fitted(value: Column, type_: sa.types.TypeEngine[object]) -> Column:
    """As the column holds it: a number rounded to its decimals, empty when it has too many digits."""
    if isinstance(type_, sa.Numeric) and type_.precision is not None:
        scale = type_.scale or 0
        rounded = sa.func.round(value, sa.literal_column(str(scale)))
        limit: Column = sa.literal_column(f"1e{type_.precision - scale}")
        return sa.case((sa.func.abs(rounded) < limit, rounded))
    if isinstance(type_, sa.Boolean):
        return sa.func.coalesce(value, sa.false())
    return value
