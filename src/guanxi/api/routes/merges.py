"""Merges of records, and taking them back."""

import json
from uuid import UUID

from fastapi import APIRouter, Response

from guanxi.api.access import SignedIn
from guanxi.api.idempotency import Idempotent
from guanxi.api.schemas.merges import MergeBody
from guanxi.records.merge import merge
from guanxi.records.undo_merge import undo_merge

router = APIRouter(prefix="/records", tags=["records"])


@router.post("/{object_name}/merge", operation_id="merge_records")
async def merge_records(
    access: SignedIn, idempotent: Idempotent, object_name: str, body: MergeBody
) -> Response:
    """Makes several records one, or tells what would become of it."""
    platform = access.platform
    async with platform.gate.write(access.credential) as (work, viewer):
        replayed = await idempotent.replayed(work, viewer)
        if replayed is not None:
            return replayed
        async with work.connection.transaction(force_rollback=body.dry_run):
            result = await merge(work, viewer, platform.saving, object_name, body.as_wish())
            record, _ = await platform.reading.one_in(work, viewer, object_name, result.master)
        answer = {
            "merge": None if body.dry_run else str(result.id),
            "record": json.loads(record),
            "moved": [{"object": name, "count": count} for name, count in result.moved.items()],
        }
        return await idempotent.keep(work, viewer, _json(answer))


@router.post("/{object_name}/merges/{merge_id}/undo", operation_id="undo_merge")
async def take_back_merge(
    access: SignedIn, idempotent: Idempotent, object_name: str, merge_id: UUID
) -> Response:
    """The records as they were before; the answer is the one that had stayed."""
    platform = access.platform
    async with platform.gate.write(access.credential) as (work, viewer):
        replayed = await idempotent.replayed(work, viewer)
        if replayed is not None:
            return replayed
        master = await undo_merge(work, viewer, platform.saving, object_name, merge_id)
        record, _ = await platform.reading.one_in(work, viewer, object_name, master)
        return await idempotent.keep(work, viewer, _json(json.loads(record)))


def _json(body: object) -> Response:
    return Response(json.dumps(body, ensure_ascii=False), media_type="application/json")
