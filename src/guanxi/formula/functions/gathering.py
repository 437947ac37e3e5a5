"""What functions of many values share: taking single values and lists together, and going through rows."""

from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from guanxi.formula.compile_sql import COLUMN_TYPES, SqlCompiler
from guanxi.formula.environment import Environment
from guanxi.formula.sql_value import Column, Predicate, SqlList, SqlValue, any_of
from guanxi.formula.typed import Typed
from guanxi.formula.types import Type


def flat(values: tuple[Any, ...]) -> list[Any]:
    """Single values and the items of lists, without the empty ones."""
    found: list[Any] = []
    for value in values:
        if isinstance(value, tuple):
            found += [one for one in value if one is not None]
        elif value is not None:
            found.append(value)
    return found


def for_each(
    environment: Environment, items: tuple[Any, ...], evaluate: Callable[[Environment], Any]
) -> Iterator[tuple[Any, Any]]:
    """Each item with what a formula about it comes to."""
    outer = environment.row
    try:
        for item in items:
            environment.row = item
            yield item, evaluate(environment)
    finally:
        environment.row = outer


def gathered(compiler: SqlCompiler, values: tuple[SqlValue | SqlList, ...], type_: Type) -> SqlList:
    """All values as one list; a single list as it is."""
    if len(values) == 1 and isinstance(values[0], SqlList):
        return values[0]
    kind = postgresql.ARRAY(COLUMN_TYPES[type_.kind])
    array: Column | None = None
    for value in values:
        if isinstance(value, SqlList):
            part = value.array()
        else:
            part = sa.cast(postgresql.array([value.value]), kind)
        array = part if array is None else sa.func.array_cat(array, part)
    return compiler.unnested(sa.cast(array, kind), type_.listed)


def listed(compiler: SqlCompiler, items: Typed) -> SqlList:
    """A list argument, compiled."""
    compiled = compiler.compile(items)
    if isinstance(compiled, SqlValue):
        raise TypeError("The type checker lets only lists through here.")
    return compiled


def failing(rows: SqlList, error: Predicate | None) -> Predicate | None:
    """Whether there is no value for any of the rows."""
    if error is None:
        return rows.error
    return any_of([rows.error, sa.exists(rows.select(sa.literal_column("1")).where(error))])
