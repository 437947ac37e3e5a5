"""Runs an import chunk by chunk. Whoever goes on after a crash begins behind the last whole chunk."""

from collections.abc import Callable
from uuid import UUID

from guanxi.kit.errors import GuanxiError
from guanxi.records import import_stage_store as stage_store
from guanxi.records import import_store as store
from guanxi.records.import_apply import CHUNK, Applying
from guanxi.records.import_check import stage_and_judge
from guanxi.records.import_model import Import, ImportStatus, Result
from guanxi.records.import_people import import_people
from guanxi.records.import_prepare import Judged, judged_before, plan_of
from guanxi.records.import_stage_store import Stage
from guanxi.records.importing import PERSON, Importing, importable_object

Watch = Callable[[int, int], None]


def _unwatched(done: int, total: int) -> None:
    del done, total


async def run_import(
    importing: Importing, id_: UUID, *, watch: Watch = _unwatched
) -> Result | None:
    """Writes what the file says; None when the import was cancelled or another worker does it.

    Raises GuanxiError when nothing can be imported at all.
    """
    import_ = await _load(importing, id_)
    if import_ is None or import_.status is not ImportStatus.RUNNING:
        return None
    if import_.object == PERSON:
        return await import_people(importing, import_)
    judged = await _stage(importing, import_)
    import_ = await _load(importing, id_)
    while import_ is not None:
        watch(import_.done, import_.total)
        if not await _apply_next(importing, import_, judged):
            break
        import_ = await _load(importing, id_)
    return await _end(importing, id_, judged)


async def fail_import(importing: Importing, id_: UUID, error: GuanxiError) -> None:
    """Notes why an import could not be done, and forgets its stage."""
    async with importing.database.begin(importing.schema) as work:
        label = error.detail.as_label()
        await store.set_status(work, id_, ImportStatus.FAILED, error=label, is_over=True)
        await stage_store.drop_stage(work, Stage.of(id_))


async def _load(importing: Importing, id_: UUID) -> Import | None:
    async with importing.database.begin(importing.schema) as work:
        return await store.load_import(work, id_)


async def _stage(importing: Importing, import_: Import) -> Judged:
    """The judged rows: those that wait already, or read anew from the file."""
    async with importing.work_as(import_) as (work, viewer):
        definition = importable_object(viewer, import_.object)
        stage = Stage.of(import_.id)
        waiting = await stage_store.count_staged(work, stage) if import_.staged else None
        if waiting is not None and waiting == import_.total:
            return judged_before(import_, plan_of(viewer, definition, import_))
        judged, rows = await stage_and_judge(work, viewer, importing, import_)
        await Applying(importing, viewer, import_, judged).make_missing(work)
        await store.set_staged(work, import_.id, staged=stage.rows, total=rows)
        return judged


async def _apply_next(importing: Importing, import_: Import, judged: Judged) -> bool:
    """Writes one chunk in one transaction; False at the end, or when somebody else has taken over."""
    async with importing.work_as(import_) as (work, viewer):
        behind = import_.last_row
        upto = await stage_store.chunk_end(work, judged.stage, behind=behind, size=CHUNK)
        if upto is None:
            return False
        rows = await stage_store.count_between(work, judged.stage, behind=behind, upto=upto)
        if not await store.take_chunk(work, import_.id, behind=behind, upto=upto, rows=rows):
            return False
        applying = Applying(importing, viewer, import_, judged)
        result = await applying.apply(work, behind=behind, upto=upto)
        await store.set_result(work, import_.id, _sum(import_.result, result))
        return True


async def _end(importing: Importing, id_: UUID, judged: Judged) -> Result | None:
    """Links what could only be linked at the end, and closes the import."""
    import_ = await _load(importing, id_)
    if import_ is None or import_.status is not ImportStatus.RUNNING:
        return None
    if import_.done < import_.total:
        return None
    async with importing.work_as(import_) as (work, viewer):
        await Applying(importing, viewer, import_, judged).link_late(work)
        result = import_.result or Result()
        await store.set_result(work, id_, result)
        await store.set_status(work, id_, ImportStatus.DONE, is_over=True)
        await stage_store.drop_stage(work, judged.stage)
    return result


def _sum(before: Result | None, chunk: Result) -> Result:
    if before is None:
        return chunk
    return Result(
        created=before.created + chunk.created,
        updated=before.updated + chunk.updated,
        unchanged=before.unchanged + chunk.unchanged,
        skipped=before.skipped + chunk.skipped,
        failed=before.failed + chunk.failed,
    )
