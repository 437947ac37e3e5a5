"""Runs an import chunk by chunk. Whoever goes on after a crash begins behind the last whole chunk."""

from collections.abc import Callable
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.errors import GuanxiError
from guanxi.records import import_stage_store as stage_store
from guanxi.records import import_store as store
from guanxi.records.import_apply import Applying
from guanxi.records.import_check import stage_and_judge
from guanxi.records.import_errors import ImportStoppedError
from guanxi.records.import_model import Import, ImportStatus, Result
from guanxi.records.import_people_make import Tell, import_people
from guanxi.records.import_plan import ImportPlan, plan_of
from guanxi.records.import_stage_store import Stage
from guanxi.records.importing import Finish, Importing, importable_object, is_of_people, leave_open

Watch = Callable[[int, int], None]


def unwatched(done: int, total: int) -> None:
    """The `Watch` of work nobody looks at."""
    del done, total


async def run_import(
    importing: Importing,
    id_: UUID,
    *,
    watch: Watch = unwatched,
    tell: Tell | None = None,
    finish: Finish = leave_open,
) -> Result | None:
    """Writes what the file says; None when the import was cancelled or another worker does it.

    `watch` hears of the progress, `tell` of first passwords; `finish` joins in the transaction that ends the work. Raises GuanxiError when
    nothing (more) can be imported.
    """
    import_ = await importing.load(id_)
    if import_ is None:
        return None
    if import_.status is not ImportStatus.RUNNING:
        await _forget_stage(importing, id_)
        return None
    if is_of_people(import_):
        return await import_people(importing, import_, tell=tell, finish=finish)
    try:
        async with importing.staging(id_):
            plan = await _staged_plan(importing, id_)
    except ImportStoppedError:
        await _forget_stage(importing, id_)
        return None
    while (import_ := await importing.load(id_)) is not None:
        watch(import_.done, import_.total)
        if not await _apply_next(importing, import_, plan):
            break
    return await _end(importing, id_, plan, finish)


async def fail_import(importing: Importing, id_: UUID, error: GuanxiError) -> None:
    """Notes why an import could not be done, and forgets its stage. One that was stopped stays so."""
    async with importing.begin() as work:
        await note_failed(work, id_, error)


async def note_failed(work: UnitOfWork, id_: UUID, error: GuanxiError) -> None:
    """`fail_import` within a transaction of somebody else."""
    await store.note_failure(work, id_, error.detail.as_label())
    await stage_store.drop_stage(work, Stage.of(id_))


async def _forget_stage(importing: Importing, id_: UUID) -> None:
    async with importing.begin() as work:
        await stage_store.drop_stage(work, Stage.of(id_))


async def _staged_plan(importing: Importing, id_: UUID) -> ImportPlan:
    """The plan for judged rows: those that wait already, or read anew from the file.

    Raises ImportStoppedError when it is over meanwhile.
    """
    import_ = await importing.load(id_)
    if import_ is None or import_.status is not ImportStatus.RUNNING:
        raise ImportStoppedError
    if import_.staged is not None:
        async with importing.work_as(import_) as (work, viewer):
            if await stage_store.has_rows(work, Stage.of(import_.id)):
                return plan_of(viewer, importable_object(viewer, import_.object), import_)
    async with importing.begin() as work:
        await store.begin_staging(work, import_.id)
    plan, rows = await stage_and_judge(importing, import_)
    async with importing.begin() as work:
        await store.set_staged(work, import_.id, staged=plan.stage.rows, total=rows)
    return plan


async def _apply_next(importing: Importing, import_: Import, plan: ImportPlan) -> bool:
    """Writes one chunk in one transaction; False at the end, or when somebody else has taken over."""
    async with importing.work_as(import_) as (work, viewer):
        # Whoever ends the import takes the rows away, so it is held while they are looked at.
        held = await store.load_import(work, import_.id, lock=True)
        if held is None or held.status is not ImportStatus.RUNNING:
            return False
        behind = import_.last_row
        chunk = await stage_store.chunk_after(work, plan.stage, behind=behind, size=importing.chunk)
        if chunk is None:
            return False
        upto, rows = chunk
        if not await store.take_chunk(work, import_.id, behind=behind, upto=upto, rows=rows):
            return False
        importable_object(viewer, import_.object)
        applying = Applying(work, viewer, importing.saving, plan)
        result = await applying.apply(behind=behind, upto=upto)
        await store.set_result(work, import_.id, _sum(import_.result, result))
        return True


async def _end(importing: Importing, id_: UUID, plan: ImportPlan, finish: Finish) -> Result | None:
    """Links what could only be linked at the end, and closes the import."""
    import_ = await importing.load(id_)
    if import_ is None or import_.status is not ImportStatus.RUNNING:
        await _forget_stage(importing, id_)
        return None
    async with importing.work_as(import_) as (work, viewer):
        locked = await store.load_import(work, id_, lock=True)
        if locked is None or locked.status is not ImportStatus.RUNNING:
            return None
        if await stage_store.chunk_after(work, plan.stage, behind=locked.last_row, size=1):
            return None
        await Applying(work, viewer, importing.saving, plan).link_late()
        result = locked.result or Result()
        await store.set_result(work, id_, result)
        await store.set_status(work, id_, ImportStatus.DONE, is_over=True)
        await stage_store.drop_stage(work, plan.stage)
        await finish(work)
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
