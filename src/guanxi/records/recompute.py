"""Computes what hangs on other records after a save, group by group, until nothing moves any more.

It is done by the database, for whole sets: rows are locked in the order of their ids first, and computed by the statement
after that, so that two people who change children of one parent both count. What is too much for one save, or too far
away from it, is left to the worker.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.metadata.computed import computed_fields
from guanxi.metadata.computing_store import SOME, leave_records
from guanxi.metadata.model import ObjectDefinition
from guanxi.metadata.recompute_order import FieldGroup, recompute_order
from guanxi.permissions.viewer import Viewer
from guanxi.records.computed_words import set_words_again
from guanxi.records.draft import RecordDraft
from guanxi.records.lock_ahead import MOST_NOW, lock_circle, pointed_to
from guanxi.records.locking_store import lock_free_rows, lock_rows
from guanxi.records.recompute_store import recompute
from guanxi.records.ways_back import WaysBack

#: So many times a save goes on to further objects; the worker goes the rest of the way.
MOST_HOPS = 10


async def recompute_new(
    work: UnitOfWork, viewer: Viewer, definition: ObjectDefinition, drafts: Sequence[RecordDraft]
) -> None:
    """After records were made: their other computed fields, and what hangs on them elsewhere."""
    if not computed_fields(viewer.catalog).concern(definition.name):
        return
    ids = [draft.id for draft in drafts]
    is_past = any(draft.at for draft in drafts)
    own = {definition.name: frozenset(ids)}
    wave = _Wave(work, viewer, own, untold=frozenset(ids), is_past=is_past)
    await wave.run(definition, dict.fromkeys(definition.fields, ids), {})


async def recompute_changed(
    work: UnitOfWork, viewer: Viewer, definition: ObjectDefinition, drafts: Sequence[RecordDraft]
) -> None:
    """After records were changed: what hangs on what changed, by their old links and their new ones."""
    if not computed_fields(viewer.catalog).concern(definition.name):
        return
    changed: dict[str, list[UUID]] = {}
    left: dict[str, list[UUID]] = {}
    for draft in drafts:
        for name in draft.values:
            changed.setdefault(name, []).append(draft.id)
            field = definition.fields.get(name)
            if field is not None:
                left.setdefault(name, []).extend(pointed_to(field, draft.before.get(name)))
    own = frozenset(draft.id for draft in drafts)
    is_past = any(draft.at for draft in drafts)
    wave = _Wave(work, viewer, {definition.name: own}, is_locked=True, is_past=is_past)
    await wave.run(definition, changed, left)


async def recompute_moved(
    work: UnitOfWork, viewer: Viewer, definition: ObjectDefinition, ids: Sequence[UUID]
) -> None:
    """After records went into the trash or came back: they count no more, or again."""
    if not computed_fields(viewer.catalog).concern(definition.name):
        return
    wave = _Wave(work, viewer, {definition.name: frozenset(ids)}, is_locked=True)
    await wave.run(definition, dict.fromkeys(definition.fields, ids), {})


async def recompute_moved_values(
    work: UnitOfWork,
    viewer: Viewer,
    definition: ObjectDefinition,
    moved: Mapping[str, Sequence[UUID]],
) -> None:
    """After values moved though nobody saved their records, which are locked with what hangs on them: that."""
    own = frozenset(id_ for ids in moved.values() for id_ in ids)
    if not own or not computed_fields(viewer.catalog).concern(definition.name):
        return
    wave = _Wave(work, viewer, {definition.name: own}, untold=own, most=SOME, is_locked=True)
    await wave.run(definition, moved, {})


async def recompute_fields(
    work: UnitOfWork,
    viewer: Viewer,
    object_name: str,
    fields: Sequence[str],
    ids: Sequence[UUID],
    *,
    actor: UUID | None,
    is_told: bool,
    is_locked: bool = False,
) -> None:
    """Computed fields of records that waited for it, and what hangs on them. Of a design that is new the change log says
    nothing. `is_locked` says that the caller locked the records and what hangs on them.
    """
    untold = frozenset() if is_told else frozenset(ids)
    own = {object_name: frozenset(ids)}
    wave = _Wave(work, viewer, own, untold=untold, actor=actor, is_locked=is_locked, most=SOME)
    await wave.run_from(object_name, fields, ids)


class _Wave:
    """One change on its way through all that hangs on it, each group of computed fields once and in order."""

    def __init__(
        self,
        work: UnitOfWork,
        viewer: Viewer,
        own: Mapping[str, frozenset[UUID]],
        *,
        untold: frozenset[UUID] = frozenset(),
        actor: UUID | None = None,
        is_locked: bool = False,
        is_past: bool = False,
        most: int = MOST_NOW,
    ) -> None:
        self._work = work
        self._viewer = viewer
        #: The records the change began with: they are computed however many they are.
        self._own = own
        self._untold = untold
        #: What is told of the past did not move the others today.
        self._is_past = is_past
        self._actor = actor or viewer.person_id
        self._computed = computed_fields(viewer.catalog)
        self._order = recompute_order(self._computed)
        self._ways = WaysBack(work, self._computed)
        self._room = most
        self._most = most
        self._hops = 0
        #: The circles whose records were locked ahead.
        self._locked = {self._order.places.get(name) for name in own} if is_locked else set()

    async def run(
        self,
        definition: ObjectDefinition,
        changed: Mapping[str, Sequence[UUID]],
        left: Mapping[str, Sequence[UUID]],
    ) -> None:
        for name, ids in changed.items():
            await self._ways.touch(definition.name, name, ids, left.get(name, ()), is_saved=True)
        await self._go_through()

    async def run_from(self, object_name: str, fields: Sequence[str], ids: Sequence[UUID]) -> None:
        for name in fields:
            self._ways.waiting[object_name, name] = set(ids)
        await self._go_through()

    async def _go_through(self) -> None:
        for group in self._order.groups:
            waiting = {
                name: ids
                for name in group.names
                if (ids := self._ways.waiting.pop((group.object, name), None))
            }
            if waiting:
                await self._compute_group(group, waiting)

    async def _compute_group(self, group: FieldGroup, waiting: Mapping[str, set[UUID]]) -> None:
        is_circle = group.place in self._order.circles and not self._work.saves_several
        if is_circle and group.place not in self._locked:
            self._locked.add(group.place)
            ahead = self._ways.copy()
            ahead.waiting |= {(group.object, name): ids for name, ids in waiting.items()}
            await lock_circle(
                self._work, self._viewer, ahead, group.place, self._own_in(group), most=self._most
            )
        ids = sorted(set().union(*waiting.values()))
        now = await self._taken(group, ids)
        if len(now) < len(ids):
            later = sorted(set(ids).difference(now))
            await leave_records(self._work, group.object, sorted(waiting), later, actor=self._actor)
        self._hops += any(id_ not in self._own.get(group.object, ()) for id_ in now)
        for start in range(0, len(now), SOME):
            await self._compute(group, waiting, now[start : start + SOME])

    def _own_in(self, group: FieldGroup) -> Mapping[str, frozenset[UUID]]:
        return {
            name: ids
            for name, ids in self._own.items()
            if self._order.places.get(name) == group.place
        }

    async def _taken(self, group: FieldGroup, ids: Sequence[UUID]) -> list[UUID]:
        """Those of the records that are computed now, locked."""
        own = self._own.get(group.object, frozenset())
        room = self._room if self._hops < MOST_HOPS else 0
        taken: list[UUID] = []
        for id_ in ids:
            if id_ in own:
                taken.append(id_)
            elif room > 0:
                taken.append(id_)
                room -= 1
        definition = self._viewer.catalog.objects[group.object]
        if self._work.saves_several or group.place in self._order.circles:
            # What was not locked ahead is taken only if nobody holds it: waiting here might be for somebody who waits too.
            taken = await lock_free_rows(self._work, definition, taken)
        else:
            await lock_rows(self._work, definition, taken)
        self._room -= sum(id_ not in own for id_ in taken)
        return taken

    async def _compute(
        self, group: FieldGroup, waiting: Mapping[str, set[UUID]], ids: Sequence[UUID]
    ) -> None:
        catalog = self._viewer.catalog
        definition = catalog.objects[group.object]
        fields = group.moved_by(waiting)
        moved = await recompute(
            self._work,
            self._viewer,
            catalog.objects,
            definition,
            fields,
            ids,
            untold=frozenset(ids) if self._is_past else self._untold,
            actor=self._actor,
        )
        await set_words_again(self._work, definition, moved)
        together = [one.key for one in fields]
        for name, some in moved.items():
            await self._ways.touch(group.object, name, some, skip=together)
