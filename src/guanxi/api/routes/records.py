"""Records: lists, single records, counts, figures, bulk, history."""

import json
from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Body, Query, Request, Response

from guanxi.api.access import Access, SignedIn
from guanxi.api.duplicates_header import AcceptsDuplicates
from guanxi.api.errors import problem_of
from guanxi.api.idempotency import Idempotent
from guanxi.api.if_match import IfMatch, expected_version
from guanxi.api.schemas.records import (
    MOST_LIMIT,
    AggregateBody,
    BulkBody,
    BulkCreateBody,
    BulkUpdateBody,
    CandidatesBody,
    CountBody,
    PreviewBody,
    QueryBody,
    RevealAnswer,
    RevealBody,
    ToldRulesBody,
)
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.errors import NotFoundError
from guanxi.kit.text import Text
from guanxi.permissions.viewer import Viewer
from guanxi.query.errors import QuestionError, RecordNotFoundError
from guanxi.records.bulk import Bulk, RowResult
from guanxi.records.candidates import Candidates
from guanxi.records.create import create
from guanxi.records.delete import delete, restore
from guanxi.records.draft import SavedRecord
from guanxi.records.errors import VersionConflictError
from guanxi.records.history import history
from guanxi.records.merge_store import leads_to
from guanxi.records.read import ListRequest
from guanxi.records.read_lines import previewed_lines
from guanxi.records.reveal import reveal
from guanxi.records.told_rules import told_rules
from guanxi.records.update import RecordChange, update

router = APIRouter(prefix="/records", tags=["records"])

Values = Annotated[dict[str, Any], Body()]


def json_answer(body: bytes, *, status: int = 200, version: int | None = None) -> Response:
    """JSON as the database built it, with its version where it is one record."""
    headers = None if version is None else {"ETag": f'"{version}"'}
    return Response(body, status_code=status, media_type="application/json", headers=headers)


def _dumped(body: object, *, status: int = 200) -> Response:
    return json_answer(json.dumps(body, ensure_ascii=False).encode(), status=status)


async def _written(
    access: Access,
    work: UnitOfWork,
    viewer: Viewer,
    object_name: str,
    saved: SavedRecord,
    *,
    status: int = 200,
) -> Response:
    """The record as it is now. A record handed over to somebody else may have left one's own sight by that."""
    try:
        body, version = await access.platform.reading.one_in(work, viewer, object_name, saved.id)
    except NotFoundError:
        gone = {"id": str(saved.id), "version": saved.version, "hidden": True}
        return json_answer(json.dumps(gone).encode(), status=status, version=saved.version)
    return json_answer(body, status=status, version=version)


async def _current(
    access: Access, work: UnitOfWork, viewer: Viewer, object_name: str, record: UUID
) -> Any:
    """The record as it is now, for somebody whose version is an older one."""
    body, _ = await access.platform.reading.one_in(work, viewer, object_name, record)
    return json.loads(body)


def _read_filter(raw: str | None) -> object:
    if not raw:
        return None
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        message = Text(zh="filter 不是有效的 JSON。", en="filter is not valid JSON.")
        raise QuestionError("/filter", "not_json", message) from None


@router.get("/{object_name}", operation_id="list_records")
async def list_records(
    access: SignedIn,
    object_name: str,
    filter: str | None = None,  # noqa: A002 -- the name of the contract
    sort: str = "",
    fields: str | None = None,
    q: str = "",
    limit: Annotated[int, Query(ge=1, le=MOST_LIMIT)] = 50,
    cursor: str | None = None,
    deleted: bool = False,
) -> Response:
    """One page of records."""
    request = ListRequest(
        filter=_read_filter(filter),
        sort=[one.strip() for one in sort.split(",") if one.strip()],
        fields=None
        if fields is None
        else [one.strip() for one in fields.split(",") if one.strip()],
        q=q,
        limit=limit,
        cursor=cursor,
        deleted=deleted,
    )
    return await _page(access, object_name, request)


@router.post("/{object_name}/query", operation_id="query_records")
async def query_records(access: SignedIn, object_name: str, body: QueryBody) -> Response:
    """The same as a list, asked by a body."""
    return await _page(access, object_name, body.as_request())


async def _page(access: Access, object_name: str, request: ListRequest) -> Response:
    reading = access.platform.reading
    return json_answer(
        await access.platform.gate.read(
            access.credential, lambda viewer: reading.page(viewer, object_name, request)
        )
    )


@router.post("/{object_name}/count", operation_id="count_records")
async def count_records(access: SignedIn, object_name: str, body: CountBody) -> Response:
    """How many records are meant, to 1000 unless exact."""
    reading, request = access.platform.reading, body.as_request()
    counted: Mapping[str, object] = await access.platform.gate.read(
        access.credential,
        lambda viewer: reading.count(viewer, object_name, request, exact=body.exact),
    )
    return _dumped(counted)


