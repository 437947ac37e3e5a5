"""The dry run: everything an import does, without the writing."""

from uuid import UUID

from guanxi.records import import_problem_store as problem_store
from guanxi.records import import_stage_store as stage_store
from guanxi.records import import_store as store
from guanxi.records.import_apply import Applying, needs_trying
from guanxi.records.import_errors import ImportStoppedError
from guanxi.records.import_judge import judge
from guanxi.records.import_model import Import, ImportStatus, Report
from guanxi.records.import_people import check_people
from guanxi.records.import_plan import ImportPlan, plan_of
from guanxi.records.import_report import make_report
from guanxi.records.import_staging import fill_stage
from guanxi.records.importing import Finish, Importing, importable_object, is_of_people, leave_open


async def check_import(
    importing: Importing, id_: UUID, *, finish: Finish = leave_open
) -> Report | None:
    """Fills in the report; None when the import was cancelled meanwhile. Raises GuanxiError when nothing can be imported at all.

    `finish` joins in the transaction that ends the work. Of two at the same import one waits, and finds it done.
    """
    async with importing.staging(id_):
        return await _check_alone(importing, id_, finish)


async def _check_alone(importing: Importing, id_: UUID, finish: Finish) -> Report | None:
    import_ = await importing.load(id_)
    if import_ is None or import_.status is not ImportStatus.CHECKING:
        return None
    if is_of_people(import_):
        report = await check_people(importing, import_)
    else:
        try:
            report = await _check(importing, import_)
        except ImportStoppedError:
            return None
    async with importing.begin() as work:
        if await store.end_check(work, id_, report):
            await finish(work)
            return report
    return None


async def stage_and_judge(importing: Importing, import_: Import) -> tuple[ImportPlan, int]:
    """Reads the file into the stage and judges its rows; how many rows there are.

    Raises InvalidMappingError, UnreadableFileError, ImportStoppedError, ImportRefusedError.
    """
    async with importing.work_as(import_) as (_, viewer):
        plan = plan_of(viewer, importable_object(viewer, import_.object), import_)
    async with importing.file_of(import_) as path:
        rows = await fill_stage(importing, plan, path, import_.file)
    async with importing.work_as(import_) as (work, viewer):
        await judge(work, viewer, importing.saving.asking, plan)
    return plan, rows


async def _check(importing: Importing, import_: Import) -> Report:
    plan, rows = await stage_and_judge(importing, import_)
    try:
        async with importing.work_as(import_) as (_, viewer):
            is_to_be_tried = needs_trying(viewer, importing.saving, plan)
        if is_to_be_tried:
            await _try(importing, import_, plan)
        async with importing.work_as(import_) as (work, viewer):
            return await make_report(work, viewer, importing.saving.asking, import_, plan, rows)
    finally:
        async with importing.begin() as work:
            await stage_store.drop_stage(work, plan.stage)


async def _try(importing: Importing, import_: Import, plan: ImportPlan) -> None:
    """Writes each chunk and takes it back, so that every row that will be refused is known."""
    behind = 0
    while True:
        async with importing.work_as(import_) as (work, viewer):
            chunk = await stage_store.chunk_after(
                work, plan.stage, behind=behind, size=importing.chunk
            )
            if chunk is None:
                return
            upto, _ = chunk
            applying = Applying(work, viewer, importing.saving, plan)
            refused = await applying.try_out(behind=behind, upto=upto)
            await problem_store.replace_problems(work, plan.id, refused, behind=behind, upto=upto)
            await stage_store.mark_bad(work, plan.stage, [one.row for one in refused])
        behind = upto
