"""A file as a table: what it is, its header, its rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from guanxi.kit.text import Text
from guanxi.records.import_csv import find_delimiter, find_encoding, read_csv
from guanxi.records.import_errors import UnreadableFileError
from guanxi.records.import_model import FileForm
from guanxi.records.import_xlsx import is_workbook, read_xlsx, sheets_of

SAMPLE_ROWS = 1000
MOST_COLUMNS = 1000

EMPTY = Text(
    zh="文件里没有数据。请检查是否选对了文件和工作表。",
    en="The file holds no data. Check that it is the right file and sheet.",
)
TOO_WIDE = Text(
    zh="文件有 {columns} 列，最多 {most} 列。请删掉不需要的列。",
    en="The file has {columns} columns; at most {most} are read. Remove those you do not need.",
)

Row = tuple[int, list[str]]


@dataclass(frozen=True)
class TableSample:
    """The header and the first rows of a file."""

    header: tuple[str, ...]
    rows: tuple[list[str], ...]

    def cells(self, index: int) -> list[str]:
        return [row[index] if index < len(row) else "" for row in self.rows]


def recognise_file(path: Path, name: str) -> FileForm:
    """What a file is and how it is to be read. Raises UnreadableFileError."""
    size = path.stat().st_size
    if size == 0:
        raise UnreadableFileError(EMPTY)
    if is_workbook(path):
        sheets, rows = sheets_of(path)
        if not sheets:
            raise UnreadableFileError(EMPTY)
        form = FileForm(
            name=name, size=size, kind="xlsx", sheet=sheets[0], sheets=sheets, rows=rows
        )
    else:
        encoding = find_encoding(path)
        form = FileForm(
            name=name,
            size=size,
            kind="csv",
            encoding=encoding,
            delimiter=find_delimiter(path, encoding),
        )
    return form.model_copy(update={"header_row": _header_row(path, form)})


def read_rows(path: Path, form: FileForm) -> Iterator[Row]:
    """The rows of data with their numbers as a spreadsheet counts them; blank rows are left out."""
    for number, cells in enumerate(_all_rows(path, form), start=1):
        if number > form.header_row and any(cells):
            yield number, cells


def read_sample(path: Path, form: FileForm) -> TableSample:
    """The header and the first rows. Raises UnreadableFileError when there is nothing."""
    header: list[str] = []
    for number, cells in enumerate(_all_rows(path, form), start=1):
        if number >= form.header_row:
            header = cells if form.header_row else []
            break
    rows = tuple(cells for _, cells in islice(read_rows(path, form), SAMPLE_ROWS))
    width = max((len(cells) for cells in (header, *rows)), default=0)
    if form.header_row:
        width = len(header)
    if width == 0:
        raise UnreadableFileError(EMPTY)
    if width > MOST_COLUMNS:
        raise UnreadableFileError(TOO_WIDE.fill(columns=width, most=MOST_COLUMNS))
    titles = [cell.strip() for cell in header] + [""] * (width - len(header))
    return TableSample(header=tuple(titles), rows=rows)


def count_rows(path: Path, form: FileForm) -> int:
    return sum(1 for _ in read_rows(path, form))


def letter_of(index: int) -> str:
    """The name a spreadsheet gives to a column: A, B … Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _all_rows(path: Path, form: FileForm) -> Iterator[list[str]]:
    if form.kind == "xlsx":
        return read_xlsx(path, form.sheet or "")
    return read_csv(path, form.encoding or "utf-8", form.delimiter or ",")


def _header_row(path: Path, form: FileForm) -> int:
    """The first row that is about as wide as the widest near it: titles above a table are narrow."""
    widths = [
        sum(1 for cell in cells if cell.strip()) for cells in islice(_all_rows(path, form), 20)
    ]
    widest = max(widths, default=0)
    return next((place for place, width in enumerate(widths, 1) if width * 2 > widest), 1)
