"""What the type checker puts around arguments: text out of anything, a time out of a date."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from guanxi.formula.calendar_sql import at_ends_of_time, moment_sql
from guanxi.formula.compile_sql import ZONE, SqlCompiler
from guanxi.formula.environment import Environment
from guanxi.formula.function import Family, Function, Overload, overload, parameter
from guanxi.formula.sql_value import Column, SqlList, SqlValue
from guanxi.formula.tree import Call
from guanxi.formula.typed import Typed
from guanxi.formula.types import BOOLEAN, DATE_TIME, TEXT, Kind, Type
from guanxi.kit.money import plain
from guanxi.kit.text import Text, label_in

_ANY = parameter("值", "value", "any")


def text_of(environment: Environment, value: Any) -> str | None:
    """The plain text of a value: what `&` writes."""
    if isinstance(value, Decimal):
        return plain(value)
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return environment.local(value).strftime("%Y-%m-%d %H:%M").rjust(16, "0")
    if isinstance(value, date):
        return value.isoformat()
    return str(getattr(value, "id", value))


def text_sql(column: Column, type_: Type, compiler: SqlCompiler) -> Column:
    """The same in SQL, NULL for NULL."""
    if type_.kind is Kind.NUMBER:
        return sa.cast(sa.func.trim_scale(column), sa.Text())
    if type_.kind is Kind.BOOLEAN:
        return sa.case((column, sa.literal_column("'TRUE'")), else_=sa.literal_column("'FALSE'"))
    if type_.kind is Kind.DATE:
        return sa.func.to_char(column, sa.literal_column("'YYYY-MM-DD'"))
    if type_.kind is Kind.DATE_TIME:
        local = sa.func.timezone(ZONE, column)
        return sa.func.to_char(local, sa.literal_column("'YYYY-MM-DD HH24:MI'"))
    if type_.kind is Kind.CHOICE and type_.choices is not None and type_.choices.labels:
        labels = [
            (
                column == compiler.text(value),
                compiler.text(label_in(by_locale, compiler.locale) or value),
            )
            for value, by_locale in type_.choices.labels.items()
        ]
        return sa.case(*labels, else_=column)
    return sa.cast(column, sa.Text())


def _sql(compiler: SqlCompiler, value: SqlValue | SqlList) -> SqlValue | SqlList:
    if isinstance(value, SqlList):
        item = text_sql(value.item, value.type.item, compiler)
        return SqlList(
            TEXT.listed, value.rows, item, value.order, value.conditions, value.error, None
        )
    if value.type.kind is Kind.BOOLEAN:
        return SqlValue(TEXT, filled_as=text_sql(value.filled, value.type, compiler))
    return SqlValue(TEXT, nullable=text_sql(value.value, value.type, compiler).collate("C"))


def _python(environment: Environment, value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(text_of(environment, one) for one in value)
    return text_of(environment, value)


def _midnight(environment: Environment, value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(one and environment.midnight(one) for one in value)
    return None if value is None else environment.midnight(value)


def _midnight_sql(compiler: SqlCompiler, value: SqlValue | SqlList) -> SqlValue | SqlList:
    if isinstance(value, SqlList):
        item = moment_sql(value.item)
        none = sa.exists(value.select(sa.literal_column("1")).where(at_ends_of_time(item)))
        return replace(value, type=DATE_TIME.listed, item=item, error=none, row=None)
    moment = moment_sql(value.value)
    return SqlValue(DATE_TIME, nullable=moment, error=at_ends_of_time(moment))


def _nothing_sql(compiler: SqlCompiler, value: SqlValue | SqlList) -> SqlValue | SqlList:
    """The compiler casts it to what is wanted."""
    if isinstance(value, SqlList):
        return SqlList(
            value.type, value.rows, sa.null(), value.order, value.conditions, value.error
        )
    return SqlValue(value.type, nullable=sa.null())


AS_TEXT = Function(
    "AS_TEXT", Family.INTERNAL, None, Text(zh="转成文本", en="Turns a value into text"),
    (overload([_ANY], "text", python=_python, sql=_sql, in_environment=True),), (),
)  # fmt: skip
AS_DATE_TIME = Function(
    "AS_DATE_TIME", Family.INTERNAL, None, Text(zh="转成时间", en="Turns a date into a time"),
    (overload([parameter("日期", "date", "date")], "date_time", python=_midnight, sql=_midnight_sql,
              in_environment=True),), (),
)  # fmt: skip
AS_NOTHING = Function(
    "AS_NOTHING", Family.INTERNAL, None, Text(zh="空值", en="Nothing, where a value of some kind may stand"),
    (overload([_ANY], "T", python=lambda value: value, sql=_nothing_sql),), (),
)  # fmt: skip
_NO = overload([_ANY], "boolean", python=lambda value: False,
               sql=lambda compiler, value: SqlValue(BOOLEAN, filled_as=sa.false()))  # fmt: skip


def conversion(function: Function, argument: Typed, type_: Type) -> Typed:
    """The argument with a conversion around it. A choice needs its options to become text."""
    chosen: Overload = function.overloads[0]
    if function is AS_NOTHING and type_.kind is Kind.BOOLEAN:
        chosen = _NO
    if argument.type.kind is Kind.CHOICE and function is AS_TEXT:
        choices = argument.type.choices

        def labelled(environment: Environment, value: Any) -> Any:
            if isinstance(value, tuple):
                return tuple(one and environment.label(one, choices) for one in value)
            return value and environment.label(value, choices)

        chosen = overload([_ANY], "text", python=labelled, sql=_sql, in_environment=True)
    node = Call(function.name, (argument.node,), argument.node.span)
    return Typed(node, type_, (argument,), function, chosen, inner=argument)
