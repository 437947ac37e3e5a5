"""Typed tree → text, with the names that fields, options and functions have now, in the reader's language."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Protocol

from guanxi.formula.check_types import places_of
from guanxi.formula.function import Function
from guanxi.formula.parse import BINDING, POWER
from guanxi.formula.tree import Field, Literal, Row
from guanxi.formula.typed import Typed
from guanxi.formula.types import Kind, Type
from guanxi.kit.text import Locale

_UNARY = POWER + 1
_SIGNS = {"AND": "&&", "OR": "||", "IN": "in"}
_ROW_WORD = {"zh-CN": "当前行", "en": "CurrentValue"}
_CONSTANTS = {True: {"zh-CN": "真", "en": "TRUE"}, False: {"zh-CN": "假", "en": "FALSE"}}


class Names(Protocol):
    """What the fields of an object are called."""

    def called(self, names: tuple[str, ...], locale: Locale) -> tuple[str, ...]:
        """The names of a path as a reader knows them; readable again by the object's scope."""
        ...

    def option(self, value: str, labels: Mapping[str, str], locale: Locale) -> str:
        """What an option is called."""
        ...

    def inside(self, object_name: str) -> "Names": ...


def write(typed: Typed, names: Names, locale: Locale, row: Type | None = None) -> str:
    """The formula as text that reads back to the same tree; `row` as it was checked with."""
    return _Writer(names, locale).written(typed, row, 0)


class _Writer:
    def __init__(self, names: Names, locale: Locale) -> None:
        self._names = names
        self._locale: Locale = locale

    def written(self, typed: Typed, row: Type | None, around: int) -> str:
        """`around` is how tightly the operator outside binds."""
        if typed.inner is not None:
            return self.written(typed.inner, row, around)
        node = typed.node
        if typed.function is not None:
            return self._call(typed, typed.function, row, around)
        if isinstance(node, Literal):
            return self._literal(typed, node)
        if isinstance(node, Field):
            return "{" + ".".join(self._names.called(node.names, self._locale)) + "}"
        if isinstance(node, Row):
            return self._row(node, row)
        return "[" + ", ".join(self.written(one, row, 0) for one in typed.arguments) + "]"

    def _row(self, node: Row, row: Type | None) -> str:
        called = node.names
        if row is not None and row.object is not None:
            called = self._names.inside(row.object).called(node.names, self._locale)
        return "{" + ".".join((_ROW_WORD[self._locale], *called)) + "}"

    def _literal(self, typed: Typed, node: Literal) -> str:
        value = node.value
        if value is None:
            return '""'
        if isinstance(value, bool):
            return _CONSTANTS[value][self._locale]
        if isinstance(value, Decimal):
            return format(value, "f")
        if typed.type.kind is Kind.CHOICE and typed.type.choices is not None:
            labels = typed.type.choices.labels.get(value, {})
            value = self._names.option(value, labels, self._locale)
        return '"' + value.replace('"', '""') + '"'

    def _call(self, typed: Typed, function: Function, row: Type | None, around: int) -> str:
        arguments = typed.arguments
        sign = _SIGNS.get(function.name, function.name)
        binding = BINDING.get(sign, 0)
        if binding and len(arguments) == 2:
            left_around, right_around = binding - 1, binding
            if binding == POWER:
                left_around, right_around = binding, binding - 1
            elif binding == BINDING["="]:
                left_around = binding
            left = self.written(arguments[0], row, left_around)
            right = self.written(arguments[1], row, right_around)
            text = f"{left} {sign} {right}"
            return f"({text})" if binding <= around else text
        if function.name == "NEGATE":
            inner = self.written(arguments[0], row, _UNARY - 1)
            return f"-({inner})" if inner.startswith("-") else f"-{inner}"
        places = places_of(function, typed)
        inner_row = arguments[0].type.item if arguments else None
        parts = [
            self.written(one, inner_row if place.per_row else row, 0)
            for place, one in zip(places, arguments, strict=True)
        ]
        name = function.name
        if self._locale == "zh-CN" and function.chinese is not None:
            name = function.chinese
        return f"{name}({', '.join(parts)})"
