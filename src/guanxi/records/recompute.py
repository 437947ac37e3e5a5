"""Computes what hangs on other records after a save, wave by wave, until nothing moves any more.

It is done by the database, for whole sets: rows are locked in the order of their ids first, and computed by the statement
after that, so that two people who change children of one parent both count.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.metadata.computed import ComputedField, ComputedFields, Dependent, computed_fields
from guanxi.metadata.formula_scope import Hop
from guanxi.metadata.model import ObjectDefinition
from guanxi.permissions.viewer import Viewer
from guanxi.records.draft import RecordDraft
from guanxi.records.recompute_store import linked_back, recompute
from guanxi.records.store import lock_rows

#: So many records are computed by one statement.
SOME = 5000


async def recompute_new(
    work: UnitOfWork, viewer: Viewer, definition: ObjectDefinition, drafts: Sequence[RecordDraft]
) -> None:
    """After records were made: their other computed fields, and what hangs on them elsewhere."""
    if not computed_fields(viewer.catalog).concern(definition.name):
        return
    every = {name: [draft.id for draft in drafts] for name in definition.fields}
    await _Wave(work, viewer, frozenset(draft.id for draft in drafts)).run(definition, every, {})


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
            if field is not None and field.target and draft.before.get(name) is not None:
                left.setdefault(name, []).append(draft.before[name])
    await _Wave(work, viewer).run(definition, changed, left)


async def recompute_moved(
    work: UnitOfWork, viewer: Viewer, definition: ObjectDefinition, ids: Sequence[UUID]
) -> None:
    """After records went into the trash or came back: they count no more, or again."""
    if not computed_fields(viewer.catalog).concern(definition.name):
        return
    every = {name: list(ids) for name in definition.fields}
    await _Wave(work, viewer).run(definition, every, {})


async def recompute_field(
    work: UnitOfWork, viewer: Viewer, object_name: str, field_name: str, ids: Sequence[UUID]
) -> None:
    """One computed field of records of a design that is new, and what hangs on it; the change log says nothing of them."""
    wave = _Wave(work, viewer, frozenset(ids))
    await wave.run_from(object_name, field_name, ids)


class _Wave:
    """One change on its way through all that hangs on it, each computed field once and in order."""

    def __init__(
        self, work: UnitOfWork, viewer: Viewer, new: frozenset[UUID] = frozenset()
    ) -> None:
        self._work = work
        self._viewer = viewer
        self._new = new
        self._computed: ComputedFields = computed_fields(viewer.catalog)
        self._waiting: dict[tuple[str, str], set[UUID]] = {}
        #: Where ways lead back to: many fields hang on the same records by the same way.
        self._led: dict[Hashable, set[UUID]] = {}

    async def run(
        self,
        definition: ObjectDefinition,
        changed: Mapping[str, Sequence[UUID]],
        left: Mapping[str, Sequence[UUID]],
    ) -> None:
        for name, ids in changed.items():
            await self._touch(definition.name, name, ids, left.get(name, ()), is_saved=True)
        await self._go_through()

    async def run_from(self, object_name: str, field_name: str, ids: Sequence[UUID]) -> None:
        self._waiting[object_name, field_name] = set(ids)
        await self._go_through()

    async def _go_through(self) -> None:
        for one in self._computed.order:
            ids = sorted(self._waiting.pop(one.key, ()))
            for start in range(0, len(ids), SOME):
                moved = await self._recompute(one, ids[start : start + SOME])
                await self._touch(one.object, one.field.name, moved, (), is_saved=False)

    async def _touch(
        self,
        object_name: str,
        field_name: str,
        ids: Sequence[UUID],
        left: Sequence[UUID],
        *,
        is_saved: bool,
    ) -> None:
        """Notes which records hang on a field of some records. `left` are what a link led to before."""
        if not ids:
            return
        for dependent in self._computed.dependents(object_name, field_name):
            computed = dependent.computed
            if is_saved and not dependent.way and computed.is_local:
                # The save computed it.
                continue
            found = self._waiting.setdefault(computed.key, set())
            found |= await self._back(dependent, dependent.way, ids)
            if left and dependent.way and dependent.way[-1].is_backwards:
                found |= await self._back(dependent, dependent.way[:-1], left)

    async def _back(
        self, dependent: Dependent, way: tuple[Hop, ...], ids: Iterable[UUID]
    ) -> set[UUID]:
        """The records from which a way leads to these."""
        here = frozenset(ids)
        key = (
            dependent.computed.object,
            tuple((hop.link.id, hop.is_backwards) for hop in way),
            here,
        )
        if key not in self._led:
            self._led[key] = await self._lead_back(dependent.computed.object, way, set(here))
        return self._led[key]

    async def _lead_back(self, start: str, way: tuple[Hop, ...], here: set[UUID]) -> set[UUID]:
        for place in range(len(way) - 1, -1, -1):
            hop = way[place]
            before = way[place - 1].target.name if place else start
            table = hop.target.name if hop.is_backwards else before
            here = await linked_back(
                self._work, table, hop.link.name, here, is_backwards=hop.is_backwards
            )
        return here

    async def _recompute(self, one: ComputedField, ids: Sequence[UUID]) -> list[UUID]:
        catalog = self._viewer.catalog
        definition = catalog.objects[one.object]
        await lock_rows(self._work, definition, ids)
        return await recompute(
            self._work, self._viewer, catalog.objects, definition, one, ids, untold=self._new
        )
