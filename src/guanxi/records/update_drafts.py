"""Saves changes of records whose values are in stored form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.errors import FieldProblem
from guanxi.kit.text import Text, text_of
from guanxi.metadata.model import ObjectDefinition
from guanxi.permissions.model import Action
from guanxi.permissions.viewer import Viewer
from guanxi.query.errors import RecordNotFoundError
from guanxi.records.check import check_references
from guanxi.records.check_files import check_files
from guanxi.records.check_tree import check_tree, lock_tree
from guanxi.records.draft import RecordDraft, SavedRecord
from guanxi.records.errors import VersionConflictError, not_allowed
from guanxi.records.follow_whole import keep_with_whole, lines_follow, take_after_whole
from guanxi.records.judge import judge
from guanxi.records.judge_duplicates import judge_duplicates
from guanxi.records.judge_unique import judge_unique
from guanxi.records.lock_ahead import lock_ahead
from guanxi.records.locking_store import lock_and_read_rows
from guanxi.records.own import set_owner_and_department, set_search_words
from guanxi.records.recompute import recompute_changed
from guanxi.records.rights import HeldGrants, grants_of, readable, writable
from guanxi.records.saving import Saving, refuse_problems
from guanxi.records.set_computed import set_computed
from guanxi.records.store import update as write_update

LINE_CHANGED = Text(
    zh="这一行在你打开之后被别人改过。请看过新的内容再保存。",
    en="Somebody changed this line after you opened it. Look at it before you save.",
)


@dataclass(frozen=True)
class Held:
    """The grants that hold each of some rows; empty for an administrator."""

    to_see: HeldGrants
    to_act: HeldGrants


async def update_drafts(
    work: UnitOfWork,
    viewer: Viewer,
    saving: Saving,
    definition: ObjectDefinition,
    drafts: Sequence[RecordDraft],
    versions: Mapping[UUID, int | None],
) -> list[SavedRecord]:
    """Saves changes whose values are in stored form already."""
    await lock_tree(work, definition, drafts)
    held = await lock_and_read(work, viewer, saving, definition, drafts, Action.EDIT)
    await check_files(work, viewer, definition, drafts)
    keep_with_whole(viewer, definition, drafts)
    for draft in drafts:
        expected = versions.get(draft.id)
        if expected is not None and expected != draft.version:
            _refuse_version(draft)
        if not viewer.rights.is_administrator:
            _check_fields(definition, draft, held)
        draft.values = {name: draft.values[name] for name in draft.values if draft.changes(name)}
    changed = [draft for draft in drafts if draft.values or draft.problems]
    sent = {draft.id: draft.sent for draft in changed}
    now = saving.clock.now()
    if changed:
        await check_references(work, viewer, saving.asking, definition, changed)
        await check_tree(work, definition, changed)
        await set_owner_and_department(work, viewer, changed)
        await take_after_whole(work, viewer, definition, changed)
        await saving.run_steps(work, viewer, definition, changed, "update")
        set_computed(viewer, definition, changed, now)
        judged = [draft for draft in changed if not draft.is_repointed]
        if judged:
            await judge(work, viewer, definition, judged, "update", now, sent=sent)
        await judge_unique(work, viewer, saving.asking, definition, changed, "update", now)
        await judge_duplicates(work, viewer, saving.asking, definition, changed, "update")
        refuse_problems(changed, many=len(drafts) > 1)
        set_search_words(definition, changed)
        written = await write_update(work, viewer, definition, changed)
        await recompute_changed(work, viewer, definition, changed)
        await lines_follow(work, viewer, definition, changed)
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
) -> Held:
    """Locks the rows, then fills `before` and `version`; the grants that hold each.

    Raises RecordNotFoundError for one that is not there or not to be seen, NotAllowedError for one not granted.
    """
    ids = [draft.id for draft in drafts]
    await lock_ahead(work, viewer, definition, drafts, every_field=action is Action.DELETE)
    locked = await lock_and_read_rows(work, definition, ids)
    held = Held({}, {})
    if viewer.rights.is_administrator:
        rows = await locked.by_id()
    else:
        statement = saving.asking.held_grants(
            viewer, definition, action, tuple(ids), also_seen=True
        )
        asked = await work.execute(statement.text, statement.parameters)
        rows = await locked.by_id()
        answers = await asked.fetchall()
        held = Held(
            to_see=grants_of(answers, viewer, definition, Action.SEE, column=2),
            to_act=grants_of(answers, viewer, definition, action),
        )
    for draft in drafts:
        row = rows.get(draft.id)
        if row is None or (row["deleted_at"] is not None) != deleted:
            raise RecordNotFoundError
        if not viewer.rights.is_administrator:
            if not held.to_see.get(draft.id):
                raise RecordNotFoundError
            if not held.to_act.get(draft.id):
                raise not_allowed(action.value, text_of(definition.label))
        draft.before, draft.version = row, row["version"]
    return held


def _refuse_version(draft: RecordDraft) -> None:
    """Somebody changed it meanwhile; of a line the others of its record are told together with it."""
    if not draft.pointer:
        raise VersionConflictError(record=draft.id, current=draft.version)
    draft.problems.append(FieldProblem("", VersionConflictError.code, LINE_CHANGED))


def _check_fields(definition: ObjectDefinition, draft: RecordDraft, held: Held) -> None:
    """What is sent must be readable on this record: else its old value could be guessed, for what changes nothing is
    not refused.
    """
    seeing, acting = held.to_see.get(draft.id, ()), held.to_act.get(draft.id, ())
    for name in draft.sent:
        if not readable(seeing, name) or (draft.changes(name) and not writable(acting, name)):
            raise not_allowed(Action.EDIT.value, text_of(definition.label))
