"""Bodies of the question whether a record is there already."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, Field

from guanxi.api.schemas.body import Body
from guanxi.records.duplicates import KnownDuplicate


class DuplicatesBody(Body):
    """What a form holds: of a record, or of a new one. What is missing is not compared."""

    id: UUID | None = None
    values: dict[str, Any] = Field(default_factory=dict)


class DuplicateAnswer(BaseModel):
    """A record that the one in the form may be."""

    object: str
    #: None of a record one may not see.
    id: UUID | None
    #: Masked where the record is not to be seen.
    name: str | None
    owner: str | None
    updated_at: datetime | None
    hidden: bool
    #: The fields of the form that are alike.
    fields: tuple[str, ...]
    score: int
    #: Whether the save is refused or has to be confirmed.
    action: Literal["block", "warn"]

    @classmethod
    def of(cls, known: KnownDuplicate) -> Self:
        one = known.duplicate
        return cls.model_validate(
            {
                "object": one.object,
                "id": one.id,
                "name": known.name,
                "owner": known.owner,
                "updated_at": known.updated_at,
                "hidden": known.is_hidden,
                "fields": one.fields,
                "score": one.score,
                "action": "block" if one.is_blocking else "warn",
            }
        )


class DuplicatesAnswer(BaseModel):
    """The records it may be, the most alike first."""

    duplicates: list[DuplicateAnswer]

    @classmethod
    def of(cls, known: Sequence[KnownDuplicate]) -> Self:
        return cls(duplicates=[DuplicateAnswer.of(one) for one in known])
