"""Random formulas come to the same in every engine."""

import psycopg
import pytest

from guanxi.formula.builtin import builtin_functions
from guanxi.formula.check_types import check
from guanxi.formula.errors import FormulaError
from guanxi.formula.function import Family, Function, Overload
from guanxi.formula.json_form import to_json
from guanxi.formula.tree import Call
from guanxi.formula.typed import Typed
from guanxi.testing.formulas.engines import ZONES, in_postgresql, in_python, store
from guanxi.testing.formulas.grow import Grower
from guanxi.testing.formulas.world import WorldScope, random_rows

SEEDS = range(10)
FORMULAS, ROWS = 520, 40
#: The deepest calls; each function is called alone as often as around others.
DEPTHS = 4
#: In one of so many seeds, what is empty is kept empty.
KEEPING = 3


def overloads() -> list[tuple[Function, Overload]]:
    return [
        (function, overload)
        for function in builtin_functions()
        if function.family is not Family.INTERNAL and function.stands_for is None
        for overload in function.overloads
    ]


def grown(seed: int) -> list[Typed]:
    """As many formulas as asked for, each function in its turn."""
    found: list[Typed] = []
    functions, turn = builtin_functions(), seed * FORMULAS
    grower, every = Grower(functions, seed), overloads()
    while len(found) < FORMULAS:
        function, overload = every[turn % len(every)]
        node = grower.calling(function, overload, 1 + turn // len(every) % DEPTHS)
        turn += 1
        if seed % KEEPING == KEEPING - 1:
            node = Call("KEEPEMPTY", (node,))
        try:
            found.append(check(node, WorldScope(), functions))
        except FormulaError:
            continue
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_python_and_postgresql_agree_on_random_formulas(seed: int, conninfo: str) -> None:
    rows, zone = random_rows(seed, ROWS), ZONES[seed % len(ZONES)]
    with psycopg.connect(conninfo) as connection:
        store(connection, rows)
        for typed in grown(seed):
            in_python_too = in_python(typed, rows, zone)
            assert in_postgresql(connection, typed, zone) == in_python_too, to_json(typed.stored)
        connection.rollback()


def test_the_random_formulas_call_every_function() -> None:
    called = {typed.function.name for typed in grown(0) if typed.function is not None}
    assert called == {function.name for function, _ in overloads()}
