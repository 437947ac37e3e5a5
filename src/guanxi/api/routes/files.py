"""Files: uploaded once, held by fields of records, fetched by whoever may read such a field."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import FileResponse
from starlette.datastructures import UploadFile

from guanxi.api.access import Access, SignedIn
from guanxi.api.answering import answered
from guanxi.api.schemas.files import FileAnswer
from guanxi.api.uploads import kept_upload
from guanxi.files.errors import NoSuchFileError
from guanxi.files.model import StoredFile
from guanxi.files.upload import keep_upload, prepare_upload
from guanxi.kit.errors import InvalidRequestError
from guanxi.kit.text import Text
from guanxi.records.find_file import find_file

router = APIRouter(prefix="/files", tags=["files"])

#: What a browser may show by itself; everything else is only ever saved.
SHOWN = frozenset(("image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"))
#: A file that is shown runs nothing and fetches nothing.
_CLOSED = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; object-src 'self'; frame-ancestors 'self'"
_HOUR = 3600

_UPLOAD_BODY: dict[str, Any] = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "properties": {"file": {"type": "string", "format": "binary"}},
            }
        }
    },
}


class NoFileSentError(InvalidRequestError):
    """An upload is a form with a file."""

    code = "file_missing"
    title = Text(zh="缺少文件", en="The file is missing")
    sentence = Text(
        zh="请用 multipart/form-data 发送 file（文件）。",
        en="Send multipart/form-data with `file`.",
    )


@router.post(
    "",
    operation_id="upload_file",
    status_code=201,
    response_model=FileAnswer,
    openapi_extra={"requestBody": _UPLOAD_BODY},
)
async def post_file(request: Request, access: SignedIn) -> Response:
    """Takes a file. It is one's own until a record holds it, and is forgotten after a day if none does."""
    gate, settings = access.platform.gate, access.platform.settings
    # Nobody fills the disk without being let in.
    viewer = await gate.viewer(access.credential)
    async with _file_of(request) as file, kept_upload(file) as path:
        prepared = await asyncio.to_thread(
            prepare_upload,
            path,
            file.filename or "",
            person=viewer.person_id,
            limit_mb=settings.upload_limit_mb,
        )
        async with gate.write(access.credential) as (work, _):
            made = await keep_upload(work, access.platform.content, prepared)
    return answered(FileAnswer.of(made), status=201)


@router.get("/{file_id}", operation_id="fetch_file", response_class=FileResponse)
async def get_file(
    access: SignedIn,
    file_id: UUID,
    download: Annotated[bool, Query(description="Saves it even when it could be shown.")] = False,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """The content, as it was uploaded."""
    found = await _found(access, file_id)
    tag = f'"{found.id}"'
    headers = {
        "ETag": tag,
        "Cache-Control": "private, no-cache",
        "Content-Security-Policy": _CLOSED,
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if if_none_match == tag:
        return Response(status_code=304, headers=headers)
    path = access.platform.content.path(found.id)
    if path is None:
        raise NoSuchFileError
    is_shown = not download and found.media_type in SHOWN
    return FileResponse(
        path,
        media_type=found.media_type,
        filename=found.name,
        content_disposition_type="inline" if is_shown else "attachment",
        headers=headers,
    )


@router.get("/{file_id}/thumbnail", operation_id="fetch_thumbnail", response_class=FileResponse)
async def get_thumbnail(access: SignedIn, file_id: UUID) -> Response:
    """A small picture of a picture, in WebP; 404 for what has none."""
    found = await _found(access, file_id)
    path = access.platform.content.path(found.id, thumbnail=True)
    if path is None:
        raise NoSuchFileError
    headers = {
        "Cache-Control": f"private, max-age={_HOUR}",
        "Content-Security-Policy": _CLOSED,
    }
    return FileResponse(path, media_type="image/webp", headers=headers)


async def _found(access: Access, file_id: UUID) -> StoredFile:
    platform = access.platform
    async with platform.gate.write(access.credential) as (work, viewer):
        return await find_file(work, viewer, platform.asking, file_id)


@asynccontextmanager
async def _file_of(request: Request) -> AsyncIterator[UploadFile]:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise NoFileSentError
    async with request.form(max_files=1, max_fields=4) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise NoFileSentError
        yield file
