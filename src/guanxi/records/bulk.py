"""Many records in one request: what can be done is done, what is refused says why, row by row."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.errors import GuanxiError
from guanxi.permissions.viewer import Viewer
from guanxi.records.create import create
from guanxi.records.delete import delete, restore
from guanxi.records.draft import SavedRecord
from guanxi.records.lock_ahead import lock_for_several
from guanxi.records.saving import Saving
from guanxi.records.update import RecordChange, update

One = TypeVar("One")
Verb = Callable[[Sequence[One]], Awaitable[list[SavedRecord]]]


@dataclass(frozen=True)
class RowResult:
    """What became of one row of a bulk request."""

    saved: SavedRecord | None
    error: GuanxiError | None = None
    id: UUID | None = None


class Bulk:
    """Bulk verbs of one viewer on one object."""

    def __init__(
        self,
        work: UnitOfWork,
        viewer: Viewer,
        saving: Saving,
        object_name: str,
        *,
        accepts_duplicates: bool = False,
    ) -> None:
        self._work = work
        self._viewer = viewer
        self._saving = saving
        self._object = object_name
        self._accepts = accepts_duplicates

    async def create(self, records: Sequence[Mapping[str, Any]]) -> list[RowResult]:
        return await self._halve(
            records,
            lambda some: create(
                self._work,
                self._viewer,
                self._saving,
                self._object,
                some,
                accepts_duplicates=self._accepts,
            ),
        )

    async def update(self, ids: Sequence[UUID], values: Mapping[str, Any]) -> list[RowResult]:
        changes = [RecordChange(id_, values) for id_ in dict.fromkeys(ids)]
        return await self._halve(
            changes,
            lambda some: update(
                self._work,
                self._viewer,
                self._saving,
                self._object,
                some,
                accepts_duplicates=self._accepts,
            ),
            own=ids,
        )

    async def delete(self, ids: Sequence[UUID]) -> list[RowResult]:
        return await self._halve(
            list(dict.fromkeys(ids)),
            lambda some: delete(
                self._work, self._viewer, self._saving, self._object, dict.fromkeys(some)
            ),
            own=ids,
        )

    async def restore(self, ids: Sequence[UUID]) -> list[RowResult]:
        return await self._halve(
            list(dict.fromkeys(ids)),
            lambda some: restore(self._work, self._viewer, self._saving, self._object, some),
            own=ids,
        )

    async def _halve(
        self, rows: Sequence[One], verb: Verb[One], *, own: Sequence[UUID] = ()
    ) -> list[RowResult]:
        """The whole set in one go; when it is refused, its halves, down to the rows at fault.

        So a set without faults costs one pass, and one bad row among a thousand costs twenty small ones.
        """
        if not rows:
            return []
        try:
            async with self._work.connection.transaction():
                return [RowResult(saved) for saved in await verb(rows)]
        except GuanxiError as error:
            if len(rows) == 1:
                [row] = rows
                id_ = getattr(row, "id", row if isinstance(row, UUID) else None)
                return [RowResult(None, error, id_)]
        if not self._work.saves_several:
            await lock_for_several(self._work, self._viewer, {self._object: set(own)})
        middle = len(rows) // 2
        return [*await self._halve(rows[:middle], verb), *await self._halve(rows[middle:], verb)]
