"""Choosing, and asking whether."""

from typing import Any

import sqlalchemy as sa

from guanxi.formula.compile_sql import COLUMN_TYPES, SqlCompiler
from guanxi.formula.environment import Environment
from guanxi.formula.errors import NoValueError
from guanxi.formula.function import Example, Family, Function, Parameter, overload, parameter
from guanxi.formula.functions.operators import equal, equal_sql, key_of
from guanxi.formula.sql_value import Column, Predicate, SqlList, SqlValue, any_of, number
from guanxi.formula.typed import Typed
from guanxi.formula.types import BOOLEAN, Kind
from guanxi.kit.text import Text

CONDITION = "条件", "condition"
THEN = "为真时", "if true"
ELSE = "为假时", "if false"


def _if(environment: Environment, condition: Any, then: Any, otherwise: Any = None) -> Any:
    if condition(environment):
        return then(environment)
    return None if otherwise is None else otherwise(environment)


def _ifs(environment: Environment, *parts: Any) -> Any:
    for condition, value in zip(parts[::2], parts[1::2], strict=True):
        if condition(environment):
            return value(environment)
    return None


def _switch(environment: Environment, subject: Any, *parts: Any) -> Any:
    value = subject(environment)
    for case, result in zip(parts[::2], parts[1::2], strict=False):
        if equal(value, case(environment)):
            return result(environment)
    return parts[-1](environment) if len(parts) % 2 else None


def _if_sql(compiler: SqlCompiler, *parts: Typed) -> SqlValue:
    return _ifs_sql(compiler, *parts)


