"""What is known of a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as it was uploaded; neither its content nor its name ever changes."""

    id: UUID
    name: str
    #: IANA media type, told by the content where it can be.
    media_type: str
    #: Bytes.
    size: int
    #: Whether there is a small picture of it.
    has_thumbnail: bool
    #: None for what the product made itself.
    created_by: UUID | None = None

    def told(self) -> dict[str, Any]:
        """What a field that holds it says of it."""
        return {
            "id": str(self.id),
            "name": self.name,
            "type": self.media_type,
            "size": self.size,
            "thumbnail": self.has_thumbnail,
        }


@dataclass(frozen=True, slots=True)
class FileUse:
    """A field of a record that holds, or once held, the file."""

    object: str
    record: UUID
    field: str


def ids_in(value: object) -> list[UUID]:
    """The files that a field's stored value names."""
    held = value if isinstance(value, list) else []
    return [UUID(one["id"]) for one in held if isinstance(one, Mapping)]
