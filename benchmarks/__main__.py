"""Runs the benchmarks: `python -m benchmarks [--rows N …] [--only PART …] [--json FILE]`; `guanxi bench` calls it."""

import argparse
import sys
import tempfile
from pathlib import Path

import uvloop

from benchmarks import (
    backups,
    computed,
    formulas,
    import_rows,
    lists,
    requests,
    starts,
    work_hours,
    writes,
)
from benchmarks.figures import Figure, table, write_json
from benchmarks.ground import Ground, ground

PARTS = (
    "lists",
    "requests",
    "writes",
    "readers",
    "backups",
    "imports",
    "computed",
    "calendars",
    "formulas",
    "starts",
)


def main() -> int:
    """Prints the table and writes it as JSON; 1 when a bound was missed."""
    arguments = _arguments()
    figures = uvloop.run(_measure(arguments.rows, arguments.only, arguments.folder))
    print(table(figures))
    write_json(figures, arguments.json)
    print(f"\nWritten to {arguments.json}")
    return 1 if any(one.is_held is False for one in figures) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="guanxi bench", description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--json", type=Path, default=Path("bench.json"))
    parser.add_argument("--folder", type=Path, help="Keep the data here, for a second run.")
    return parser.parse_args()


async def _measure(rows: list[int], parts: list[str], folder: Path | None) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="guanxi-bench-") as temporary:
        place = folder or Path(temporary)
        figures: list[Figure] = []
        async with ground(place / "ground") as prepared:
            for count in rows:
                figures += await _with_rows(prepared, count, parts, place)
            if "computed" in parts:
                _say("computed fields")
                figures += await computed.measure(prepared)
            if "calendars" in parts:
                figures += await work_hours.measure(prepared)
            if "imports" in parts:
                _say("imports")
                figures += await import_rows.measure(prepared)
        if "formulas" in parts:
            figures += formulas.measure()
        if "starts" in parts:
            _say("starts")
            figures += await starts.measure(place / "starts")
        return figures


async def _with_rows(prepared: Ground, count: int, parts: list[str], place: Path) -> list[Figure]:
    label = f"{count / 1_000_000:g}M" if count >= 1_000_000 else f"{count / 1000:g}k"
    figures: list[Figure] = []
    if {"lists", "requests", "writes", "readers", "backups"} & set(parts):
        _say(f"{label} records")
        await prepared.fill(count)
    if "lists" in parts:
        figures += await lists.measure(prepared, label)
    if "requests" in parts:
        figures += await requests.measure(prepared, label)
    if "writes" in parts:
        figures += await writes.measure(prepared, label)
    if "readers" in parts:
        figures += await computed.measure_readers(prepared, label)
    if "backups" in parts:
        figures += await backups.measure(prepared, place, label)
    return figures


def _say(what: str) -> None:
    print(f"… {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