@router.post("/{object_name}/aggregate", operation_id="aggregate_records")
async def aggregate_records(access: SignedIn, object_name: str, body: AggregateBody) -> Response:
    """Figures of the records meant, by group."""
    reading, request = access.platform.reading, body.as_request()
    measures = [measure.model_dump() for measure in body.measures]
    return json_answer(
        await access.platform.gate.read(
            access.credential,
            lambda viewer: reading.measures(viewer, object_name, request, body.group_by, measures),
        )
    )


@router.post("/{object_name}/bulk", operation_id="bulk_records")
async def bulk_records(
    access: SignedIn,
    idempotent: Idempotent,
    object_name: str,
    body: BulkBody,
    accepts: AcceptsDuplicates,
) -> Response:
    """Many records at once; refused rows do not stop the others."""
    async with access.platform.gate.write(access.credential) as (work, viewer):
        replayed = await idempotent.replayed(work, viewer)
        if replayed is not None:
            return replayed
        bulk = Bulk(work, viewer, access.platform.saving, object_name, accepts_duplicates=accepts)
        is_dry = not isinstance(body, BulkCreateBody) and body.dry_run
        async with work.connection.transaction(force_rollback=is_dry):
            if isinstance(body, BulkCreateBody):
                results = await bulk.create(body.records)
            elif isinstance(body, BulkUpdateBody):
                results = await bulk.update(body.ids, body.values)
            elif body.action == "delete":
                results = await bulk.delete(body.ids)
            else:
                results = await bulk.restore(body.ids)
        rows = [_row(one, idempotent.request, viewer.locale) for one in results]
        statuses = [row["status"] for row in rows]
        counts = {name: statuses.count(name) for name in ("done", "unchanged", "refused")}
        return await idempotent.keep(work, viewer, _dumped({"results": rows, **counts}))


@router.post("/{object_name}/preview", operation_id="preview_record")
async def preview_record(access: SignedIn, object_name: str, body: PreviewBody) -> Response:
    """The record as it would be if it were saved like this. Nothing is saved; it is refused as a save is, apart from what
    people may confirm.
    """
    platform = access.platform
    async with (
        platform.gate.write(access.credential) as (work, viewer),
        work.connection.transaction(force_rollback=True),
    ):
        if body.id is None:
            [saved] = await create(
                work, viewer, platform.saving, object_name, [body.values], accepts_duplicates=True
            )
        else:
            change = RecordChange(body.id, body.values)
            [saved] = await update(
                work, viewer, platform.saving, object_name, [change], accepts_duplicates=True
            )
        record, _ = await platform.reading.one_in(work, viewer, object_name, saved.id)
        lines = await previewed_lines(
            work, viewer, platform.reading, object_name, saved, body.values
        )
    return json_answer(record[:-1] + b',"_lines":' + lines + b"}")


@router.post("/{object_name}/rules", operation_id="tell_rules")
async def tell_rules(access: SignedIn, object_name: str, body: ToldRulesBody) -> Response:
    """What the rules say of records as they are filled in: fields hidden, required, read only, options not offered."""
    saving, records = access.platform.saving, body.as_filled_in()
    async with access.platform.gate.write(access.credential) as (work, viewer):
        told = await told_rules(work, viewer, saving, object_name, records)
    return json_answer(orjson.dumps({"records": told}))


@router.post("/{object_name}/candidates", operation_id="list_candidates")
async def list_candidates(access: SignedIn, object_name: str, body: CandidatesBody) -> Response:
    """What a link of the object may point to while a record is filled in like this."""
    candidates = Candidates(access.platform.reading)
    async with access.platform.gate.write(access.credential) as (work, viewer):
        return json_answer(await candidates.find(work, viewer, object_name, body.as_request()))


def _row(result: RowResult, request: Request, locale: Any) -> dict[str, Any]:
    if result.saved is None:
        assert result.error is not None  # noqa: S101 -- a row is saved or has an error
        problem = problem_of(result.error, locale)
        return {"id": _text(result.id), "status": "refused", "version": None, "problem": problem}
    status = "done" if result.saved.changed else "unchanged"
    return {"id": str(result.saved.id), "status": status, "version": result.saved.version}


def _text(id_: UUID | None) -> str | None:
    return None if id_ is None else str(id_)


@router.post("/{object_name}", operation_id="create_record", status_code=201)
async def create_record(
    access: SignedIn,
    idempotent: Idempotent,
    object_name: str,
    values: Values,
    accepts: AcceptsDuplicates,
) -> Response:
    """Creates a record."""
    platform = access.platform
    async with platform.gate.write(access.credential) as (work, viewer):
        replayed = await idempotent.replayed(work, viewer)
        if replayed is not None:
            return replayed
        [saved] = await create(
            work, viewer, platform.saving, object_name, [values], accepts_duplicates=accepts
        )
        answer = await _written(access, work, viewer, object_name, saved, status=201)
        return await idempotent.keep(work, viewer, answer)


