"""Which column goes to which field, as a person decides."""

from collections.abc import Iterable, Mapping, Sequence

from guanxi.fields.capabilities import ValueKind
from guanxi.fields.field_type import ReadingContext
from guanxi.kit.text import Text, text_of
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.records.import_errors import InvalidMappingError
from guanxi.records.import_guess import column_of
from guanxi.records.import_model import Column, ColumnWish, Duplicates, LinkWish
from guanxi.records.import_reading import TableSample

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


_NO_KEYS = (ValueKind.REFERENCE, ValueKind.REFERENCES, ValueKind.TEXTS, ValueKind.BOOLEAN)


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
    if field.type.value_kind in _NO_KEYS:
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
        changed = column_of(sample, column.index, field, "chosen", context)
    changes: dict[str, object] = {}
    if wish.format is not None:
        _check_format(field, wish.format)
        changes["format"] = wish.format
    if wish.link is not None and (field.target or field.listed_target):
        _check_link(definition, field, wish.link)
        changes["link"] = wish.link
    if wish.values is not None:
        changes["values"] = {raw.strip(): meant for raw, meant in wish.values.items()}
    return changed.model_copy(update=changes)


def _check_link(definition: ObjectDefinition, field: FieldDefinition, wish: LinkWish) -> None:
    """People and departments are made by an import of people only."""
    target = field.target or field.listed_target
    if wish.create_missing and target in NOT_MADE and not definition.built_in:
        raise InvalidMappingError(NOT_MADE_HERE.fill(field=text_of(field.label)))


def _check_format(field: FieldDefinition, format_name: str) -> None:
    known = [one.name for one in field.type.formats(field.options)]
    if format_name not in known:
        label = text_of(field.label)
        raise InvalidMappingError(
            NO_SUCH_FORMAT.fill(field=label, format=format_name[:40], known=", ".join(known))
        )
