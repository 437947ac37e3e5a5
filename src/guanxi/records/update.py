"""Changes records, with their lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.permissions.model import Action
from guanxi.permissions.viewer import Viewer
from guanxi.records.draft import RecordDraft, SavedRecord
from guanxi.records.errors import TooManyRecordsError
from guanxi.records.lines import lines_to_save, take_lines
from guanxi.records.parse_values import parse_values
from guanxi.records.rights import object_for
from guanxi.records.save_lines import SavingLines, lock_for_lines, with_new_lines
from guanxi.records.saving import MOST_AT_ONCE, Saving
from guanxi.records.secrets import seal_secrets
from guanxi.records.update_drafts import update_drafts


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
    *,
    accepts_duplicates: bool = False,
) -> list[SavedRecord]:
    """Changes records, all or none, lines of their sub-tables among them. A record that already holds the values stays
    as it is.

    Raises ObjectNotFoundError, RecordNotFoundError, NotAllowedError, VersionConflictError, ValuesRefusedError,
    DuplicateValueError, TooManyRecordsError.
    """
    definition = object_for(viewer, object_name, Action.EDIT)
    if len(changes) > MOST_AT_ONCE:
        raise TooManyRecordsError(most=MOST_AT_ONCE)
    is_many = len(changes) > 1
    drafts: list[RecordDraft] = []
    lines = {}
    for place, change in enumerate(changes):
        above = f"/records/{place}" if is_many else ""
        own, lines[change.id] = take_lines(
            viewer, definition, change.values, Action.EDIT, above=above
        )
        values, problems = parse_values(viewer, definition, own, Action.EDIT)
        draft = RecordDraft(place, change.id, values=values, problems=problems, at=change.at)
        draft.accepts_duplicates = accepts_duplicates
        drafts.append(draft)
    seal_secrets(saving.seal, definition, drafts)
    versions = {change.id: change.version for change in changes}
    wishes = lines_to_save(viewer, definition, drafts, lines)
    if wishes:
        ids = [draft.id for draft in drafts]
        await lock_for_lines(work, viewer, object_name, ids, wishes)
    saved = await update_drafts(work, viewer, saving, definition, drafts, versions)
    if not wishes:
        return saved
    made = await SavingLines(work, viewer, saving, Action.EDIT).save(wishes)
    return with_new_lines(saved, made)
