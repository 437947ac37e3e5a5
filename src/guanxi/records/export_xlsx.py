"""Records as an Excel workbook, written in constant memory: numbers, dates and moments keep their kind."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from guanxi.db.unit_of_work import Row
from guanxi.fields.capabilities import ValueKind
from guanxi.fields.dates import wall_time
from guanxi.kit.later import later
from guanxi.kit.text import Locale
from guanxi.query.condition import Path
from guanxi.records.export_cells import text_writers
from guanxi.records.export_errors import TooManyRowsError

if TYPE_CHECKING:
    import xlsxwriter
else:
    xlsxwriter = later("xlsxwriter")


#: What a sheet of Excel holds, without its head.
MOST_ROWS = 1_048_575

#: Excel counts with so many digits; a longer number is written as text, so that none is lost.
EXACT_DIGITS = 15

FIRST_DAY = date(1900, 3, 1)
LONGEST_TEXT = 32_767

#: The number format of text; a type with it is written as it is told in words.
TEXT_FORMAT = "@"
_FORMATS = {ValueKind.DATE: "yyyy-mm-dd", ValueKind.DATE_TIME: "yyyy-mm-dd hh:mm:ss"}

WriteCell = Callable[[int, int, Any], object]


class XlsxFile:
    """A workbook with one sheet being written."""

    def __init__(
        self,
        to: FilePath,
        heads: Sequence[str],
        fields: Sequence[Path],
        locale: Locale,
        zone: ZoneInfo,
    ) -> None:
        self._book = xlsxwriter.Workbook(
            str(to),
            {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
        )
        self._sheet = self._book.add_worksheet()
        self._sheet.freeze_panes(1, 0)
        bold = self._book.add_format({"bold": True})
        for place, (head, path) in enumerate(zip(heads, fields, strict=True)):
            self._sheet.set_column(place, place, _width(head, path))
            self._sheet.write_string(0, place, head, bold)
        self._formats: dict[str, Any] = {}
        self._zone = zone
        self._cells = [
            self._writer(path, to_text)
            for path, to_text in zip(fields, text_writers(fields, locale, zone), strict=True)
        ]
        self._next_row = 1

    def write(self, rows: Sequence[Row]) -> None:
        """Raises TooManyRowsError."""
        for row in rows:
            if self._next_row > MOST_ROWS:
                raise TooManyRowsError(most=MOST_ROWS)
            for place, value in enumerate(row):
                if value is not None:
                    self._cells[place](self._next_row, place, value)
            self._next_row += 1

    def close(self) -> None:
        self._book.close()

    def _writer(self, path: Path, to_text: Callable[[object], object]) -> WriteCell:
        def text(row: int, place: int, value: object) -> None:
            self._sheet.write_string(row, place, str(to_text(value))[:LONGEST_TEXT])

        type_ = path.field.type
        form = type_.sheet_format or _FORMATS.get(type_.value_kind)
        if form == TEXT_FORMAT:
            return text
        if type_.value_kind is ValueKind.NUMBER:
            return self._number_writer(self._format(form), text)
        if type_.value_kind in (ValueKind.DATE, ValueKind.DATE_TIME):
            return self._date_writer(self._format(form), text)
        return text

    def _format(self, form: str | None) -> Any:
        if form is None:
            return None
        return self._formats.setdefault(form, self._book.add_format({"num_format": form}))

    def _number_writer(self, form: Any, text: WriteCell) -> WriteCell:
        def number(row: int, place: int, value: Any) -> None:
            digits = len(Decimal(value).normalize().as_tuple().digits)
            if digits > EXACT_DIGITS:
                text(row, place, value)
            else:
                self._sheet.write_number(row, place, float(value), form)

        return number

    def _date_writer(self, form: Any, text: WriteCell) -> WriteCell:
        """Excel miscounts the first days of 1900 and knows none before; those stay text."""

        def moment(row: int, place: int, value: Any) -> None:
            shown: Any = wall_time(value, self._zone)
            day = shown.date() if isinstance(shown, datetime) else shown
            if day < FIRST_DAY:
                text(row, place, value)
            else:
                self._sheet.write_datetime(row, place, shown, form)

        return moment


def _width(head: str, path: Path) -> int:
    widest = {ValueKind.DATE: 12, ValueKind.DATE_TIME: 19, ValueKind.NUMBER: 14}
    wide = sum(2 if ord(character) > 0x2E80 else 1 for character in head) + 2
    return min(60, max(wide, widest.get(path.field.type.value_kind, 20)))
