"""Formulas whose results were written down by hand come to these in every engine."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from guanxi.formula.builtin import builtin_functions
from guanxi.formula.check_types import check
from guanxi.formula.function import Family, Function
from guanxi.formula.parse import parse
from guanxi.formula.typed import Typed
from guanxi.testing.formulas.engines import in_postgresql, in_python, store
from guanxi.testing.formulas.typescript import in_typescript, node
from guanxi.testing.formulas.world import WorldScope, random_rows

FOLDER = Path(__file__).parent / "vectors"
ROWS = random_rows(0, 1)


def written_down() -> Iterator[tuple[str, Any]]:
    for path in sorted(FOLDER.iterdir()):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                formula, _, value = line.rpartition(" => ")
                yield formula, json.loads(value)
    for one in _told_by_examples():
        yield from ((example.formula, example.value) for example in one.examples)


def _told_by_examples() -> list[Function]:
    return [one for one in builtin_functions() if one.family is not Family.INTERNAL]


VECTORS = dict(written_down())


def _others(found: dict[str, Any]) -> dict[str, Any]:
    """What came to something else than was written down."""
    return {formula: value for formula, value in found.items() if value != VECTORS[formula]}


def _typed(formula: str) -> Typed:
    return check(parse(formula), WorldScope(), builtin_functions())


def test_python_comes_to_what_was_written_down() -> None:
    assert _others({formula: in_python(_typed(formula), ROWS)[0] for formula in VECTORS}) == {}


def test_postgresql_comes_to_what_was_written_down(conninfo: str) -> None:
    with psycopg.connect(conninfo) as connection:
        store(connection, ROWS)
        found = {one: in_postgresql(connection, _typed(one))[0] for one in VECTORS}
        connection.rollback()
    assert _others(found) == {}


@pytest.mark.skipif(node() is None, reason="Node 22.18 or newer is missing.")
def test_the_web_app_comes_to_what_was_written_down() -> None:
    answers = in_typescript([{"text": formula} for formula in VECTORS], ROWS)
    found = {
        one: answer.get("values", [answer])[0] for one, answer in zip(VECTORS, answers, strict=True)
    }
    assert _others(found) == {}
