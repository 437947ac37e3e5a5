"""Exports: records as a file."""

import asyncio
import os
import tempfile
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from guanxi.api.access import SignedIn
from guanxi.api.schemas.exports import ExportBody
from guanxi.records.export import ExportFormat, export

router = APIRouter(tags=["exports"])

MEDIA_TYPES: dict[ExportFormat, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@router.post(
    "/exports",
    operation_id="export_records",
    response_class=FileResponse,
    responses={
        200: {
            "description": "The file.",
            "content": {
                "text/csv": {"schema": {"type": "string"}},
                MEDIA_TYPES["xlsx"]: {"schema": {"type": "string", "format": "binary"}},
            },
        }
    },
)
async def export_records(request: Request, access: SignedIn, body: ExportBody) -> FileResponse:
    """All records of the filter in a file, as far as one may see and export them.

    The file is finished before it is sent: what fails is a problem, never half a file, and however slowly it is
    fetched, the database is not held up.
    """
    platform = access.platform
    handle, name = await asyncio.to_thread(tempfile.mkstemp, prefix="guanxi-export-")
    os.close(handle)
    path = Path(name)
    try:
        async with (
            request.app.state.exports_at_once,
            platform.gate.long_read(access.credential) as (work, viewer),
        ):
            done = await export(
                work,
                viewer,
                platform.asking,
                body.object,
                body.as_request(),
                format_=body.format,
                to=path,
            )
    except BaseException:
        await asyncio.to_thread(path.unlink, missing_ok=True)
        raise
    today = platform.clock.now().astimezone(platform.zone).strftime("%Y%m%d")
    return FileResponse(
        path,
        filename=f"{done.name}-{today}.{body.format}",
        media_type=MEDIA_TYPES[body.format],
        headers={"X-Rows": str(done.rows)},
        background=BackgroundTask(path.unlink, missing_ok=True),
    )
