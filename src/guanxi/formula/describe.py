"""`python -m guanxi.formula.describe`: writes what the web app knows of the language, so that nothing is said twice."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from guanxi.formula import (
    calendar_names,
    check_types,
    errors,
    json_form,
    number_pattern,
    parse,
    regex_syntax,
    tokens,
    unify,
    units,
)
from guanxi.formula.builtin import builtin_functions
from guanxi.formula.errors import Reason
from guanxi.formula.function import Family, Function, Overload, Parameter, Volatility
from guanxi.formula.functions import asker, date_parts, date_text, regex
from guanxi.kit.text import Text

FOLDER = Path(__file__).parents[3] / "frontend" / "src" / "lib" / "formula"
_SPEAKING: tuple[ModuleType, ...] = (
    tokens, parse, json_form, check_types, unify, units, number_pattern, calendar_names, asker, date_parts, date_text, regex_syntax, regex,
)  # fmt: skip


def files() -> Mapping[Path, str]:
    """The files of the web app that follow from this package, and what they must hold."""
    functions = [one for one in builtin_functions() if one.family is not Family.INTERNAL]
    return {
        FOLDER / "functions.json": _lines(_signatures(one) for one in functions),
        FOLDER / "function-help.json": _lines(_help(one) for one in functions),
        FOLDER / "messages.json": json.dumps(_messages(), ensure_ascii=False, indent=1) + "\n",
    }


def _lines(items: Iterable[Mapping[str, object]]) -> str:
    """A line for each, so that a change is seen where it is."""
    return "[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in items) + "\n]\n"


def _signatures(function: Function) -> dict[str, object]:
    more: dict[str, object] = {}
    if function.volatility is not Volatility.PURE:
        more["volatility"] = function.volatility.value
    if function.keeps_empty:
        more["keepsEmpty"] = True
    if function.stands_for is not None:
        more["standsFor"] = function.stands_for
    if function.empty_kept:
        more["emptyKept"] = True
    return {
        "name": function.name,
        "names": list(function.names),
        "family": function.family.value,
        **more,
        "overloads": [_overload(one) for one in function.overloads],
    }


def _overload(overload: Overload) -> dict[str, object]:
    flags = {
        "lazy": overload.lazy,
        "inEnvironment": overload.in_environment,
        "byType": overload.by_type,
    }
    return {
        "parameters": [_parameter(one) for one in overload.parameters],
        "result": overload.result,
        **_set(flags),
    }


def _parameter(parameter: Parameter) -> dict[str, object]:
    flags = {
        "optional": parameter.optional,
        "repeats": parameter.repeats,
        "perRow": parameter.per_row,
        "constant": parameter.constant,
    }
    samples = {"samples": list(parameter.samples)} if parameter.samples else {}
    return {
        "name": _text(parameter.name),
        "pattern": parameter.pattern,
        **_set(flags),
        **samples,
    }


def _set(flags: Mapping[str, bool]) -> dict[str, bool]:
    return {name: value for name, value in flags.items() if value}


def _help(function: Function) -> dict[str, object]:
    examples = [{"formula": one.formula, "value": one.value} for one in function.examples]
    return {"name": function.name, "help": _text(function.help), "examples": examples}


def _messages() -> dict[str, object]:
    found: dict[str, object] = {}
    for module in _SPEAKING:
        for name, value in _own(module, Text):
            if found.setdefault(name, _text(value)) != _text(value):
                raise ValueError(f"Two messages are named {name}.")
    found["KINDS"] = {kind.value: _text(text) for kind, text in unify.KINDS.items()}
    found["reasons"] = {one.code: _text(one.message) for _, one in _own(errors, Reason)}
    return found


def _own(module: ModuleType, kind: type[Any]) -> list[tuple[str, Any]]:
    return [(name, value) for name, value in vars(module).items() if isinstance(value, kind)]


def _text(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


if __name__ == "__main__":
    for path, wanted in files().items():
        path.write_text(wanted, encoding="utf-8")
