"""Empty as empty: how functions that count nothing as 0, or leave it out, come to nothing inside KEEPEMPTY."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from guanxi.formula.compile_sql import SqlCompiler
from guanxi.formula.function import Example, Family, Function, Overload, overload, parameter
from guanxi.formula.sql_value import Predicate, SqlList, SqlValue, any_of, whole
from guanxi.kit.text import Text

#: What is counted tells how many values there are; what has an answer to nothing needs no other.
COUNTING = frozenset({"COUNT", "COUNTA", "COUNTIF"})
SIGNS = frozenset({"+", "-", "*", "/", "%", "^"})


def keeping_empty(functions: Iterable[Function]) -> Iterator[Function]:
    """The functions, those of figures with what they do inside KEEPEMPTY."""
    for one in functions:
        signs = one.family is Family.OPERATORS and one.name in SIGNS
        if signs or (one.family is Family.NUMBERS and one.name not in COUNTING):
            yield replace(one, empty_kept=one.empty_kept or tuple(map(_kept, one.overloads)))
        else:
            yield one


def _kept(loose: Overload) -> Overload:
    """Empty when an argument is, or a list without items or with an empty one. A divisor that is empty is no error."""

    def python(*values: Any) -> Any:
        return None if any(map(_lacks, values)) else loose.python(*values)

    def sql(compiler: SqlCompiler, *values: SqlValue | SqlList) -> SqlValue:
        given = [_once(compiler, one) for one in values]
        empty = any_of([predicate for _, predicate in given])
        result: SqlValue = loose.sql(compiler, *(one for one, _ in given))
        if empty is None:
            return result
        error = None if result.error is None else sa.and_(sa.not_(empty), result.error)
        kept = sa.case((empty, sa.null()), else_=result.value)
        return SqlValue(result.type, nullable=sa.type_coerce(kept, result.value.type), error=error)

    return replace(loose, python=python, sql=sql)


def _lacks(value: Any) -> bool:
    if isinstance(value, tuple):
        return not value or any(one is None for one in value)
    return value is None


def _once(
    compiler: SqlCompiler, value: SqlValue | SqlList
) -> tuple[SqlValue | SqlList, Predicate | None]:
    """The argument, cheap to be looked at twice, and when it lacks something. A list is gathered into an array for it."""
    if isinstance(value, SqlValue):
        value = compiler.once(value)
        return value, value.empty if value.may_be_empty else None
    array = compiler.cheap(value.array())
    lacks = sa.or_(
        sa.func.cardinality(array) == whole(0), sa.func.array_position(array, None).is_not(None)
    )
    return compiler.unnested(array, value.type), lacks


def keep_empty() -> tuple[Function, ...]:
    return (
        Function(
            "KEEPEMPTY", Family.LOGIC, "空值按空",
            Text(zh="空值按空：里面的 + - * / % ^、求和、平均等只要有一个值为空（或列表没有任何一项），结果就为空，而不是按 0 计算。计数不受影响。",
                 en="Empty as empty: inside, + - * / % ^, SUM, AVERAGE and the like are empty as soon as one of their values is, or a list has no items, instead of counting it as 0. What counts is not affected."),
            tuple(
                overload([parameter("公式", "formula", pattern)], pattern, python=_same, sql=_same_sql)
                for pattern in ("T", "list T")
            ),
            (
                Example("KEEPEMPTY(1 + VALUE(\"\"))", None),
                Example("KEEPEMPTY(SUM(1, [2, 3]))", "6"),
                Example("KEEPEMPTY(SUM([]))", None),
                Example("KEEPEMPTY(IFBLANK(VALUE(\"\") * 5, 7))", "7"),
            ),
            ("BLANKASBLANK",),
            keeps_empty=True,
        ),
    )  # fmt: skip


def _same(value: Any) -> Any:
    return value


def _same_sql(compiler: SqlCompiler, value: SqlValue | SqlList) -> SqlValue | SqlList:
    """Without its errors: those of arguments are added to what a call comes to."""
    return replace(value, error=None)
