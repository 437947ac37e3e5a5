"""SQL of files."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from guanxi.db.unit_of_work import Row, UnitOfWork
from guanxi.db.wire import array_text
from guanxi.files.model import FileUse, StoredFile

_COLUMNS = "id, name, media_type, size, has_thumbnail, created_by"


async def insert_file(work: UnitOfWork, made: StoredFile) -> None:
    await work.execute(
        f"insert into file ({_COLUMNS}) values (%s, %s, %s, %s, %s, %s)",
        [made.id, made.name, made.media_type, made.size, made.has_thumbnail, made.created_by],
    )


async def loose_of(work: UnitOfWork, person: UUID) -> int:
    """How many files of the person no record holds."""
    return int(
        await work.value(
            "select count(*) from file where created_by = %s and attached_at is null", [person]
        )
    )


async def find_files(work: UnitOfWork, ids: Sequence[UUID]) -> dict[UUID, StoredFile]:
    rows = await work.rows(
        f"select {_COLUMNS} from file where id = any(%s::uuid[])",
        [array_text(str(one) for one in ids)],
    )
    return {row[0]: _file(row) for row in rows}


async def uses_of(work: UnitOfWork, id_: UUID) -> list[FileUse]:
    rows = await work.rows("select object, record, field from file_use where file = %s", [id_])
    return [FileUse(*row) for row in rows]


async def attach(work: UnitOfWork, uses: Sequence[tuple[UUID, FileUse]]) -> None:
    """Notes which fields hold which files."""
    await work.execute(
        "with used as (insert into file_use (file, object, record, field)"
        " select * from unnest(%(files)s::uuid[], %(objects)s::text[], %(records)s::uuid[], %(fields)s::text[])"
        " on conflict do nothing)"
        " update file set attached_at = now() where id = any(%(files)s::uuid[]) and attached_at is null",
        {
            "files": array_text(str(file) for file, _ in uses),
            "objects": array_text(use.object for _, use in uses),
            "records": array_text(str(use.record) for _, use in uses),
            "fields": array_text(use.field for _, use in uses),
        },
    )


async def delete_loose(work: UnitOfWork, older_than: timedelta) -> list[UUID]:
    """Those that no record ever held; their ids."""
    rows = await work.rows(
        "delete from file where attached_at is null and created_at < now() - %s::interval returning id",
        [older_than],
    )
    return [row[0] for row in rows]


def _file(row: Row) -> StoredFile:
    return StoredFile(*row)
