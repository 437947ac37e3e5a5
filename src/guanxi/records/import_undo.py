"""Takes a whole import back: what it made goes to the trash, what it changed gets its old values again."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.fields.field_type import ReadingContext
from guanxi.kit.errors import GuanxiError
from guanxi.metadata.model import ObjectDefinition
from guanxi.permissions.viewer import Viewer
from guanxi.records import import_store as store
from guanxi.records import import_undo_store as undo_store
from guanxi.records.delete import delete
from guanxi.records.draft import RecordDraft
from guanxi.records.import_model import Import, ImportStatus, Result
from guanxi.records.import_undo_store import Undoable
from guanxi.records.importing import Finish, Importing, leave_open, unlimited
from guanxi.records.lock_ahead import lock_for_several
from guanxi.records.saving import Saving
from guanxi.records.update_drafts import update_drafts

SET = 500


async def undo_import(
    importing: Importing, id_: UUID, *, finish: Finish = leave_open
) -> Result | None:
    """Set by set, each in a transaction; whoever goes on after a crash finds the rest.

    A record that somebody changed or deleted since keeps what it has and is counted as kept; so is one that others
    link to. None when the import is not being undone.
    """
    import_ = await importing.load(id_)
    if import_ is None or import_.status is not ImportStatus.UNDOING:
        return None
    # What stands in the way of a record may be another one of the import, so it is tried until nothing gives way.
    while await _undo_once(importing, import_):
        pass
    async with importing.begin() as work:
        ended = await store.load_import(work, id_, lock=True)
        if ended is None or ended.status is not ImportStatus.UNDOING:
            return None
        before = ended.result or Result()
        removed, reverted = before.removed or 0, before.reverted or 0
        kept = await undo_store.count_records(work, id_) - removed - reverted
        result = before.model_copy(update={"removed": removed, "reverted": reverted, "kept": kept})
        await store.set_result(work, id_, result)
        await store.set_status(work, id_, ImportStatus.UNDONE, is_over=True)
        await finish(work)
    return result


async def _undo_once(importing: Importing, import_: Import) -> int:
    """Goes over everything that is as the import left it, the last first; how many records were taken back."""
    total = 0
    before: int | None = None
    while True:
        async with importing.work_as(import_) as (work, viewer):
            changes = await undo_store.changes_before(work, import_.id, before=before, limit=SET)
            if not changes:
                return total
            before = changes[-1][0]
            own: dict[str, set[UUID]] = {}
            for _, name, record in changes:
                own.setdefault(name, set()).add(record)
            await lock_for_several(work, viewer, own)
            for name in dict.fromkeys(change[1] for change in changes):
                definition = viewer.catalog.find(name)
                if definition is None:
                    continue
                records = [record for _, object_name, record in changes if object_name == name]
                found = await undo_store.untouched_records(work, import_.id, definition, records)
                undoing = _Undoing(work, _undoer(viewer), importing.saving, definition)
                removed = await undoing.save([one for one in found if one.is_new])
                reverted = await undoing.save([one for one in found if not one.is_new])
                await undo_store.count_undone(work, import_.id, removed=removed, reverted=reverted)
                total += removed + reverted


def _undoer(viewer: Viewer) -> Viewer:
    """The same person; what is taken back is no part of the import."""
    return replace(unlimited(viewer), batch=None)


class _Undoing:
    """One set of records of one object, in one transaction."""

    def __init__(
        self, work: UnitOfWork, viewer: Viewer, saving: Saving, definition: ObjectDefinition
    ) -> None:
        self._work = work
        self._viewer = viewer
        self._saving = saving
        self._definition = definition

    async def save(self, records: Sequence[Undoable]) -> int:
        """How many were taken back; a set that is refused is halved until what is at fault stands alone."""
        if not records:
            return 0
        try:
            async with self._work.connection.transaction():
                await self._take_back(records)
            return len(records)
        except GuanxiError:
            if len(records) == 1:
                return 0
        middle = len(records) // 2
        return await self.save(records[:middle]) + await self.save(records[middle:])

    async def _take_back(self, records: Sequence[Undoable]) -> None:
        versions = {one.record: one.version for one in records}
        if records[0].is_new:
            await delete(self._work, self._viewer, self._saving, self._definition.name, versions)
            return
        drafts = [
            RecordDraft(
                place=place, id=one.record, values=self._stored(one), accepts_duplicates=True
            )
            for place, one in enumerate(records)
        ]
        await update_drafts(
            self._work, self._viewer, self._saving, self._definition, drafts, versions
        )

    def _stored(self, one: Undoable) -> dict[str, object]:
        """The old values; fields that were removed since are left out."""
        context = ReadingContext(self._viewer.zone)
        fields = self._definition.fields
        return {
            name: fields[name].type.parse(value, fields[name].options, context)
            for name, value in one.old.items()
            if name in fields
        }