def _ifs_sql(compiler: SqlCompiler, *parts: Typed) -> SqlValue:
    conditions = [compiler.single(one) for one in parts[: len(parts) // 2 * 2 : 2]]
    results = [compiler.single(one) for one in parts[1::2]]
    otherwise = compiler.single(parts[-1]) if len(parts) % 2 else None
    return _chosen(conditions, results, otherwise)


def _switch_sql(compiler: SqlCompiler, subject: Typed, *parts: Typed) -> SqlValue:
    value = compiler.single(subject)
    cases = [compiler.single(one) for one in parts[: len(parts) // 2 * 2 : 2]]
    conditions = [
        SqlValue(BOOLEAN, filled_as=equal_sql(value, one), error=one.error) for one in cases
    ]
    results = [compiler.single(one) for one in parts[1::2]]
    otherwise = compiler.single(parts[-1]) if len(parts) % 2 else None
    return _chosen(conditions, results, otherwise).failing_too(value.error)


def _chosen(
    conditions: list[SqlValue], results: list[SqlValue], otherwise: SqlValue | None
) -> SqlValue:
    """The result of the first condition that holds; only what is looked at on the way can fail."""
    typed = next(
        (one for one in [*results, otherwise] if one and one.type.kind is not Kind.NOTHING),
        results[0],
    )
    kind = COLUMN_TYPES[typed.type.kind]
    tests = [one.filled for one in conditions]

    def cased(parts: list[Any], rest: Any) -> Column:
        return sa.case(*zip(tests, parts, strict=True), else_=rest)

    error = None
    if any(one.error is not None for one in [*conditions, *results, otherwise] if one):
        error = sa.false() if otherwise is None or otherwise.error is None else otherwise.error
        for condition, result in reversed(list(zip(conditions, results, strict=True))):
            failing = sa.false() if result.error is None else result.error
            error = sa.case((condition.filled, failing), else_=error)
            if condition.error is not None:
                error = sa.or_(condition.error, error)
    everything = [*results, *([otherwise] if otherwise else [])]
    if typed.type.kind in (Kind.NUMBER, Kind.TEXT, Kind.BOOLEAN):
        fill = SqlValue(typed.type, nullable=sa.cast(sa.null(), kind)).filled
        filled = cased(
            [_filled(one, typed) for one in results],
            fill if otherwise is None else _filled(otherwise, typed),
        )
        empty = None
        if typed.type.kind is Kind.NUMBER and (
            otherwise is None or any(one.may_be_empty for one in everything)
        ):
            empty = cased(
                [one.empty for one in results], sa.true() if otherwise is None else otherwise.empty
            )
        return SqlValue(typed.type, filled_as=filled, emptiness=empty, error=error)
    value = cased(
        [one.value for one in results],
        sa.cast(sa.null(), kind) if otherwise is None else otherwise.value,
    )
    return SqlValue(typed.type, nullable=value, error=error)


def _filled(value: SqlValue, typed: SqlValue) -> Column:
    """Of the literal nothing as of the others' type."""
    if value.type.kind is Kind.NOTHING:
        kind = COLUMN_TYPES[typed.type.kind]
        return SqlValue(typed.type, nullable=sa.cast(sa.null(), kind)).filled
    return value.filled


def _and(environment: Environment, *parts: Any) -> bool:
    return all(part(environment) for part in parts)


def _or(environment: Environment, *parts: Any) -> bool:
    return any(part(environment) for part in parts)


def _and_sql(compiler: SqlCompiler, *parts: Typed) -> SqlValue:
    values = [compiler.single(one) for one in parts]
    error: Predicate | None = None
    for one in reversed(values):
        if error is not None:
            error = sa.and_(one.filled, error)
        error = any_of([one.error, error])
    if len(values) == 1:
        return SqlValue(BOOLEAN, filled_as=values[0].filled, error=error)
    return SqlValue(BOOLEAN, nullable=sa.and_(*(one.predicate for one in values)), error=error)


def _or_sql(compiler: SqlCompiler, *parts: Typed) -> SqlValue:
    values = [compiler.single(one) for one in parts]
    error: Predicate | None = None
    for one in reversed(values):
        if error is not None:
            error = sa.and_(sa.not_(one.filled), error)
        error = any_of([one.error, error])
    if len(values) == 1:
        return SqlValue(BOOLEAN, filled_as=values[0].filled, error=error)
    return SqlValue(BOOLEAN, nullable=sa.or_(*(one.predicate for one in values)), error=error)


def _not_sql(compiler: SqlCompiler, value: SqlValue) -> SqlValue:
    return SqlValue(BOOLEAN, filled_as=sa.not_(value.filled))


def _xor(*values: bool) -> bool:
    return sum(values) % 2 == 1


def _xor_sql(compiler: SqlCompiler, *values: SqlValue) -> SqlValue:
    count = sum(
        (sa.cast(one.filled, sa.Integer()) for one in values[1:]),
        sa.cast(values[0].filled, sa.Integer()),
    )
    return SqlValue(BOOLEAN, filled_as=count % number(2) == number(1))


def _if_blank(environment: Environment, value: Any, otherwise: Any) -> Any:
    found = value(environment)
    return otherwise(environment) if found in (None, ()) else found


def _if_blank_sql(compiler: SqlCompiler, value: Typed, otherwise: Typed) -> SqlValue:
    first, second = compiler.single(value), compiler.single(otherwise)
    typed = second if first.type.kind is Kind.NOTHING else first
    error = second.error if second.error is None else sa.and_(first.empty, second.error)
    both = SqlValue(
        typed.type,
        nullable=sa.func.coalesce(first.value, second.value),
        error=any_of([first.error, error]),
    )
    if typed.type.kind is Kind.BOOLEAN:
        return SqlValue(typed.type, filled_as=first.filled, error=first.error)
    return both


def _if_error(environment: Environment, value: Any, otherwise: Any) -> Any:
    try:
        return value(environment)
    except NoValueError:
        return otherwise(environment)


def _if_error_sql(compiler: SqlCompiler, value: Typed, otherwise: Typed) -> SqlValue:
    first, second = compiler.single(value), compiler.single(otherwise)
    if first.error is None:
        return first
    failed = SqlValue(BOOLEAN, filled_as=sa.func.coalesce(first.error, sa.false()))
    plain = SqlValue(first.type, first.nullable, first.filled_as, first.emptiness, None)
    return _chosen([failed], [second], plain)


def _is_error(environment: Environment, value: Any) -> bool:
    try:
        value(environment)
    except NoValueError:
        return True
    return False


def _is_error_sql(compiler: SqlCompiler, value: Typed) -> SqlValue:
    error = compiler.compile(value).error
    return SqlValue(
        BOOLEAN, filled_as=sa.false() if error is None else sa.func.coalesce(error, sa.false())
    )


def _is_blank(value: Any) -> bool:
    return value is None or value == () or value == ""


def _is_blank_sql(compiler: SqlCompiler, value: SqlValue | SqlList) -> SqlValue:
    if isinstance(value, SqlList):
        return SqlValue(BOOLEAN, filled_as=value.count() == number(0))
    if value.type.kind is Kind.BOOLEAN:
        return SqlValue(BOOLEAN, filled_as=sa.false())
    return SqlValue(BOOLEAN, filled_as=value.empty)


def _is_in(value: Any, items: tuple[Any, ...]) -> bool:
    key = key_of(value)
    return key is not None and any(key == key_of(one) for one in items)


def _is_in_sql(compiler: SqlCompiler, value: SqlValue, items: SqlList) -> SqlValue:
    found = sa.exists(items.select(number(1)).where(items.item == value.value))
    return SqlValue(BOOLEAN, filled_as=found)


def _condition() -> Parameter:
    return parameter(*CONDITION, "boolean")


def logic() -> tuple[Function, ...]:
    family = Family.LOGIC
    value = "值", "value"
    return (
        Function("IF", family, "如果",
                 Text(zh="条件成立时取第二个值，否则取第三个值（省略则为空）。",
                      en="The second value if the condition holds, else the third (empty if left out)."),
                 (overload([_condition(), parameter(*THEN, "T"), parameter(*ELSE, "T", optional=True)], "T",
                           python=_if, sql=_if_sql, lazy=True),),
                 (Example('IF(2 > 1, "yes", "no")', "yes"), Example("IF(FALSE, 1)", None))),
        Function("IFS", family, "多条件",
                 Text(zh="依次检查条件，取第一个成立的条件对应的值。",
                      en="The value after the first condition that holds."),
                 (overload([parameter(*CONDITION, "boolean", repeats=True), parameter(*THEN, "T", repeats=True)], "T",
                           python=_ifs, sql=_ifs_sql, lazy=True),),
                 (Example('IFS(1 > 2, "a", 2 > 1, "b")', "b"),)),
        Function("SWITCH", family, "匹配",
                 Text(zh="把第一个值与各个候选值比较，取相等者对应的结果；最后可以写默认值。",
                      en="Compares the first value with the cases and gives the result of the one it equals; a default may stand last."),
                 (overload([parameter(*value, "U"), parameter("候选值", "case", "U", repeats=True),
                            parameter("结果", "result", "T", repeats=True),
                            parameter("默认值", "default", "T", optional=True)], "T",
                           python=_switch, sql=_switch_sql, lazy=True),),
                 (Example('SWITCH(2, 1, "a", 2, "b", "?")', "b"), Example('SWITCH(3, 1, "a", "?")', "?"))),
        Function("AND", family, "并且", Text(zh="所有条件都成立。", en="Whether all conditions hold."),
                 (overload([parameter(*CONDITION, "boolean", repeats=True)], "boolean", python=_and, sql=_and_sql, lazy=True),),
                 (Example("AND(1 < 2, 2 < 3)", True),), ("且",)),
        Function("OR", family, "或者", Text(zh="至少一个条件成立。", en="Whether at least one condition holds."),
                 (overload([parameter(*CONDITION, "boolean", repeats=True)], "boolean", python=_or, sql=_or_sql, lazy=True),),
                 (Example("OR(1 > 2, 2 > 3)", False),), ("或",)),
        Function("NOT", family, "非", Text(zh="条件不成立。", en="Whether the condition does not hold."),
                 (overload([_condition()], "boolean", python=lambda one: not one, sql=_not_sql),),
                 (Example("NOT(1 > 2)", True),)),
        Function("XOR", family, "异或", Text(zh="成立的条件个数为奇数。", en="Whether an odd number of conditions hold."),
                 (overload([parameter(*CONDITION, "boolean", repeats=True)], "boolean", python=_xor, sql=_xor_sql),),
                 (Example("XOR(TRUE, TRUE)", False),)),
        Function("IFBLANK", family, "空值替换", Text(zh="值为空时改取第二个值。", en="The second value where the first is empty."),
                 (overload([parameter(*value, "T"), parameter("替换值", "instead", "T")], "T",
                           python=_if_blank, sql=_if_blank_sql, lazy=True),),
                 (Example('IFBLANK("", "none")', "none"),)),
        Function("IFERROR", family, "错误替换", Text(zh="值出错时改取第二个值。", en="The second value where the first has none because of an error."),
                 (overload([parameter(*value, "T"), parameter("替换值", "instead", "T")], "T",
                           python=_if_error, sql=_if_error_sql, lazy=True),),
                 (Example("IFERROR(1 / 0, 0)", "0"),)),
        Function("ISBLANK", family, "是否为空", Text(zh="值是否为空。", en="Whether there is nothing."),
                 (overload([parameter(*value, "anything")], "boolean", python=_is_blank, sql=_is_blank_sql),),
                 (Example('ISBLANK("")', True), Example("ISBLANK(0)", False)), ("ISEMPTY",)),
        Function("ISERROR", family, "是否出错", Text(zh="计算时是否出错。", en="Whether there is no value because of an error."),
                 (overload([parameter(*value, "anything")], "boolean", python=_is_error, sql=_is_error_sql, lazy=True),),
                 (Example("ISERROR(1 / 0)", True),)),
        Function("IN", family, "属于", Text(zh="值是否在列表中，也可写作 x in [a, b]。", en="Whether the list has the value; also written x in [a, b]."),
                 (overload([parameter(*value, "T"), parameter("列表", "list", "list T")], "boolean", python=_is_in, sql=_is_in_sql),),
                 (Example("2 in [1, 2, 3]", True),)),
    )  # fmt: skip
