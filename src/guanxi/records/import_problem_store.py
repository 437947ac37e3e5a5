"""SQL of what is wrong with the rows of a file."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from guanxi.db.unit_of_work import Row, UnitOfWork
from guanxi.records.import_model import Example, ProblemCount

MOST_KINDS = 500
MOST_EXAMPLES = 5


async def clear_problems(work: UnitOfWork, id_: UUID, *, behind: int = 0) -> None:
    """Forgets what was wrong with the rows behind one."""
    await work.execute("delete from import_problem where import = %s and row > %s", [id_, behind])


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row, in a column of the file or (None) as a whole."""

    row: int
    column: int | None
    code: str
    message: Mapping[str, str]
    value: str | None = None


async def add_problems(work: UnitOfWork, id_: UUID, problems: Sequence[Problem]) -> None:
    """Notes why rows are refused."""
    await work.execute(
        'insert into import_problem (import, row, "column", code, message, value)'
        " select %s, * from unnest(%s::int[], %s::int[], %s::text[], %s::jsonb[], %s::text[])",
        [
            id_,
            [one.row for one in problems],
            [one.column for one in problems],
            [one.code for one in problems],
            [json.dumps(dict(one.message), ensure_ascii=False) for one in problems],
            [one.value for one in problems],
        ],
    )


async def problems_between(work: UnitOfWork, id_: UUID, *, behind: int, upto: int) -> list[Problem]:
    """What is wrong with the rows behind one and up to another."""
    rows = await work.rows(
        'select row, "column", code, message, value from import_problem'
        " where import = %s and row > %s and row <= %s order by row",
        [id_, behind, upto],
    )
    return [Problem(*row) for row in rows]


async def replace_problems(
    work: UnitOfWork, id_: UUID, problems: Sequence[Problem], *, behind: int, upto: int
) -> None:
    """What is wrong with the rows behind one and up to another is this and nothing else."""
    await work.execute(
        "delete from import_problem where import = %s and row > %s and row <= %s",
        [id_, behind, upto],
    )
    await add_problems(work, id_, problems)


async def copy_problems(work: UnitOfWork, lines: Sequence[str]) -> None:
    """COPY lines of `import_problem`, in the order of its columns."""
    command = 'copy import_problem (import, row, "column", code, message, value) from stdin'
    async with work.copy_in(command) as copy:
        await copy.write("".join(lines).encode())


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


async def problems_behind(work: UnitOfWork, id_: UUID, *, behind: int, limit: int) -> list[Problem]:
    """What is wrong with the next rows behind one, in order; whole rows only."""
    rows = await work.rows(
        'select p.row, p."column", p.code, p.message, p.value from import_problem p join'
        " (select distinct row from import_problem where import = %(id)s and row > %(behind)s"
        "   order by row limit %(limit)s) r on r.row = p.row"
        ' where p.import = %(id)s order by p.row, p."column" nulls last',
        {"id": id_, "behind": behind, "limit": limit},
    )
    return [Problem(*row) for row in rows]
