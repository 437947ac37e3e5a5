"""Live fields: computed where they are read, from the clock of the question, and stored nowhere.

A table with live fields is a select of its columns and their formulas. PostgreSQL takes such a select apart: what a
statement does not look at is not computed, and the indexes of the table serve it as before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.sql.selectable import NamedFromClause

from guanxi.formula.compile_sql import SqlCompiler
from guanxi.formula.sql_value import Column
from guanxi.formula.types import BOOLEAN
from guanxi.metadata.computed import ComputedField, ComputedFields, FieldKey
from guanxi.metadata.formula_scope import Objects
from guanxi.metadata.model import ObjectDefinition
from guanxi.query.compile_computed import fitted
from guanxi.query.formula_source import FormulaSource
from guanxi.query.holding import holding
from guanxi.query.sources import OpenPolicy, Sources, table_of


def live_table(
    objects: Objects, fields: ComputedFields, definition: ObjectDefinition, name: str
) -> NamedFromClause:
    """The records of an object under a name, its live fields among the columns."""
    return _table(objects, fields.live, fields.live_of(definition.name), definition, name)


@dataclass(frozen=True)
class _WithLive(OpenPolicy):
    """Everything may be seen, and the live fields that are wanted besides."""

    objects: Objects
    live: Mapping[FieldKey, ComputedField]
    wanted: frozenset[FieldKey]

    def table(self, definition: ObjectDefinition, name: str) -> NamedFromClause:
        some = [
            one
            for key, one in self.live.items()
            if key in self.wanted and one.object == definition.name
        ]
        return _table(self.objects, self.live, some, definition, name)


def _table(
    objects: Objects,
    live: Mapping[FieldKey, ComputedField],
    wanted: Sequence[ComputedField],
    definition: ObjectDefinition,
    name: str,
) -> NamedFromClause:
    table = table_of(definition)
    if not wanted:
        return table.alias(name)
    base = table.alias("r")
    below = frozenset(key for one in wanted for key in _live_sources(one, live))
    sources = Sources(definition, base, _WithLive(objects, live, below), "rj")
    source = FormulaSource(objects, definition, sources, "rm")
    compiler = SqlCompiler(source, prefix="r", writes_texts=True)
    for one in wanted:
        type_ = one.field.type.column_type(one.field.options)
        value = fitted(compiler.whole(one.typed), type_)
        source.computed[one.field.name] = sa.type_coerce(value, type_)
    stored = [column for column in base.c if column.name not in source.computed]
    computed = [value.label(name) for name, value in source.computed.items()]
    computed += [
        test.label(holding(one.field.name))
        for one in wanted
        if one.typed.type == BOOLEAN and (test := _plain_test(source, one)) is not None
    ]
    return sa.select(*stored, *computed).select_from(sources.from_clause()).subquery(name)


def _plain_test(source: FormulaSource, one: ComputedField) -> Column | None:
    """The formula as an index can serve it: nothing around its comparisons. None where it needs places of its own."""
    compiler = SqlCompiler(source, prefix="r", writes_texts=True)
    test = compiler.predicate(one.typed)
    return None if isinstance(test, sa.sql.selectable.ScalarSelect) else test


def _live_sources(
    computed: ComputedField, live: Mapping[FieldKey, ComputedField]
) -> frozenset[FieldKey]:
    """The live fields of other records it hangs on, and those of the same records that these hang on."""
    found = {key for way, key in computed.sources() if way and key in live}
    left = list(found)
    while left:
        for way, key in live[left.pop()].sources():
            if not way and key in live and key not in found:
                found.add(key)
                left.append(key)
    return frozenset(found)
