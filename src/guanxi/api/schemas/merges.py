"""Bodies of merges."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from guanxi.api.schemas.body import Body
from guanxi.records.merge import MOST_MERGED, MergeWish


class MergeBody(Body):
    """Which records become one."""

    master: UUID
    #: All of them, the master among them or not.
    records: Annotated[list[UUID], Field(min_length=1, max_length=MOST_MERGED)]
    #: By field the record whose value the master gets; else the newest there is.
    choose: dict[str, UUID] = Field(default_factory=dict)
    #: The versions one looked at.
    versions: dict[UUID, int] = Field(default_factory=dict)
    #: Answers as if it were done, and does nothing.
    dry_run: bool = False

    def as_wish(self) -> MergeWish:
        others = tuple(one for one in self.records if one != self.master)
        return MergeWish(self.master, others, self.choose, self.versions)
