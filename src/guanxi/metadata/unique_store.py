"""SQL of unique rules: their indexes, what they would find alike, and what stands in the way of records to be saved."""

from collections.abc import Sequence

import sqlalchemy as sa
from psycopg import sql
from psycopg.errors import FeatureNotSupported, InvalidObjectDefinition
from sqlalchemy.dialects import postgresql

from guanxi.db.names import quoted
from guanxi.db.unit_of_work import Row, UnitOfWork
from guanxi.formula.compile_sql import SqlCompiler
from guanxi.formula.sql_value import Column, SqlList
from guanxi.formula.types import Type
from guanxi.metadata import ddl
from guanxi.metadata.model import ObjectDefinition
from guanxi.metadata.unique_rules import CheckedUnique

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]

#: Stands for the table while it is tried whether PostgreSQL can keep an index of the rule.
_TRIAL = "guanxi_unique_trial"


def create_index(definition: ObjectDefinition, unique: CheckedUnique, *, concurrently: bool) -> str:
    """The index that keeps the rule: unique among the living its condition holds of."""
    how = sql.SQL("concurrently if not exists " if concurrently else "")
    statement = sql.SQL("create unique index {how}{index} on {table} ({columns}) where ").format(
        how=how,
        index=sql.Identifier(index_name(definition, unique)),
        table=sql.Identifier(definition.name),
        columns=sql.SQL(", ").join(sql.Identifier(name) for name in unique.rule.fields),
    )
    return statement.as_string(None) + _compared(definition, unique)


def index_name(definition: ObjectDefinition, unique: CheckedUnique) -> str:
    """The name of the index; it turns a violation into the problem of the rule's fields."""
    return ddl.rule_index_name(definition.name, unique.rule.name)


async def can_be_kept(
    work: UnitOfWork, definition: ObjectDefinition, unique: CheckedUnique
) -> bool:
    """Whether PostgreSQL can keep an index with the condition: it allows nothing that is looked up elsewhere, nor what
    hangs on settings. Nothing of the trial stays.
    """
    if unique.condition is None:
        return True
    columns = ", ".join(
        f"{quoted(name)} {_type(definition, name)}" for name in sorted(unique.looks_at)
    )
    try:
        async with work.connection.transaction(force_rollback=True):
            await work.execute(
                f"create temporary table {_TRIAL} ({columns}, deleted_at timestamptz)"
            )
            await work.execute(
                f"create unique index on {_TRIAL} ({quoted(unique.rule.fields[0])})"
                f" where {_compared(definition, unique)}"
            )
    except (FeatureNotSupported, InvalidObjectDefinition):
        return False
    return True


async def repeated(work: UnitOfWork, definition: ObjectDefinition, unique: CheckedUnique) -> int:
    """How many values, or sets of values, records in use have more than once."""
    columns = [quoted(name) for name in unique.rule.fields]
    filled = " and ".join(f"{column} is not null" for column in columns)
    return int(
        await work.value(
            f"select count(*) from (select from {quoted(definition.name)}"
            f" where {_compared(definition, unique)} and {filled}"
            f" group by {', '.join(columns)} having count(*) > 1) twice"
        )
    )


async def alike(
    work: UnitOfWork,
    definition: ObjectDefinition,
    unique: CheckedUnique,
    cells: Sequence[str],
    others: str,
) -> Sequence[Row]:
    """The records in use that have the same as given ones: place among the given, id. `cells` hold a text array per field,
    `others` the ids of records that do not count.
    """
    names = unique.rule.fields
    given = ", ".join(f"%(d{place})s::text[]" for place in range(len(names)))
    columns = ", ".join(f"c{place}" for place in range(len(names)))
    same = " and ".join(
        f"t.{quoted(name)} = d.c{place}::{_type(definition, name)}"
        for place, name in enumerate(names)
    )
    return await work.rows(
        f"select d.place::int - 1, t.id from unnest({given}) with ordinality d({columns}, place)"
        f" join (select * from {quoted(definition.name)} where {_compared(definition, unique, doubled=True)}) t on {same}"
        " where t.id <> all(%(others)s::uuid[]) order by d.place, t.id",
        {**{f"d{place}": one for place, one in enumerate(cells)}, "others": others},
    )


def _compared(definition: ObjectDefinition, unique: CheckedUnique, *, doubled: bool = False) -> str:
    """Which records are compared; signs that stand for parameters are doubled where there are some."""
    if unique.condition is None:
        return "deleted_at is null"
    compiler = SqlCompiler(_OwnColumns(definition), prefix="u", writes_texts=True)
    predicate = compiler.predicate(unique.condition.typed)
    compiled = predicate.compile(dialect=_DIALECT, compile_kwargs={"literal_binds": True})
    text = str(compiled).replace("%%", "%")
    if doubled:
        text = text.replace("%", "%%")
    return f"deleted_at is null and ({text})"


def _type(definition: ObjectDefinition, name: str) -> str:
    field = definition.fields[name]
    return str(field.type.column_type(field.options).compile(_DIALECT))


class _OwnColumns:
    """The fields of the record as the columns of its table."""

    def __init__(self, definition: ObjectDefinition) -> None:
        self._definition = definition

    def column(self, names: tuple[str, ...]) -> Column:
        field = self._definition.fields[names[0]]
        return sa.column(field.name, field.type.column_type(field.options))

    def many(self, names: tuple[str, ...], type_: Type) -> SqlList:
        rows = (
            sa.func.unnest(self.column(names))
            .table_valued(sa.column("v", sa.Text()), with_ordinality="o", name="u")
            .render_derived()
        )
        return SqlList(type_, rows, rows.c.v, (rows.c.o,))
