"""SQL of imports: their rows, the file in pieces, what was refused."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from guanxi.db.unit_of_work import Row, UnitOfWork
from guanxi.records.import_model import (
    Column,
    Duplicates,
    Example,
    FileForm,
    Import,
    ImportStatus,
    PeopleWish,
    ProblemCount,
    Report,
    Result,
)

PIECE = 1 << 20
MOST_KINDS = 500
MOST_EXAMPLES = 5

_COLUMNS = (
    "id, object, status, file, columns, duplicates, people, done, last_row, total, staged, report, result, error,"
    " created_by, source, created_at, finished_at"
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
    text = f"select {_COLUMNS} from import_file where id = %s" + (" for update" if lock else "")
    row = await work.row(text, [id_])
    return None if row is None else _import(row)


async def list_imports(
    work: UnitOfWork, *, object_name: str | None, person: UUID | None, limit: int
) -> list[Import]:
    """Newest first; of one person unless `person` is None."""
    rows = await work.rows(
        f"select {_COLUMNS} from import_file where (%(object)s::text is null or object = %(object)s)"
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
    work: UnitOfWork,
    id_: UUID,
    status: ImportStatus,
    *,
    error: dict[str, str] | None = None,
    is_over: bool = False,
) -> None:
    await work.execute(
        "update import_file set status = %s, error = %s, finished_at = case when %s then now() end where id = %s",
        [status.value, None if error is None else Jsonb(error), is_over, id_],
    )


async def set_progress(work: UnitOfWork, id_: UUID, *, done: int, total: int) -> None:
    await work.execute(
        "update import_file set done = %s, total = %s where id = %s", [done, total, id_]
    )


async def set_staged(work: UnitOfWork, id_: UUID, *, staged: str | None, total: int) -> None:
    await work.execute(
        "update import_file set staged = %s, total = %s,"
        " file = file || jsonb_build_object('rows', %s::int) where id = %s",
        [staged, total, total, id_],
    )


async def set_report(work: UnitOfWork, id_: UUID, report: Report) -> None:
    await work.execute(
        "update import_file set report = %s where id = %s",
        [Jsonb(report.model_dump(mode="json")), id_],
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


async def begin_run(work: UnitOfWork, id_: UUID) -> None:
    await work.execute(
        "update import_file set status = 'running', done = 0, last_row = 0, staged = null, result = null,"
        " error = null, finished_at = null where id = %s",
        [id_],
    )


async def names_of_roles(work: UnitOfWork) -> list[Row]:
    """`(id, name)` of all roles, the name in its languages."""
    return await work.rows("select id, name from role order by id")


# The file in pieces


async def store_file(work: UnitOfWork, id_: UUID, path: Path) -> None:
    async with work.copy_in("copy import_part (import, position, data) from stdin") as copy:
        with path.open("rb") as file:
            position = 0
            while piece := file.read(PIECE):
                await copy.write_row((id_, position, piece))
                position += 1


async def fetch_file(work: UnitOfWork, id_: UUID, path: Path) -> None:
    """Writes the file as it came to a path."""
    with path.open("wb") as file:
        position = 0
        while piece := await work.value(
            "select data from import_part where import = %s and position = %s", [id_, position]
        ):
            file.write(piece)
            position += 1


async def forget_old_files(work: UnitOfWork, *, days: int) -> int:
    """Removes the files of imports that ended long ago; what they did stays known."""
    cursor = await work.execute(
        "delete from import_part where import in (select id from import_file"
        " where finished_at < now() - make_interval(days => %s))",
        [days],
    )
    return cursor.rowcount


# What was refused


async def clear_problems(work: UnitOfWork, id_: UUID) -> None:
    await work.execute("delete from import_problem where import = %s", [id_])


async def add_problem(
    work: UnitOfWork, id_: UUID, row: int, column: int | None, code: str, message: dict[str, str]
) -> None:
    await work.execute(
        'insert into import_problem (import, row, "column", code, message) values (%s, %s, %s, %s, %s)',
        [id_, row, column, code, Jsonb(message)],
    )


async def copy_problems(work: UnitOfWork, lines: AsyncIterator[bytes]) -> None:
    """COPY lines of `import_problem`, in the order of its columns."""
    command = 'copy import_problem (import, row, "column", code, message, value) from stdin'
    async with work.copy_in(command) as copy:
        async for block in lines:
            await copy.write(block)


async def count_invalid(work: UnitOfWork, id_: UUID) -> int:
    return int(
        await work.value("select count(distinct row) from import_problem where import = %s", [id_])
    )


async def problems_by_column(
    work: UnitOfWork, id_: UUID
) -> dict[int | None, tuple[int, list[ProblemCount]]]:
    """For each column: how many rows are at fault, and the kinds of problems with examples."""
    rows = await work.rows(
        'select "column", code, (array_agg(message order by row))[1], count(*),'
        " (array_agg(row order by row))[1:%(most)s], (array_agg(value order by row))[1:%(most)s]"
        ' from import_problem where import = %(id)s group by "column", code order by 1 nulls last, 4 desc'
        " limit %(kinds)s",
        {"id": id_, "most": MOST_EXAMPLES, "kinds": MOST_KINDS},
    )
    found: dict[int | None, tuple[int, list[ProblemCount]]] = {}
    for column, code, message, count, numbers, values in rows:
        examples = tuple(
            Example(row=number, value=value) for number, value in zip(numbers, values, strict=True)
        )
        problem = ProblemCount(code=code, message=message, count=count, examples=examples)
        total, kinds = found.get(column, (0, []))
        found[column] = (total + count, [*kinds, problem])
    return found


async def unmatched_values(work: UnitOfWork, id_: UUID, codes: Sequence[str]) -> list[Row]:
    """`(column, value, count)` of values that name nothing we know, commonest first."""
    return await work.rows(
        'select "column", value, count(*) from import_problem where import = %s and code = any(%s)'
        " and value is not null group by 1, 2 order by 3 desc, 2 limit 1000",
        [id_, list(codes)],
    )


async def problems_of_rows(work: UnitOfWork, id_: UUID, *, behind: int, limit: int) -> list[Row]:
    """`(row, column, message)` of the refused rows behind one, in order; whole rows only."""
    return await work.rows(
        'select p.row, p."column", p.message from import_problem p join'
        " (select distinct row from import_problem where import = %(id)s and row > %(behind)s"
        "   order by row limit %(limit)s) r on r.row = p.row"
        ' where p.import = %(id)s order by p.row, p."column" nulls last',
        {"id": id_, "behind": behind, "limit": limit},
    )


def _columns(columns: Sequence[Column]) -> Jsonb:
    return Jsonb([column.model_dump(mode="json") for column in columns])


def _import(row: Row) -> Import:
    values: dict[str, Any] = dict(
        zip([name.strip() for name in _COLUMNS.split(",")], row, strict=True)
    )
    return Import.model_validate(values)
