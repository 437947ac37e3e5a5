"""Which column goes to which field, guessed from headers and cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from guanxi.fields.field_type import ReadingContext
from guanxi.fields.recognise import Recognised, recognise
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.records.import_columns import showable
from guanxi.records.import_model import Column, Duplicates, LinkWish, Reason
from guanxi.records.import_reading import TableSample, letter_of
from guanxi.records.import_words import folded, mean_the_same, words_in

SAMPLES = 5
LONGEST_SAMPLE = 100


@dataclass(frozen=True)
class Guess:
    """A column may be a field; the surer the higher."""

    score: int
    column: int
    field: FieldDefinition
    reason: Reason


def guess_columns(
    sample: TableSample,
    definition: ObjectDefinition,
    fields: Sequence[FieldDefinition],
    context: ReadingContext,
) -> tuple[Column, ...]:
    """Every column with the field it most likely is, or none. A field is taken once."""
    found = _by_header(sample.header, definition, fields)
    taken = {field.name for field, _ in found.values()}
    free = [field for field in fields if field.name not in taken]
    found |= _by_content(
        sample, [i for i in range(len(sample.header)) if i not in found], free, context
    )
    nothing: tuple[FieldDefinition | None, Reason] = (None, "none")
    columns = []
    for index in range(len(sample.header)):
        field, reason = found.get(index, nothing)
        columns.append(column_of(sample, index, field, reason, context))
    return tuple(columns)


def guess_duplicates(
    columns: Sequence[Column], fields: Mapping[str, FieldDefinition]
) -> Duplicates:
    """A unique field among the mapped ones tells duplicates apart."""
    for column in columns:
        field = fields.get(column.field or "")
        if field is not None and field.unique:
            return Duplicates(key=field.name, policy="update")
    return Duplicates()


def column_of(
    sample: TableSample,
    index: int,
    field: FieldDefinition | None,
    reason: Reason,
    context: ReadingContext,
) -> Column:
    """A column with its samples, as one that goes to a field or to none."""
    cells = sample.cells(index)
    shown = dict.fromkeys(
        showable(cell.strip(), most=LONGEST_SAMPLE) for cell in cells if cell.strip()
    )
    column = Column(
        index=index,
        letter=letter_of(index),
        header=showable(sample.header[index]),
        samples=tuple(islice(shown, SAMPLES)),
        reason=reason,
    )
    if field is None:
        return column
    formats = _recognise(field, cells, context).formats
    return column.model_copy(
        update={
            "field": field.name,
            "formats": formats,
            "format": formats[0] if formats else None,
            "link": LinkWish() if field.target or field.listed_target else None,
        }
    )


def _by_header(
    header: Sequence[str], definition: ObjectDefinition, fields: Sequence[FieldDefinition]
) -> dict[int, tuple[FieldDefinition, Reason]]:
    guesses = [
        Guess(score, index, field, "same_name" if score >= 80 else "synonym")
        for index, title in enumerate(header)
        if title
        for field in fields
        if (score := _likeness(title, field, definition)) > 0
    ]
    guesses.sort(key=lambda guess: (-guess.score, guess.column))
    found: dict[int, tuple[FieldDefinition, Reason]] = {}
    taken: set[str] = set()
    for guess in guesses:
        if guess.column not in found and guess.field.name not in taken:
            found[guess.column] = (guess.field, guess.reason)
            taken.add(guess.field.name)
    return found


def _likeness(title: str, field: FieldDefinition, definition: ObjectDefinition) -> int:
    """How sure it is that a header means a field: 0 to 100."""
    header = folded(title)
    names = {folded(field.name), *(folded(label) for label in field.label.values())}
    if header in names:
        return 100
    if field.name == "name" and _names_a_record(header, definition):
        return 90
    if any(mean_the_same(header, name) for name in names):
        return 60
    header_words = words_in(title)
    for name in (field.name, *field.label.values()):
        field_words = words_in(name)
        if field_words and (field_words < header_words or header_words < field_words):
            return 40
    if any(mean_the_same(word, name) for word in header_words for name in names):
        return 20
    return 0


def _names_a_record(header: str, definition: ObjectDefinition) -> bool:
    """In a file of products the column `product` is their name, in one of people the column `sales agent`."""
    bare = definition.name.partition("_")[2] or definition.name
    if header in {folded(bare), *(folded(label) for label in definition.label.values())}:
        return True
    return definition.name == "person" and mean_the_same(header, "owner")


def _by_content(
    sample: TableSample,
    indexes: Sequence[int],
    free: Sequence[FieldDefinition],
    context: ReadingContext,
) -> dict[int, tuple[FieldDefinition, Reason]]:
    """Only where the cells leave one field: everything reads as text, so text decides nothing."""
    found: dict[int, tuple[FieldDefinition, Reason]] = {}
    telling = [field for field in free if field.type.name in {"email", "url", "choice", "date"}]
    for index in indexes:
        cells = sample.cells(index)[:200]
        fitting = [
            field
            for field in telling
            if field.name not in {taken.name for taken, _ in found.values()}
            and _recognise(field, cells, context).share >= 0.9
        ]
        if len(fitting) == 1 and sum(1 for cell in cells if cell.strip()) >= 2:
            found[index] = (fitting[0], "content")
    return found


def _recognise(field: FieldDefinition, cells: Sequence[str], context: ReadingContext) -> Recognised:
    return recognise(field.type, field.options, context, cells)
