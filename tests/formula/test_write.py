"""A formula written out reads back to the same tree, in both languages."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from guanxi.formula.builtin import builtin_functions
from guanxi.formula.check_types import check
from guanxi.formula.errors import FormulaError
from guanxi.formula.parse import parse
from guanxi.formula.tree import Call, Items, Literal, Node
from guanxi.formula.write import Names, write
from guanxi.kit.text import LOCALES, Locale
from guanxi.testing.formulas.grow import Grower
from guanxi.testing.formulas.world import WorldScope


class PlainNames:
    """Every field is called by its own name."""

    def called(self, names: tuple[str, ...], locale: Locale) -> tuple[str, ...]:
        return names

    def option(self, value: str, labels: Mapping[str, str], locale: Locale) -> str:
        return labels.get(locale, value)

    def inside(self, object_name: str) -> Names:
        return self


def as_read(node: Node) -> Node:
    """The tree with every sign before a number made part of the number, as it is when it is read."""
    if isinstance(node, Items):
        return Items(tuple(as_read(one) for one in node.items))
    if not isinstance(node, Call):
        return node
    arguments = tuple(as_read(one) for one in node.arguments)
    if node.function == "NEGATE" and isinstance(arguments[0], Literal):
        value = arguments[0].value
        if isinstance(value, Decimal) and value:
            return Literal(-value)
    return Call(node.function, arguments)


@pytest.mark.parametrize("locale", LOCALES)
def test_random_formulas_survive_writing_and_reading(locale: Locale) -> None:
    functions = builtin_functions()
    grower, tried = Grower(functions, 7), 0
    while tried < 400:
        try:
            typed = check(grower.formula(4), WorldScope(), functions)
        except FormulaError:
            continue
        tried += 1
        text = write(typed, PlainNames(), locale)
        again = check(parse(text), WorldScope(), functions)
        assert again.stored == as_read(typed.stored), text


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ('if({n1}>1,"a","b")', '如果({n1} > 1, "a", "b")', 'IF({n1} > 1, "a", "b")'),
        ("({n1}+1)*2", "({n1} + 1) * 2", "({n1} + 1) * 2"),
        ("1-(2-3)", "1 - (2 - 3)", "1 - (2 - 3)"),
        ("-({n1}^2)", "-({n1} ^ 2)", "-({n1} ^ 2)"),
        ('{c1}="won"', '{c1} = "赢单"', '{c1} = "Won"'),
        ("{lines}.FILTER({row.n}>1).{m}.SUM()",
         "求和(逐项计算(筛选({lines}, {当前行.n} > 1), {当前行.m}))",
         "SUM(MAP(FILTER({lines}, {CurrentValue.n} > 1), {CurrentValue.m}))"),
    ],
)  # fmt: skip
def test_a_formula_is_written_in_the_language_of_the_reader(text: str, zh: str, en: str) -> None:
    typed = check(parse(text), WorldScope(), builtin_functions(), text)
    assert write(typed, PlainNames(), "zh-CN") == zh
    assert write(typed, PlainNames(), "en") == en
