"""Choosing, changing and looking into lists."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from guanxi.formula.compile_sql import SqlCompiler
from guanxi.formula.environment import Environment
from guanxi.formula.function import Example, Family, Function, overload, parameter
from guanxi.formula.functions.gathering import failing, for_each, gathered, listed
from guanxi.formula.functions.operators import key_of
from guanxi.formula.sql_value import Column, SqlList, SqlValue, any_of
from guanxi.formula.typed import Typed
from guanxi.formula.types import BOOLEAN, NUMBER, Kind
from guanxi.kit.text import Text


def _filter(environment: Environment, items: Any, condition: Any) -> tuple[Any, ...]:
    found = for_each(environment, items(environment), condition)
    return tuple(item for item, holds in found if holds)


def _map(environment: Environment, items: Any, value: Any) -> tuple[Any, ...]:
    return tuple(one for _, one in for_each(environment, items(environment), value))


def _lookup(environment: Environment, items: Any, condition: Any, value: Any) -> Any:
    for _, holds in for_each(environment, items(environment), condition):
        if holds:
            return value(environment)
    return None


def _filter_sql(compiler: SqlCompiler, items: Typed, condition: Typed) -> SqlList:
    rows, holds = compiler.per_row(listed(compiler, items), condition)
    error = failing(rows, holds.error)
    conditions = (*rows.conditions, holds.predicate)
    return replace(rows, conditions=conditions, error=error)


def _map_sql(compiler: SqlCompiler, items: Typed, value: Typed) -> SqlList:
    rows, one = compiler.per_row(listed(compiler, items), value)
    return SqlList(
        one.type.listed, rows.rows, one.value, rows.order, rows.conditions, failing(rows, one.error)
    )


def _first_of(rows: SqlList, item: Column) -> Column:
    return rows.select(item).order_by(*rows.order).limit(sa.literal_column("1")).scalar_subquery()


def _first_sql(compiler: SqlCompiler, items: SqlList) -> SqlValue:
    return SqlValue(items.type.item, nullable=_first_of(items, items.item))


def _numbered(compiler: SqlCompiler, items: SqlList) -> tuple[sa.FromClause, sa.Select[Any]]:
    rows = items.numbered(compiler.name())
    return rows, sa.select(rows.c.v).select_from(rows).correlate_except(rows)


def _last_sql(compiler: SqlCompiler, items: SqlList) -> SqlValue:
    rows, chosen = _numbered(compiler, items)
    last = chosen.order_by(rows.c.o.desc()).limit(sa.literal_column("1"))
    return SqlValue(items.type.item, nullable=last.scalar_subquery())


def _nth_sql(compiler: SqlCompiler, items: SqlList, place: SqlValue) -> SqlValue:
    rows, chosen = _numbered(compiler, items)
    return SqlValue(
        items.type.item,
        nullable=chosen.where(rows.c.o == sa.func.trunc(place.filled)).scalar_subquery(),
    )


def _nth(items: tuple[Any, ...], place: Any) -> Any:
    index = int(place or 0)
    return items[index - 1] if 1 <= index <= len(items) else None


def _lookup_sql(compiler: SqlCompiler, items: Typed, condition: Typed, value: Typed) -> SqlValue:
    """Only the rows up to the one found can fail, and only its value."""
    rows, holds = compiler.per_row(listed(compiler, items), condition)
    rows, one = compiler.per_row(rows, value)
    failed = any_of([holds.error, None if one.error is None else sa.and_(holds.filled, one.error)])
    stops = holds.filled if holds.error is None else sa.or_(holds.filled, holds.error)
    reached = SqlList(rows.type, rows.rows, rows.item, rows.order, (*rows.conditions, stops))
    error = None if failed is None else sa.func.coalesce(_first_of(reached, failed), sa.false())
    found = SqlList(rows.type, rows.rows, rows.item, rows.order, (*rows.conditions, holds.filled))
    return SqlValue(
        one.type, nullable=_first_of(found, one.value), error=any_of([rows.error, error])
    )


def _sorted(keyed: list[tuple[Any, Any]], descending: bool) -> tuple[Any, ...]:
    """By the key, empty ones last; equal ones stay in their order."""
    full = [one for one in keyed if one[1] is not None]
    full.sort(key=lambda one: one[1], reverse=bool(descending))
    return tuple(item for item, _ in full) + tuple(item for item, key in keyed if key is None)


def _sort(items: tuple[Any, ...], descending: Any = False) -> tuple[Any, ...]:
    return _sorted([(item, item) for item in items], descending)


def _sort_by(
    environment: Environment, items: Any, key: Any, descending: Any = None
) -> tuple[Any, ...]:
    keyed = list(for_each(environment, items(environment), key))
    return _sorted(keyed, descending is not None and descending(environment))


def _ordered(rows: SqlList, key: Column, descending: SqlValue | None) -> SqlList:
    last = key.is_(None)
    order: tuple[Column, ...] = (last, key)
    if descending is not None:
        down = descending.filled
        order = (last, sa.case((sa.not_(down), key)), sa.case((down, key)).desc().nulls_last())
    return replace(rows, order=(*order, *rows.order))


def _sort_sql(compiler: SqlCompiler, items: SqlList, descending: SqlValue | None = None) -> SqlList:
    return _ordered(items, items.item, descending)


def _sort_by_sql(
    compiler: SqlCompiler, items: Typed, key: Typed, descending: Typed | None = None
) -> SqlList:
    rows, one = compiler.per_row(listed(compiler, items), key)
    down = None if descending is None else compiler.single(descending)
    ordered = _ordered(rows, one.value, down)
    error = any_of([failing(rows, one.error), None if down is None else down.error])
    return replace(ordered, error=error)


def _unique(items: tuple[Any, ...]) -> tuple[Any, ...]:
    found: dict[Any, Any] = {}
    for item in items:
        found.setdefault(key_of(item), item)
    return tuple(found.values())


def _unique_sql(compiler: SqlCompiler, items: SqlList) -> SqlList:
    """Each value at its first place. The rows of a link are distinct already."""
    again = items.again if items.type.kind is Kind.RECORD else None
    if items.type.kind is Kind.RECORD and items.row is not None and again is None:
        return items
    rows = items.numbered(compiler.name())
    first = (
        sa.select(rows.c.v, sa.func.min(rows.c.o).label("o"))
        .select_from(rows).group_by(rows.c.v).correlate_except(rows).lateral(compiler.name())
    )  # fmt: skip
    found = SqlList(items.type, first, first.c.v, (first.c.o,), (), items.error)
    return found if again is None else again(found)


def _combine(*values: Any) -> tuple[Any, ...]:
    found: list[Any] = []
    for value in values:
        found += value
    return tuple(found)


def _combine_sql(compiler: SqlCompiler, *values: SqlList) -> SqlList:
    return gathered(compiler, values, values[0].type.item)


def _contains(items: tuple[Any, ...], value: Any) -> bool:
    key = key_of(value)
    return key is not None and any(key == key_of(one) for one in items)


def _contains_sql(compiler: SqlCompiler, items: SqlList, value: SqlValue) -> SqlValue:
    found = sa.exists(items.select(sa.literal_column("1")).where(items.item == value.value))
    return SqlValue(BOOLEAN, filled_as=found)


def _contains_all(items: tuple[Any, ...], others: tuple[Any, ...]) -> bool:
    return all(_contains(items, one) for one in others)


def _contains_all_sql(compiler: SqlCompiler, items: SqlList, others: SqlList) -> SqlValue:
    had = sa.exists(items.select(sa.literal_column("1")).where(items.item == others.item))
    missing = sa.exists(others.select(sa.literal_column("1")).where(sa.not_(had)))
    return SqlValue(BOOLEAN, filled_as=sa.not_(missing))


def _count_of(items: tuple[Any, ...]) -> Decimal:
    return Decimal(len(items))


def _count_rows_sql(compiler: SqlCompiler, items: SqlList) -> SqlValue:
    return SqlValue(NUMBER, filled_as=items.count())


_LIST = parameter("列表", "list", "list T")
_CONDITION = parameter("条件", "condition", "boolean", per_row=True)
_VALUE = parameter("取值", "value", "U", per_row=True)
#: Kinds that have an order all engines share.
_ORDERED = ("number", "text", "date", "date_time")
_DOWN = parameter("降序", "descending", "boolean", optional=True)


def lists() -> tuple[Function, ...]:
    family = Family.LISTS
    return (
        Function("FILTER", family, "筛选", Text(zh="列表中符合条件的项，条件里用 {当前行.字段}。", en="The items that meet the condition; name their fields {CurrentValue.field}."),
                 (overload([_LIST, _CONDITION], "list T", python=_filter, sql=_filter_sql, lazy=True),),
                 (Example("SUM(FILTER([1, 5, 9], {CurrentValue} > 2))", "14"), Example("COUNTROWS(FILTER([1], FALSE))", "0"))),
        Function("MAP", family, "逐项计算", Text(zh="对每一项计算一个值，得到新列表。", en="A list of what a formula about each item comes to."),
                 (overload([_LIST, _VALUE], "list U", python=_map, sql=_map_sql, lazy=True),),
                 (Example("SUM(MAP([1, 2], {CurrentValue} * 10))", "30"), Example("COUNTROWS(MAP([], 1))", "0"))),
        Function("LOOKUP", family, "查找", Text(zh="第一个符合条件的项的取值；没有时为空。", en="A value of the first item that meets the condition; empty when none does."),
                 (overload([_LIST, _CONDITION, _VALUE], "U", python=_lookup, sql=_lookup_sql, lazy=True),),
                 (Example("LOOKUP([1, 5, 9], {CurrentValue} > 2, {CurrentValue} * 2)", "10"), Example("LOOKUP([1], FALSE, 1)", None))),
        Function("FIRST", family, "第一项", Text(zh="列表的第一项。", en="The first item of the list."),
                 (overload([_LIST], "T", python=lambda items: items[0] if items else None, sql=_first_sql),),
                 (Example("FIRST([3, 1])", "3"), Example("FIRST([])", None))),
        Function("LAST", family, "最后一项", Text(zh="列表的最后一项。", en="The last item of the list."),
                 (overload([_LIST], "T", python=lambda items: items[-1] if items else None, sql=_last_sql),),
                 (Example("LAST([3, 1])", "1"), Example("LAST([])", None))),
        Function("NTH", family, "第几项", Text(zh="列表的第 n 项，从 1 数起；没有时为空。", en="The n-th item, counted from 1; empty when there is none."),
                 (overload([_LIST, parameter("序号", "place", "number")], "T", python=_nth, sql=_nth_sql),),
                 (Example("NTH([3, 1], 2)", "1"), Example("NTH([3, 1], 9)", None))),
        Function("SORT", family, "排序", Text(zh="把列表排序，空值在最后。", en="The list in order, empty ones last."),
                 tuple(overload([parameter("列表", "list", f"list {kind}"), _DOWN], f"list {kind}", python=_sort, sql=_sort_sql) for kind in _ORDERED),
                 (Example("FIRST(SORT([3, 1, 2]))", "1"), Example("FIRST(SORT([3, 1, 2], TRUE))", "3"))),
        Function("SORTBY", family, "按值排序", Text(zh="按每一项的取值排序，空值在最后。", en="The items ordered by a value of each, empty ones last."),
                 tuple(overload([_LIST, parameter("取值", "value", kind, per_row=True), _DOWN], "list T", python=_sort_by, sql=_sort_by_sql, lazy=True) for kind in _ORDERED),
                 (Example("FIRST(SORTBY([3, 1, 2], -{CurrentValue}))", "3"), Example("LAST(SORTBY([3, 1, 2], {CurrentValue}, TRUE))", "1"))),
        Function("UNIQUE", family, "去重", Text(zh="去掉重复的项，保留第一次出现的位置。", en="Each value once, at its first place."),
                 (overload([_LIST], "list T", python=_unique, sql=_unique_sql),),
                 (Example("COUNTROWS(UNIQUE([1, 2, 1]))", "2"), Example("SUM(UNIQUE([5, 5]))", "5"))),
        Function("LISTCOMBINE", family, "合并列表", Text(zh="把几个列表接成一个。", en="Several lists one after the other."),
                 (overload([parameter("列表", "list", "list T", repeats=True)], "list T", python=_combine, sql=_combine_sql),),
                 (Example("SUM(LISTCOMBINE([1], [2, 3]))", "6"), Example("COUNTROWS(LISTCOMBINE([], []))", "0"))),
        Function("CONTAIN", family, "包含项", Text(zh="列表是否含有这个值。", en="Whether the list has the value."),
                 (overload([_LIST, parameter("值", "value", "T")], "boolean", python=_contains, sql=_contains_sql),),
                 (Example("CONTAIN([1, 2], 2)", True), Example("CONTAIN([], 2)", False))),
        Function("CONTAINSALL", family, "包含全部", Text(zh="列表是否含有另一个列表的每个值。", en="Whether the list has every value of the other."),
                 (overload([_LIST, parameter("各值", "values", "list T")], "boolean", python=_contains_all, sql=_contains_all_sql),),
                 (Example("CONTAINSALL([1, 2, 3], [3, 1])", True), Example("CONTAINSALL([1], [1, 2])", False))),
        Function("COUNTROWS", family, "项数", Text(zh="列表的项数，空项也算。", en="How many items the list has, empty ones too."),
                 (overload([_LIST], "number", python=_count_of, sql=_count_rows_sql),),
                 (Example("COUNTROWS([1, 2])", "2"), Example("COUNTROWS([])", "0"))),
    )  # fmt: skip
