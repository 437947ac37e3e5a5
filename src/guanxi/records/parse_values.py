"""Wire values → stored values, with the right to write each field."""

from collections.abc import Mapping
from typing import Any

from guanxi.fields.field_type import InvalidValueError, ReadingContext
from guanxi.kit.errors import FieldProblem
from guanxi.kit.text import Text, text_of
from guanxi.metadata.model import ObjectDefinition
from guanxi.permissions.model import Action
from guanxi.permissions.viewer import Viewer

MOST_FIELDS = 1000


def parse_values(
    viewer: Viewer, definition: ObjectDefinition, raw: Mapping[str, Any], action: Action
) -> tuple[dict[str, Any], list[FieldProblem]]:
    """The values in stored form and what is wrong with the others. A field never seen is an unknown one."""
    context = ReadingContext(viewer.zone)
    values: dict[str, Any] = {}
    problems: list[FieldProblem] = []
    for name, value in raw.items():
        field = definition.fields.get(name)
        if field is None or not viewer.may_read(definition.name, name):
            problems.append(_unknown(name, definition))
        elif not viewer.may_write(definition.name, field, action):
            problems.append(_not_writable(name, text_of(field.label)))
        else:
            try:
                values[name] = field.type.parse(value, field.options, context)
            except InvalidValueError as error:
                problems.append(FieldProblem(pointer(name), error.code, error.message, name))
    return values, problems


def pointer(name: str) -> str:
    """The JSON pointer (RFC 6901) of a member."""
    return "/" + name.replace("~", "~0").replace("/", "~1")[:200]


def _unknown(name: str, definition: ObjectDefinition) -> FieldProblem:
    message = Text(
        zh="「{label}」没有字段「{name}」，请去掉或改名。",
        en="'{label}' has no field '{name}'. Leave it out or correct its name.",
    ).fill(label=text_of(definition.label), name=name[:100])
    return FieldProblem(pointer(name), "unknown_field", message, name[:100])


def _not_writable(name: str, label: Text) -> FieldProblem:
    message = Text(zh="你不能填写「{label}」。", en="You may not write '{label}'.").fill(
        label=label
    )
    return FieldProblem(pointer(name), "not_writable", message, name)
