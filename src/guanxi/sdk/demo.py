"""What an application's demonstration data is written with: the ordinary verbs, told of the past."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from guanxi.auth.demo import DEMO_PASSWORD
from guanxi.auth.departments import create_department
from guanxi.auth.people import create_person
from guanxi.auth.store import load_person
from guanxi.auth.workspace import name_workspace
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.text import Locale
from guanxi.metadata.apply import apply_steps, current_version
from guanxi.metadata.steps import Step
from guanxi.metadata.store import load_catalog
from guanxi.metadata.system_fields import FieldTypes
from guanxi.permissions.viewer import Viewer
from guanxi.records.create import create
from guanxi.records.saving import Saving
from guanxi.records.update import RecordChange, update

#: The origin of the role that may do everything.
ADMINISTRATOR: Final = "guanxi.administrator"

_STEPS: TypeAdapter[list[Step]] = TypeAdapter(list[Step])


@dataclass(frozen=True, slots=True)
class PastRecord:
    """A record as somebody made it at a moment. `values` are wire values."""

    values: Mapping[str, Any]
    at: datetime
    by: UUID


@dataclass(frozen=True, slots=True)
class PastChange:
    """A change of a record as somebody made it at a moment."""

    record: UUID
    values: Mapping[str, Any]
    at: datetime
    by: UUID


@dataclass
class Demo:
    """The workspace to be filled. Records are saved as those who made them would have saved them then."""

    work: UnitOfWork
    saving: Saving
    types: FieldTypes
    viewer: Viewer
    now: datetime
    #: Roles by their origin, e.g. `crm.salesperson`.
    roles: Mapping[str, UUID]
    _viewers: dict[UUID, Viewer] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        return self.viewer.zone

    async def name_workspace(self, label: Mapping[str, str]) -> None:
        """Whose workspace it is, by language."""
        await name_workspace(self.work, label)

    async def add_department(self, name: str, *, parent: UUID | None = None) -> UUID:
        return (await create_department(self.work, name=name, parent=parent)).id

    async def add_person(
        self,
        name: str,
        email: str,
        *,
        role: str,
        department: UUID | None = None,
        manager: UUID | None = None,
        locale: Locale | None = None,
        signs_in: bool = False,
    ) -> UUID:
        """Somebody with a role by its origin. Who signs in does so with the demonstration's password."""
        created = await create_person(
            self.work,
            None,
            name=name,
            email=email,
            password=DEMO_PASSWORD if signs_in else None,
            department=department,
            manager=manager,
            roles=[self.roles[role]],
            locale=locale,
            is_own_password=signs_in,
        )
        return created.id

    async def design(self, steps: Sequence[Mapping[str, Any]]) -> None:
        """Changes the design as an administrator would, by steps as in the HTTP API. Raises as `apply_steps`."""
        await apply_steps(
            self.work,
            self.types,
            _STEPS.validate_python(steps),
            base_version=await current_version(self.work),
            actor=None,
            zone=self.zone,
        )
        self.viewer = replace(self.viewer, catalog=await load_catalog(self.work, self.types))
        self._viewers.clear()

    async def create(self, object_name: str, records: Sequence[PastRecord]) -> list[UUID]:
        """The ids of the new records, in the order given."""
        ids: dict[int, UUID] = {}
        for by, group in groupby(_by_person(records), key=lambda one: one[1].by):
            some = list(group)
            saved = await create(
                self.work,
                await self._as(by),
                self.saving,
                object_name,
                [record.values for _, record in some],
                moments=[record.at for _, record in some],
                accepts_duplicates=True,
            )
            ids.update({place: one.id for (place, _), one in zip(some, saved, strict=True)})
        return [ids[place] for place in range(len(records))]

    async def change(self, object_name: str, changes: Sequence[PastChange]) -> None:
        """At most one change of each record; call it again for the next."""
        for by, group in groupby(_by_person(changes), key=lambda one: one[1].by):
            told = [RecordChange(one.record, one.values, at=one.at) for _, one in group]
            await update(
                self.work,
                await self._as(by),
                self.saving,
                object_name,
                told,
                accepts_duplicates=True,
            )

    async def _as(self, person: UUID) -> Viewer:
        """Somebody at work on a page."""
        if person not in self._viewers:
            found = await load_person(self.work, person)
            self._viewers[person] = replace(self.viewer, person=found, source="page")
        return self._viewers[person]


def _by_person(told: Sequence[Any]) -> list[tuple[int, Any]]:
    """What was done, each with its place, so that what one person did lies together in the order of time."""
    return sorted(enumerate(told), key=lambda one: (one[1].by, one[1].at))
