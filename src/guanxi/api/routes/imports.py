"""Imports: a file is uploaded, mapped, checked, run, taken back."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask
from starlette.datastructures import FormData, UploadFile

from guanxi.api.access import Access, SignedIn
from guanxi.api.answering import answered
from guanxi.api.idempotency import Idempotent
from guanxi.api.schemas.imports import ImportAnswer, ImportChangesBody, ImportsAnswer
from guanxi.api.uploads import kept_upload, new_file
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.errors import InvalidRequestError
from guanxi.kit.text import Text
from guanxi.permissions.viewer import Viewer
from guanxi.records.import_change import change_import
from guanxi.records.import_control import (
    CHECK_JOB,
    RUN_JOB,
    UNDO_JOB,
    begin_check,
    begin_run,
    begin_undo,
    cancel,
    queue_job,
)
from guanxi.records.import_model import Import
from guanxi.records.import_refused import write_refused
from guanxi.records.import_upload import upload
from guanxi.records.importing import own_import, own_imports

router = APIRouter(prefix="/imports", tags=["imports"])

Begin = Callable[[UnitOfWork, Viewer, UUID], Awaitable[Import]]

_UPLOAD_BODY: dict[str, Any] = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file", "object"],
                "properties": {
                    "file": {"type": "string", "format": "binary"},
                    "object": {"type": "string", "description": "API name, or `person`."},
                },
            }
        }
    },
}


class FileMissingError(InvalidRequestError):
    """An upload is a form with a file and the object it is for."""

    code = "file_missing"
    title = Text(zh="缺少文件", en="The file is missing")
    sentence = Text(
        zh="请用 multipart/form-data 发送 file（文件）和 object（对象名）。",
        en="Send multipart/form-data with `file` and `object`.",
    )


@router.post(
    "",
    operation_id="upload_import",
    status_code=201,
    response_model=ImportAnswer,
    openapi_extra={"requestBody": _UPLOAD_BODY},
)
async def post_import(request: Request, access: SignedIn) -> Response:
    """Takes a file (CSV, TSV, XLSX) and guesses what its columns are."""
    gate = access.platform.gate
    # Nobody fills the disk without being let in.
    await gate.viewer(access.credential)
    async with _upload_of(request) as (file, object_name), kept_upload(file) as path:
        async with gate.write(access.credential) as (work, viewer):
            made = await upload(
                work, viewer, access.platform.importing, object_name, path, file.filename or ""
            )
        return answered(ImportAnswer.of(made), status=201)


@router.get("", operation_id="list_imports")
async def get_imports(
    access: SignedIn,
    object_name: Annotated[str | None, Query(alias="object", max_length=100)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> ImportsAnswer:
    """One's own imports, the newest first; administrators see all."""
    async with access.platform.gate.write(access.credential) as (work, viewer):
        found = await own_imports(work, viewer, object_name=object_name, limit=limit)
    return ImportsAnswer(imports=[ImportAnswer.of(one) for one in found])


@router.get("/{import_id}", operation_id="read_import")
async def get_import(access: SignedIn, import_id: UUID) -> ImportAnswer:
    """How it stands."""
    async with access.platform.gate.write(access.credential) as (work, viewer):
        return ImportAnswer.of(await own_import(work, viewer, import_id))


@router.patch("/{import_id}", operation_id="change_import", response_model=ImportAnswer)
async def patch_import(
    access: SignedIn, idempotent: Idempotent, import_id: UUID, body: ImportChangesBody
) -> Response:
    """Decides about columns, duplicates and how the file is read."""
    async with access.platform.gate.write(access.credential) as (work, viewer):
        replayed = await idempotent.replayed(work, viewer)
        if replayed is not None:
            return replayed
        changed = await change_import(
            work,
            viewer,
            access.platform.importing,
            import_id,
            mapping=body.mapping,
            duplicates=body.duplicates,
            people=body.people,
            file=body.file,
        )
        return await idempotent.keep(work, viewer, answered(ImportAnswer.of(changed)))


@router.post(
    "/{import_id}/check",
    operation_id="check_import",
    status_code=202,
    response_model=ImportAnswer,
)
async def post_check(access: SignedIn, idempotent: Idempotent, import_id: UUID) -> Response:
    """Finds out what the import would do, without writing anything."""
    return await _begin(access, idempotent, import_id, begin_check, CHECK_JOB)


@router.post(
    "/{import_id}/run", operation_id="run_import", status_code=202, response_model=ImportAnswer
)
async def post_run(access: SignedIn, idempotent: Idempotent, import_id: UUID) -> Response:
    """Writes the rows; those that are refused do not stop the others."""
    return await _begin(access, idempotent, import_id, begin_run, RUN_JOB)


@router.post(
    "/{import_id}/undo", operation_id="undo_import", status_code=202, response_model=ImportAnswer
)
async def post_undo(access: SignedIn, idempotent: Idempotent, import_id: UUID) -> Response:
    """Takes the whole import back; what was changed since is kept."""
    return await _begin(access, idempotent, import_id, begin_undo, UNDO_JOB)


@router.delete("/{import_id}", operation_id="cancel_import", status_code=204)
async def delete_import(access: SignedIn, idempotent: Idempotent, import_id: UUID) -> Response:
    """Stops an import that has not ended."""
    async with access.platform.gate.write(access.credential) as (work, viewer):
        replayed = await idempotent.replayed(work, viewer)
        if replayed is not None:
            return replayed
        await cancel(work, viewer, import_id)
        return await idempotent.keep(work, viewer, Response(status_code=204))


@router.get(
    "/{import_id}/errors.csv",
    operation_id="refused_rows",
    response_class=FileResponse,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
async def get_errors(access: SignedIn, import_id: UUID) -> FileResponse:
    """The rows that were refused, each with its number and the reason."""
    async with access.platform.gate.write(access.credential) as (work, viewer):
        import_ = await own_import(work, viewer, import_id)
    path = await asyncio.to_thread(new_file)
    try:
        await write_refused(access.platform.importing, import_, viewer.locale, path)
    except BaseException:
        await asyncio.to_thread(path.unlink, missing_ok=True)
        raise
    return FileResponse(
        path,
        filename=f"{Path(import_.file.name).stem}-errors.csv",
        media_type="text/csv; charset=utf-8",
        background=BackgroundTask(path.unlink, missing_ok=True),
    )


async def _begin(
    access: Access, idempotent: Idempotent, id_: UUID, begin: Begin, job: str
) -> Response:
    async with access.platform.gate.write(access.credential) as (work, viewer):
        replayed = await idempotent.replayed(work, viewer)
        if replayed is not None:
            return replayed
        begun = await begin(work, viewer, id_)
        await queue_job(work, job, id_)
        return await idempotent.keep(work, viewer, answered(ImportAnswer.of(begun), status=202))


@asynccontextmanager
async def _upload_of(request: Request) -> AsyncIterator[tuple[UploadFile, str]]:
    """The parts of the form; the file lies on disk as soon as it is larger than a megabyte."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise FileMissingError
    async with request.form(max_files=1, max_fields=10) as form:
        yield _parts(form)


def _parts(form: FormData) -> tuple[UploadFile, str]:
    file, object_name = form.get("file"), form.get("object")
    if not isinstance(file, UploadFile) or not isinstance(object_name, str):
        raise FileMissingError
    return file, object_name
