"""A value of a formula as SQL: what it is, when it is empty, and when it has no value at all."""

from collections.abc import Sequence
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
    return sa.literal_column(str(value), sa.Numeric())


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
        """NULL when empty."""
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
        filler = _FILLERS.get(self.type.kind)
        return self.value if filler is None else sa.func.coalesce(self.value, filler)

    @property
    def empty(self) -> Predicate:
        if self.type.kind is Kind.TEXT and self.filled_as is not None and self.nullable is None:
            return self.filled_as == sa.literal_column("''")
        if self.emptiness is not None:
            return self.emptiness
        if self.nullable is None:
            return sa.false()
        return self.nullable.is_(None)

    @property
    def may_be_empty(self) -> bool:
        return (
            self.nullable is not None or self.emptiness is not None or self.type.kind is Kind.TEXT
        )

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
    Kind.NUMBER: sa.literal_column("0", sa.Numeric()),
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

    def select(self, *columns: Column) -> sa.Select[Any]:
        """A select of its rows, everything outside correlated."""
        statement = sa.select(*columns).select_from(self.rows).where(*self.conditions)
        return statement.correlate_except(self.rows)

    def of(self, expression: Column) -> Column:
        """One value reckoned over the rows, such as an aggregate."""
        return self.select(expression).scalar_subquery()

    def array(self) -> Column:
        """All items in their order, as an array; an empty one for none."""
        items = sa.func.array_agg(aggregate_order_by(self.item, *self.order))
        return self.of(sa.func.coalesce(items, sa.literal_column("'{}'")))


def any_of(errors: Sequence[Predicate | None]) -> Predicate | None:
    """The disjunction of those there are."""
    given = [one for one in errors if one is not None]
    if not given:
        return None
    return given[0] if len(given) == 1 else sa.or_(*given)
