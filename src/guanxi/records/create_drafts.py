"""Saves new records whose values are in stored form."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from guanxi.db.failures import BrokenRule
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.text import text_of
from guanxi.metadata.model import ObjectDefinition
from guanxi.metadata.rules import rules_of_object
from guanxi.permissions.model import Action
from guanxi.permissions.viewer import Viewer
from guanxi.records.check import ask_references
from guanxi.records.check_files import check_files
from guanxi.records.draft import RecordDraft, SavedRecord
from guanxi.records.errors import DuplicateValueError, not_allowed
from guanxi.records.fill_defaults import fill_defaults
from guanxi.records.follow_whole import take_after_whole
from guanxi.records.judge import judge
from guanxi.records.judge_duplicates import judge_duplicates
from guanxi.records.judge_unique import judge_unique
from guanxi.records.offers import clear_defaults
from guanxi.records.own import (
    set_auto_numbers,
    set_defaults,
    set_owner_and_department,
    set_search_words,
)
from guanxi.records.recompute import recompute_new
from guanxi.records.rights import (
    HeldGrants,
    ask_held_grants,
    fetch_held_grants,
    writable,
)
from guanxi.records.saving import Saving, refuse_problems
from guanxi.records.set_computed import set_computed
from guanxi.records.store import duplicates_told, insert


async def create_drafts(
    work: UnitOfWork,
    viewer: Viewer,
    saving: Saving,
    definition: ObjectDefinition,
    drafts: Sequence[RecordDraft],
    *,
    many: bool,
) -> list[SavedRecord]:
    """Saves new records whose values are in stored form already."""
    if not drafts:
        return []
    now = saving.clock.now()
    rules = rules_of_object(viewer.catalog, definition.name)
    sent = {draft.id: draft.sent for draft in drafts}
    await check_files(work, viewer, definition, drafts)
    references = await ask_references(work, viewer, saving.asking, definition, drafts)
    set_defaults(viewer, definition, drafts)
    await set_owner_and_department(work, viewer, drafts)
    await take_after_whole(work, viewer, definition, drafts)
    if rules.looks_elsewhere:
        # Before anything is looked up over a link, it must be one that may be followed.
        await references.tell()
    await fill_defaults(work, viewer, definition, drafts, now)
    if saving.has_steps(definition.name):
        await references.tell()
        await saving.run_steps(work, viewer, definition, drafts, "create")
    await set_auto_numbers(work, viewer, saving.clock, definition, drafts)
    set_computed(viewer, definition, drafts, now)
    if await clear_defaults(work, viewer, definition, drafts, now, sent=sent):
        set_computed(viewer, definition, drafts, now)
    await judge(work, viewer, definition, drafts, "create", now, sent=sent)
    await judge_unique(work, viewer, saving.asking, definition, drafts, "create", now)
    await judge_duplicates(work, viewer, saving.asking, definition, drafts, "create")
    if any(draft.problems for draft in drafts):
        await references.tell()
        refuse_problems(drafts, many=many)
    set_search_words(definition, drafts)
    for draft in drafts:
        draft.values = {name: value for name, value in draft.values.items() if value is not None}
    try:
        held = await _insert(work, viewer, saving, definition, drafts)
    except (BrokenRule, DuplicateValueError):
        # References were asked about before: when one is not there, that is why.
        await references.tell()
        refuse_problems(drafts, many=many)
        raise
    await references.tell()
    refuse_problems(drafts, many=many)
    if held is not None:
        _check_rights(definition, drafts, sent, held)
    await recompute_new(work, viewer, definition, drafts)
    return [SavedRecord(draft.id, version=1) for draft in drafts]


async def _insert(
    work: UnitOfWork,
    viewer: Viewer,
    saving: Saving,
    definition: ObjectDefinition,
    drafts: Sequence[RecordDraft],
) -> HeldGrants | None:
    """Writes the rows and looks which grants hold them; None for an administrator, who needs none."""
    writing = await insert(work, viewer, definition, drafts)
    if viewer.rights.is_administrator:
        await writing.rows()
        return None
    ids = [draft.id for draft in drafts]
    with duplicates_told(definition):
        asked = await ask_held_grants(work, viewer, saving.asking, definition, Action.CREATE, ids)
    await writing.rows()
    return await fetch_held_grants(asked, viewer, definition, Action.CREATE)


def _check_rights(
    definition: ObjectDefinition,
    drafts: Sequence[RecordDraft],
    sent: Mapping[UUID, frozenset[str]],
    held: HeldGrants,
) -> None:
    """A new record must lie within a grant to create, and each field sent within one that lets it be written."""
    for draft in drafts:
        grants = held.get(draft.id, ())
        if not grants or not all(writable(grants, name) for name in sent[draft.id]):
            raise not_allowed(Action.CREATE.value, text_of(definition.label))
