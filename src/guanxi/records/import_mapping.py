"""Which column goes to which field: guessed from headers and cells, then changed by a person's wishes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from guanxi.fields.capabilities import ValueKind
from guanxi.fields.field_type import ReadingContext
from guanxi.fields.recognise import Recognised, recognise
from guanxi.kit.text import Text, text_of
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.records.import_columns import showable
from guanxi.records.import_errors import InvalidMappingError
from guanxi.records.import_model import Column, ColumnWish, Duplicates, LinkWish, Reason
from guanxi.records.import_reading import TableSample, letter_of
from guanxi.records.import_words import folded, mean_the_same, words_in

SAMPLES = 5
LONGEST_SAMPLE = 100

NO_SUCH_COLUMN = Text(zh="文件没有第 {column} 列。", en="The file has no column number {column}.")
NO_SUCH_FIELD = Text(
    zh="没有可以导入的字段“{field}”。可用：{known}。",
    en="There is no field “{field}” to import into. Known: {known}.",
)
FIELD_TWICE = Text(
    zh="有两列都对应到“{field}”，请只留一列。",
    en="Two columns go to “{field}”. Keep one of them.",
)
NO_SUCH_FORMAT = Text(
    zh="字段“{field}”没有“{format}”这种格式。可用：{known}。",
    en="“{field}” has no format “{format}”. Known: {known}.",
)
NO_SUCH_KEY = Text(
    zh="判断重复的字段“{field}”没有对应到任何列，请先对应。",
    en="The key “{field}” is not mapped to a column. Map it first.",
)
KEY_IS_LINK = Text(
    zh="不能用“{field}”判断重复，请选择文本、数字、日期或邮箱一类的字段。",
    en="“{field}” cannot tell duplicates apart. Choose a text, number, date or e-mail field.",
)
NO_KEY = Text(
    zh="要跳过或更新重复的记录，请选择用哪个字段判断重复。",
    en="To skip or update duplicates, choose the field that tells them apart.",
)


NOT_MADE_HERE = Text(
    zh="“{field}”里没有的人或部门不能在这里新建，请先导入人员。",
    en="People and departments missing in “{field}” cannot be created here. Import people first.",
)
NOT_MADE = ("person", "department")


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
        columns.append(_column(sample, index, field, reason, context))
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


def apply_wishes(
    columns: Sequence[Column],
    wishes: Iterable[ColumnWish],
    sample: TableSample,
    definition: ObjectDefinition,
    fields: Mapping[str, FieldDefinition],
    context: ReadingContext,
) -> tuple[Column, ...]:
    """The columns as somebody decided. Raises InvalidMappingError."""
    changed = list(columns)
    for wish in wishes:
        if not 0 <= wish.column < len(changed):
            raise InvalidMappingError(NO_SUCH_COLUMN.fill(column=wish.column + 1))
        changed[wish.column] = _as_wished(
            changed[wish.column], wish, sample, definition, fields, context
        )
    check_columns(changed, fields)
    return tuple(changed)


def check_columns(columns: Sequence[Column], fields: Mapping[str, FieldDefinition]) -> None:
    """Raises InvalidMappingError when a field is not there (any more), or when two columns go to one."""
    names = [column.field for column in columns if column.field is not None]
    for name in names:
        field_named(name, fields)
        if names.count(name) > 1:
            raise InvalidMappingError(FIELD_TWICE.fill(field=text_of(fields[name].label)))


def check_duplicates(
    duplicates: Duplicates, columns: Sequence[Column], fields: Mapping[str, FieldDefinition]
) -> None:
    """Raises InvalidMappingError when the key cannot tell records apart."""
    if duplicates.key is None:
        if duplicates.policy != "create":
            raise InvalidMappingError(NO_KEY)
        return
    if duplicates.key not in {column.field for column in columns}:
        raise InvalidMappingError(NO_SUCH_KEY.fill(field=duplicates.key))
    field = fields[duplicates.key]
    if field.type.value_kind in (ValueKind.REFERENCE, ValueKind.TEXTS, ValueKind.BOOLEAN):
        raise InvalidMappingError(KEY_IS_LINK.fill(field=text_of(field.label)))


def field_named(name: str, fields: Mapping[str, FieldDefinition]) -> FieldDefinition:
    """Raises InvalidMappingError."""
    field = fields.get(name)
    if field is None:
        known = ", ".join(sorted(fields))
        raise InvalidMappingError(NO_SUCH_FIELD.fill(field=name, known=known))
    return field


def _as_wished(
    column: Column,
    wish: ColumnWish,
    sample: TableSample,
    definition: ObjectDefinition,
    fields: Mapping[str, FieldDefinition],
    context: ReadingContext,
) -> Column:
    if wish.field is None:
        return Column(
            index=column.index,
            letter=column.letter,
            header=column.header,
            samples=column.samples,
            reason="chosen",
        )
    field = field_named(wish.field, fields)
    if wish.field == column.field:
        changed = column
    else:
        changed = _column(sample, column.index, field, "chosen", context)
    changes: dict[str, object] = {}
    if wish.format is not None:
        _check_format(field, wish.format)
        changes["format"] = wish.format
    if wish.link is not None and field.target is not None:
        _check_link(definition, field, wish.link)
        changes["link"] = wish.link
    if wish.values is not None:
        changes["values"] = {raw.strip(): meant for raw, meant in wish.values.items()}
    return changed.model_copy(update=changes)


def _check_link(definition: ObjectDefinition, field: FieldDefinition, wish: LinkWish) -> None:
    """People and departments are made by an import of people only."""
    if wish.create_missing and field.target in NOT_MADE and not definition.built_in:
        raise InvalidMappingError(NOT_MADE_HERE.fill(field=text_of(field.label)))


def _check_format(field: FieldDefinition, format_name: str) -> None:
    known = [one.name for one in field.type.formats(field.options)]
    if format_name not in known:
        label = text_of(field.label)
        raise InvalidMappingError(
            NO_SUCH_FORMAT.fill(field=label, format=format_name[:40], known=", ".join(known))
        )


def _column(
    sample: TableSample,
    index: int,
    field: FieldDefinition | None,
    reason: Reason,
    context: ReadingContext,
) -> Column:
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
            "link": LinkWish() if field.target is not None else None,
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
