"""Which value each field of the master has after a merge."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from guanxi.fields.capabilities import ValueKind
from guanxi.kit.errors import FieldProblem, ValuesRefusedError
from guanxi.kit.text import Text
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.permissions.model import Action
from guanxi.permissions.viewer import Viewer
from guanxi.records.draft import RecordDraft
from guanxi.records.rights import readable, writable
from guanxi.records.update_drafts import Held

#: Kinds of values of which all are kept.
_UNITED = frozenset({ValueKind.TEXTS, ValueKind.REFERENCES, ValueKind.FILES})

#: What tells the master from the others stays the master's unless somebody chooses otherwise.
_OF_THE_MASTER = frozenset({"name", "owner", "department"})

_NOT_TO_CHOOSE = Text(
    zh="合并时不能为“{name}”选值。", en="No value can be chosen for “{name}” in a merge."
)


def merged_values(
    viewer: Viewer,
    definition: ObjectDefinition,
    drafts: Sequence[RecordDraft],
    held: Held,
    choose: Mapping[str, UUID],
) -> dict[str, Any]:
    """The values the first of the drafts gets: what was chosen, else the newest there is, lists united.

    Only what the viewer may read where it stands, and write in the master. Raises ValuesRefusedError.
    """
    master, *_ = drafts
    newest = sorted(drafts, key=lambda one: one.before["updated_at"], reverse=True)
    by_id = {draft.id: draft for draft in drafts}
    ids = frozenset(by_id)
    values: dict[str, Any] = {}
    for name, record in choose.items():
        field = definition.fields.get(name)
        if field is None or record not in by_id or not _may_choose(viewer, definition, field):
            pointer = f"/choose/{name[:60]}"
            message = _NOT_TO_CHOOSE.fill(name=name[:60])
            raise ValuesRefusedError([FieldProblem(pointer, "not_to_choose", message)])
    for field in definition.fields.values():
        if not _may_choose(viewer, definition, field):
            continue
        seen = [one for one in newest if _is_readable(viewer, held, one, field.name)]
        if master not in seen or not _is_writable(viewer, held, master, field.name):
            continue
        value = _value(field, master, seen, by_id.get(choose.get(field.name, master.id)), choose)
        value = _without(field, value, ids)
        if value != master.before.get(field.name):
            values[field.name] = value
    return values


def _may_choose(viewer: Viewer, definition: ObjectDefinition, field: FieldDefinition) -> bool:
    if field.read_only or field.formula is not None or field.name == "department":
        return False
    if field.type.value_kind is ValueKind.SECRET:
        return False
    return viewer.may_write(definition.name, field, Action.EDIT)


def _is_readable(viewer: Viewer, held: Held, draft: RecordDraft, name: str) -> bool:
    return viewer.rights.is_administrator or readable(held.to_see.get(draft.id, ()), name)


def _is_writable(viewer: Viewer, held: Held, draft: RecordDraft, name: str) -> bool:
    return viewer.rights.is_administrator or writable(held.to_act.get(draft.id, ()), name)


def _value(
    field: FieldDefinition,
    master: RecordDraft,
    newest: Sequence[RecordDraft],
    chosen: RecordDraft | None,
    choose: Mapping[str, UUID],
) -> Any:
    own = master.before.get(field.name)
    if field.name in choose and chosen is not None:
        return chosen.before.get(field.name) if chosen in newest else own
    if field.name in _OF_THE_MASTER:
        return own
    if field.type.value_kind in _UNITED:
        united: list[Any] = []
        for draft in (master, *(one for one in newest if one is not master)):
            united += [one for one in draft.before.get(field.name) or () if one not in united]
        return united or None
    filled = [one.before.get(field.name) for one in newest]
    return next((one for one in filled if one not in (None, False)), own)


def _without(field: FieldDefinition, value: Any, ids: frozenset[UUID]) -> Any:
    """A record does not point to itself, nor to one that has become part of it."""
    if field.listed_target is not None and isinstance(value, list):
        return [one for one in value if one not in ids] or None
    if field.target is not None and value in ids:
        return None
    return value
