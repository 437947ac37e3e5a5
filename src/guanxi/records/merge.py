"""Merges records into one of them: its values, everything that refers to the others, and what their addresses lead to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.errors import FieldProblem, ValuesRefusedError
from guanxi.kit.ids import new_id
from guanxi.kit.text import Text, text_of
from guanxi.metadata.model import Catalog, FieldDefinition, ObjectDefinition
from guanxi.permissions.model import Action
from guanxi.permissions.viewer import Viewer
from guanxi.records.delete import delete
from guanxi.records.draft import RecordDraft
from guanxi.records.errors import TooManyRecordsError, VersionConflictError
from guanxi.records.importing import unlimited
from guanxi.records.lock_ahead import lock_for_several
from guanxi.records.merge_store import SOURCE, keep_merge, referring
from guanxi.records.merge_values import merged_values
from guanxi.records.rights import object_for
from guanxi.records.saving import MOST_AT_ONCE, Saving
from guanxi.records.update_drafts import lock_and_read, update_drafts

MOST_MERGED = 10

#: More references are not moved by one transaction.
MOST_MOVED = 50_000

_TOO_FEW = Text(zh="请选择 2 到 10 条要合并的记录。", en="Choose 2 to 10 records to merge.")
_NOT_MOVED = Text(
    zh="「{object}」里有记录关联着被合并的记录，但不能改到保留的记录上：{why}",
    en="A record of “{object}” that links to one of them cannot be moved: {why}",
)


@dataclass(frozen=True)
class MergeWish:
    """Which records become one: the master stays, the others become part of it."""

    master: UUID
    others: tuple[UUID, ...]
    #: By field the record whose value it gets.
    choose: Mapping[str, UUID] = field(default_factory=dict)
    #: The versions somebody looked at; what is missing may be any.
    versions: Mapping[UUID, int] = field(default_factory=dict)


@dataclass(frozen=True)
class MergeResult:
    """What was done."""

    id: UUID
    master: UUID
    #: How many records of each object point to the master now instead of to another one.
    moved: Mapping[str, int]


async def merge(
    work: UnitOfWork, viewer: Viewer, saving: Saving, object_name: str, wish: MergeWish
) -> MergeResult:
    """All or nothing. Whoever merges may edit and delete all of the records; what refers to them the platform moves.

    Raises ObjectNotFoundError, RecordNotFoundError, NotAllowedError, VersionConflictError, ValuesRefusedError,
    DuplicateValueError, TooManyRecordsError.
    """
    definition = object_for(viewer, object_name, Action.EDIT)
    object_for(viewer, object_name, Action.DELETE)
    others = tuple(dict.fromkeys(wish.others))
    ids = (wish.master, *others)
    if not others or wish.master in others or len(ids) > MOST_MERGED:
        raise ValuesRefusedError([FieldProblem("/records", "too_few", _TOO_FEW)])
    found = await _references(work, viewer.catalog, definition, others)
    if sum(len(rows) for _, _, rows in found) > MOST_MOVED:
        raise TooManyRecordsError(most=MOST_MOVED)
    own = {definition.name: set(ids)}
    for source, _, rows in found:
        own.setdefault(source.name, set()).update(id_ for id_, _ in rows)
    await lock_for_several(work, viewer, own)
    drafts = [RecordDraft(place, id_) for place, id_ in enumerate(ids)]
    await lock_and_read(work, viewer, saving, definition, drafts, Action.DELETE)
    held = await lock_and_read(work, viewer, saving, definition, drafts, Action.EDIT)
    for draft in drafts:
        if wish.versions.get(draft.id, draft.version) != draft.version:
            raise VersionConflictError(record=draft.id, current=draft.version)
    values = merged_values(viewer, definition, drafts, held, wish.choose)
    result = MergeResult(new_id(), wish.master, {})
    doing = replace(unlimited(viewer), source=SOURCE, batch=result.id)
    moved = await _move(work, doing, saving, definition, wish.master, others)
    # What is unique goes over only once the others have left it.
    await delete(work, doing, saving, definition.name, dict.fromkeys(others))
    await _save_master(work, doing, saving, definition, wish.master, values, drafts)
    await keep_merge(
        work,
        id_=result.id,
        object_name=definition.name,
        master=wish.master,
        merged=others,
        actor=viewer.person_id,
    )
    return replace(result, moved=moved)


async def _references(
    work: UnitOfWork, catalog: Catalog, definition: ObjectDefinition, others: Sequence[UUID]
) -> list[tuple[ObjectDefinition, FieldDefinition, list[tuple[UUID, Any]]]]:
    """Every link and list of links of every object that leads to one of the others."""
    found = []
    for source, link in (*catalog.links_to(definition.name), *catalog.lists_of(definition.name)):
        rows = await referring(work, source, link, others)
        if rows:
            found.append((source, link, rows))
    return found


async def _move(
    work: UnitOfWork,
    doing: Viewer,
    saving: Saving,
    definition: ObjectDefinition,
    master: UUID,
    others: Sequence[UUID],
) -> dict[str, int]:
    """Points everything to the master; read again, now that the records are locked. How many records of each object."""
    moved: dict[str, int] = {}
    gone = frozenset(others)
    drafts: dict[str, dict[UUID, RecordDraft]] = {}
    for source, link, rows in await _references(work, doing.catalog, definition, others):
        known = drafts.setdefault(source.name, {})
        for id_, value in rows:
            if source.name == definition.name and (id_ == master or id_ in gone):
                # Among themselves: the master's own links are values like others, those of the others go with them.
                continue
            draft = known.setdefault(
                id_, RecordDraft(len(known), id_, accepts_duplicates=True, is_repointed=True)
            )
            draft.values[link.name] = _pointing(value, master, gone)
    for name, known in drafts.items():
        if not known:
            continue
        waiting, source = list(known.values()), doing.catalog.objects[name]
        try:
            for start in range(0, len(waiting), MOST_AT_ONCE):
                some = waiting[start : start + MOST_AT_ONCE]
                await update_drafts(work, doing, saving, source, some, {})
        except ValuesRefusedError as refused:
            raise _not_moved(source, refused) from refused
        moved[name] = len(waiting)
    return moved


def _pointing(value: Any, master: UUID, gone: frozenset[UUID]) -> Any:
    if isinstance(value, list):
        return list(dict.fromkeys(master if one in gone else one for one in value))
    return master


async def _save_master(
    work: UnitOfWork,
    doing: Viewer,
    saving: Saving,
    definition: ObjectDefinition,
    master: UUID,
    values: dict[str, Any],
    drafts: Sequence[RecordDraft],
) -> None:
    if not values:
        return
    draft = RecordDraft(0, master, values=values, accepts_duplicates=True)
    draft.inherits = tuple(one.before for one in drafts)
    await update_drafts(work, doing, saving, definition, [draft], {})


def _not_moved(source: ObjectDefinition, refused: ValuesRefusedError) -> ValuesRefusedError:
    return ValuesRefusedError(
        [
            FieldProblem(
                f"/moved/{source.name}",
                one.code,
                _NOT_MOVED.fill(object=text_of(source.plural_label), why=one.message),
            )
            for one in refused.problems
        ]
    )
