"""The dry run: everything an import does, without the writing."""

from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.permissions.viewer import Viewer
from guanxi.records import import_stage_store as stage_store
from guanxi.records import import_store as store
from guanxi.records.import_apply import Applying, may_be_refused
from guanxi.records.import_model import Import, ImportStatus, Report
from guanxi.records.import_people import check_people
from guanxi.records.import_prepare import Judged, judge, plan_of
from guanxi.records.import_report import make_report
from guanxi.records.import_stage_store import Stage
from guanxi.records.import_staging import fill_stage
from guanxi.records.importing import PERSON, Importing, importable_object


async def check_import(importing: Importing, id_: UUID) -> Report | None:
    """Fills in the report. Does nothing when the import was cancelled meanwhile; raises what makes it fail."""
    async with importing.database.begin(importing.schema) as work:
        import_ = await store.load_import(work, id_)
    if import_ is None or import_.status is not ImportStatus.CHECKING:
        return None
    async with importing.work_as(import_) as (work, viewer):
        report = await _check(work, viewer, importing, import_)
        await store.set_report(work, id_, report)
        await store.set_status(work, id_, ImportStatus.CHECKED)
    return report


async def stage_and_judge(
    work: UnitOfWork, viewer: Viewer, importing: Importing, import_: Import
) -> tuple[Judged, int]:
    """Reads the file into the stage and judges its rows; how many rows there are."""
    definition = importable_object(viewer, import_.object)
    plan = plan_of(viewer, definition, import_)
    async with importing.file_of(import_) as path:
        rows = await fill_stage(work, plan, path, import_.file)
    return await judge(work, viewer, importing.saving.asking, import_, plan), rows


async def _check(work: UnitOfWork, viewer: Viewer, importing: Importing, import_: Import) -> Report:
    if import_.object == PERSON:
        importable_object(viewer, PERSON)
        return await check_people(work, importing, import_)
    judged, rows = await stage_and_judge(work, viewer, importing, import_)
    if may_be_refused(viewer, importing, judged):
        await Applying(importing, viewer, import_, judged).try_all(work)
    report = await make_report(work, viewer, importing.saving.asking, import_, judged, rows)
    await stage_store.drop_stage(work, Stage.of(import_.id))
    await store.set_progress(work, import_.id, done=0, total=rows)
    return report
