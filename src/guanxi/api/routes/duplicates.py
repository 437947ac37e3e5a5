"""Whether a record that is being typed may be there already."""

from fastapi import APIRouter

from guanxi.api.access import SignedIn
from guanxi.api.schemas.duplicates import DuplicatesAnswer, DuplicatesBody
from guanxi.records.ask_duplicates import ask_duplicates

router = APIRouter(prefix="/records", tags=["records"])


@router.post("/{object_name}/duplicates", operation_id="find_duplicates")
async def find_duplicates(
    access: SignedIn, object_name: str, body: DuplicatesBody
) -> DuplicatesAnswer:
    """The records it may be, those one may not see with masked names."""
    platform = access.platform
    async with platform.gate.write(access.credential) as (work, viewer):
        found = await ask_duplicates(
            work, viewer, platform.asking, object_name, body.values, record=body.id
        )
        return DuplicatesAnswer.of(found)
