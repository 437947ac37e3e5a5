"""Bodies of the record routes."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from guanxi.records.candidates import CandidateRequest
from guanxi.records.read import ListRequest
from guanxi.records.told_rules import FilledIn

MOST_LIMIT = 500
MOST_BULK = 1000


class Body(BaseModel):
    """A body whose unknown members are refused."""

    model_config = ConfigDict(extra="forbid")


class SelectionBody(Body):
    """Which records are meant."""

    filter: dict[str, Any] | None = None
    q: str = ""

    def as_request(self) -> ListRequest:
        return ListRequest(filter=self.filter, q=self.q)


class QueryBody(SelectionBody):
    """One page of a list."""

    sort: list[str] = Field(default_factory=list)
    fields: list[str] | None = None
    limit: Annotated[int, Field(ge=1, le=MOST_LIMIT)] = 50
    cursor: str | None = None
    deleted: bool = False
    #: Conditions that leave nothing out; each record tells by their places in `_holds` which of them hold.
    tests: list[dict[str, Any]] = Field(default_factory=list)

    def as_request(self) -> ListRequest:
        return ListRequest(
            filter=self.filter,
            sort=self.sort,
            fields=self.fields,
            q=self.q,
            limit=self.limit,
            cursor=self.cursor,
            deleted=self.deleted,
            tests=self.tests,
        )


class CountBody(SelectionBody):
    """A count; to 1000 unless exact."""

    exact: bool = False


class MeasureBody(Body):
    """One figure of each group."""

    op: str
    field: str | None = None
    weight: str | None = None


class AggregateBody(SelectionBody):
    """Figures by group."""

    group_by: list[str] = Field(default_factory=list)
    measures: list[MeasureBody] = Field(default_factory=lambda: [MeasureBody(op="count")])


class PreviewBody(Body):
    """Values somebody is typing: of a record, or of a new one."""

    id: UUID | None = None
    values: dict[str, Any]


class FilledInBody(Body):
    """A record that is being filled in; a new one has no id."""

    id: UUID | None = None
    #: What is typed; what is missing stands as it is saved.
    values: dict[str, Any] = Field(default_factory=dict)


class ToldRulesBody(Body):
    """Records of which one asks what the rules say."""

    records: Annotated[list[FilledInBody], Field(max_length=MOST_BULK)]

    def as_filled_in(self) -> list[FilledIn]:
        return [FilledIn(one.id, one.values) for one in self.records]


class CandidatesBody(Body):
    """A link that is being filled in: of a record, or of a new one."""

    field: Annotated[str, Field(max_length=100)]
    id: UUID | None = None
    #: What the form holds; what is missing stands as it is saved.
    values: dict[str, Any] = Field(default_factory=dict)
    q: Annotated[str, Field(max_length=200)] = ""
    fields: list[str] = Field(default_factory=lambda: ["name"])
    sort: list[str] = Field(default_factory=list)
    limit: Annotated[int, Field(ge=1, le=50)] = 20
    #: Only these: tells which of them still fit.
    ids: Annotated[list[UUID], Field(max_length=50)] | None = None

    def as_request(self) -> CandidateRequest:
        return CandidateRequest(
            link=self.field,
            id=self.id,
            values=self.values,
            q=self.q.replace("\x00", "").strip(),
            fields=self.fields,
            sort=self.sort,
            limit=self.limit,
            ids=self.ids,
        )


class RevealBody(Body):
    """A secret somebody wants to look at."""

    field: Annotated[str, Field(max_length=100)]


class RevealAnswer(BaseModel):
    """What a secret field holds; null when it is empty."""

    value: str | None


class BulkCreateBody(Body):
    """Records to make."""

    action: Literal["create"]
    records: Annotated[list[dict[str, Any]], Field(max_length=MOST_BULK)]


class BulkUpdateBody(Body):
    """The same new values for many records."""

    action: Literal["update"]
    ids: Annotated[list[UUID], Field(max_length=MOST_BULK)]
    values: dict[str, Any]
    #: Answers as if it were done, and does nothing.
    dry_run: bool = False


class BulkMarkBody(Body):
    """Many records into the trash or out of it."""

    action: Literal["delete", "restore"]
    ids: Annotated[list[UUID], Field(max_length=MOST_BULK)]
    #: Answers as if it were done, and does nothing.
    dry_run: bool = False


BulkBody = Annotated[BulkCreateBody | BulkUpdateBody | BulkMarkBody, Field(discriminator="action")]
