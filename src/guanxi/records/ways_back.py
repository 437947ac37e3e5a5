"""From records that changed back to those whose computed fields hang on them."""

from collections.abc import Collection, Hashable, Iterable, Sequence
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.metadata.computed import ComputedFields, Dependent, FieldKey
from guanxi.metadata.formula_scope import Hop
from guanxi.records.recompute_store import linked_back


class WaysBack:
    """Which records wait for being computed. Many fields hang on the same records by the same way: it is walked once."""

    def __init__(self, work: UnitOfWork, computed: ComputedFields) -> None:
        self._work = work
        self._computed = computed
        self._led: dict[Hashable, set[UUID]] = {}
        self.waiting: dict[FieldKey, set[UUID]] = {}

    def copy(self) -> "WaysBack":
        """What waits, to be followed further without a trace here."""
        copied = WaysBack(self._work, self._computed)
        copied.waiting = {key: set(ids) for key, ids in self.waiting.items()}
        return copied

    async def touch(
        self,
        object_name: str,
        field_name: str,
        ids: Collection[UUID],
        left: Sequence[UUID] = (),
        *,
        skip: Collection[FieldKey] = (),
        is_saved: bool = False,
    ) -> None:
        """Notes which records hang on a field of some records. `left` are what a link of theirs leads to besides: before a
        save what it will lead to, after it what it led to. What the save computes itself does not wait.
        """
        if not ids:
            return
        for dependent in self._computed.dependents(object_name, field_name):
            computed = dependent.computed
            if computed.key in skip or (is_saved and not dependent.way and computed.is_local):
                continue
            found = self.waiting.setdefault(computed.key, set())
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
                self._work,
                table,
                hop.link.name,
                here,
                is_backwards=hop.is_backwards,
                is_listed=hop.link.is_listed,
            )
        return here
