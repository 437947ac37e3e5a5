"""Rows per second of an import, beside COPY of the same rows into the same table."""

import csv
import tempfile
import time
from pathlib import Path
from uuid import UUID

import psutil

from benchmarks.figures import Figure
from benchmarks.ground import ACCOUNT, ACCOUNTS, DEAL, PEOPLE, STAGES, Ground
from guanxi.kit.ids import new_ids
from guanxi.query.lexemes import lexemes, name_key
from guanxi.records.import_whole import ImportWishes, WholeImport

ROWS = 100_000
ROUNDS = 3

_HEADER = (
    "name",
    "code",
    "owner",
    "account",
    "stage",
    "amount",
    "close_date",
    "probability",
    "text_1",
    "number_1",
    "date_1",
)
_COLUMNS = (
    "id, name, code, owner, department, account, stage, amount, close_date, probability, text_1, number_1, date_1,"
    " created_by, updated_by, version, name_key, search"
)


async def measure(ground: Ground, rows: int = ROWS) -> list[Figure]:
    """An import from the file to its end: read, judged, linked by name, written with search words and change log.

    COPY is given lines that are ready, ids, links and search words included. Both begin with an empty table and all
    its indexes.
    """
    with tempfile.TemporaryDirectory(prefix="guanxi-bench-") as folder:
        file = Path(folder) / "deals.csv"
        _write_file(file, rows)
        lines = await _copy_lines(ground, rows)
        copied, imported, grown = [], [], []
        for _ in range(ROUNDS):
            await ground.fill(0)
            copied.append(await _copy(ground, lines))
            await ground.fill(0)
            before = psutil.Process().memory_info().rss
            imported.append(await _import(ground, file))
            grown.append(psutil.Process().memory_info().rss - before)
    floor, value = rows / min(copied), rows / min(imported)
    return [
        Figure(
            f"import of {rows // 1000}k rows, with change log",
            value,
            "rows/s",
            floor,
            "COPY into the same table",
            0.25,
            "at_least",
        ),
        Figure(f"memory gained by importing {rows // 1000}k rows", max(grown) / 2**20, "MB"),
    ]


async def _copy(ground: Ground, lines: bytes) -> float:
    begun = time.perf_counter()
    command = f"copy {DEAL} ({_COLUMNS}) from stdin"
    async with (
        ground.platform.database.begin(ground.platform.schema) as work,
        work.copy_in(command) as copy,
    ):
        for start in range(0, len(lines), 1 << 20):
            await copy.write(lines[start : start + (1 << 20)])
    return time.perf_counter() - begun


async def _import(ground: Ground, file: Path) -> float:
    importing = WholeImport(ground.platform.importing, None)
    prepared = await importing.prepare(DEAL, file, file.name, ImportWishes(policy="create"))
    begun = time.perf_counter()
    done = await importing.run(prepared)
    seconds = time.perf_counter() - begun
    if done.result is None or done.result.created != done.total:
        raise RuntimeError(f"The import was not whole: {done.result}")
    return seconds


def _values(n: int) -> tuple[str, ...]:
    """What row `n` of the file says, in the order of the header."""
    return (
        f"Deal {n}",
        f"N{n}",
        f"Person {n * 7 % PEOPLE:03}",
        f"Account {1 + n * 31 % ACCOUNTS}",
        str(STAGES[n % len(STAGES)]["value"]),
        str(n * 104729 % 10_000_000),
        f"2026-{1 + n % 12:02}-{1 + n % 28:02}",
        str(n * 13 % 100),
        f"text {n % 1000}",
        str(n % 10_007),
        f"2025-{1 + n % 12:02}-{1 + n % 28:02}",
    )


def _write_file(file: Path, rows: int) -> None:
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(_HEADER)
        writer.writerows(_values(n) for n in range(rows))


async def _copy_lines(ground: Ground, rows: int) -> bytes:
    async with ground.platform.database.begin(ground.platform.schema) as work:
        people = {
            name: (id_, department)
            for id_, name, department in await work.rows("select id, name, department from person")
        }
        accounts: dict[str, UUID] = dict(await work.rows(f"select name, id from {ACCOUNT}"))
    lines = []
    for n, id_ in enumerate(new_ids(rows)):
        name, code, owner, account, *rest = _values(n)
        person, department = people[owner]
        words = " ".join(f"'{word}'" for word in lexemes(name, [code, rest[5]]))
        cells = [id_, name, code, person, department or "\\N", accounts[account], *rest]
        cells += [person, person, 1, name_key(name), words]
        lines.append("\t".join(map(str, cells)))
    return ("\n".join(lines) + "\n").encode()
