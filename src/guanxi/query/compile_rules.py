"""Rules as a statement: what they come to for records that are being saved, which no table holds yet."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql.selectable import NamedFromClause

from guanxi.formula.compile_sql import SqlCompiler
from guanxi.metadata.formula_scope import Objects
from guanxi.metadata.model import ObjectDefinition
from guanxi.metadata.rules import Rule
from guanxi.query.cache import sql_text
from guanxi.query.formula_source import FormulaSource
from guanxi.query.sources import OpenPolicy, Sources, table_of


@dataclass(frozen=True)
class RulesSelect:
    """A query that yields a row per draft, in their order, with what each rule comes to.

    The drafts travel as one text array per column: `d_id`, then `d0`, `d1` … for `columns`.
    """

    text: str
    parameters: dict[str, str]
    columns: tuple[str, ...]


def select_rules(
    objects: Objects, definition: ObjectDefinition, rules: Sequence[Rule]
) -> RulesSelect:
    """What rules come to for drafts of the object; links are followed to what is saved."""
    columns = tuple(sorted({name for rule in rules for name in rule.looks_at}))
    base = _drafts(definition, columns)
    sources = Sources(definition, base, OpenPolicy(), "j")
    compiler = SqlCompiler(FormulaSource(objects, definition, sources), prefix="text")
    values = [compiler.whole(rule.typed).label(f"r{place}") for place, rule in enumerate(rules)]
    statement = (
        sa.select(*values).select_from(sources.from_clause()).order_by(base.c["draft_place"])
    )
    return RulesSelect(sql_text(statement), compiler.parameters, columns)


def _drafts(definition: ObjectDefinition, columns: Sequence[str]) -> NamedFromClause:
    """Drafts as a table: the columns rules look at, and the place of each draft."""
    table = table_of(definition)
    names = ("id", *(name for name in columns if name != "id"))
    parameters = [
        sa.cast(
            sa.bindparam("d_id" if name == "id" else f"d{columns.index(name)}", type_=sa.Text()),
            postgresql.ARRAY(sa.Text()),
        )
        for name in names
    ]
    rows = (
        sa.func.unnest(*parameters)
        .table_valued(
            *(sa.column(f"c{place}", sa.Text()) for place in range(len(names))),
            with_ordinality="draft_place",
            name="n",
        )
        .render_derived()
    )
    typed = [
        sa.cast(rows.c[f"c{place}"], table.c[name].type).label(name)
        for place, name in enumerate(names)
    ]
    return sa.select(*typed, rows.c.draft_place).alias("t")
