"""SQL of uploaded files, kept in pieces so that any process can read them."""

from pathlib import Path
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork

PIECE = 1 << 20


async def store_file(work: UnitOfWork, id_: UUID, path: Path) -> None:
    with path.open("rb") as file:
        position = 0
        while piece := file.read(PIECE):
            answer = await work.execute(
                "insert into import_part (import, position, data) values (%s, %s, %s) returning 1",
                [id_, position, piece],
            )
            # Awaited one by one: a pipeline would gather the whole file in memory.
            await answer.fetchone()
            position += 1


async def fetch_file(work: UnitOfWork, id_: UUID, path: Path) -> None:
    """Writes the file as it came to a path; an empty one when it was forgotten meanwhile."""
    with path.open("wb") as file:
        position = 0
        while piece := await work.value(
            "select data from import_part where import = %s and position = %s", [id_, position]
        ):
            file.write(piece)
            position += 1


async def forget_old_files(work: UnitOfWork, *, days: int) -> None:
    """Removes the files of imports that were begun long ago and are not at work; what they did stays known."""
    await work.execute(
        "delete from import_part where import in (select id from import_file"
        " where created_at < now() - make_interval(days => %s)"
        " and status not in ('checking', 'running', 'undoing'))",
        [days],
    )
