"""Sub-tables as steps of a design make and change them."""

from collections.abc import Mapping

from guanxi.fields.field_type import FieldOptions
from guanxi.fields.types.sub_table import SubTableOptions
from guanxi.formula.tree import Call, Field, Node
from guanxi.kit.text import Text, text_of
from guanxi.metadata.errors import StepRefusedError
from guanxi.metadata.formula_scope import BACKWARDS, Objects
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.metadata.sub_tables import SubTable, find_sub_tables

MOST_LEVELS = 2

_NO_LINES = Text(
    zh="没有名为“{name}”的对象，或它已停用。请先建立明细的对象。",
    en="No object in use is named “{name}”. Make the object of the lines first.",
)
_NO_LINK = Text(
    zh="「{lines}」的字段“{name}”要关联到「{whole}」，并随它一起删除。",
    en="The field “{name}” of “{lines}” must link to “{whole}” and go into the trash with it.",
)
_TAKEN = Text(
    zh="「{lines}」已经是「{whole}」的子表「{field}」的明细。",
    en="“{lines}” already holds the lines of “{field}” of “{whole}”.",
)
_TOO_DEEP = Text(
    zh="子表最多两层：明细可以再有明细，但不能更深。",
    en="Sub-tables are two levels deep at most: lines may have lines of their own, and no more.",
)
_NO_POSITION = Text(
    zh="行的顺序要存在「{lines}」的一个数字字段里，“{name}”不是。",
    en="The order of the lines is kept in a number field of “{lines}”, which “{name}” is not.",
)
_NO_COLUMN = Text(
    zh="「{lines}」没有在用的字段“{name}”。", en="“{lines}” has no field “{name}” in use."
)
_FIXED = Text(
    zh="子表的明细对象不能再改。请新建一个子表。",
    en="Where a sub-table keeps its lines cannot be changed. Add another sub-table instead.",
)
_COUNTS = Text(
    zh="子表的值是行数，由系统计算，不能另设公式、必填或唯一。要求至少有几行请设置最少行数。",
    en="A sub-table holds the number of its lines, which the platform counts: it has no formula of its own and is not"
    " required or unique. To ask for lines set the fewest.",
)


def is_sub_table(options: FieldOptions) -> bool:
    return isinstance(options, SubTableOptions)


def refuse_own_filling(*, is_filled: bool, pointer: str) -> None:
    """Raises StepRefusedError when a sub-table is to be filled in otherwise than by its lines."""
    if is_filled:
        raise StepRefusedError(pointer, "counts_lines", _COUNTS)


def lines_counted(
    objects: Objects, definition: ObjectDefinition, name: str, options: FieldOptions, pointer: str
) -> Node:
    """The formula that counts the lines of a new sub-table. Raises StepRefusedError when they do not fit."""
    assert isinstance(options, SubTableOptions)  # noqa: S101 -- asked by `is_sub_table`
    lines = objects.get(options.object)
    if lines is None or lines.retired_at is not None or lines.built_in:
        message = _NO_LINES.fill(name=options.object)
        raise StepRefusedError(f"{pointer}/object", "unknown_object", message)
    link = lines.fields.get(options.link)
    if link is None or not _belongs(link, definition) or lines.name == definition.name:
        message = _NO_LINK.fill(
            name=options.link, lines=text_of(lines.label), whole=text_of(definition.label)
        )
        raise StepRefusedError(f"{pointer}/link", "not_a_part", message)
    known = find_sub_tables(objects)
    other = known.with_lines(lines.name)
    if other is not None and (other.whole.name, other.field.name) != (definition.name, name):
        message = _TAKEN.fill(
            lines=text_of(lines.label),
            whole=text_of(other.whole.label),
            field=text_of(other.field.label),
        )
        raise StepRefusedError(f"{pointer}/object", "has_sub_table", message)
    above = _levels_above(known.by_lines, definition.name)
    below = 1 if known.of(lines.name) else 0
    if above + 1 + below > MOST_LEVELS:
        raise StepRefusedError(f"{pointer}/object", "too_deep", _TOO_DEEP)
    _check_shown(lines, options, pointer)
    return Call("COUNTROWS", (Field((f"{lines.name}{BACKWARDS}{link.name}",)),))


def check_changed(
    objects: Objects, before: FieldOptions, after: FieldOptions, pointer: str
) -> None:
    """Raises StepRefusedError when a sub-table would keep its lines elsewhere, or show what is not there."""
    if not isinstance(before, SubTableOptions) or not isinstance(after, SubTableOptions):
        return
    if (before.object, before.link) != (after.object, after.link):
        raise StepRefusedError(f"{pointer}/object", "target_fixed", _FIXED)
    lines = objects.get(after.object)
    if lines is not None:
        _check_shown(lines, after, pointer)


def check_sub_tables(objects: Objects) -> None:
    """Lines still go into the trash with what they belong to. Raises StepRefusedError."""
    for one in find_sub_tables(objects).by_lines.values():
        if not _belongs(one.link, one.whole):
            message = _NO_LINK.fill(
                name=one.link.name,
                lines=text_of(one.lines.label),
                whole=text_of(one.whole.label),
            )
            raise StepRefusedError("", "not_a_part", message)


def _check_shown(lines: ObjectDefinition, options: SubTableOptions, pointer: str) -> None:
    if options.position is not None:
        position = lines.fields.get(options.position)
        if position is None or position.type.name != "number" or position.formula is not None:
            message = _NO_POSITION.fill(lines=text_of(lines.label), name=options.position)
            raise StepRefusedError(f"{pointer}/position", "not_a_number", message)
    for name in options.columns:
        if name not in lines.fields and name not in lines.retired_fields:
            message = _NO_COLUMN.fill(lines=text_of(lines.label), name=name)
            raise StepRefusedError(f"{pointer}/columns", "unknown_field", message)


def _belongs(link: FieldDefinition, whole: ObjectDefinition) -> bool:
    return link.target == whole.name and getattr(link.options, "on_delete", None) == "cascade"


def _levels_above(by_lines: Mapping[str, SubTable], name: str) -> int:
    levels = 0
    while (found := by_lines.get(name)) is not None and levels <= MOST_LEVELS:
        levels, name = levels + 1, found.whole.name
    return levels
