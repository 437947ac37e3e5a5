"""The rows of an import that were refused, as a file to be corrected and imported again."""

import asyncio
import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from guanxi.kit.text import Locale, Text, label_in
from guanxi.records import import_problem_store as problem_store
from guanxi.records.export_cells import defused
from guanxi.records.import_errors import NothingRefusedError
from guanxi.records.import_model import Import
from guanxi.records.import_problem_store import Problem
from guanxi.records.import_reading import Row, read_rows
from guanxi.records.importing import Importing

ROW_TITLE = Text(zh="行号", en="Row")
REASON_TITLE = Text(zh="原因", en="Reason")
SET = 5000


async def write_refused(importing: Importing, import_: Import, locale: Locale, to: Path) -> None:
    """Writes a CSV file: number and reason, then the row as it was. Raises NothingRefusedError, UnreadableFileError."""
    async with importing.file_of(import_) as path:
        rows = read_rows(path, import_.file)
        # Excel opens UTF-8 with a byte order mark as it is.
        with to.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            titles = [column.header for column in import_.columns]
            head = [REASON_TITLE.in_locale(locale), ROW_TITLE.in_locale(locale), *titles]
            writer.writerow([defused(title) for title in head])
            behind = 0
            while reasons := await _reasons_behind(importing, import_, behind, locale):
                await asyncio.to_thread(writer.writerows, _lines(rows, reasons))
                behind = max(reasons)
            if not behind:
                raise NothingRefusedError


async def _reasons_behind(
    importing: Importing, import_: Import, behind: int, locale: Locale
) -> Mapping[int, str]:
    """Why the next rows were refused, by row."""
    async with importing.begin() as work:
        found = await problem_store.problems_behind(work, import_.id, behind=behind, limit=SET)
    reasons: dict[int, list[str]] = {}
    for one in found:
        reasons.setdefault(one.row, []).append(_told(import_, one, locale))
    return {row: " ".join(told) for row, told in reasons.items()}


def _told(import_: Import, problem: Problem, locale: Locale) -> str:
    sentence = label_in(problem.message, locale)
    if problem.column is None or problem.column >= len(import_.columns):
        return sentence
    column = import_.columns[problem.column]
    return f"{column.header or column.letter}: {sentence}"


def _lines(rows: Iterator[Row], reasons: Mapping[int, str]) -> Iterator[list[str]]:
    last = max(reasons)
    for number, cells in rows:
        if number in reasons:
            yield [reasons[number], str(number), *(defused(cell) for cell in cells)]
        if number >= last:
            return
