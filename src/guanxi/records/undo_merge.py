"""Takes a merge back: the others come out of the trash, and what was moved to the master goes back to them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.fields.field_type import InvalidValueError, ReadingContext
from guanxi.kit.errors import ConflictError
from guanxi.kit.text import Text, text_of
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.permissions.model import Action
from guanxi.permissions.viewer import Viewer
from guanxi.query.errors import RecordNotFoundError
from guanxi.records.delete import restore
from guanxi.records.draft import RecordDraft
from guanxi.records.importing import unlimited
from guanxi.records.lock_ahead import lock_for_several
from guanxi.records.locking_store import lock_and_read_rows
from guanxi.records.merge_store import MergedChange, changes_of_merge, load_merge, mark_undone
from guanxi.records.rights import object_for
from guanxi.records.saving import MOST_AT_ONCE, Saving
from guanxi.records.update_drafts import lock_and_read, update_drafts

#: So long a merge can be taken back.
DAYS = 30
MOST_NAMED = 20


class MergeTooOldError(ConflictError):
    """It was undone already, or too long ago."""

    code = "merge_not_undoable"
    title = Text(zh="不能撤销这次合并", en="This merge cannot be undone")
    sentence = Text(
        zh="这次合并已经撤销过，或超过 {days} 天了。",
        en="It was undone already, or is more than {days} days old.",
    )


class MergeChangedError(ConflictError):
    """What the merge wrote was changed since."""

    code = "changed_since_merge"
    title = Text(zh="合并之后又有修改", en="Changed since the merge")
    sentence = Text(
        zh="合并写入的内容后来又被改过，不能撤销：{what}。请先改回来，或手工拆分。",
        en="What the merge wrote was changed since, so it cannot be undone: {what}. Change that back first.",
    )


async def undo_merge(
    work: UnitOfWork, viewer: Viewer, saving: Saving, object_name: str, id_: UUID
) -> UUID:
    """The master, as it was. Whoever undoes it may edit and delete all of the records.

    Raises RecordNotFoundError, NotAllowedError, MergeTooOldError, MergeChangedError, DuplicateValueError.
    """
    definition = object_for(viewer, object_name, Action.EDIT)
    object_for(viewer, object_name, Action.DELETE)
    merge = await load_merge(work, id_)
    if merge is None or merge.object != object_name:
        raise RecordNotFoundError
    if merge.undone_at is not None or saving.clock.now() - merge.at > timedelta(days=DAYS):
        raise MergeTooOldError(days=DAYS)
    changes = await changes_of_merge(work, id_)
    own: dict[str, set[UUID]] = {object_name: {merge.master, *merge.merged}}
    for one in changes:
        own.setdefault(one.object, set()).add(one.record)
    await lock_for_several(work, viewer, own)
    master = [RecordDraft(0, merge.master)]
    others = [RecordDraft(place, one) for place, one in enumerate(merge.merged)]
    await lock_and_read(work, viewer, saving, definition, master, Action.EDIT)
    await lock_and_read(work, viewer, saving, definition, others, Action.DELETE, deleted=True)
    await _refuse_changed(work, viewer, changes)
    doing = replace(unlimited(viewer), source="merge_undone", batch=None)
    back = _by_record(viewer, changes)
    of_master = back.get(object_name, {}).pop(merge.master, {})
    links = {
        name: value
        for name, value in of_master.items()
        if definition.fields[name].target or definition.fields[name].listed_target
    }
    # What is unique is given back before the others come, links to them after.
    plain = {name: value for name, value in of_master.items() if name not in links}
    await _save(work, doing, saving, definition, {merge.master: plain})
    await restore(work, doing, saving, object_name, merge.merged)
    await _save(work, doing, saving, definition, {merge.master: links})
    for name, records in back.items():
        await _save(work, doing, saving, viewer.catalog.objects[name], records)
    await mark_undone(work, id_)
    return merge.master


async def _refuse_changed(
    work: UnitOfWork, viewer: Viewer, changes: Sequence[MergedChange]
) -> None:
    """Everything still holds what the merge wrote. Raises MergeChangedError."""
    wrong: list[Text] = []
    for name in dict.fromkeys(one.object for one in changes):
        definition = viewer.catalog.find(name)
        if definition is None:
            continue
        written = {one.record: one.new for one in changes if one.object == name}
        rows = await (await lock_and_read_rows(work, definition, sorted(written))).by_id()
        for record, new in written.items():
            row = rows.get(record)
            for field_name, value in new.items():
                field = definition.fields.get(field_name)
                if field is None or _is_computed(field):
                    continue
                is_there = row is not None and row["deleted_at"] is None
                if not is_there or row is None or row[field_name] != _stored(viewer, field, value):
                    label = text_of(definition.label)
                    told = str(row["name"]) if row is not None else str(record)
                    wrong.append(Text(zh=f"{label.zh}「{told}」", en=f"{label.en} “{told}”"))
                    break
    if wrong:
        named = wrong[:MOST_NAMED]
        what = Text(zh="、".join(one.zh for one in named), en=", ".join(one.en for one in named))
        raise MergeChangedError(what=what)


def _by_record(
    viewer: Viewer, changes: Sequence[MergedChange]
) -> dict[str, dict[UUID, dict[str, Any]]]:
    """By object and record the values it had before; fields that were removed since are left out."""
    found: dict[str, dict[UUID, dict[str, Any]]] = {}
    for one in changes:
        definition = viewer.catalog.find(one.object)
        if definition is None:
            continue
        values = found.setdefault(one.object, {}).setdefault(one.record, {})
        for name, value in one.old.items():
            field = definition.fields.get(name)
            if field is not None and not _is_computed(field):
                values.setdefault(name, _stored(viewer, field, value))
    return found


async def _save(
    work: UnitOfWork,
    doing: Viewer,
    saving: Saving,
    definition: ObjectDefinition,
    records: Mapping[UUID, dict[str, Any]],
) -> None:
    drafts = [
        RecordDraft(place, id_, values=values, accepts_duplicates=True, is_repointed=True)
        for place, (id_, values) in enumerate(records.items())
        if values
    ]
    for start in range(0, len(drafts), MOST_AT_ONCE):
        await update_drafts(
            work, doing, saving, definition, drafts[start : start + MOST_AT_ONCE], {}
        )


def _is_computed(field: FieldDefinition) -> bool:
    return field.formula is not None or field.name == "department"


def _stored(viewer: Viewer, field: FieldDefinition, value: Any) -> Any:
    """A value of the change log as it is stored."""
    if value is None:
        return None
    try:
        return field.type.parse(value, field.options, ReadingContext(viewer.zone))
    except InvalidValueError:
        return value
