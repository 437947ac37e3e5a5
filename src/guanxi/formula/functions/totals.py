"""Figures over many values: single ones, lists, and rows of lists."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from guanxi.formula import arithmetic
from guanxi.formula.arithmetic import WIDE, ZERO
from guanxi.formula.compile_sql import SqlCompiler
from guanxi.formula.environment import Environment
from guanxi.formula.function import Example, Family, Function, overload, parameter
from guanxi.formula.functions.gathering import failing, flat, for_each, gathered, listed
from guanxi.formula.functions.operators import quotient
from guanxi.formula.sql_value import Column, SqlList, SqlValue, any_of, number, whole
from guanxi.formula.typed import Typed
from guanxi.formula.types import DATE, DATE_TIME, NUMBER, Type
from guanxi.kit.text import Text

HALF = Decimal("0.5")


def _total(values: list[Decimal]) -> Decimal:
    total, add = ZERO, WIDE.add
    for value in values:
        total = add(total, value)
    return total


def _sum(*values: Any) -> Decimal:
    total, add = ZERO, WIDE.add
    for value in values:
        if isinstance(value, tuple):
            total = add(total, _total(flat(value)))
        elif value is not None:
            total = add(total, value)
    return total


def _average(*values: Any) -> Decimal | None:
    given = flat(values)
    return arithmetic.divide(_total(given), Decimal(len(given))) if given else None


def _median(*values: Any) -> Decimal | None:
    given = sorted(flat(values))
    if not given:
        return None
    middle = len(given) // 2
    if len(given) % 2:
        return given[middle]  # type: ignore[no-any-return]
    return WIDE.multiply(WIDE.add(given[middle - 1], given[middle]), HALF)


def _largest(*values: Any) -> Any:
    return max(flat(values), default=None)


def _smallest(*values: Any) -> Any:
    return min(flat(values), default=None)


def _count(*values: Any) -> Decimal:
    return Decimal(len(flat(values)))


def _sum_of(item: Column) -> Column:
    return sa.func.coalesce(sa.func.sum(item), number(0))


def _sum_sql(compiler: SqlCompiler, *values: SqlValue | SqlList) -> SqlValue:
    parts = [one.total(_sum_of) if isinstance(one, SqlList) else one.filled for one in values]
    return SqlValue(NUMBER, filled_as=_added(parts))


def _count_sql(compiler: SqlCompiler, *values: SqlValue | SqlList) -> SqlValue:
    return SqlValue(NUMBER, filled_as=_added([_counted(one) for one in values]))


def _counted(value: SqlValue | SqlList) -> Column:
    if isinstance(value, SqlList):
        return value.total(lambda item: sa.cast(sa.func.count(item), sa.Numeric()))
    if not value.may_be_empty:
        return number(1)
    return sa.case((value.empty, number(0)), else_=number(1))


def _added(parts: list[Column]) -> Column:
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total


def _average_sql(compiler: SqlCompiler, *values: SqlValue | SqlList) -> SqlValue:
    return SqlValue(NUMBER, nullable=gathered(compiler, values, NUMBER).total(_mean_of))


def _mean_of(item: Column) -> Column:
    return quotient(_sum_of(item), sa.cast(sa.func.count(item), sa.Numeric()))


def _median_sql(compiler: SqlCompiler, *values: SqlValue | SqlList) -> SqlValue:
    return SqlValue(NUMBER, nullable=gathered(compiler, values, NUMBER).total(_middle_of))


def _middle_of(item: Column) -> Column:
    in_order = sa.func.array_agg(postgresql.aggregate_order_by(item, item))
    array = sa.type_coerce(in_order.filter(item.is_not(None)), postgresql.ARRAY(sa.Numeric()))
    count = sa.func.count(item)
    low = array[sa.cast(sa.func.ceil(count * number("0.5")), sa.Integer())]
    high = array[sa.cast(sa.func.floor(count * number("0.5")), sa.Integer()) + 1]
    return sa.type_coerce(low + high, sa.Numeric()) * number("0.5")


def _extreme(type_: Type, single: str, aggregate: str) -> Any:
    def sql(compiler: SqlCompiler, *values: SqlValue | SqlList) -> SqlValue:
        parts = [
            one.total(getattr(sa.func, aggregate)) if isinstance(one, SqlList) else one.value
            for one in values
        ]
        value = parts[0] if len(parts) == 1 else getattr(sa.func, single)(*parts)
        return SqlValue(type_, nullable=value)

    return sql


def _count_if(environment: Environment, items: Any, condition: Any) -> Decimal:
    return Decimal(
        sum(1 for _, holds in for_each(environment, items(environment), condition) if holds)
    )


def _chosen(
    environment: Environment, items: Any, condition: Any, value: Any
) -> list[Decimal | None]:
    rows = for_each(environment, items(environment), condition)
    return [value(environment) for _, holds in rows if holds]


def _sum_if(environment: Environment, items: Any, condition: Any, value: Any) -> Decimal:
    return _sum(tuple(_chosen(environment, items, condition, value)))


def _average_if(environment: Environment, items: Any, condition: Any, value: Any) -> Decimal | None:
    return _average(tuple(_chosen(environment, items, condition, value)))


def _if_kept(total: Any) -> Any:
    """Of chosen items that all have a value; else nothing."""

    def python(environment: Environment, items: Any, condition: Any, value: Any) -> Any:
        given = _chosen(environment, items, condition, value)
        return total(*given) if given and None not in given else None

    return python


def _count_if_sql(compiler: SqlCompiler, items: Typed, condition: Typed) -> SqlValue:
    rows, holds = compiler.per_row(listed(compiler, items), condition)
    chosen = SqlList(rows.type, rows.rows, rows.item, rows.order, (*rows.conditions, holds.filled))
    return SqlValue(NUMBER, filled_as=chosen.count(), error=failing(rows, holds.error))


def _if_sql(
    aggregate: Callable[[Column], Column],
    compiler: SqlCompiler,
    items: Typed,
    condition: Typed,
    value: Typed,
) -> SqlValue:
    rows, holds = compiler.per_row(listed(compiler, items), condition)
    rows, amount = compiler.per_row(rows, value)
    conditions = (*rows.conditions, holds.filled)
    chosen = SqlList(NUMBER.listed, rows.rows, amount.value, rows.order, conditions)
    result = chosen.total(aggregate)
    wrong = None if amount.error is None else sa.and_(holds.filled, amount.error)
    error = failing(rows, any_of([holds.error, wrong]))
    return SqlValue(NUMBER, nullable=result, error=error)


def _kept_of(aggregate: Callable[[Column], Column]) -> Callable[[Column], Column]:
    """Nothing when there is nothing, or something is empty."""
    every = sa.func.count()

    def kept(item: Column) -> Column:
        lacks = sa.or_(every == whole(0), every > sa.func.count(item))
        return sa.case((lacks, sa.null()), else_=aggregate(item))

    return kept


def _sum_product(first: tuple[Any, ...], second: tuple[Any, ...]) -> Decimal:
    return _total(
        [WIDE.multiply(a or ZERO, b or ZERO) for a, b in zip(first, second, strict=False)]
    )


def _sum_product_sql(compiler: SqlCompiler, first: SqlList, second: SqlList) -> SqlValue:
    rows = (
        sa.func.unnest(first.array(), second.array())
        .table_valued(
            sa.column("a", sa.Numeric()), sa.column("b", sa.Numeric()), name=compiler.name()
        )
        .render_derived()
    )
    total = sa.select(_sum_of(rows.c.a * rows.c.b)).select_from(rows).correlate_except(rows)
    return SqlValue(NUMBER, filled_as=total.scalar_subquery())


_VALUES = ("值", "values")
_ITEMS = parameter("列表", "list", "list T")
_CONDITION = parameter("条件", "condition", "boolean", per_row=True)
_AMOUNT = parameter("取值", "value", "number", per_row=True)
_KINDS = (
    (NUMBER, "numbers", "number"),
    (DATE, "dates", "date"),
    (DATE_TIME, "date_times", "date_time"),
)


def _many(pattern: str, result: str, python: Any, sql: Any) -> Any:
    return overload([parameter(*_VALUES, pattern, repeats=True)], result, python=python, sql=sql)


def totals() -> tuple[Function, ...]:
    family = Family.NUMBERS
    return (
        Function("SUM", family, "求和", Text(zh="求和，忽略空值。", en="Adds up; empty values are ignored."),
                 (_many("numbers", "number", _sum, _sum_sql),), (Example("SUM(1, 2, [3, 4])", "10"), Example("SUM([])", "0"))),
        Function("AVERAGE", family, "平均值", Text(zh="平均值，忽略空值；没有值时为空。", en="The mean of what is not empty; empty when nothing is."),
                 (_many("numbers", "number", _average, _average_sql),), (Example("AVERAGE(1, 2, 4)", "2.3333333333"), Example("AVERAGE([])", None)), ("AVG",)),
        Function("MEDIAN", family, "中位数", Text(zh="中位数，忽略空值。", en="The middle value; with two in the middle, half their sum."),
                 (_many("numbers", "number", _median, _median_sql),), (Example("MEDIAN(1, 9, 3)", "3"), Example("MEDIAN(1, 2)", "1.5"))),
        Function("MAX", family, "最大值", Text(zh="最大的数，或最晚的日期。", en="The largest number or the latest date."),
                 tuple(_many(pattern, result, _largest, _extreme(kind, "greatest", "max")) for kind, pattern, result in _KINDS),
                 (Example("MAX(1, [5, 3])", "5"), Example("MAX(DATE(2026, 1, 1), DATE(2025, 1, 1))", "2026-01-01"))),
        Function("MIN", family, "最小值", Text(zh="最小的数，或最早的日期。", en="The smallest number or the earliest date."),
                 tuple(_many(pattern, result, _smallest, _extreme(kind, "least", "min")) for kind, pattern, result in _KINDS),
                 (Example("MIN(1, [5, 3])", "1"), Example("MIN([])", None))),
        Function("COUNT", family, "计数", Text(zh="数字的个数，忽略空值。", en="How many numbers there are; empty ones are ignored."),
                 (_many("numbers", "number", _count, _count_sql),), (Example("COUNT(1, [2, 3])", "3"), Example("COUNT([])", "0"))),
        Function("COUNTA", family, "非空计数", Text(zh="非空值的个数。", en="How many values are not empty."),
                 (_many("values", "number", _count, _count_sql),), (Example('COUNTA("a", 1, "")', "2"), Example("COUNTA([])", "0"))),
        Function("COUNTIF", family, "条件计数", Text(zh="列表中符合条件的项数，条件里用 {当前行.字段}。", en="How many items meet the condition; name their fields {CurrentValue.field}."),
                 (overload([_ITEMS, _CONDITION], "number", python=_count_if, sql=_count_if_sql, lazy=True),),
                 (Example("COUNTIF([1, 5, 9], {CurrentValue} > 2)", "2"), Example("COUNTIF([1], FALSE)", "0"))),
        Function("SUMIF", family, "条件求和", Text(zh="对符合条件的项取值求和。", en="Adds up a value of the items that meet the condition."),
                 (overload([_ITEMS, _CONDITION, _AMOUNT], "number", python=_sum_if, sql=partial(_if_sql, _sum_of), lazy=True),),
                 (Example("SUMIF([1, 5, 9], {CurrentValue} > 2, {CurrentValue} * 2)", "28"), Example("SUMIF([1], FALSE, 1)", "0")),
                 empty_kept=(overload([_ITEMS, _CONDITION, _AMOUNT], "number", python=_if_kept(_sum), sql=partial(_if_sql, _kept_of(_sum_of)), lazy=True),)),
        Function("AVERAGEIF", family, "条件平均", Text(zh="对符合条件的项取值求平均。", en="The mean of a value of the items that meet the condition."),
                 (overload([_ITEMS, _CONDITION, _AMOUNT], "number", python=_average_if, sql=partial(_if_sql, _mean_of), lazy=True),),
                 (Example("AVERAGEIF([1, 5, 9], {CurrentValue} > 2, {CurrentValue})", "7"), Example("AVERAGEIF([1], FALSE, 1)", None)),
                 empty_kept=(overload([_ITEMS, _CONDITION, _AMOUNT], "number", python=_if_kept(_average), sql=partial(_if_sql, _kept_of(_mean_of)), lazy=True),)),
        Function("SUMPRODUCT", family, "乘积求和", Text(zh="两个列表逐项相乘后求和。", en="Multiplies two lists item by item and adds up."),
                 (overload([parameter("列表一", "first list", "list number"), parameter("列表二", "second list", "list number")], "number",
                           python=_sum_product, sql=_sum_product_sql),),
                 (Example("SUMPRODUCT([1, 2], [3, 4])", "11"), Example("SUMPRODUCT([1], [])", "0"))),
    )  # fmt: skip
