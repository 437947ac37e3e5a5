"""How long Python and the web app take to evaluate a typical formula for a record, in microseconds."""

import subprocess
import time
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.figures import Figure
from guanxi.fields.builtin import builtin_field_types
from guanxi.formula.builtin import builtin_functions
from guanxi.formula.check_types import check
from guanxi.formula.environment import Environment
from guanxi.formula.evaluate import evaluator, result_of
from guanxi.formula.parse import parse
from guanxi.kit.ids import new_id
from guanxi.metadata.formula_scope import CatalogScope
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.testing.formulas.typescript import node

WEB_APP = Path(__file__).parents[1] / "frontend" / "scripts" / "bench-formula.mjs"
TIMES = 60_000
ROUNDS = 5

FORMULAS = (
    'IF({n1} > 1000, "big", "small") & {t1}',
    "ROUND({n1} * {n2} * (1 - {n3}), 2)",
    "{n1} / {n2}",
    "IFERROR({n1} / 0, 0)",
    'SUM({n1}, {n2}, {n3}) & ""',
)
_VALUES = (("1200.50", "3", "0.15", "元"), ("999", "1.25", "0", None), ("0.1", "7", "0.3", "abc"))


def measure() -> list[Figure]:
    """The best of some rounds of each formula, in Python and, where there is a Node, in TypeScript."""
    return _in_python() + _in_typescript()


def _in_typescript() -> list[Figure]:
    program = node()
    if program is None:
        return []
    run = subprocess.run([program, WEB_APP, *FORMULAS], capture_output=True, text=True, check=True)
    figures = []
    for line in run.stdout.splitlines():
        microseconds, text = line.split(" µs  ", maxsplit=1)
        name = f"TypeScript: {text}"[:58]
        figures.append(Figure(name, float(microseconds), "µs", bound=3.0))
    return figures


def _in_python() -> list[Figure]:
    scope = CatalogScope({}, _object())
    now, zone = datetime(2026, 11, 25, 3, 4, 5, tzinfo=UTC), ZoneInfo("Asia/Shanghai")
    records = [
        Environment(
            {("n1",): Decimal(n1), ("n2",): Decimal(n2), ("n3",): Decimal(n3), ("t1",): t1},
            now,
            zone,
        )
        for n1, n2, n3, t1 in _VALUES
    ]
    figures = []
    for text in FORMULAS:
        evaluate = evaluator(check(parse(text), scope, builtin_functions(), text))
        measured = []
        for _ in range(ROUNDS):
            begun = time.process_time()
            for turn in range(TIMES // ROUNDS):
                result_of(evaluate, records[turn % 3])
            measured.append((time.process_time() - begun) / (TIMES // ROUNDS))
        figures.append(Figure(f"Python: {text}"[:58], min(measured) * 1e6, "µs", bound=5.0))
    return figures


def _object() -> ObjectDefinition:
    types = builtin_field_types()
    label = {"en": "Bench"}
    fields = {}
    for name, kind in (("n1", "number"), ("n2", "number"), ("n3", "number"), ("t1", "text")):
        type_ = types.get(kind)
        fields[name] = FieldDefinition(
            id=new_id(),
            name=name,
            label={"en": name},
            type=type_,
            options=type_.options_model.model_validate({}),
        )
    return ObjectDefinition(
        id=new_id(), name="bench", label=label, plural_label=label, fields=fields
    )
