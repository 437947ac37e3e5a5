"""Puts records into the trash and takes them out again."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.text import text_of
from guanxi.permissions.model import Action
from guanxi.permissions.viewer import Viewer
from guanxi.records.draft import RecordDraft, SavedRecord
from guanxi.records.errors import StillLinkedError, TooManyRecordsError, VersionConflictError
from guanxi.records.parts_store import Taken, living_parts, parts_gone_with
from guanxi.records.recompute import recompute_moved
from guanxi.records.rights import object_for
from guanxi.records.saving import MOST_AT_ONCE, Saving
from guanxi.records.store import count_links, mark_deleted
from guanxi.records.update_drafts import lock_and_read


async def delete(
    work: UnitOfWork,
    viewer: Viewer,
    saving: Saving,
    object_name: str,
    versions: Mapping[UUID, int | None],
) -> list[SavedRecord]:
    """Puts records into the trash, all or none; `versions` as in `If-Match`, None for whatever it is.

    Records that are parts of them go along, also those the viewer does not see.

    Raises ObjectNotFoundError, RecordNotFoundError, NotAllowedError, VersionConflictError, StillLinkedError.
    """
    definition = object_for(viewer, object_name, Action.DELETE)
    drafts = _drafts(list(versions))
    await lock_and_read(work, viewer, saving, definition, drafts, Action.DELETE)
    for draft in drafts:
        expected = versions[draft.id]
        if expected is not None and expected != draft.version:
            raise VersionConflictError(record=draft.id, current=draft.version)
    taken = await living_parts(work, viewer.catalog, definition, [draft.id for draft in drafts])
    await _refuse_linked(work, viewer, taken)
    return await _move(work, viewer, taken, drafts, deleted=True)


async def restore(
    work: UnitOfWork, viewer: Viewer, saving: Saving, object_name: str, ids: Sequence[UUID]
) -> list[SavedRecord]:
    """Takes records out of the trash with everything that went into it with them, all or none.

    Raises ObjectNotFoundError, RecordNotFoundError, NotAllowedError, DuplicateValueError.
    """
    definition = object_for(viewer, object_name, Action.DELETE)
    drafts = _drafts(ids)
    await lock_and_read(work, viewer, saving, definition, drafts, Action.DELETE, deleted=True)
    taken = await parts_gone_with(work, viewer.catalog, definition, [draft.id for draft in drafts])
    return await _move(work, viewer, taken, drafts, deleted=False)


async def _move(
    work: UnitOfWork, viewer: Viewer, taken: Taken, drafts: Sequence[RecordDraft], *, deleted: bool
) -> list[SavedRecord]:
    """Into the trash or out of it, whole and parts; what hangs on them is computed once all have moved."""
    written: dict[UUID, int] = {}
    moved = [(viewer.catalog.objects[name], ids) for name, ids in taken.items()]
    for definition, ids in moved:
        written |= await mark_deleted(work, viewer, definition, ids, deleted=deleted)
    for definition, ids in moved:
        await recompute_moved(work, viewer, definition, ids)
    return [SavedRecord(draft.id, written[draft.id]) for draft in drafts]


def _drafts(ids: Sequence[UUID]) -> list[RecordDraft]:
    if len(ids) > MOST_AT_ONCE:
        raise TooManyRecordsError(most=MOST_AT_ONCE)
    return [RecordDraft(place=place, id=id_) for place, id_ in enumerate(dict.fromkeys(ids))]


async def _refuse_linked(work: UnitOfWork, viewer: Viewer, taken: Taken) -> None:
    """A link that restricts keeps its target from the trash, whoever can see the linking records."""
    for name, ids in taken.items():
        links = (*viewer.catalog.links_to(name), *viewer.catalog.lists_of(name))
        for source, field in links:
            if getattr(field.options, "on_delete", "clear") != "restrict":
                continue
            count = await count_links(work, source, field, ids, besides=taken.get(source.name, ()))
            if count:
                raise StillLinkedError(count=count, object=text_of(source.plural_label))
