"""The lines of a record."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from guanxi.api.access import SignedIn
from guanxi.api.routes.records import json_answer
from guanxi.records.read_lines import MOST_LINES_TOLD, page_of_lines

router = APIRouter(prefix="/records", tags=["records"])


@router.get("/{object_name}/{record_id}/lines/{field_name}", operation_id="list_lines")
async def list_lines(
    access: SignedIn,
    object_name: str,
    record_id: UUID,
    field_name: str,
    fields: str | None = None,
    limit: Annotated[int, Query(ge=1, le=MOST_LINES_TOLD)] = MOST_LINES_TOLD,
    cursor: str | None = None,
) -> Response:
    """One page of the lines of a record, in their order."""
    names = None if fields is None else [one.strip() for one in fields.split(",") if one.strip()]
    reading = access.platform.reading
    return json_answer(
        await access.platform.gate.read(
            access.credential,
            lambda viewer: page_of_lines(
                reading,
                viewer,
                object_name,
                record_id,
                field_name,
                fields=names,
                limit=limit,
                cursor=cursor,
            ),
        )
    )
