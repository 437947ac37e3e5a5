"""Takes a whole import back: what it made goes to the trash, what it changed gets its old values again."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.fields.field_type import InvalidValueError, ReadingContext
from guanxi.kit.errors import GuanxiError
from guanxi.metadata.model import ObjectDefinition
from guanxi.permissions.viewer import Viewer
from guanxi.records import import_stage_store as stage_store
from guanxi.records import import_store as store
from guanxi.records.delete import delete
from guanxi.records.draft import RecordDraft
from guanxi.records.import_model import Import, ImportStatus, Result
from guanxi.records.import_stage_store import Stage
from guanxi.records.importing import Importing, unlimited
from guanxi.records.update import update_drafts

SET = 500


async def undo_import(importing: Importing, id_: UUID) -> Result | None:
    """Set by set, each in a transaction; whoever goes on after a crash finds the rest.

    A record that somebody changed or deleted since keeps what it has and is counted as kept.
    """
    import_ = await _load(importing, id_)
    if import_ is None or import_.status is not ImportStatus.UNDOING:
        return None
    while await _undo_set(importing, id_):
        pass
    async with importing.work_as(import_) as (work, _):
        kept = await store.count_kept(work, id_)
        ended = await store.load_import(work, id_, lock=True)
        before = (ended and ended.result) or Result()
        result = before.model_copy(
            update={"removed": before.removed or 0, "reverted": before.reverted or 0, "kept": kept}
        )
        await store.set_result(work, id_, result)
        await store.set_status(work, id_, ImportStatus.UNDONE, is_over=True)
        await stage_store.drop_stage(work, Stage.of(id_))
    return result


async def _load(importing: Importing, id_: UUID) -> Import | None:
    async with importing.database.begin(importing.schema) as work:
        return await store.load_import(work, id_)


async def _undo_set(importing: Importing, id_: UUID) -> bool:
    """One set of records; False when none is left."""
    import_ = await _load(importing, id_)
    if import_ is None or import_.status is not ImportStatus.UNDOING:
        return False
    async with importing.work_as(import_) as (work, asking_viewer):
        viewer = unlimited(asking_viewer)
        result = import_.result or Result()
        changes = await store.changes_to_undo(work, id_, limit=SET)
        if not changes:
            return False
        removed = reverted = 0
        for object_name in dict.fromkeys(change[0] for change in changes):
            some = [change for change in changes if change[0] == object_name]
            definition = viewer.catalog.find(object_name)
            if definition is None:
                continue
            made = {record: None for _, record, is_new, _, _ in some if is_new}
            removed += await _save(work, importing, viewer, definition, made, [], [])
            old = [
                (record, values, version)
                for _, record, is_new, values, version in some
                if not is_new
            ]
            reverted += await _revert(work, importing, viewer, definition, old)
        await store.note_undone(work, id_, [change[1] for change in changes])
        total = result.model_copy(
            update={
                "removed": (result.removed or 0) + removed,
                "reverted": (result.reverted or 0) + reverted,
            }
        )
        await store.set_result(work, id_, total)
    return True