async def _merged_into(access: Access, object_name: str, record: UUID) -> UUID | None:
    """The record this one has become part of, if the reader may see that."""
    reading = access.platform.reading
    async with access.platform.gate.write(access.credential) as (work, viewer):
        master = await leads_to(work, object_name, record)
        if master is not None:
            await reading.one_in(work, viewer, object_name, master)
    return master


@router.get("/{object_name}/{record_id}", operation_id="get_record")
async def get_record(
    access: SignedIn, request: Request, object_name: str, record_id: UUID
) -> Response:
    """One record with all fields one may read, and what one may do with it; what was merged leads to what it became."""
    reading = access.platform.reading
    try:
        body, version = await access.platform.gate.read(
            access.credential, lambda viewer: reading.one(viewer, object_name, record_id)
        )
    except RecordNotFoundError:
        master = await _merged_into(access, object_name, record_id)
        if master is None:
            raise
        # Nobody keeps the answer: a merge can be undone.
        address = f"{request.url.path.rpartition('/')[0]}/{master}"
        headers = {"Location": address, "Cache-Control": "no-store"}
        told = json.dumps({"merged_into": str(master)}).encode()
        return Response(told, status_code=301, media_type="application/json", headers=headers)
    return json_answer(body, version=version)


@router.patch("/{object_name}/{record_id}", operation_id="change_record")
async def change_record(
    access: SignedIn,
    idempotent: Idempotent,
    object_name: str,
    record_id: UUID,
    values: Values,
    accepts: AcceptsDuplicates,
    if_match: IfMatch = None,
) -> Response:
    """Changes the fields given."""
    platform = access.platform
    change = RecordChange(record_id, values, expected_version(if_match))
    async with platform.gate.write(access.credential) as (work, viewer):
        replayed = await idempotent.replayed(work, viewer)
        if replayed is not None:
            return replayed
        try:
            [saved] = await update(
                work, viewer, platform.saving, object_name, [change], accepts_duplicates=accepts
            )
        except VersionConflictError as conflict:
            conflict.record = await _current(access, work, viewer, object_name, record_id)
            raise
        answer = await _written(access, work, viewer, object_name, saved)
        return await idempotent.keep(work, viewer, answer)


@router.delete("/{object_name}/{record_id}", operation_id="delete_record")
async def delete_record(
    access: SignedIn,
    idempotent: Idempotent,
    object_name: str,
    record_id: UUID,
    if_match: IfMatch = None,
) -> Response:
    """Puts a record into the trash."""
    platform = access.platform
    expected = expected_version(if_match)
    async with platform.gate.write(access.credential) as (work, viewer):
        replayed = await idempotent.replayed(work, viewer)
        if replayed is not None:
            return replayed
        try:
            [saved] = await delete(
                work, viewer, platform.saving, object_name, {record_id: expected}
            )
        except VersionConflictError as conflict:
            conflict.record = await _current(access, work, viewer, object_name, record_id)
            raise
        answer = _dumped({"id": str(saved.id), "version": saved.version})
        return await idempotent.keep(work, viewer, answer)


@router.post("/{object_name}/{record_id}/restore", operation_id="restore_record")
async def restore_record(
    access: SignedIn, idempotent: Idempotent, object_name: str, record_id: UUID
) -> Response:
    """Takes a record out of the trash."""
    platform = access.platform
    async with platform.gate.write(access.credential) as (work, viewer):
        replayed = await idempotent.replayed(work, viewer)
        if replayed is not None:
            return replayed
        [saved] = await restore(work, viewer, platform.saving, object_name, [record_id])
        answer = await _written(access, work, viewer, object_name, saved)
        return await idempotent.keep(work, viewer, answer)


@router.post("/{object_name}/{record_id}/reveal", operation_id="reveal_secret")
async def reveal_secret(
    access: SignedIn, object_name: str, record_id: UUID, body: RevealBody
) -> RevealAnswer:
    """What a secret field holds. That it was looked at, by whom and when stands in the history."""
    platform = access.platform
    async with platform.gate.write(access.credential) as (work, viewer):
        value = await reveal(work, viewer, platform.saving, object_name, record_id, body.field)
    return RevealAnswer(value=value)


@router.get("/{object_name}/{record_id}/history", operation_id="record_history")
async def record_history(
    access: SignedIn,
    object_name: str,
    record_id: UUID,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: str | None = None,
) -> Response:
    """Who changed what, newest first."""
    platform = access.platform
    async with platform.gate.write(access.credential) as (work, viewer):
        return _dumped(
            await history(
                work, viewer, platform.asking, object_name, record_id, limit=limit, cursor=cursor
            )
        )
