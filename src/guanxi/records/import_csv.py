"""Reading CSV and its kin: encoding, delimiter, rows of text in constant memory."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from guanxi.kit.text import Text
from guanxi.records.import_errors import UnreadableFileError

DELIMITERS = (",", "\t", ";", "|")
BLOCK = 1 << 20

NOT_A_TABLE = Text(
    zh="这不是表格文件。请上传 CSV、TSV 或 XLSX 文件。",
    en="This is no table. Upload a CSV, TSV or XLSX file.",
)
WRONG_ENCODING = Text(
    zh="文件不能按 {encoding} 编码读取（第 {row} 行附近）。请选择别的编码，或另存为 UTF-8。",
    en="The file cannot be read as {encoding} (near row {row}). Choose another encoding, or save it as UTF-8.",
)
UNKNOWN_ENCODING = Text(
    zh="没有“{encoding}”这种编码。可用：UTF-8、UTF-16、GB18030、Big5、Windows-1252。",
    en="There is no encoding “{encoding}”. Use UTF-8, UTF-16, GB18030, Big5 or Windows-1252.",
)
OPEN_QUOTE = Text(
    zh="第 {row} 行有一个太长的单元格，可能是引号没有成对。请检查那里的引号。",
    en="Row {row} has a cell that is far too long; perhaps a quote is not closed. Check the quotes there.",
)
BAD_DELIMITER = Text(
    zh="分隔符必须是一个字符，例如逗号。", en="A delimiter is one character, such as a comma."
)

#: Encodings by the name we show. GB18030 holds GBK and GB2312.
ENCODINGS = {
    "utf-8": "utf-8-sig",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "big5": "big5hkscs",
    "windows-1252": "cp1252",
    "latin-1": "latin-1",
}
_DOUBLE_BYTES = re.compile(rb"[\x81-\xfe]([\x40-\xfe])")


def find_encoding(path: Path) -> str:
    """The encoding the whole file can be read in. Raises UnreadableFileError when it is no text."""
    with path.open("rb") as file:
        head = file.read(1 << 16)
    encoding = _encoding_of(path, head)
    text = head.decode(codec_of(encoding), errors="ignore")
    if sum(map(_is_control, text)) * 20 > len(text):
        raise UnreadableFileError(NOT_A_TABLE)
    return encoding


def _encoding_of(path: Path, head: bytes) -> str:
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if (order := _wide_order(head)) is not None:
        return order
    if _is_readable(path, "utf-8"):
        return "utf-8"
    if _looks_chinese(head, path) and _is_readable(path, "gb18030"):
        return "gb18030"
    return "windows-1252"


def _is_control(character: str) -> bool:
    return character < " " and character not in "\t\n\r\f\v"


def _wide_order(head: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Latin text is zero."""
    if len(head) < 4:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) // 5 and even * 20 < odd:
        return "utf-16-le"
    if even > len(head) // 5 and odd * 20 < even:
        return "utf-16-be"
    return None


def _is_readable(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            while block := file.read(BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _looks_chinese(head: bytes, path: Path) -> bool:
    """The second bytes of Chinese are mostly high; those of Western text are the ASCII letters that follow accents."""
    if head.isascii():
        with path.open("rb") as file:
            head = file.read(1 << 24)
    seconds = _DOUBLE_BYTES.findall(head)
    high = sum(second[0] >= 0x80 for second in seconds)
    return bool(seconds) and high * 10 >= len(seconds) * 6


def codec_of(encoding: str) -> str:
    """Raises UnreadableFileError for a name we do not know."""
    try:
        return ENCODINGS[encoding.lower()]
    except KeyError:
        raise UnreadableFileError(UNKNOWN_ENCODING.fill(encoding=encoding[:40])) from None


def find_delimiter(path: Path, encoding: str) -> str:
    """The delimiter that divides the first rows most evenly; a comma when none does."""
    with path.open("r", encoding=codec_of(encoding), errors="replace", newline="") as file:
        head = file.read(1 << 16)
    lines = head.splitlines(keepends=True)
    text = "".join(lines[:-1] if len(lines) > 1 else lines)
    best, most = ",", 1.0
    for delimiter in DELIMITERS:
        try:
            widths = [
                len(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter) if row
            ][:50]
        except csv.Error:
            continue
        common = max(set(widths), key=widths.count, default=0)
        score = common * widths.count(common) / max(len(widths), 1) if common > 1 else 0.0
        if score > most:
            best, most = delimiter, score
    return best


def read_csv(path: Path, encoding: str, delimiter: str) -> Iterator[list[str]]:
    """The rows in order, blank lines as empty rows. Raises UnreadableFileError at the row it cannot read."""
    row = 0
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise UnreadableFileError(BAD_DELIMITER)
    with path.open("r", encoding=codec_of(encoding), newline="", buffering=BLOCK) as file:
        reader = csv.reader(file, delimiter=delimiter)
        try:
            for cells in reader:
                row += 1
                yield cells
        except UnicodeError:
            problem = WRONG_ENCODING.fill(encoding=encoding.upper(), row=row + 1)
            raise UnreadableFileError(problem) from None
        except csv.Error:
            raise UnreadableFileError(OPEN_QUOTE.fill(row=row + 1)) from None
