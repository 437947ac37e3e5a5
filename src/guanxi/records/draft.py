"""A record on its way to being saved, and the steps it passes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.errors import FieldProblem
from guanxi.metadata.model import ObjectDefinition
from guanxi.permissions.viewer import Viewer

Operation = Literal["create", "update"]


@dataclass
class RecordDraft:
    """One record of a set that is being saved. Values are in stored form."""

    #: Its place in the set that was sent.
    place: int
    id: UUID
    #: All fields as they are saved now; empty for a new record.
    before: dict[str, Any] = field(default_factory=dict)
    #: The fields that will be written.
    values: dict[str, Any] = field(default_factory=dict)
    version: int = 0
    #: When it happened; None for now. Only what tells of the past sets it, for a whole set at once.
    at: datetime | None = None
    problems: list[FieldProblem] = field(default_factory=list)
    #: Whether it is to be saved although it may be there already.
    accepts_duplicates: bool = False
    #: Whether the platform only points it elsewhere, as a merge does: what people may fill in is not asked then.
    is_repointed: bool = False
    #: Records whose files it may hold, for it takes their place.
    inherits: tuple[dict[str, Any], ...] = ()
    #: Where it stood in what was sent, for a line of another record: `/lines/created/3`.
    pointer: str = ""
    #: Fields the platform itself set before the record was saved: nobody needs a right to write them.
    unsent: frozenset[str] = frozenset()

    @property
    def sent(self) -> frozenset[str]:
        """The fields somebody sent, as long as nothing else was set."""
        return frozenset(self.values) - self.unsent

    def value(self, name: str) -> Any:
        """The value a field will have."""
        return self.values[name] if name in self.values else self.before.get(name)

    def changes(self, name: str) -> bool:
        """Whether the field will differ from what is saved."""
        return name in self.values and self.values[name] != self.before.get(name)


@dataclass(frozen=True)
class SavedRecord:
    """What became of one record of a set."""

    id: UUID
    version: int
    changed: bool = True
    #: The ids of lines that were made with it, by sub-table, in the order they were sent.
    new_lines: Mapping[str, Sequence[UUID]] = field(default_factory=dict)


class SavingStep(Protocol):
    """Something that happens to every set of drafts of an object before it is written.

    A step may set values and add problems; it sees the whole set, so it asks the database once, not per record.
    """

    @property
    def may_refuse(self) -> bool:
        """Whether it ever adds problems. Where none does, an import need not be tried out before it is run."""
        ...

    async def __call__(
        self,
        work: UnitOfWork,
        viewer: Viewer,
        definition: ObjectDefinition,
        drafts: Sequence[RecordDraft],
        operation: Operation,
    ) -> None: ...
