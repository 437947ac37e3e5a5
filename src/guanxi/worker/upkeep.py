"""Keeping a workspace in order: what is past its time goes, what will be needed is made."""

from guanxi.auth.credential_store import delete_ended
from guanxi.auth.guard import IDLE
from guanxi.bootstrap import Platform
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.events.partitions import ensure_partitions
from guanxi.files.purge import purge_loose_files
from guanxi.jobs.job import Handlers, Job
from guanxi.jobs.schedule import Schedule, set_schedule
from guanxi.metadata.purge import purge_retired_fields
from guanxi.records.answers import forget_old_answers
from guanxi.records.import_file_store import forget_old_files

UPKEEP = "workspace.upkeep"

#: At night, when few wait.
_AT = "17 3 * * *"

#: The kind of the job that drops the columns of fields removed long ago.
PURGE = "design.purge"
_PURGED_AT = "47 3 * * *"

#: Files of imports are kept for so long, so that one can look again at what was refused.
KEEP_FILES_DAYS = 30


def register(handlers: Handlers, platform: Platform) -> None:
    async def purge(work: UnitOfWork, job: Job) -> None:
        del job
        await purge_retired_fields(work, platform.field_types, platform.clock)

    async def keep_in_order(work: UnitOfWork, job: Job) -> None:
        del job
        await ensure_partitions(work)
        await delete_ended(work, IDLE)
        await forget_old_answers(work)
        await forget_old_files(work, days=KEEP_FILES_DAYS)
        await purge_loose_files(work, platform.content)

    handlers.register_database(UPKEEP, keep_in_order)
    handlers.register_database(PURGE, purge)


async def set_up(work: UnitOfWork, platform: Platform) -> None:
    zone = platform.workspace.time_zone
    await set_schedule(work, Schedule("upkeep", _AT, UPKEEP, zone))
    await set_schedule(work, Schedule("purge", _PURGED_AT, PURGE, zone))
