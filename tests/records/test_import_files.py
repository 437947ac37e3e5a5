"""Files as people have them: encodings, delimiters, workbooks, damage."""

import tracemalloc
import zipfile
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from tests.records.importing import csv_of, workbook_of

from guanxi.records.import_errors import UnreadableFileError
from guanxi.records.import_reading import read_rows, read_sample, recognise_file

#: Workbooks know no zones.
MOMENT = datetime(2026, 3, 1, 8, 30)  # noqa: DTZ001


def read(folder: Path, content: bytes, name: str = "a.csv") -> list[list[str]]:
    """Header and rows as they are recognised."""
    path = folder / "file"
    path.write_bytes(content)
    form = recognise_file(path, name)
    return [list(read_sample(path, form).header), *(cells for _, cells in read_rows(path, form))]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_chinese_is_read_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    rows = "名称,region name\n上海重工,East\n北京精密机械有限公司,North of the river\n"
    assert read(tmp_path, rows.encode(encoding)) == [
        ["名称", "region name"],
        ["上海重工", "East"],
        ["北京精密机械有限公司", "North of the river"],
    ]


def test_western_text_is_not_taken_for_chinese(tmp_path: Path) -> None:
    rows = read(tmp_path, "name,city\nMüller & Söhne,Köln\n".encode("cp1252"))
    assert rows[1] == ["Müller & Söhne", "Köln"]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    lines = [["name", "note"], ["A", "x"], ["B", "y"]]
    text = "\n".join(delimiter.join(line) for line in lines)
    assert read(tmp_path, text.encode()) == lines


def test_quoted_cells_hold_delimiters_line_breaks_and_quotes(tmp_path: Path) -> None:
    text = 'name,note\r\n"A, Inc.","first\r\nsecond ""quoted"""\r\n'
    assert read(tmp_path, text.encode())[1] == ["A, Inc.", 'first\r\nsecond "quoted"']


def test_titles_above_the_table_are_passed_over(tmp_path: Path) -> None:
    text = csv_of("Report of 2026,,", ",,", "name,city,phone", "A,B,C")
    assert read(tmp_path, text.encode())[0] == ["name", "city", "phone"]


def test_blank_rows_are_left_out_and_numbers_are_those_of_the_sheet(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("name\nA\n\nB\n")
    form = recognise_file(path, "a.csv")
    assert list(read_rows(path, form)) == [(2, ["A"]), (4, ["B"])]


def test_a_workbook_is_read_as_its_cells_show(tmp_path: Path) -> None:
    content = workbook_of(
        [
            ["name", "day", "moment", "number", "whole", "yes"],
            ["上海 🏭", date(2026, 3, 1), MOMENT, 1.5, 3.0, True],
            [None, None, None, None, None, None],
            ["=1+1", None, None, None, None, None],
        ]
    )
    assert read(tmp_path, content, "a.xlsx")[1:] == [
        ["上海 🏭", "2026-03-01", "2026-03-01 08:30:00", "1.5", "3", "TRUE"]
        # A formula that was never calculated has no value, and a row without values is no row.
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n\n",
        b"\x00\x01\x02\x03" * 100,
        b"%PDF-1.7\n" + bytes(range(256)) * 4,
        b"PK\x03\x04 this is no archive",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
        b'name\n"' + b"x" * 200_000,
    ],
    ids=["empty", "blank", "binary", "pdf", "broken zip", "old workbook", "open quote"],
)
def test_what_is_no_table_is_refused_with_a_reason(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        read(tmp_path, content)


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    content = workbook_of([["name"], ["A"]])
    with pytest.raises(UnreadableFileError):
        read(tmp_path, content[: len(content) // 2])


def test_a_workbook_that_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (20 << 20))
    with pytest.raises(UnreadableFileError, match="abnormal size"):
        read(tmp_path, bomb.getvalue())


def test_a_file_of_another_kind_inside_an_archive_is_refused(tmp_path: Path) -> None:
    other = BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("readme.txt", "no workbook")
    with pytest.raises(UnreadableFileError):
        read(tmp_path, other.getvalue())


def test_a_large_file_is_read_in_constant_memory(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with path.open("w") as file:
        file.write("name,note\n")
        file.writelines(f"Name {n},{'x' * 100}\n" for n in range(100_000))
    tracemalloc.start()
    form = recognise_file(path, "a.csv")
    count = sum(1 for _ in read_rows(path, form))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 100_000
    assert peak < 8 << 20
