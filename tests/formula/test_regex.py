"""Regular expressions mean the same in every engine, take time that grows with the text, and say what is wrong."""

import random
import time
from decimal import Decimal

import psycopg
import pytest

from guanxi.formula.builtin import builtin_functions
from guanxi.formula.check_types import check
from guanxi.formula.errors import FormulaError
from guanxi.formula.json_form import to_json
from guanxi.formula.parse import parse
from guanxi.formula.regex_automaton import automaton, groups_of
from guanxi.formula.regex_cost import most_characters
from guanxi.formula.regex_syntax import RegexError, read_regex
from guanxi.formula.tree import Call, Literal, Node
from guanxi.testing.formulas.engines import in_postgresql, in_python, store
from guanxi.testing.formulas.typescript import in_typescript, node
from guanxi.testing.formulas.world import WorldScope, random_rows

ROWS = random_rows(0, 1)
ATOMS = (
    "a",
    "b",
    "c",
    "ab",
    ".",
    "[ab]",
    "[^a]",
    r"\d",
    r"\s",
    "[a-c]",
    "1",
    "中",
    r"\W",
    r"[^\d\s]",
    r"\u4e2d",
    "😀",
)
TIMES = ("*", "+", "?", "{2}", "{1,2}", "{0,3}", "{2,}", "{0,}")  # fmt: skip


