"""Typed tree → a Python closure that gives the value for one record."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from guanxi.formula import arithmetic
from guanxi.formula.environment import Environment
from guanxi.formula.errors import OUT_OF_RANGE, NoValueError
from guanxi.formula.function import Overload
from guanxi.formula.tree import Field, Literal, Row
from guanxi.formula.typed import Typed
from guanxi.formula.types import BOOLEAN

Evaluate = Callable[[Environment], Any]


def evaluator(typed: Typed) -> Evaluate:
    """The value of the formula for an environment; raises NoValueError where it has none."""
    node = typed.node
    if typed.overload is not None:
        return _never_empty(typed, typed.overload, _call(typed.overload, typed.arguments))
    if isinstance(node, Literal):
        return partial(_constant, node.value)
    if isinstance(node, Field):
        return _field(node.names, is_boolean=typed.type == BOOLEAN)
    if isinstance(node, Row):
        return _row(node.names, is_boolean=typed.type == BOOLEAN)
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


def _field(names: tuple[str, ...], *, is_boolean: bool) -> Evaluate:
    if is_boolean:
        return lambda environment: environment.fields[names] is True
    return lambda environment: environment.fields[names]


def _row(names: tuple[str, ...], *, is_boolean: bool) -> Evaluate:
    if not names:
        return lambda environment: environment.row
    if is_boolean:
        return lambda environment: environment.row.fields[names] is True
    return lambda environment: environment.row.fields[names]


def _never_empty(typed: Typed, overload: Overload, evaluate: Evaluate) -> Evaluate:
    """A choice between booleans that chooses none is no."""
    if typed.type != BOOLEAN or overload.result not in ("T", "U"):
        return evaluate
    return lambda environment: evaluate(environment) is True


def _call(overload: Overload, typed: tuple[Typed, ...]) -> Evaluate:
    python = overload.python
    if overload.by_type:
        python = python(*(one.type for one in typed))
    arguments = [evaluator(one) for one in typed]
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
