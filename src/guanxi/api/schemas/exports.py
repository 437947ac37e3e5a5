"""The body of an export."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from guanxi.api.schemas.records import SelectionBody
from guanxi.records.export import ExportFormat
from guanxi.records.read import ListRequest

MOST_IDS = 10_000


class ExportBody(SelectionBody):
    """What is to be written into a file, and how."""

    object: str
    format: ExportFormat = "csv"
    sort: list[str] = Field(default_factory=list)
    fields: list[str] | None = None
    #: Only these records.
    ids: Annotated[list[UUID], Field(max_length=MOST_IDS)] | None = None

    def as_request(self) -> ListRequest:
        return ListRequest(
            filter=self.filter, q=self.q, sort=self.sort, fields=self.fields, ids=self.ids
        )
