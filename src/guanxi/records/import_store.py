"""SQL of imports: what they are and where they stand."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from guanxi.db.notify import Topic, announce
from guanxi.db.unit_of_work import Row, UnitOfWork
from guanxi.records.import_model import (
    Column,
    Duplicates,
    FileForm,
    Import,
    ImportStatus,
    PeopleWish,
    Report,
    Result,
)

_COLUMNS = (
    "id, object, status, file, columns, duplicates, people, done, last_row, total, staged, report, result, error,"
    " created_by, created_by_name, source, created_at, finished_at"
)
_SELECT = (
    f"select {_COLUMNS} from (select i.*, p.name as created_by_name"
    " from import_file i left join person p on p.id = i.created_by) i"
)


async def insert_import(work: UnitOfWork, import_: Import) -> None:
    await work.execute(
        "insert into import_file (id, object, status, file, columns, duplicates, people, total, created_by, source)"
        " values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        [
            import_.id,
            import_.object,
            import_.status.value,
            Jsonb(import_.file.model_dump(mode="json")),
            _columns(import_.columns),
            Jsonb(import_.duplicates.model_dump(mode="json")),
            Jsonb(import_.people.model_dump(mode="json")),
            import_.total,
            import_.created_by,
            import_.source,
        ],
    )


async def load_import(work: UnitOfWork, id_: UUID, *, lock: bool = False) -> Import | None:
    """One import. A locked one is read by a statement after the lock, so that it is as the last writer left it."""
    if lock:
        await work.execute("select from import_file where id = %s for update", [id_])
    row = await work.row(f"{_SELECT} where id = %s", [id_])
    return None if row is None else _import(row)


async def list_imports(
    work: UnitOfWork, *, object_name: str | None, person: UUID | None, limit: int
) -> list[Import]:
    """Newest first; of one person unless `person` is None."""
    rows = await work.rows(
        f"{_SELECT} where (%(object)s::text is null or object = %(object)s)"
        " and (%(person)s::uuid is null or created_by = %(person)s)"
        " order by created_at desc, id desc limit %(limit)s",
        {"object": object_name, "person": person, "limit": limit},
    )
    return [_import(row) for row in rows]


async def save_mapping(
    work: UnitOfWork,
    id_: UUID,
    file: FileForm,
    columns: Sequence[Column],
    duplicates: Duplicates,
    people: PeopleWish,
) -> None:
    await work.execute(
        "update import_file set file = %s, columns = %s, duplicates = %s, people = %s, status = 'mapping',"
        " report = null, total = coalesce(%s, total), error = null where id = %s",
        [
            Jsonb(file.model_dump(mode="json")),
            _columns(columns),
            Jsonb(duplicates.model_dump(mode="json")),
            Jsonb(people.model_dump(mode="json")),
            file.rows,
            id_,
        ],
    )


async def set_status(
    work: UnitOfWork, id_: UUID, status: ImportStatus, *, is_over: bool = False
) -> None:
    await work.execute(
        "update import_file set status = %s, error = null, finished_at = case when %s then now() end where id = %s",
        [status.value, is_over, id_],
    )
    announce(work, Topic.CHANGES)


async def note_read(work: UnitOfWork, id_: UUID, rows: int) -> bool:
    """How far the reading of the file is, shown while an import is checked; False when the import was stopped."""
    row = await work.row(
        "update import_file set done = case when status = 'checking' then %s else done end, total = greatest(total, %s)"
        " where id = %s and status in ('checking', 'running') returning id",
        [rows, rows, id_],
    )
    return row is not None


async def set_progress(work: UnitOfWork, id_: UUID, *, done: int, total: int) -> None:
    await work.execute(
        "update import_file set done = %s, total = %s where id = %s", [done, total, id_]
    )


async def begin_staging(work: UnitOfWork, id_: UUID) -> None:
    """The rows are about to be read: until they all are, whoever goes on reads them anew."""
    await work.execute("update import_file set staged = null where id = %s", [id_])


async def set_staged(work: UnitOfWork, id_: UUID, *, staged: str, total: int) -> None:
    await work.execute(
        "update import_file set staged = %s, total = %s,"
        " file = file || jsonb_build_object('rows', %s::int) where id = %s",
        [staged, total, total, id_],
    )


async def set_result(work: UnitOfWork, id_: UUID, result: Result) -> None:
    await work.execute(
        "update import_file set result = %s where id = %s",
        [Jsonb(result.model_dump(mode="json")), id_],
    )


async def take_chunk(work: UnitOfWork, id_: UUID, *, behind: int, upto: int, rows: int) -> bool:
    """Claims the rows behind one and up to another; False when somebody else did or the import was stopped.

    The import stays locked until the end, so a chunk is applied by one worker and once.
    """
    row = await work.row(
        "update import_file set last_row = %s, done = done + %s"
        " where id = %s and last_row = %s and status = 'running' returning id",
        [upto, rows, id_, behind],
    )
    return row is not None


async def begin_work(work: UnitOfWork, id_: UUID, status: ImportStatus) -> None:
    """A check or a run begins from the first row."""
    await work.execute(
        "update import_file set status = %s, done = 0, last_row = 0, staged = null, result = null,"
        " error = null, finished_at = null where id = %s",
        [status.value, id_],
    )
    announce(work, Topic.CHANGES)


async def go_on(work: UnitOfWork, id_: UUID) -> None:
    """A run that broke off begins behind the last row it wrote; the rows behind it are read anew."""
    await work.execute(
        "update import_file set status = 'running', staged = null, error = null, finished_at = null"
        " where id = %s",
        [id_],
    )
    announce(work, Topic.CHANGES)


async def end_check(work: UnitOfWork, id_: UUID, report: Report) -> bool:
    """The dry run has come to its end; False when it was stopped meanwhile."""
    row = await work.row(
        "update import_file set status = 'checked', report = %s, done = 0, total = %s"
        " where id = %s and status = 'checking' returning id",
        [Jsonb(report.model_dump(mode="json")), report.rows, id_],
    )
    announce(work, Topic.CHANGES)
    return row is not None


async def note_failure(work: UnitOfWork, id_: UUID, error: dict[str, str]) -> None:
    """Why the work could not be done; one that was stopped stays so."""
    await work.execute(
        "update import_file set status = 'failed', error = %s, staged = null, finished_at = now()"
        " where id = %s and status in ('checking', 'running', 'undoing')",
        [Jsonb(error), id_],
    )
    announce(work, Topic.CHANGES)


async def unattended(work: UnitOfWork, kinds: Sequence[str]) -> list[UUID]:
    """Imports at work for which no job is left: nobody will go on with them."""
    rows = await work.rows(
        "select id from import_file i where status in ('checking', 'running', 'undoing')"
        " and not exists (select from job j"
        "   where j.kind = any(%s) and j.payload->>'import' = i.id::text)",
        [list(kinds)],
    )
    return [row[0] for row in rows]


async def names_of_roles(work: UnitOfWork) -> list[Row]:
    """`(id, name)` of all roles, the name in its languages."""
    return await work.rows("select id, name from role order by id")


def _columns(columns: Sequence[Column]) -> Jsonb:
    return Jsonb([column.model_dump(mode="json") for column in columns])


def _import(row: Row) -> Import:
    values: dict[str, Any] = dict(
        zip([name.strip() for name in _COLUMNS.split(",")], row, strict=True)
    )
    return Import.model_validate(values)
