"""Typed tree → SQL. The expression gives the value for each row of a statement and never fails."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Protocol, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from guanxi.formula.function import Overload
from guanxi.formula.sql_value import Column, Predicate, SqlList, SqlValue, any_of, number, whole
from guanxi.formula.tree import Field, Literal, LiteralValue, Row
from guanxi.formula.typed import Typed
from guanxi.formula.types import TEXT, Kind, Type
from guanxi.kit.text import Locale

#: Expressions with more parts get a place of their own, so that what uses them twice does not write them twice.
MOST_PARTS = 120
#: What may be written several times rather than once in a place of its own.
CHEAP_PARTS = 6

#: The parameters every statement with formulas is given.
NOW = sa.cast(sa.bindparam("formula_now", type_=sa.Text()), sa.DateTime(timezone=True))
ZONE = sa.cast(sa.bindparam("formula_zone", type_=sa.Text()), sa.Text())
TODAY = sa.cast(sa.bindparam("formula_today", type_=sa.Text()), sa.Date())
PERSON = sa.cast(sa.bindparam("formula_person", type_=sa.Text()), sa.Uuid())
#: Of who asks: themselves and those who report to them; their department with those below.
TEAM = sa.cast(sa.bindparam("my_people", type_=sa.Text()), postgresql.ARRAY(sa.Uuid()))
DEPARTMENTS = sa.cast(sa.bindparam("my_departments", type_=sa.Text()), postgresql.ARRAY(sa.Uuid()))

COLUMN_TYPES: dict[Kind, sa.types.TypeEngine[Any]] = {
    Kind.NUMBER: sa.Numeric(),
    Kind.TEXT: sa.Text(),
    Kind.CHOICE: sa.Text(),
    Kind.BOOLEAN: sa.Boolean(),
    Kind.DATE: sa.Date(),
    Kind.DATE_TIME: sa.DateTime(timezone=True),
    Kind.RECORD: sa.Uuid(),
    Kind.NOTHING: sa.Text(),
}


class FieldSource(Protocol):
    """Where the fields of the record stand in the statement."""

    def column(self, names: tuple[str, ...]) -> Column:
        """A single value, over links to one where there are some."""
        ...

    def many(self, names: tuple[str, ...], type_: Type) -> SqlList:
        """The values at the end of a path that crosses a link to many."""
        ...


@dataclass
class SqlCompiler:
    """Compiles the formulas of one statement."""

    source: FieldSource
    locale: Locale = "zh-CN"
    prefix: str = "f"
    #: The texts written in the formulas, by the name of their parameter.
    parameters: dict[str, str] = field(default_factory=dict)
    _row: "SqlList | None" = None
    _places: "list[sa.FromClause]" = field(default_factory=list)
    _counter: list[int] = field(default_factory=lambda: [0])
    #: What the parameter of a text is called; numbered unless given.
    named: Callable[[str], str] | None = None
    #: Writes the texts into the statement rather than as parameters.
    writes_texts: bool = False

    def whole(self, typed: Typed) -> Column:
        """The value as a field stores it: NULL when empty or without value, numbers exact to ten decimals."""
        compiled = self.compile(typed)
        if isinstance(compiled, SqlList):
            return self._in_place(self._fitted_list(compiled))
        value = compiled.value
        if typed.type.kind is Kind.NUMBER:
            return self._in_place(self._fitted(compiled))
        if typed.type.kind is Kind.TEXT:
            value = value.collate("C")
        return self._in_place(self._guarded(value, compiled.error))

    def predicate(self, typed: Typed) -> Predicate:
        """For a WHERE: true where the formula is true, false or NULL elsewhere."""
        compiled = self.single(typed)
        value: Predicate = compiled.predicate
        if compiled.error is not None:
            value = sa.and_(sa.not_(compiled.error), value)
        return self._in_place(value)

    def error(self, typed: Typed) -> Predicate:
        compiled = self.compile(typed)
        return self._in_place(sa.false() if compiled.error is None else compiled.error)

    def compile(self, typed: Typed) -> "SqlValue | SqlList":
        compiled = self._plain(typed)
        if isinstance(compiled, SqlValue) and compiled.size() > MOST_PARTS:
            return self._placed(compiled)
        return compiled

    def single(self, typed: Typed) -> SqlValue:
        return cast("SqlValue", self.compile(typed))

    def once(self, value: SqlValue) -> SqlValue:
        """The same value, cheap to write several times."""
        return value if value.size() <= CHEAP_PARTS else self._placed(value)

    def cheap(self, column: Column) -> Column:
        """The same expression, cheap to write several times; no boolean."""
        return self.once(SqlValue(TEXT, nullable=column)).value

    def name(self) -> str:
        """A name for a table that no other has."""
        return f"l{self._next()}"

    def text(self, value: str) -> Column:
        """A text of the formula, as a parameter unless it is to be written."""
        if self.writes_texts:
            quoted = value.replace("'", "''")
            return sa.literal_column(f"'{quoted}'", sa.Text())
        name = self.named(value) if self.named else f"{self.prefix}{self._next()}"
        self.parameters[name] = value
        return sa.cast(sa.bindparam(name, type_=sa.Text()), sa.Text())

    def per_row(self, rows: SqlList, typed: Typed) -> "tuple[SqlList, SqlValue]":
        """A formula about each row of a list; the list returned has room for it."""
        inside = SqlCompiler(
            self.source,
            self.locale,
            self.prefix,
            self.parameters,
            rows,
            [],
            self._counter,
            self.named,
            self.writes_texts,
        )
        compiled = inside.single(typed)
        return inside._with_places(rows), compiled

    # --- parts ----------------------------------------------------------------------------------------------

    def _plain(self, typed: Typed) -> "SqlValue | SqlList":
        node = typed.node
        if typed.overload is not None:
            return self._call(typed, typed.overload)
        if isinstance(node, Literal):
            return self._literal(node.value, typed.type)
        if isinstance(node, Field):
            if typed.type.is_list:
                return self.source.many(node.names, typed.type)
            return _stored(self.source.column(node.names), typed.type)
        if isinstance(node, Row):
            return self._row_value(node.names, typed.type)
        return self._items(typed)

    def _literal(self, value: LiteralValue, type_: Type) -> SqlValue:
        if value is None:
            null = sa.cast(sa.null(), COLUMN_TYPES[type_.kind])
            return SqlValue(type_, nullable=null)
        if isinstance(value, bool):
            return SqlValue(type_, filled_as=sa.true() if value else sa.false(), constant=value)
        if isinstance(value, Decimal):
            return SqlValue(type_, filled_as=number(f"{value:f}"), constant=value)
        if type_.kind is Kind.TEXT:
            return SqlValue(type_, filled_as=self.text(value), constant=value)
        written = self.text(value)
        if type_.kind is Kind.RECORD:
            written = sa.cast(written, sa.Uuid())
        return SqlValue(type_, nullable=written, constant=value)

    def _row_value(self, names: tuple[str, ...], type_: Type) -> "SqlValue | SqlList":
        row = cast("SqlList", self._row)
        if not names:
            return _stored(row.item, type_)
        reached = row.row(names, type_)
        return reached if isinstance(reached, SqlList) else _stored(reached, type_)

    def _items(self, typed: Typed) -> SqlList:
        values = [self.single(one) for one in typed.arguments]
        kind = COLUMN_TYPES[typed.type.kind]
        array = sa.cast(postgresql.array([one.value for one in values]), postgresql.ARRAY(kind))
        return self.unnested(array, typed.type, any_of([one.error for one in values]))

    def unnested(self, array: Column, type_: Type, error: Predicate | None = None) -> SqlList:
        """The items of an array as a list."""
        rows = (
            sa.func.unnest(array)
            .table_valued(
                sa.column("v", COLUMN_TYPES[type_.kind]),
                with_ordinality="o",
                name=self.name(),
            )
            .render_derived()
        )
        return SqlList(type_, rows, rows.c.v, (rows.c.o,), (), error)

    def _call(self, typed: Typed, overload: Overload) -> "SqlValue | SqlList":
        if overload.lazy:
            lazy: SqlValue | SqlList = self._typed(overload.sql(self, *typed.arguments), typed.type)
            return lazy
        arguments = [self.compile(one) for one in typed.arguments]
        result = self._typed(overload.sql(self, *arguments), typed.type)
        error = any_of([result.error, *(one.error for one in arguments)])
        if isinstance(result, SqlList):
            return replace(result, error=error)
        return SqlValue(result.type, result.nullable, result.filled_as, result.emptiness, error)

    def _typed(self, result: Any, type_: Type) -> Any:
        """The result as of its type; a NULL without one is cast."""
        kind = COLUMN_TYPES[type_.kind]
        if isinstance(result, SqlList):
            bare = isinstance(result.item, sa.sql.elements.Null)
            return replace(
                result, type=type_, item=sa.cast(result.item, kind) if bare else result.item
            )
        bare = isinstance(result.nullable, sa.sql.elements.Null)
        return replace(
            result, type=type_, nullable=sa.cast(result.nullable, kind) if bare else result.nullable
        )

    # --- places of their own ----------------------------------------------------------------------------------

    def _placed(self, compiled: SqlValue) -> SqlValue:
        """Computed once, in a lateral select. `offset 0` keeps the planner from writing it out again."""
        columns = [compiled.value.label("v")]
        if compiled.error is not None:
            columns.append(sa.func.coalesce(compiled.error, sa.false()).label("e"))
        statement = sa.select(*columns).offset(sa.literal_column("0"))
        # Everything it names stands outside.
        inner = statement.correlate_except().lateral(f"s{self._next()}")
        self._places.append(inner)
        error = inner.c.e if compiled.error is not None else None
        if compiled.type.kind is Kind.BOOLEAN:
            return SqlValue(
                compiled.type, filled_as=sa.func.coalesce(inner.c.v, sa.false()), error=error
            )
        return SqlValue(compiled.type, nullable=inner.c.v, error=error)

    def _in_place(self, expression: Column) -> Column:
        """The expression with the places it needs, as one that can stand anywhere."""
        if not self._places:
            return expression
        places = _joined(self._places)
        statement = sa.select(expression).select_from(places)
        return statement.correlate_except(places, *self._places).scalar_subquery()

    def _with_places(self, rows: SqlList) -> SqlList:
        if not self._places:
            return rows
        clause = rows.rows
        for place in self._places:
            clause = clause.join(place, sa.true())
        return replace(rows, rows=clause)

    def _next(self) -> int:
        self._counter[0] += 1
        return self._counter[0]

    def _fitted(self, compiled: SqlValue) -> Column:
        placed = self._placed(
            SqlValue(compiled.type, nullable=compiled.value, error=compiled.error)
        )
        value = placed.value
        rounded = sa.func.round(value, whole(10))
        fits = sa.func.abs(rounded) < number("1e28")
        if placed.error is not None:
            fits = sa.and_(sa.not_(placed.error), fits)
        return sa.case((fits, rounded))

    def _fitted_list(self, compiled: SqlList) -> Column:
        if compiled.type.kind is not Kind.NUMBER:
            return self._guarded(compiled.array(), compiled.error)
        item = sa.func.round(compiled.item, sa.literal_column("10"))
        rounded = SqlList(
            compiled.type, compiled.rows, item, compiled.order, compiled.conditions, compiled.error
        )
        large = rounded.select(sa.literal_column("1")).where(
            sa.func.abs(item) >= sa.literal_column("1e28")
        )
        return self._guarded(rounded.array(), any_of([compiled.error, sa.exists(large)]))

    def _guarded(self, value: Column, error: Predicate | None) -> Column:
        if error is None:
            return value
        return sa.case((sa.func.coalesce(error, sa.false()), sa.null()), else_=value)


def _stored(column: Column, type_: Type) -> SqlValue:
    if type_.kind is Kind.TEXT:
        return SqlValue(type_, nullable=column.collate("C"))
    if type_.kind is Kind.NUMBER:
        # Without the scale of the column, so that no engine rounds in between.
        return SqlValue(type_, nullable=sa.type_coerce(column, sa.Numeric()))
    return SqlValue(type_, nullable=column)


def _joined(places: list[sa.FromClause]) -> sa.FromClause:
    clause = places[0]
    for place in places[1:]:
        clause = clause.join(place, sa.true())
    return clause
