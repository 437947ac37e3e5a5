"""Who reads or writes, with what rights, in which design."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from guanxi.auth.model import Person
from guanxi.kit.text import Locale
from guanxi.metadata.model import Catalog, FieldDefinition, ObjectDefinition
from guanxi.permissions.model import EVERYTHING, Action, Rights

Source = Literal["page", "api", "import", "command", "job", "merge", "merge_undone"]


@dataclass(frozen=True)
class Viewer:
    """Somebody who asks, at one moment of rights and design."""

    person: Person | None
    rights: Rights
    catalog: Catalog
    locale: Locale
    zone: ZoneInfo
    source: Source = "api"
    #: The change log groups what belongs together (an import, a bulk change) by this.
    batch: UUID | None = None

    @property
    def person_id(self) -> UUID | None:
        return self.person.id if self.person else None

    def may(self, action: Action, object_name: str) -> bool:
        return self.rights.may(action, object_name)

    def may_read(self, object_name: str, field_name: str) -> bool:
        """Whether some grant shows the field on some rows; never shown fields do not exist for the viewer."""
        if self.rights.is_administrator or object_name in BUILT_IN_READ:
            return True
        grants = self.rights.grants_for(object_name, Action.SEE)
        return any(grant.may_read(field_name) for grant in grants)

    def may_write(self, object_name: str, field: FieldDefinition, action: Action) -> bool:
        """Whether some grant with the action lets the field be written on some rows."""
        if field.read_only or not field.type.writable:
            return False
        if self.rights.is_administrator:
            return True
        grants = self.rights.grants_for(object_name, action)
        return any(grant.may_write(field.name) for grant in grants)

    def readable_fields(self, definition: ObjectDefinition) -> tuple[FieldDefinition, ...]:
        return tuple(
            field
            for field in definition.fields.values()
            if self.may_read(definition.name, field.name)
        )


#: People and departments are known to all colleagues, with the fields the catalog shows of them.
BUILT_IN_READ = frozenset({"person", "department"})


def system_viewer(
    catalog: Catalog, *, zone: ZoneInfo, locale: Locale, source: Source, batch: UUID | None = None
) -> Viewer:
    """A viewer that acts for nobody and may do everything: jobs, commands, demo data."""
    return Viewer(
        person=None,
        rights=EVERYTHING,
        catalog=catalog,
        locale=locale,
        zone=zone,
        source=source,
        batch=batch,
    )
