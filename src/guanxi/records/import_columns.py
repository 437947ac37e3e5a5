"""Cells → what is staged: each column's reading is prepared once and repeated cells are read once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from guanxi.fields.field_type import InvalidValueError, ReadingContext
from guanxi.fields.held_references import MOST_REFERENCES, TOO_MANY_REFERENCES, names_in
from guanxi.fields.plain_text import read_line
from guanxi.fields.stored_text import cell_text
from guanxi.kit.text import Text
from guanxi.metadata.model import FieldDefinition
from guanxi.records.export_cells import rearmed
from guanxi.records.import_model import Column
from guanxi.records.stored_text import change_text

#: Names and keys stand in an index, which holds 2,700 bytes.
LONGEST_KEY = 600
LONGEST_VALUE = 200


@dataclass(frozen=True, slots=True)
class CellValue:
    """A cell that was read. `text` is what PostgreSQL casts to the column's type; None for empty."""

    text: str | None
    #: `text` as a field of a COPY line.
    copied: str
    #: Its member of the change log's `new`, with a comma before it; "" for nothing.
    told: str
    #: What the search index holds of it.
    words: str | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A cell that cannot be what its field holds."""

    code: str
    message: Text


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column of the file with its field; `place` numbers the mapped ones."""

    place: int
    column: Column
    field: FieldDefinition

    @property
    def is_link(self) -> bool:
        return self.target is not None

    @property
    def is_listed(self) -> bool:
        """Whether a cell may name several records."""
        return self.field.is_listed

    @property
    def target(self) -> str | None:
        """The object its cells name records of."""
        return self.field.target or self.field.listed_target

    def names(self, text: str, row: str = "s") -> str:
        """SQL: whether the cell of a row, or one of the names in it, is a text."""
        cell = f"{row}.c{self.place}"
        return f"{text} = any({listed_names(cell)})" if self.is_listed else f"{text} = {cell}"


def listed_names(cell: str) -> str:
    """SQL: the names a staged cell holds, each on a line of its own."""
    return f"string_to_array({cell}, E'\\n')"


NOTHING = CellValue(text=None, copied="\\N", told="", words=None)
_ESCAPED = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})

Reader = Callable[[str], CellValue | Refusal]


def map_columns(
    columns: Sequence[Column], fields: dict[str, FieldDefinition]
) -> list[MappedColumn]:
    """The mapped columns whose field is still there."""
    mapped = [column for column in columns if column.field in fields]
    return [
        MappedColumn(place, column, fields[column.field or ""])
        for place, column in enumerate(mapped)
    ]


def reader_of(mapped: MappedColumn, context: ReadingContext) -> Reader:
    """Reads one cell of a column. What cells mean by a person's decision comes first."""
    field, format_name = mapped.field, mapped.column.format
    meanings = mapped.column.values

    def read(cell: str) -> CellValue | Refusal:
        written: str | None = rearmed(cell)
        if meanings:
            written = meanings.get(cell.strip(), written)
        if written is None:
            return NOTHING
        return (
            _read_keys(written)
            if mapped.is_listed
            else _read_key(written)
            if mapped.is_link
            else _read_value(field, format_name, written, context)
        )

    return read


def told_of(name: str, value: object) -> str:
    """A value as a member of the change log's `new`, with a comma before it."""
    return "," + change_text({name: value})[1:-1]


def copied(text: str) -> str:
    """Text as a field of a COPY line."""
    return text.translate(_ESCAPED)


def showable(cell: str, *, most: int = LONGEST_VALUE) -> str:
    """A cell as it can be kept and shown: PostgreSQL's text holds no NUL, UTF-8 no half pairs."""
    shown = cell[:most].replace("\x00", "␀")
    return shown.encode("utf-8", errors="replace").decode()


def _read_key(cell: str) -> CellValue | Refusal:
    """The name or key of a linked record; which record it is comes later, for all cells at once."""
    try:
        key = read_line(cell, most=LONGEST_KEY)
    except InvalidValueError as error:
        return Refusal(error.code, error.message)
    if key is None:
        return NOTHING
    return CellValue(text=key, copied=copied(key), told="", words=None)


def _read_keys(cell: str) -> CellValue | Refusal:
    """The names of several linked records, each once and on a line of its own."""
    found: dict[str, None] = {}
    for name in names_in(cell):
        read = _read_key(name)
        if isinstance(read, Refusal):
            return read
        if read.text is not None:
            found[read.text] = None
    if not found:
        return NOTHING
    if len(found) > MOST_REFERENCES:
        problem = TOO_MANY_REFERENCES.fill(most=MOST_REFERENCES, count=len(found))
        return Refusal("too_many", problem)
    text = "\n".join(found)
    return CellValue(text=text, copied=copied(text), told="", words=None)


def _read_value(
    field: FieldDefinition, format_name: str | None, cell: str, context: ReadingContext
) -> CellValue | Refusal:
    try:
        value = field.type.read_text(cell, field.options, context, format_name)
    except InvalidValueError as error:
        return Refusal(error.code, error.message)
    text = cell_text(value)
    if text is None:
        return NOTHING
    return CellValue(text, copied(text), told_of(field.name, value), words_of(field, value))


def nothing_in(field: FieldDefinition, default: object | None) -> CellValue:
    """An empty cell: of a record that is there it says nothing, a new one gets the default."""
    if default is None:
        return NOTHING
    told, words = told_of(field.name, default), words_of(field, default)
    return CellValue(NOTHING.text, NOTHING.copied, told, words)


def words_of(field: FieldDefinition, value: object) -> str | None:
    """What the search index holds of a value, the name left out."""
    return field.type.search_text(value, field.options) if field.searchable else None
