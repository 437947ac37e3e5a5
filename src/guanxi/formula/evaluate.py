"""Typed tree → a Python closure that gives the value for one record."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from guanxi.formula import arithmetic
from guanxi.formula.environment import Environment, RowValue
from guanxi.formula.errors import OUT_OF_RANGE, NoValueError
from guanxi.formula.tree import Field, Items, Literal, Row
from guanxi.formula.typed import Typed
from guanxi.formula.types import Kind

Evaluate = Callable[[Environment], Any]


def evaluator(typed: Typed) -> Evaluate:
    """The value of the formula for an environment; raises NoValueError where it has none."""
    if isinstance(typed.node, Literal) and typed.function is None:
        return partial(_constant, typed.node.value)
    if typed.function is not None:
        return _never_empty(typed, _call(typed))
    if isinstance(typed.node, Field):
        return _boolean_field(typed) if typed.type.kind is Kind.BOOLEAN else _field(typed)
    if isinstance(typed.node, Row):
        return _row(typed)
    assert isinstance(typed.node, Items)
    items = [evaluator(one) for one in typed.arguments]
    return lambda environment: tuple(one(environment) for one in items)


def result_of(evaluate: Evaluate, environment: Environment) -> Any:
    """The value as a field would store it: exact to ten decimals, "" as None, and None where there is no value."""
    try:
        return stored_form(evaluate(environment))
    except NoValueError:
        return None


def stored_form(value: Any) -> Any:
    """Raises NoValueError when a number is too large to store."""
    if isinstance(value, Decimal):
        if value.copy_abs() >= arithmetic.LARGEST:
            raise NoValueError(OUT_OF_RANGE)
        rounded = arithmetic.rounded(value)
        if rounded.copy_abs() >= arithmetic.LARGEST:
            raise NoValueError(OUT_OF_RANGE)
        return rounded if rounded else Decimal(0)
    if isinstance(value, tuple):
        return tuple(stored_form(one) for one in value)
    return None if value == "" else value


def _constant(value: Any, environment: Environment) -> Any:
    return value


def _field(typed: Typed) -> Evaluate:
    assert isinstance(typed.node, Field)
    names = typed.node.names
    return lambda environment: environment.fields[names]


def _boolean_field(typed: Typed) -> Evaluate:
    assert isinstance(typed.node, Field)
    names = typed.node.names
    if typed.type.is_list:
        return lambda environment: environment.fields[names]
    return lambda environment: environment.fields[names] is True


def _row(typed: Typed) -> Evaluate:
    assert isinstance(typed.node, Row)
    names = typed.node.names
    if not names:
        return lambda environment: environment.row

    def read(environment: Environment) -> Any:
        row = environment.row
        assert isinstance(row, RowValue)
        value = row.fields[names]
        return value is True if typed.type.kind is Kind.BOOLEAN else value

    return read


def _never_empty(typed: Typed, evaluate: Evaluate) -> Evaluate:
    """A choice between booleans that chooses none is no."""
    assert typed.overload is not None
    if typed.type.kind is not Kind.BOOLEAN or typed.overload.result != "T":
        return evaluate
    return lambda environment: evaluate(environment) is True


def _call(typed: Typed) -> Evaluate:
    overload = typed.overload
    assert overload is not None
    python = overload.python
    arguments = [evaluator(one) for one in typed.arguments]
    if overload.lazy:
        return lambda environment: python(environment, *arguments)
    if overload.in_environment:
        return lambda environment: python(environment, *[one(environment) for one in arguments])
    if len(arguments) == 1:
        (only,) = arguments
        return lambda environment: python(only(environment))
    if len(arguments) == 2:
        first, second = arguments
        return lambda environment: python(first(environment), second(environment))
    return lambda environment: python(*[one(environment) for one in arguments])
