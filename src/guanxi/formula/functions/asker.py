"""Who asks, and what belongs to them; days relative to today; the kinds of stages."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

import sqlalchemy as sa

from guanxi.formula import periods
from guanxi.formula.calendar_sql import local_day
from guanxi.formula.compile_sql import DEPARTMENTS, PERSON, TEAM, SqlCompiler
from guanxi.formula.environment import Environment
from guanxi.formula.errors import Fix, FormulaError
from guanxi.formula.function import Example, Family, Function, Volatility, overload, parameter
from guanxi.formula.sql_value import Column, SqlList, SqlValue
from guanxi.formula.tree import Literal, Node, Span
from guanxi.formula.types import BOOLEAN, TEXT, Kind, Type
from guanxi.kit.text import Text

NO_PERIOD = Text(
    zh="没有名为“{name}”的时间段。可选：{names}。",
    en="There is no period “{name}”. Periods: {names}.",
)
PERIOD_NEEDS_DAYS = Text(
    zh="“{name}”还要写天数（1 到 {most}），例如 30。",
    en="“{name}” also needs a number of days (1 to {most}), such as 30.",
)
PERIOD_WITHOUT_DAYS = Text(zh="“{name}”不用写天数。", en="“{name}” takes no number of days.")
USE_PERIOD = Text(zh="改成“{name}”", en="Make it “{name}”")

_PERSON = Type(Kind.RECORD, object="person")


# --- who asks -------------------------------------------------------------------------------------------------


def _current_user_sql(compiler: SqlCompiler) -> SqlValue:
    return SqlValue(_PERSON, nullable=PERSON)


def _ids(array: Column) -> Callable[[SqlCompiler], SqlList]:
    def sql(compiler: SqlCompiler) -> SqlList:
        return compiler.unnested(array, Type(Kind.RECORD).listed)

    return sql


# --- days relative to today -----------------------------------------------------------------------------------


def _within(
    environment: Environment, value: date | datetime | None, name: str, days: Decimal | None = None
) -> bool:
    if value is None:
        return False
    day = environment.local(value).date() if isinstance(value, datetime) else value
    first, after = periods.span(name, int(days or 0), environment.today)
    return first <= day < after


def _within_sql(
    compiler: SqlCompiler, value: SqlValue, name: SqlValue, days: SqlValue | None = None
) -> SqlValue:
    count = 0 if days is None else int(str(days.constant))
    first, after = periods.span_sql(str(name.constant), count)
    day = compiler.cheap(local_day(value))
    inside = sa.and_(day >= first, day < after)
    return SqlValue(BOOLEAN, nullable=sa.type_coerce(inside, sa.Boolean()))


def _check_period(span: Span, value: Node, name: Node, days: Node | None = None) -> None:
    """Raises FormulaError."""
    written = name.value if isinstance(name, Literal) and isinstance(name.value, str) else ""
    known = (*periods.NAMES, *periods.COUNTED)
    if written not in known:
        near = get_close_matches(written.lower(), known, 1)
        fix = Fix(USE_PERIOD.fill(name=near[0]), name.span, f'"{near[0]}"') if near else None
        problem = NO_PERIOD.fill(name=written, names="、".join(known))
        raise FormulaError("no_period", problem, name.span, fix)
    if written not in periods.COUNTED:
        if days is not None:
            raise FormulaError("no_days", PERIOD_WITHOUT_DAYS.fill(name=written), days.span)
        return
    count = days.value if isinstance(days, Literal) else None
    fits = isinstance(count, Decimal) and count == int(count) and 1 <= count <= periods.MOST_DAYS
    if not fits:
        problem = PERIOD_NEEDS_DAYS.fill(name=written, most=periods.MOST_DAYS)
        raise FormulaError("needs_days", problem, span if days is None else days.span)


# --- stages ---------------------------------------------------------------------------------------------------


def _kind_of(type_: Type) -> Callable[[str | None], str | None]:
    kinds = type_.choices.kinds if type_.choices is not None else {}
    return lambda value: None if value is None else kinds.get(value)


def _kind_sql(compiler: SqlCompiler, value: SqlValue) -> SqlValue:
    choices = value.type.choices
    kinds = [
        (value.value == compiler.text(option), compiler.text(kind))
        for option, kind in (choices.kinds if choices is not None else {}).items()
    ]
    found: Any = sa.case(*kinds) if kinds else sa.cast(sa.null(), sa.Text())
    return SqlValue(TEXT, nullable=sa.type_coerce(found, sa.Text()).collate("C"))


def asker() -> tuple[Function, ...]:
    moment = parameter("日期", "date", "moment")
    period = parameter("时间段", "period", "text", constant=True, samples=periods.NAMES)
    counted = parameter("时间段", "period", "text", constant=True, samples=periods.COUNTED)
    days = parameter("天数", "days", "number", constant=True, samples=("1", "7", "30", "365"))
    return (
        Function(
            "CURRENT_USER", Family.SYSTEM, "当前人员",
            Text(zh="正在看或正在填的人。可用在筛选、视图、权限、默认值和规则里，不能用在计算字段里。",
                 en="The person who looks or fills in. For filters, views, permissions, defaults and rules, not for computed fields."),
            (overload([], "person", python=lambda environment: environment.person, sql=_current_user_sql,
                      in_environment=True),),
            (Example("CURRENT_USER() = CURRENT_USER()", True),),
            aliases=("当前用户",), volatility=Volatility.PERSON,
        ),
        Function(
            "MY_TEAM", Family.SYSTEM, "我的下属",
            Text(zh="当前人员自己，和直接或间接向其汇报的人，例如 IN({负责人}, 我的下属())。",
                 en="The current person and everybody who reports to them, at any depth: IN({owner}, MY_TEAM())."),
            (overload([], "list reference", python=lambda environment: environment.team,
                      sql=_ids(TEAM), in_environment=True),),
            (Example("COUNTROWS(MY_TEAM()) >= 0", True),),
            volatility=Volatility.PERSON,
        ),
        Function(
            "MY_DEPARTMENTS", Family.SYSTEM, "我的部门",
            Text(zh="当前人员所在的部门和它下面的部门，例如 IN({负责人.部门}, 我的部门())。",
                 en="The department of the current person and those below it: IN({owner.department}, MY_DEPARTMENTS())."),
            (overload([], "list reference", python=lambda environment: environment.departments,
                      sql=_ids(DEPARTMENTS), in_environment=True),),
            (Example("COUNTROWS(MY_DEPARTMENTS()) >= 0", True),),
            volatility=Volatility.PERSON,
        ),
        Function(
            "WITHIN", Family.DATES, "在期间",
            Text(zh="日期是否在某个时间段里，按今天推算：today、this_week、last_month、next_quarter、this_year 等，或 last_days、next_days 加天数。一周从星期一开始。",
                 en="Whether a date lies in a period told from today: today, this_week, last_month, next_quarter, this_year and so on, or last_days, next_days with a number of days. Weeks begin on Monday."),
            tuple(
                overload([moment, *places], "boolean", python=_within, sql=_within_sql, in_environment=True,
                         check_constants=_check_period)
                for places in ([period], [counted, days])
            ),
            (Example('WITHIN(TODAY(), "today")', True), Example('WITHIN(TODAY() - 7, "last_days", 7)', False),
             Example('WITHIN(TODAY() + 6, "next_days", 7)', True), Example('WITHIN(TODATE(""), "this_year")', False)),
            volatility=Volatility.CLOCK,
        ),
        Function(
            "KIND", Family.LOGIC, "阶段类别",
            Text(zh="阶段的类别：open 进行中、won 赢单、lost 输单、void 作废。其他选项没有类别。",
                 en="The kind of a stage: open, won, lost or void. Other options have none."),
            (overload([parameter("阶段", "stage", "choice")], "text", python=_kind_of, sql=_kind_sql, by_type=True),),
            (),
        ),
    )  # fmt: skip
