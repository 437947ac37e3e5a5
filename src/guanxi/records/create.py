"""Creates records, with their lines."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.ids import new_ids
from guanxi.permissions.model import Action
from guanxi.permissions.viewer import Viewer
from guanxi.records.create_drafts import create_drafts
from guanxi.records.draft import RecordDraft, SavedRecord
from guanxi.records.errors import TooManyRecordsError
from guanxi.records.lines import lines_to_save, take_lines
from guanxi.records.parse_values import parse_values
from guanxi.records.rights import object_for
from guanxi.records.save_lines import SavingLines, lock_for_lines, with_new_lines
from guanxi.records.saving import MOST_AT_ONCE, Saving
from guanxi.records.secrets import seal_secrets


async def create(
    work: UnitOfWork,
    viewer: Viewer,
    saving: Saving,
    object_name: str,
    records: Sequence[Mapping[str, Any]],
    *,
    moments: Sequence[datetime] = (),
    accepts_duplicates: bool = False,
) -> list[SavedRecord]:
    """Creates records from wire values, all or none, lines of their sub-tables among them. `moments` tell of each when
    it was made, if not now.

    Raises ObjectNotFoundError, NotAllowedError, ValuesRefusedError, DuplicateValueError, TooManyRecordsError.
    """
    definition = object_for(viewer, object_name, Action.CREATE)
    if len(records) > MOST_AT_ONCE:
        raise TooManyRecordsError(most=MOST_AT_ONCE)
    is_many = len(records) > 1
    drafts = [RecordDraft(place=place, id=id_) for place, id_ in enumerate(new_ids(len(records)))]
    lines = {}
    for draft, raw in zip(drafts, records, strict=True):
        above = f"/records/{draft.place}" if is_many else ""
        own, lines[draft.id] = take_lines(viewer, definition, raw, Action.CREATE, above=above)
        draft.values, draft.problems = parse_values(viewer, definition, own, Action.CREATE)
        draft.accepts_duplicates = accepts_duplicates
    seal_secrets(saving.seal, definition, drafts)
    for draft, moment in zip(drafts, moments, strict=False):
        draft.at = moment
    wishes = lines_to_save(viewer, definition, drafts, lines, is_new=True)
    if wishes:
        await lock_for_lines(work, viewer, object_name, (), {})
    saved = await create_drafts(work, viewer, saving, definition, drafts, many=is_many)
    if not wishes:
        return saved
    made = await SavingLines(work, viewer, saving, Action.CREATE).save(wishes)
    return with_new_lines(saved, made)
