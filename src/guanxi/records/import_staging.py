"""Reading a whole file into its stage: every cell understood or refused, in one pass and constant memory."""

import json
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.fields.capabilities import ValueKind
from guanxi.fields.field_type import InvalidValueError, ReadingContext
from guanxi.kit.ids import new_id
from guanxi.kit.text import Text
from guanxi.metadata.model import ObjectDefinition
from guanxi.query.lexemes import lexemes, name_key
from guanxi.records import import_stage_store as stage_store
from guanxi.records import import_store as store
from guanxi.records.import_columns import (
    NOTHING,
    CellValue,
    MappedColumn,
    Reader,
    Refusal,
    copied,
    reader_of,
    told_of,
)
from guanxi.records.import_model import FileForm
from guanxi.records.import_reading import Row, read_rows
from guanxi.records.store import array_text

BATCH = 2000
MOST_CACHED = 20_000
LONGEST_VALUE = 200
LONGEST_NAME = 255

TOO_WIDE_ROW = Text(
    zh="这一行比表头多出 {count} 格内容，可能是没有加引号的分隔符。请检查后再导入。",
    en="This row has {count} cells more than the header; perhaps a delimiter is not quoted. Check it and import again.",
)
NO_NAME = Text(zh="请填写名称。", en="Fill in the name.")


@dataclass(frozen=True)
class StagePlan:
    """How the rows of one import are read."""

    id: UUID
    definition: ObjectDefinition
    mapped: Sequence[MappedColumn]
    #: Width of the header; more cells than this are refused.
    width: int
    #: Members of the change log's `new` that every new record has, each with a comma before it.
    constants: str
    context: ReadingContext

    @property
    def name_place(self) -> int | None:
        """The mapped column that holds the name."""
        return next((one.place for one in self.mapped if one.field.name == "name"), None)


@dataclass
class _Column:
    """A mapped column while it is read: its reader and the cells it has read."""

    index: int
    reader: Reader
    is_searched: bool
    cache: dict[str, CellValue | Refusal] = field(default_factory=dict)


class RowReader:
    """Rows of a file → lines for COPY. Refused cells go to the problems."""

    def __init__(self, plan: StagePlan, problems: IO[bytes]) -> None:
        self._plan = plan
        self._problems = problems
        self._columns = [
            _Column(
                index=one.column.index,
                reader=reader_of(one, plan.context),
                is_searched=one.field.searchable and one.field.name != "name",
            )
            for one in plan.mapped
        ]
        self._name_place = plan.name_place
        self._named_by = _naming_places(plan)
        self._names: dict[str, tuple[str, str]] = {}
        self.count = 0

    def lines(self, rows: Iterator[Row]) -> Iterator[list[str]]:
        """Batches of COPY lines."""
        batch: list[str] = []
        for number, cells in rows:
            batch.append(self._line(number, cells))
            if len(batch) >= BATCH:
                yield batch
                batch = []
        if batch:
            yield batch

    def _line(self, number: int, cells: list[str]) -> str:
        self.count += 1
        width = len(cells)
        is_bad = False
        if width > self._plan.width and (extra := _filled(cells[self._plan.width :])):
            self._refuse(
                number, None, Refusal("row_too_wide", TOO_WIDE_ROW.fill(count=extra)), None
            )
            is_bad = True
        values: list[CellValue] = []
        told: list[str] = []
        for column in self._columns:
            cell = cells[column.index] if column.index < width else ""
            value = column.cache.get(cell)
            if value is None:
                value = self._read(column, cell)
            if type(value) is Refusal:
                self._refuse(number, column.index, value, cell)
                is_bad = True
                value = NOTHING
            values.append(value)  # type: ignore[arg-type]
            told.append(value.told)  # type: ignore[union-attr]
        name = self._name(values)
        if name is None:
            if self._name_place is None and not is_bad:
                self._refuse(number, None, Refusal("required", NO_NAME), None)
                is_bad = True
            name = ""
        escaped, sort_key = self._names.get(name) or self._keep_name(name)
        words = lexemes(
            name,
            [
                value.words
                for column, value in zip(self._columns, values, strict=True)
                if column.is_searched
            ],
        )
        if self._name_place is None:
            told.append(told_of("name", name))
        new = "{" + ("".join(told) + self._plan.constants)[1:] + "}"
        cells_text = "\t".join([value.copied for value in values])
        return (
            f"{number}\t{new_id()}\t{'t' if is_bad else 'f'}\t{cells_text}{'\t' if values else ''}"
            f"{escaped}\t{sort_key}\t{copied(array_text(words))}\t{copied(new)}"
        )

    def _read(self, column: _Column, cell: str) -> CellValue | Refusal:
        if len(column.cache) >= MOST_CACHED:
            column.cache.clear()
        value = column.cache[cell] = column.reader(cell)
        return value

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
            parts = [value.text for value in values if value.text][:1]
        return " · ".join(parts)[:LONGEST_NAME] or None

    def _refuse(self, number: int, index: int | None, refusal: Refusal, cell: str | None) -> None:
        column = "\\N" if index is None else str(index)
        value = "\\N" if cell is None else copied(_showable(cell))
        message = copied(json.dumps(refusal.message.as_label(), ensure_ascii=False))
        line = f"{self._plan.id}\t{number}\t{column}\t{refusal.code}\t{message}\t{value}\n"
        self._problems.write(line.encode())


async def fill_stage(work: UnitOfWork, plan: StagePlan, path: Path, form: FileForm) -> int:
    """Reads the file into new stage tables and its refused cells into the problems; how many rows there are.

    Raises UnreadableFileError.
    """
    stage = stage_store.Stage.of(plan.id)
    await store.clear_problems(work, plan.id)
    await stage_store.make_stage(work, stage, len(plan.mapped))
    with tempfile.TemporaryFile() as problems:
        reader = RowReader(plan, problems)
        async with work.copy_in(stage_store.copy_command(stage, len(plan.mapped))) as copy:
            for lines in reader.lines(read_rows(path, form)):
                await stage_store.write_lines(copy, lines)
        problems.seek(0)
        await store.copy_problems(work, _blocks(problems))
    await stage_store.index_stage(work, stage)
    return reader.count


def constants_of(
    definition: ObjectDefinition, mapped: Sequence[MappedColumn], context: ReadingContext
) -> Mapping[str, object]:
    """What new records hold in fields no column goes to: defaults, and values of types that are never empty."""
    taken = {one.field.name for one in mapped}
    constants: dict[str, object] = {}
    for one in definition.fields.values():
        if one.name in taken or one.read_only or not one.type.writable:
            continue
        if one.default is not None:
            try:
                constants[one.name] = one.type.parse(one.default, one.options, context)
            except InvalidValueError:
                continue
        elif one.type.never_empty is not None:
            constants[one.name] = one.type.never_empty
    return {name: value for name, value in constants.items() if value is not None}


def _naming_places(plan: StagePlan) -> list[int]:
    """Records without a name of their own are named after what they link to, people left out."""
    return [
        one.place
        for one in plan.mapped
        if one.field.type.value_kind is ValueKind.REFERENCE
        and one.field.target not in ("person", "department", plan.definition.name)
    ]


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _showable(cell: str) -> str:
    """A cell as it can be kept and shown: PostgreSQL's text holds no NUL, UTF-8 no half pairs."""
    shown = cell[:LONGEST_VALUE].replace("\x00", "␀")
    return shown.encode("utf-8", errors="replace").decode()


async def _blocks(file: IO[bytes]) -> AsyncIterator[bytes]:
    while block := file.read(1 << 20):
        yield block
