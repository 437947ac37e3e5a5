"""Changes records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.text import text_of
from guanxi.metadata.model import ObjectDefinition
from guanxi.permissions.model import Action
from guanxi.permissions.viewer import Viewer
from guanxi.query.errors import RecordNotFoundError
from guanxi.records.check import check_references, check_required
from guanxi.records.computed import reckon_changed, set_local
from guanxi.records.draft import RecordDraft, SavedRecord
from guanxi.records.errors import TooManyRecordsError, VersionConflictError, not_allowed
from guanxi.records.own import set_owner_and_department, set_search_words
from guanxi.records.parse_values import parse_values
from guanxi.records.rights import HeldGrants, grants_of, object_for, writable
from guanxi.records.saving import MOST_AT_ONCE, Saving, refuse_problems
from guanxi.records.store import lock_and_read_rows
from guanxi.records.store import update as write_update


@dataclass(frozen=True)
class RecordChange:
    """New wire values for one record, and the version they were meant for (None: whatever it is)."""

    id: UUID
    values: Mapping[str, Any]
    version: int | None = None
    #: When it happened; None for now.
    at: datetime | None = None


async def update(
    work: UnitOfWork,
    viewer: Viewer,
    saving: Saving,
    object_name: str,
    changes: Sequence[RecordChange],
) -> list[SavedRecord]:
    """Changes records, all or none. A record that already holds the values stays as it is.

    Raises ObjectNotFoundError, RecordNotFoundError, NotAllowedError, VersionConflictError, ValuesRefusedError,
    DuplicateValueError, TooManyRecordsError.
    """
    definition = object_for(viewer, object_name, Action.EDIT)
    if len(changes) > MOST_AT_ONCE:
        raise TooManyRecordsError(most=MOST_AT_ONCE)
    drafts: list[RecordDraft] = []
    for place, change in enumerate(changes):
        values, problems = parse_values(viewer, definition, change.values, Action.EDIT)
        drafts.append(RecordDraft(place, change.id, values=values, problems=problems, at=change.at))
    versions = {change.id: change.version for change in changes}
    return await update_drafts(work, viewer, saving, definition, drafts, versions)


async def update_drafts(
    work: UnitOfWork,
    viewer: Viewer,
    saving: Saving,
    definition: ObjectDefinition,
    drafts: Sequence[RecordDraft],
    versions: Mapping[UUID, int | None],
) -> list[SavedRecord]:
    """Saves changes whose values are in stored form already."""
    held = await lock_and_read(work, viewer, saving, definition, drafts, Action.EDIT)
    for draft in drafts:
        expected = versions.get(draft.id)
        if expected is not None and expected != draft.version:
            raise VersionConflictError(record=draft.id, current=draft.version)
        draft.values = {name: draft.values[name] for name in draft.values if draft.changes(name)}
        if not viewer.rights.is_administrator:
            _check_fields(definition, draft, held)
    changed = [draft for draft in drafts if draft.values or draft.problems]
    if changed:
        await check_references(work, viewer, saving.asking, definition, changed)
        await set_owner_and_department(work, viewer, changed)
        await saving.run_steps(work, viewer, definition, changed, "update")
        check_required(definition, changed, "update")
        set_local(viewer, definition, changed, saving.clock.now())
        refuse_problems(changed, many=len(drafts) > 1)
        set_search_words(definition, changed)
        written = await write_update(work, viewer, definition, changed)
        await reckon_changed(work, viewer, definition, changed)
    else:
        written = {}
    return [
        SavedRecord(draft.id, written.get(draft.id, draft.version), changed=draft.id in written)
        for draft in drafts
    ]


async def lock_and_read(
    work: UnitOfWork,
    viewer: Viewer,
    saving: Saving,
    definition: ObjectDefinition,
    drafts: Sequence[RecordDraft],
    action: Action,
    *,
    deleted: bool = False,
) -> HeldGrants:
    """Locks the rows, then fills `before` and `version`; the grants of the action that hold each.

    Raises RecordNotFoundError for one that is not there or not to be seen, NotAllowedError for one not granted.
    """
    ids = [draft.id for draft in drafts]
    locked = await lock_and_read_rows(work, definition, ids)
    held: HeldGrants = {}
    if viewer.rights.is_administrator:
        rows = await locked.by_id()
        seen: set[UUID] = set(rows)
    else:
        statement = saving.asking.held_grants(
            viewer, definition, action, tuple(ids), also_seen=True
        )
        asked = await work.execute(statement.text, statement.parameters)
        rows = await locked.by_id()
        answers = await asked.fetchall()
        seen = {row[0] for row in answers if row[2]}
        held = grants_of(answers, viewer, definition, action)
    for draft in drafts:
        row = rows.get(draft.id)
        if row is None or draft.id not in seen or (row["deleted_at"] is not None) != deleted:
            raise RecordNotFoundError
        if not viewer.rights.is_administrator and not held.get(draft.id):
            raise not_allowed(action.value, text_of(definition.label))
        draft.before, draft.version = row, row["version"]
    return held


def _check_fields(definition: ObjectDefinition, draft: RecordDraft, held: HeldGrants) -> None:
    for name in draft.values:
        if not writable(held.get(draft.id, ()), name):
            raise not_allowed(Action.EDIT.value, text_of(definition.label))
