"""Search across objects."""

import json
from typing import Annotated

from fastapi import APIRouter, Query, Response

from guanxi.api.access import SignedIn
from guanxi.search.find import find

router = APIRouter(tags=["search"])


@router.get("/search", operation_id="search")
async def search(
    access: SignedIn,
    q: Annotated[str, Query(max_length=200)] = "",
    limit: Annotated[int, Query(ge=1, le=20)] = 5,
) -> Response:
    """The best few records of each object for what was typed."""
    asking = access.platform.asking
    found = await access.platform.gate.read(
        access.credential, lambda viewer: find(viewer, asking, q.replace("\x00", ""), limit=limit)
    )
    return Response(json.dumps(found, ensure_ascii=False).encode(), media_type="application/json")
