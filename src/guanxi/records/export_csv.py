"""Records as CSV that Excel opens as it is: UTF-8 with a byte order mark, no cell that runs as a formula."""

import csv
from collections.abc import Sequence
from pathlib import Path as FilePath
from zoneinfo import ZoneInfo

from guanxi.db.unit_of_work import Row
from guanxi.kit.text import Locale
from guanxi.query.condition import Path
from guanxi.records.export_cells import ToCell, defused, is_number, text_writers


class CsvFile:
    """A CSV file being written. Numbers are written plainly, so that they stay numbers; texts are defused."""

    def __init__(
        self,
        to: FilePath,
        heads: Sequence[str],
        fields: Sequence[Path],
        locale: Locale,
        zone: ZoneInfo,
    ) -> None:
        self._file = to.open("w", encoding="utf-8-sig", newline="")
        self._rows = csv.writer(self._file)
        self._cells = [
            writer if is_number(path) else _guarded(writer)
            for path, writer in zip(fields, text_writers(fields, locale, zone), strict=True)
        ]
        self._rows.writerow([defused(head) for head in heads])

    def write(self, rows: Sequence[Row]) -> None:
        self._rows.writerows(
            [
                "" if value is None else to_cell(value)
                for value, to_cell in zip(row, self._cells, strict=True)
            ]
            for row in rows
        )

    def close(self) -> None:
        self._file.close()


def _guarded(writer: ToCell) -> ToCell:
    return lambda value: defused(str(writer(value)))
