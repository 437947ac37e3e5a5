"""The answer to why somebody may see or change a record."""

from typing import Self
from uuid import UUID

from guanxi.api.schemas.body import Answer
from guanxi.api.schemas.roles import GrantAnswer
from guanxi.permissions.explain import Access


class ReasonAnswer(Answer):
    role: UUID
    grant: GrantAnswer | None
    matched: bool
    sentence: dict[str, str]


class AccessAnswer(Answer):
    see: bool
    edit: bool
    reasons: list[ReasonAnswer]

    @classmethod
    def of(cls, access: Access) -> Self:
        return cls(
            see=access.see,
            edit=access.edit,
            reasons=[
                ReasonAnswer(
                    role=one.role,
                    grant=None if one.grant is None else GrantAnswer.of(one.grant),
                    matched=one.matched,
                    sentence=one.sentence.as_label(),
                )
                for one in access.reasons
            ],
        )
