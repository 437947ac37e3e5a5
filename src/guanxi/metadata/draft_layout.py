"""Layouts as steps of a design change them."""

from collections.abc import Iterator
from dataclasses import replace

from guanxi.kit.text import Text
from guanxi.metadata.errors import StepRefusedError
from guanxi.metadata.model import Layout, LayoutGroup, ObjectDefinition
from guanxi.metadata.steps import LayoutPart

#: The group a layout without groups gets when a field is put into one.
FIRST_GROUP = Text(zh="基本信息", en="Details")

_UNKNOWN_FIELD = Text(
    zh="「{object}」没有在用的字段“{name}”。", en="“{object}” has no field “{name}” in use."
)
_TWICE = Text(
    zh="字段“{name}”在布局里出现了两次。", en="The field “{name}” stands in the layout twice."
)
_UNKNOWN_GROUP = Text(
    zh="布局里没有第 {number} 组，请从现有的 {count} 组中选择。",
    en="The layout has no group {number}. Choose one of its {count} groups.",
)
_NOT_IN_GROUP = Text(
    zh="字段“{name}”不在这个组里，请选择组里的字段或放到最后。",
    en="The field “{name}” does not stand in this group. Choose one that does, or put it last.",
)


def new_layout(definition: ObjectDefinition, wish: LayoutPart) -> Layout:
    """A layout as it is asked for. Retired fields may be named, they come back to their place. Raises StepRefusedError."""
    known = {**definition.fields, **definition.retired_fields}
    seen: set[str] = set()
    for pointer, name in _names(wish):
        if name not in known:
            message = _UNKNOWN_FIELD.fill(object=definition.name, name=name)
            raise StepRefusedError(f"/changes/layout{pointer}", "unknown_field", message)
        if pointer.startswith("/groups"):
            if name in seen:
                message = _TWICE.fill(name=name)
                raise StepRefusedError(f"/changes/layout{pointer}", "field_twice", message)
            seen.add(name)
    groups = tuple(LayoutGroup(dict(one.label), one.fields) for one in wish.groups)
    return Layout(groups=groups, highlights=wish.highlights, card=wish.card)


def with_new_field(definition: ObjectDefinition, name: str, group: int | None) -> Layout | None:
    """The layout with a field behind all others of the group; None when it stays as it is. Raises StepRefusedError."""
    if group is None:
        if not definition.layout.groups or _stands(definition.layout, name):
            return None
        group = len(definition.layout.groups) - 1
    return moved(definition, name, group, None, pointer="/field/group")


def moved(
    definition: ObjectDefinition,
    name: str,
    group: int,
    before: str | None,
    *,
    pointer: str = "/group",
) -> Layout:
    """The layout with the field in the group, before another or last. Raises StepRefusedError."""
    groups = definition.layout.groups or (LayoutGroup(FIRST_GROUP.as_label(), ()),)
    if group >= len(groups):
        message = _UNKNOWN_GROUP.fill(number=group + 1, count=len(groups))
        raise StepRefusedError(pointer, "unknown_group", message)
    without = [tuple(one for one in each.fields if one != name) for each in groups]
    fields = list(without[group])
    if before is None:
        fields.append(name)
    elif before in fields:
        fields.insert(fields.index(before), name)
    else:
        raise StepRefusedError("/before", "not_in_group", _NOT_IN_GROUP.fill(name=before[:60]))
    without[group] = tuple(fields)
    new = tuple(replace(each, fields=names) for each, names in zip(groups, without, strict=True))
    return replace(definition.layout, groups=new)


def without_field(layout: Layout, name: str) -> Layout:
    """The layout once a field is gone for good."""

    def kept(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(one for one in names if one != name)

    return Layout(
        groups=tuple(replace(each, fields=kept(each.fields)) for each in layout.groups),
        highlights=kept(layout.highlights),
        card=kept(layout.card),
    )


def _stands(layout: Layout, name: str) -> bool:
    return any(name in group.fields for group in layout.groups)


def _names(wish: LayoutPart) -> Iterator[tuple[str, str]]:
    for place, group in enumerate(wish.groups):
        for index, name in enumerate(group.fields):
            yield f"/groups/{place}/fields/{index}", name
    for part in ("highlights", "card"):
        for index, name in enumerate(getattr(wish, part)):
            yield f"/{part}/{index}", name
