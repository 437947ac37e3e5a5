"""A value of a formula as SQL: what it is, when it is empty, and when it has no value at all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.sql import visitors

from guanxi.formula.types import Kind, Type

Column = sa.ColumnElement[Any]
Predicate = sa.ColumnElement[bool]


def number(value: int | str) -> Column:
    """A number of the compiler's own, written into the statement."""
    return sa.literal_column(f"numeric '{value}'", sa.Numeric())


def whole(value: int) -> Column:
    """A whole number where PostgreSQL wants an integer, such as the decimals of `round`."""
    return sa.literal_column(f"({value})", sa.Integer())


@dataclass(frozen=True)
class SqlValue:
    """A single value.

    An expression may be kept in two shapes so that nothing is written twice: `nullable` is NULL when empty, `filled`
    is 0, '' or false then. At least one is there; the other is made when asked for. Neither ever fails.
    """

    type: Type
    nullable: Column | None = None
    filled_as: Column | None = None
    #: When it is empty; None: never. Unused for text, where filled '' says it.
    emptiness: Predicate | None = None
    error: Predicate | None = None
    #: The written value, where the argument is a constant.
    constant: object = None

    @property
    def value(self) -> Column:
        """NULL when empty; a boolean never is."""
        if self.type.kind is Kind.BOOLEAN:
            return self.filled
        if self.nullable is not None or self.filled_as is None:
            return sa.null() if self.nullable is None else self.nullable
        if self.type.kind is Kind.TEXT:
            return sa.func.nullif(self.filled_as, sa.literal_column("''"))
        if self.emptiness is None:
            return self.filled_as
        return sa.case((self.emptiness, sa.null()), else_=self.filled_as)

    @property
    def filled(self) -> Column:
        """0, '' or false when empty; for other kinds the same as `value`."""
        if self.filled_as is not None:
            return self.filled_as
        given = sa.null() if self.nullable is None else self.nullable
        filler = _FILLERS.get(self.type.kind)
        return given if filler is None else sa.func.coalesce(given, filler)

    @property
    def predicate(self) -> Predicate:
        """A boolean for a WHERE, where NULL is as good as false and an index can serve it."""
        return self.filled if self.nullable is None else self.nullable

    @property
    def empty(self) -> Predicate:
        if self.type.kind is Kind.BOOLEAN:
            return sa.false()
        if self.type.kind is Kind.TEXT and self.filled_as is not None and self.nullable is None:
            return self.filled_as == sa.literal_column("''")
        if self.emptiness is not None:
            return self.emptiness
        if self.nullable is None:
            return sa.false()
        return self.nullable.is_(None)

    @property
    def may_be_empty(self) -> bool:
        if self.type.kind in (Kind.TEXT, Kind.BOOLEAN):
            return self.type.kind is Kind.TEXT
        return self.nullable is not None or self.emptiness is not None

    def failing_too(self, *errors: Predicate | None) -> "SqlValue":
        return _with_error(self, any_of([self.error, *errors]))

    def size(self) -> int:
        """Of how many parts its expressions are made."""
        parts = (self.nullable, self.filled_as, self.emptiness, self.error)
        return sum(1 for part in parts if part is not None for _ in visitors.iterate(part))


def _with_error(value: SqlValue, error: Predicate | None) -> SqlValue:
    return SqlValue(
        value.type, value.nullable, value.filled_as, value.emptiness, error, value.constant
    )


_FILLERS: dict[Kind, Column] = {
    Kind.NUMBER: number(0),
    Kind.TEXT: sa.literal_column("''", sa.Text()),
    Kind.BOOLEAN: sa.false(),
}


@dataclass(frozen=True)
class SqlList:
    """Many values: rows to choose from, an expression for each, and their order."""

    type: Type
    rows: sa.FromClause
    item: Column
    order: tuple[Column, ...]
    conditions: tuple[Predicate, ...] = ()
    error: Predicate | None = None
    #: Gives the fields of a row by their names, when the items are records.
    row: Any = None
    #: Where a record may stand in it more than once: joins the records to a list of their ids.
    again: "Callable[[SqlList], SqlList] | None" = None

    def select(self, *columns: Column) -> sa.Select[Any]:
        """A select of its rows, everything outside correlated."""
        statement = sa.select(*columns).select_from(self.rows).where(*self.conditions)
        return statement.correlate_except(self.rows)

    def total(self, aggregate: "Callable[[Column], Column]") -> Column:
        """An aggregate of the items.

        They are given a name first: an aggregate of nothing but columns of an outer query would belong to that.
        """
        items = self.select(self.item.label("v")).subquery()
        statement = sa.select(aggregate(items.c.v)).select_from(items)
        return statement.correlate_except(items).scalar_subquery()

    def count(self) -> Column:
        """How many items it has."""
        return self.select(sa.cast(sa.func.count(), sa.Numeric())).scalar_subquery()

    def numbered(self, name: str) -> sa.FromClause:
        """Its items as `v` with their places from 1 on as `o`, for a FROM."""
        place = sa.func.row_number().over(order_by=self.order)
        return self.select(self.item.label("v"), place.label("o")).lateral(name)

    def array(self) -> Column:
        """All items in their order, as an array; an empty one for none."""
        rows = self.numbered("a")
        items = sa.func.array_agg(aggregate_order_by(rows.c.v, rows.c.o))
        array = sa.func.coalesce(items, sa.literal_column("'{}'"))
        return sa.select(array).select_from(rows).correlate_except(rows).scalar_subquery()


def any_of(errors: Sequence[Predicate | None]) -> Predicate | None:
    """The disjunction of those there are."""
    given = [one for one in errors if one is not None]
    if not given:
        return None
    return given[0] if len(given) == 1 else sa.or_(*given)
