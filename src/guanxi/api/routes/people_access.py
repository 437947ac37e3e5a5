"""Why somebody may see or change a record."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from guanxi.api.access import SignedIn
from guanxi.api.schemas.access import AccessAnswer
from guanxi.permissions.explain import explain

router = APIRouter(tags=["people"])


@router.get("/people/{person_id}/access", operation_id="explain_access")
async def explain_access(
    access: SignedIn,
    person_id: UUID,
    object: Annotated[str, Query(max_length=100)],  # noqa: A002 -- the name of the contract
    record: UUID | None = None,
) -> AccessAnswer:
    """Each grant of the person's roles on the object and whether it holds the record."""
    platform = access.platform
    async with platform.gate.write(access.credential) as (work, viewer):
        found = await explain(
            work, platform.gate, platform.asking, viewer, person_id, object, record
        )
    return AccessAnswer.of(found)
