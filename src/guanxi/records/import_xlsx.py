"""Reading workbooks: rows of text as a person sees them, guarded against hostile files."""

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException

from guanxi.kit.later import later
from guanxi.kit.text import Text
from guanxi.records.import_errors import UnreadableFileError

if TYPE_CHECKING:
    import openpyxl
    import openpyxl.utils.exceptions
else:
    openpyxl = later("openpyxl")


BROKEN = Text(
    zh="这个 Excel 文件已损坏，请用 Excel 打开后重新保存。",
    en="This workbook is damaged. Open it in Excel and save it again.",
)
TOO_DENSE = Text(
    zh="这个 Excel 文件解压后大得不正常，不能读取。请另存为 CSV。",
    en="This workbook unpacks to an abnormal size and is not read. Save it as CSV.",
)
OLD_WORKBOOK = Text(
    zh="这是旧版 Excel 文件（.xls）或加了密码的文件。请去掉密码并另存为 .xlsx。",
    en="This is an old workbook (.xls) or one with a password. Remove the password and save it as .xlsx.",
)
NO_SUCH_SHEET = Text(
    zh="没有名为“{sheet}”的工作表。可选：{known}。",
    en="There is no sheet named “{sheet}”. Choose one of: {known}.",
)

LARGEST_PART = 4 << 30
LARGEST_STRINGS = 256 << 20
MOST_PARTS = 5000
DENSEST = 150
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def is_workbook(path: Path) -> bool:
    """Whether the file begins like a workbook. Raises UnreadableFileError for an old or locked one."""
    with path.open("rb") as file:
        head = file.read(4)
    if head == _OLE:
        raise UnreadableFileError(OLD_WORKBOOK)
    return head == _ZIP


def sheets_of(path: Path) -> tuple[tuple[str, ...], int | None]:
    """The names of the sheets, and the rows the first says it has."""
    with _opened(path) as workbook:
        names = tuple(workbook.sheetnames)
        return names, (workbook[names[0]].max_row if names else None)


def read_xlsx(path: Path, sheet: str) -> Iterator[list[str]]:
    """The rows of a sheet in order; formulas as the values saved with them."""
    with _opened(path) as workbook:
        if sheet not in workbook.sheetnames:
            known = ", ".join(workbook.sheetnames[:20])
            raise UnreadableFileError(NO_SUCH_SHEET.fill(sheet=sheet, known=known))
        for row in workbook[sheet].iter_rows():
            cells = [_as_text(cell) for cell in row]
            while cells and not cells[-1]:
                cells.pop()
            yield cells


@contextmanager
def _opened(path: Path) -> "Iterator[openpyxl.Workbook]":
    """A workbook read piece by piece. Whatever breaks while it is read becomes UnreadableFileError."""
    # Opened here: openpyxl judges paths by their ending.
    with path.open("rb") as file:
        try:
            _check_parts(path)
            workbook = openpyxl.load_workbook(
                file, read_only=True, data_only=True, keep_links=False
            )
        except (*_BREAKS, openpyxl.utils.exceptions.InvalidFileException):
            raise UnreadableFileError(BROKEN) from None
        try:
            yield workbook
        except _BREAKS:
            raise UnreadableFileError(BROKEN) from None
        finally:
            workbook.close()


_BREAKS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    DefusedXmlException,
    ParseError,
    EOFError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    NotImplementedError,
)


def _check_parts(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise UnreadableFileError(TOO_DENSE)
    for part in parts:
        is_dense = part.file_size > 10 << 20 and part.file_size > DENSEST * part.compress_size
        most = LARGEST_STRINGS if part.filename.endswith("sharedStrings.xml") else LARGEST_PART
        if is_dense or part.file_size > most:
            raise UnreadableFileError(TOO_DENSE)


#: What a number format writes as it stands: `"…"` and `\\x`.
_LITERALS = re.compile(r'"[^"]*"|\\.')


def _as_text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number_as_text(value, _shows_hundredfold(cell.number_format or ""))
    if isinstance(value, datetime):
        if value.time() == time():
            return value.date().isoformat()
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return str(value)


def _shows_hundredfold(number_format: str) -> bool:
    """Whether the format multiplies by a hundred; a percent sign in quotes or behind a backslash is only written."""
    return "%" in _LITERALS.sub("", number_format)


def _number_as_text(value: float, is_percent: bool) -> str:
    if is_percent:
        return f"{round(value * 100, 10):.10f}".rstrip("0").rstrip(".") + "%"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
