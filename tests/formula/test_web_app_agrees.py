"""The web app reads, checks and evaluates formulas as the server does."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from tests.formula.test_engines_agree import ROWS, SEEDS, grown

from guanxi.formula.builtin import builtin_functions
from guanxi.formula.check_types import check
from guanxi.formula.errors import FormulaError
from guanxi.formula.json_form import to_json
from guanxi.formula.parse import parse
from guanxi.formula.scope import Reached, Unknown
from guanxi.kit.text import Text
from guanxi.testing.formulas.engines import ZONES, in_python
from guanxi.testing.formulas.typescript import OBJECTS, in_typescript, node
from guanxi.testing.formulas.world import random_rows

pytestmark = pytest.mark.skipif(
    node() is None, reason="Node 22.18 or newer is missing; the group `build` brings it."
)

#: Formulas of every construct, and pieces that spoil them.
TEXTS = (
    'IF({n1} > 1000, "大", "small") & {t1}',
    "{d1} - {d2} + 3 * (2 - {n1}) ^ 2",
    "{lines}.FILTER({row.n} > 1 && {row.b}).{m}.SUM()",
    '{c1} = "赢单" || {c1} in ["won", "open"]',
    "如果（{n1}≥1，“真”，假） // 说明",
    "SWITCH({t1}, \"a\", 1, \"b\", 2.50, -{n2} % 7e2) /* 😀 */",
    "SUMIF({lines}, {当前行.t} <> \"\", {当前行.n})",
    'REGEXREPLACE({t1}, "^(a|b)(?:c?)[^c-e\\d]{2,3}$|x*y", "<$1>")',
    'REGEXEXTRACT({t1}, "(\\d+)-([a-z]*)", 2) & TEXT({n1}, "¥#,##0.0#%")',
    "XOR(TRUE, not({b1}), ISBLANK({account.t}))",
)  # fmt: skip
PIECES = (
    "(", ")", ",", ".", '"', "{", "}", "[", "]", "+", "-", "&&", "<", "=", "in", " ", "1", "{t1}", "{lines}", "{n9}",
    "SUM(", "IFF(", "ROUN(", "“", "；", "#", "😀", "/*", "//", "x", "1e5", "{row.n}", "row", "TRUE", '"2"', "{lines.n}",
)  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
def test_random_formulas_come_to_the_same(seed: int) -> None:
    rows, formulas, zone = random_rows(seed, ROWS), grown(seed), ZONES[seed % len(ZONES)]
    trees = [to_json(typed.stored) for typed in formulas]
    found = in_typescript([{"tree": tree} for tree in trees], rows, zone)
    for typed, tree, answer in zip(formulas, trees, found, strict=True):
        assert answer == {"tree": tree, "values": in_python(typed, rows, zone)}, tree


def test_examples_come_to_the_same() -> None:
    examples = [example.formula for one in builtin_functions() for example in one.examples]
    _assert_same(examples)


def test_spoilt_formulas_bring_the_same_errors() -> None:
    _assert_same(list(_spoilt(4000)))


def _spoilt(count: int) -> Iterator[str]:
    chance = random.Random(7)
    for _ in range(count):
        text = chance.choice(TEXTS)
        for _ in range(chance.choice((1, 1, 2, 3))):
            start = chance.randrange(len(text) + 1)
            end = min(start + chance.choice((0, 0, 1, 2, 6)), len(text))
            text = text[:start] + chance.choice((*PIECES, "")) + text[end:]
        yield text


def _assert_same(texts: list[str]) -> None:
    rows = random_rows(0, 1)
    found = in_typescript([{"text": text} for text in texts], rows)
    for text, answer in zip(texts, found, strict=True):
        assert answer == _answer(text, rows), text


def _answer(text: str, rows: Any) -> dict[str, object]:
    try:
        typed = check(parse(text), TableScope(), builtin_functions(), text)
    except FormulaError as error:
        fix = error.fix and {
            "label": _text(error.fix.label),
            "span": list(error.fix.span),
            "replacement": error.fix.replacement,
        }
        told = {"code": error.code, "text": _text(error.message), "span": list(error.span)}
        return {"error": {**told, "fix": fix}}
    return {"tree": to_json(typed.stored), "values": in_python(typed, rows)}


def _text(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


class TableScope:
    """Exactly the paths that the web app is told of."""

    def __init__(self, object_name: str = "deal") -> None:
        self._fields = OBJECTS[object_name]

    def find(self, names: tuple[str, ...]) -> Reached | Unknown:
        type_ = self._fields.get(names)
        if type_ is None:
            return Unknown(names[-1], next(iter(self._fields)))
        return Reached(names, type_)

    def inside(self, object_name: str) -> "TableScope":
        return TableScope(object_name)
