"""Reading a whole file into its stage: every cell understood or refused, in one pass and constant memory."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from guanxi.db.wire import array_text
from guanxi.fields.capabilities import ValueKind
from guanxi.kit.ids import numbered_ids
from guanxi.kit.text import Text
from guanxi.metadata.system_fields import LONGEST_NAME, NAME
from guanxi.query.lexemes import lexemes, name_key
from guanxi.records import import_problem_store as problem_store
from guanxi.records import import_stage_store as stage_store
from guanxi.records import import_store as store
from guanxi.records.import_columns import (
    NOTHING,
    CellValue,
    Reader,
    Refusal,
    copied,
    nothing_in,
    reader_of,
    showable,
    told_of,
    words_of,
)
from guanxi.records.import_errors import ImportStoppedError
from guanxi.records.import_model import FileForm
from guanxi.records.import_plan import ImportPlan
from guanxi.records.import_reading import Row, read_rows
from guanxi.records.importing import Importing

#: Rows read and written at once.
BATCH = 5000
MOST_CACHED = 2000

TOO_WIDE_ROW = Text(
    zh="这一行比表头多出 {count} 格内容，可能是没有加引号的分隔符。请检查后再导入。",
    en="This row has {count} cells more than the header; perhaps a delimiter is not quoted. Check it and import again.",
)
NO_NAME = Text(zh="请填写名称。", en="Fill in the name.")


@dataclass(frozen=True, slots=True)
class StagedRows:
    """COPY lines of some rows, and of what is wrong with them."""

    rows: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Column:
    """A mapped column while it is read. Cells come again and again, so what they mean is kept for a while."""

    index: int
    reader: Reader
    nothing: CellValue
    is_searched: bool
    known: dict[str, CellValue | Refusal] = field(default_factory=dict)

    def read(self, cell: str) -> CellValue | Refusal:
        value = self.known.get(cell)
        if value is None:
            if len(self.known) >= MOST_CACHED:
                self.known.clear()
            value = self.reader(cell)
            if value is NOTHING:
                value = self.nothing
            self.known[cell] = value
        return value


class RowReader:
    """Rows of a file → lines for COPY."""

    def __init__(self, plan: ImportPlan) -> None:
        self._plan = plan
        self._id_of = numbered_ids(plan.id)
        self._columns = [
            _Column(
                index=one.column.index,
                reader=reader_of(one, plan.context),
                nothing=nothing_in(one.field, plan.defaults.get(one.field.name)),
                is_searched=one.field.searchable and one.field.name != "name",
            )
            for one in plan.mapped
        ]
        self._searched = [place for place, one in enumerate(self._columns) if one.is_searched]
        self._name_place = plan.name_place
        self._is_named = plan.definition.fields[NAME].formula is not None
        self._named_by = _naming_places(plan)
        self._names: dict[str, tuple[str, str]] = {}
        self._constants = "".join(told_of(name, value) for name, value in plan.constants.items())
        self._constant_words = _constant_words(plan)

    def batches(self, rows: Iterator[Row]) -> Iterator[StagedRows]:
        staged = StagedRows()
        for number, cells in rows:
            self._add(staged, number, cells)
            if len(staged.rows) >= BATCH:
                yield staged
                staged = StagedRows()
        if staged.rows:
            yield staged

    def _add(self, staged: StagedRows, number: int, cells: list[str]) -> None:
        problems: list[str] = []
        width = len(cells)
        if width > self._plan.width and (extra := _filled(cells[self._plan.width :])):
            refusal = Refusal("row_too_wide", TOO_WIDE_ROW.fill(count=extra))
            problems.append(self._problem(number, None, refusal, None))
        values: list[CellValue] = []
        for column in self._columns:
            cell = cells[column.index] if column.index < width else ""
            value = column.read(cell)
            if isinstance(value, Refusal):
                problems.append(self._problem(number, column.index, value, cell))
                value = NOTHING
            values.append(value)
        name = self._name(values)
        if name is None and self._name_place is None and not self._is_named and not problems:
            problems.append(self._problem(number, None, Refusal("required", NO_NAME), None))
        staged.rows.append(self._line(number, values, name or "", is_bad=bool(problems)))
        if number > self._plan.behind:
            staged.problems.extend(problems)

    def _line(self, number: int, values: list[CellValue], name: str, *, is_bad: bool) -> str:
        escaped, sort_key = self._names.get(name) or self._keep_name(name)
        words = [values[place].words for place in self._searched]
        told = "".join([value.told for value in values]) + self._constants
        if self._name_place is None:
            told += told_of("name", name)
        cells = "".join([value.copied + "\t" for value in values])
        found = copied(array_text(lexemes(name, words + self._constant_words)))
        new = copied("{" + told[1:] + "}")
        return (
            f"{number}\t{self._id_of(number)}\t{'t' if is_bad else 'f'}\t"
            f"{cells}{escaped}\t{sort_key}\t{found}\t{new}\n"
        )

    def _keep_name(self, name: str) -> tuple[str, str]:
        if len(self._names) >= MOST_CACHED:
            self._names.clear()
        kept = self._names[name] = (copied(name), copied(name_key(name)))
        return kept

    def _name(self, values: Sequence[CellValue]) -> str | None:
        """The name, or what stands for it: the records the row links to, else its first text."""
        if self._name_place is not None:
            return values[self._name_place].text
        parts = [text for place in self._named_by if (text := values[place].text)]
        if not parts:
            parts = [" ".join(value.text.split()) for value in values if value.text][:1]
        return " · ".join(parts)[:LONGEST_NAME] or None

    def _problem(self, number: int, index: int | None, refusal: Refusal, cell: str | None) -> str:
        column = "\\N" if index is None else str(index)
        value = "\\N" if cell is None else copied(showable(cell))
        # PostgreSQL's JSON holds no NUL.
        message = json.dumps(refusal.message.as_label()).replace("\\u0000", "")
        return f"{self._plan.id}\t{number}\t{column}\t{refusal.code}\t{copied(message)}\t{value}\n"


async def fill_stage(importing: Importing, plan: ImportPlan, path: Path, form: FileForm) -> int:
    """Reads the file into new stage tables and what is wrong into the problems; how many rows there are.

    Written in pieces, so that nobody waits for a long transaction, and read in a thread, so that the process goes on
    answering. Raises UnreadableFileError, ImportStoppedError.
    """
    stage = plan.stage
    async with importing.begin() as work:
        await problem_store.clear_problems(work, plan.id, behind=plan.behind)
        await stage_store.make_stage(work, stage, len(plan.mapped))
    reader = RowReader(plan)
    batches = reader.batches(read_rows(path, form))
    rows = 0
    batch = await asyncio.to_thread(next, batches, None)
    while batch is not None:
        # The next rows are read while these are written.
        reading = asyncio.create_task(asyncio.to_thread(next, batches, None))
        rows += len(batch.rows)
        try:
            await _write(importing, plan, batch, rows)
        finally:
            batch = await reading
    async with importing.begin() as work:
        await stage_store.index_stage(work, stage)
    return rows


async def _write(importing: Importing, plan: ImportPlan, batch: StagedRows, rows: int) -> None:
    async with importing.begin() as work:
        await stage_store.copy_rows(work, plan.stage, len(plan.mapped), batch.rows)
        if batch.problems:
            await problem_store.copy_problems(work, batch.problems)
        if not await store.note_read(work, plan.id, rows):
            raise ImportStoppedError


def _naming_places(plan: ImportPlan) -> list[int]:
    """Records without a name of their own are named after what they link to, people left out."""
    return [
        one.place
        for one in plan.mapped
        if one.field.type.value_kind is ValueKind.REFERENCE
        and one.field.target not in ("person", "department", plan.definition.name)
    ]


def _constant_words(plan: ImportPlan) -> list[str | None]:
    fields = plan.definition.fields
    return [words_of(fields[name], value) for name, value in plan.constants.items()]


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip())
