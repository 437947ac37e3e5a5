"""SQL of the rows read from a file: where they wait until they are written.

Three unlogged tables per import, named after it: the rows, the distinct values of link columns, and the records that
rows match. All values are text in the form PostgreSQL casts to the column's type.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from guanxi.db.unit_of_work import Row, UnitOfWork


@dataclass(frozen=True, slots=True)
class Stage:
    """The names of an import's tables."""

    rows: str
    links: str
    matches: str

    @classmethod
    def of(cls, id_: UUID) -> "Stage":
        return cls(
            rows=f"import_rows_{id_.hex}",
            links=f"import_links_{id_.hex}",
            matches=f"import_matches_{id_.hex}",
        )


async def make_stage(work: UnitOfWork, stage: Stage, columns: int) -> None:
    """Empty tables; those of an earlier try are dropped."""
    await drop_stage(work, stage)
    cells = "".join(f", c{place} text" for place in range(columns))
    await work.execute(
        f"create unlogged table {stage.rows} (row int not null, id uuid not null, bad boolean not null{cells},"
        " name text, name_key text, search text, new text)"
    )
    await work.execute(
        f"create unlogged table {stage.links} (place int, text text, key text, hits int,"
        " id uuid, row int, wanted boolean not null default false, primary key (place, text))"
    )
    await work.execute(
        f"create unlogged table {stage.matches} (row int primary key, record uuid, is_repeat boolean)"
    )


async def drop_stage(work: UnitOfWork, stage: Stage) -> None:
    await work.execute(f"drop table if exists {stage.rows}, {stage.links}, {stage.matches}")


async def copy_rows(work: UnitOfWork, stage: Stage, columns: int, lines: Sequence[str]) -> None:
    """Appends rows: COPY lines of number, id, whether it is refused, the cells, and what the record needs besides."""
    cells = "".join(f", c{place}" for place in range(columns))
    command = f"copy {stage.rows} (row, id, bad{cells}, name, name_key, search, new) from stdin"
    async with work.copy_in(command) as copy:
        await copy.write("".join(lines).encode())


async def index_stage(work: UnitOfWork, stage: Stage) -> None:
    await work.execute(f"alter table {stage.rows} add primary key (row)")
    await work.execute(f"analyze {stage.rows}")


async def has_rows(work: UnitOfWork, stage: Stage) -> bool:
    """Whether rows wait; a crash of the database empties unlogged tables."""
    if await work.value("select to_regclass(%s)", [stage.rows]) is None:
        return False
    return bool(await work.value(f"select exists (select from {stage.rows})"))


async def chunk_after(
    work: UnitOfWork, stage: Stage, *, behind: int, size: int
) -> tuple[int, int] | None:
    """The number of the last row of the next chunk, and how many rows it has; None when no row is left."""
    row = await work.row(
        "select max(row), count(*) from"
        f" (select row from {stage.rows} where row > %s order by row limit %s) r",
        [behind, size],
    )
    return None if row is None or row[0] is None else (row[0], row[1])


async def mark_bad(work: UnitOfWork, stage: Stage, rows: Sequence[int]) -> None:
    await work.execute(f"update {stage.rows} set bad = true where row = any(%s)", [list(rows)])


async def first_rows(work: UnitOfWork, stage: Stage, columns: int, limit: int) -> list[Row]:
    """`(row, name, cells…)` as they will be saved."""
    cells = "".join(f", c{place}" for place in range(columns))
    return await work.rows(
        f"select row, name{cells} from {stage.rows} order by row limit %s", [limit]
    )
