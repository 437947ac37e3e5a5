"""The place of a number among others."""

from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from guanxi.formula.compile_sql import SqlCompiler
from guanxi.formula.function import Example, Family, Function, overload, parameter
from guanxi.formula.sql_value import SqlList, SqlValue, number
from guanxi.formula.types import NUMBER
from guanxi.kit.text import Text


def _rank(
    value: Decimal | None, others: tuple[Any, ...], is_smallest_first: bool = False
) -> Decimal | None:
    if value is None:
        return None
    given = (one for one in others if one is not None)
    before = sum(1 for one in given if (one < value if is_smallest_first else one > value))
    return Decimal(1 + before)


def _rank_sql(
    compiler: SqlCompiler,
    value: SqlValue,
    others: SqlList,
    is_smallest_first: SqlValue | None = None,
) -> SqlValue:
    value = compiler.once(value)

    def place(item: Any) -> Any:
        larger, smaller = item > value.filled, item < value.filled
        before = larger
        if is_smallest_first is not None:
            before = sa.case((is_smallest_first.filled, smaller), else_=larger)
        return sa.cast(sa.func.count().filter(before), sa.Numeric()) + number(1)

    found = others.total(place)
    if value.may_be_empty:
        found = sa.case((value.empty, sa.null()), else_=found)
    return SqlValue(NUMBER, nullable=sa.type_coerce(found, sa.Numeric()))


def ranking() -> tuple[Function, ...]:
    return (
        Function("RANK", Family.NUMBERS, "排名",
                 Text(zh="数字在列表里排第几，最大的排第 1，相同的并列；第三个值为真时最小的排第 1。",
                      en="The place of a number in a list: the largest is 1, equal ones share a place; with TRUE as the third value the smallest is 1."),
                 (overload([parameter("数字", "number", "number"), parameter("列表", "list", "list number"),
                            parameter("从小到大", "smallest first", "boolean", optional=True)], "number",
                           python=_rank, sql=_rank_sql),),
                 (Example("RANK(5, [9, 5, 5, 1])", "2"), Example("RANK(5, [9, 5, 5, 1], TRUE)", "2"), Example("RANK(1, [])", "1"))),
    )  # fmt: skip