class Patterns:
    """Random expressions, and texts that have a chance to match them."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)

    def one(self) -> str:
        branches = [self._branch() for _ in range(self._chance.choice((1, 1, 1, 2, 3)))]
        return self._some("(?i)", 0.1) + "|".join(branches)

    def text(self) -> str:
        length = self._chance.choice((0, 1, 3, 5, 8, 12, 20))
        return "".join(self._chance.choice("aaabbbccc1 中😀AB\u0301") for _ in range(length))

    def call(self) -> Node:
        """A call with an expression that is allowed in it."""
        pattern, text = self.one(), Literal(self.text())
        groups = sorted(groups_of(read_regex(pattern)))
        kind = self._chance.choice(("REGEXMATCH", "REGEXEXTRACT", "REGEXREPLACE"))
        if kind == "REGEXEXTRACT":
            group = Literal(Decimal(self._chance.choice([0, *groups])))
            return Call(kind, (text, Literal(pattern), group))
        if kind == "REGEXREPLACE" and not automaton(pattern).may_be_nothing:
            new = "<" + "".join(f"${one}." for one in groups if one < 10) + r"\1>"
            return Call(kind, (text, Literal(pattern), Literal(new)))
        return Call("REGEXMATCH", (text, Literal(pattern)))

    def _branch(self) -> str:
        row = "".join(self._part(3) for _ in range(self._chance.choice((1, 1, 2, 3))))
        return self._some("^", 0.15) + row + self._some("$", 0.15)

    def _part(self, depth: int) -> str:
        kind = self._chance.random()
        if depth <= 0 or kind < 0.35:
            return self._chance.choice(ATOMS)
        part = self._part(depth - 1)
        if kind < 0.6:
            return part + self._part(depth - 1)
        if kind < 0.8:
            more = "|" + self._part(depth - 1) if self._chance.random() < 0.5 else ""
            return f"{self._chance.choice(('(', '(?:'))}{part}{more})"
        return f"(?:{part}){self._chance.choice(TIMES)}"

    def _some(self, sign: str, chance: float) -> str:
        return sign if self._chance.random() < chance else ""


def test_random_expressions_come_to_the_same_in_postgresql(conninfo: str) -> None:
    patterns = Patterns(1)
    with psycopg.connect(conninfo) as connection:
        store(connection, ROWS)
        for _ in range(1500):
            typed = check(patterns.call(), WorldScope(), builtin_functions())
            found = in_postgresql(connection, typed)
            assert found == in_python(typed, ROWS), to_json(typed.stored)
        connection.rollback()


@pytest.mark.skipif(node() is None, reason="Node 22.18 or newer is missing.")
def test_random_expressions_come_to_the_same_in_the_web_app() -> None:
    patterns = Patterns(2)
    formulas = [check(patterns.call(), WorldScope(), builtin_functions()) for _ in range(3000)]
    answers = in_typescript([{"tree": to_json(one.stored)} for one in formulas], ROWS)
    for typed, answer in zip(formulas, answers, strict=True):
        assert answer.get("values") == in_python(typed, ROWS), answer


COSTLY = (
    "(?:[ab]*a[ab]{12}c)|a",
    "(?:[ab]*a[ab]{200}c)|b",
    "(?:a?b?){40}c|a",
    "(?:(?:[ab]{3,20}|[a-c]|a?)){0,11}d|b",
    "a[^c]*c|a",
)  # fmt: skip


@pytest.mark.parametrize("pattern", COSTLY)
def test_no_expression_keeps_postgresql_busy_for_long(pattern: str, conninfo: str) -> None:
    chance, most = random.Random(4), most_characters(pattern)
    text = "".join(chance.choice("ab") for _ in range(most))
    call = Call("REGEXREPLACE", (Literal(text), Literal(pattern), Literal("x")))
    typed = check(call, WorldScope(), builtin_functions())
    with psycopg.connect(conninfo, options="-c statement_timeout=30s") as connection:
        store(connection, ROWS)
        assert in_postgresql(connection, typed) == in_python(typed, ROWS)
        connection.rollback()


@pytest.mark.skipif(node() is None, reason="Node 22.18 or newer is missing.")
def test_how_long_texts_may_be_is_the_same_in_the_web_app() -> None:
    patterns, formulas = Patterns(3), []
    for written in [*COSTLY, *(patterns.one() for _ in range(400))]:
        for more in (0, 1):
            text = Call("REPT", (Literal("é"), Literal(Decimal(most_characters(written) + more))))
            found = Call("REGEXEXTRACT", (text, Literal(written)))
            formulas.append(check(Call("ISERROR", (found,)), WorldScope(), builtin_functions()))
    answers = in_typescript([{"tree": to_json(one.stored)} for one in formulas], ROWS)
    assert [answer.get("values") for answer in answers] == [[False], [True]] * (len(formulas) // 2)


@pytest.mark.parametrize(
    "pattern", ["(?:a+)+b", "(?:a|a)*b", "(?:a*)*b", "(?:a|aa)+b", "a*a*a*a*a*b", "(?:.*a){20}b", "a|a*b"]
)  # fmt: skip
def test_no_expression_takes_for_ever(pattern: str) -> None:
    started = time.perf_counter()
    list(automaton(pattern).matches("a" * 20_000))
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("pattern", "place"),
    [
        ("", 0), ("a||b", 2), ("*a", 0), ("a**", 2), ("a+?", 2), ("a{,2}", 1), ("a{3,2}", 1), ("a{256}", 1), ("a{0}", 1),
        ("(a", 2), ("a)", 1), ("()", 1), ("(?=a)", 0), ("(?<n>a)", 0), ("a(?i)", 1), ("[a", 2), ("[]", 0), ("[b-a]", 1),
        (r"[\d-z]", None), ("[a[]", 2), (r"\b", 1), (r"\1", 1), (r"\p{L}", 1), (r"\u12", 1), ("a^b", 1), ("a$b", 2), ("(^a)", 1),
        ("(a$)", 2), ("(?:a?b?){60}", None), ("a}", 1), ("a]", 1), ("a\\", 2), ("(?:a{255}){255}", 0), ("a" * 501, 500), ("(" * 21 + "a", 20),
    ],
)  # fmt: skip
def test_what_engines_do_differently_is_refused_where_it_stands(
    pattern: str, place: int | None
) -> None:
    if place is None:
        assert read_regex(pattern)
        return
    with pytest.raises(RegexError) as caught:
        read_regex(pattern)
    assert caught.value.place == place


@pytest.mark.parametrize(
    ("formula", "code", "span"),
    [
        ('REGEXMATCH({t1}, "a**")', "no_regex", (20, 21)),
        ('REGEXMATCH({t1}, "")', "no_regex", (17, 19)),
        ("REGEXMATCH({t1}, {t2})", "not_constant", (17, 21)),
        ('REGEXEXTRACT({t1}, "(a)", 2)', "no_group", (26, 27)),
        ('REGEXEXTRACT({t1}, "(a)*", 1)', "no_group", (27, 28)),
        ('REGEXEXTRACT({t1}, "(a)|b", 1)', "no_group", (28, 29)),
        ('REGEXMATCH({t1}, "(?:a?b?){60}")', "no_regex", (18, 19)),
        ('REGEXREPLACE({t1}, "a*", "b")', "matches_nothing", (19, 23)),
        ('REGEXREPLACE({t1}, "a", "$1")', "no_group", (24, 28)),
        ('TEXT({n1}, "0 0")', "no_number_pattern", (11, 16)),
        ('TEXT({n1}, "abc")', "no_number_pattern", (11, 16)),
    ],
)
def test_constants_are_checked_with_the_formula(formula: str, code: str, span: object) -> None:
    with pytest.raises(FormulaError) as caught:
        check(parse(formula), WorldScope(), builtin_functions(), formula)
    assert (caught.value.code, caught.value.span) == (code, span)
