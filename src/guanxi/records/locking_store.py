"""SQL that reads and locks rows of record tables by their ids, always in the order of these."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from psycopg import sql

from guanxi.db.unit_of_work import Answer, UnitOfWork
from guanxi.db.wire import array_text
from guanxi.metadata.model import ObjectDefinition


class LockedRows:
    """Rows that were asked for and are locked once the answer comes."""

    def __init__(self, names: tuple[str, ...], answer: Answer) -> None:
        self._names = names
        self._answer = answer

    async def by_id(self) -> dict[UUID, dict[str, Any]]:
        """The stored values of the rows, with `deleted_at`."""
        read = [dict(zip(self._names, row, strict=True)) for row in await self._answer.fetchall()]
        return {values["id"]: values for values in read}


async def read_rows(
    work: UnitOfWork, definition: ObjectDefinition, ids: Sequence[UUID]
) -> dict[UUID, dict[str, Any]]:
    """The stored values of rows as they are now, with `deleted_at`; nothing is locked."""
    names = ("deleted_at", *definition.fields)
    text = _read_text(definition.name, names)
    answer = await work.execute(text, {"ids": array_text(str(one) for one in ids)})
    return await LockedRows(names, answer).by_id()


async def lock_rows(work: UnitOfWork, definition: ObjectDefinition, ids: Sequence[UUID]) -> None:
    """Locks rows in the order of their ids; look at anything in a statement after this one."""
    await work.execute(
        _lock_text(definition.name, ("id",)), {"ids": array_text(str(one) for one in ids)}
    )


async def lock_free_rows(
    work: UnitOfWork, definition: ObjectDefinition, ids: Sequence[UUID]
) -> list[UUID]:
    """Locks those of the rows that nobody else holds, in the order of their ids; which they are."""
    text = _lock_text(definition.name, ("id",)) + " skip locked"
    rows = await work.rows(text, {"ids": array_text(str(one) for one in ids)})
    return [id_ for (id_,) in rows]


async def lock_and_read_rows(
    work: UnitOfWork, definition: ObjectDefinition, ids: Sequence[UUID]
) -> LockedRows:
    """Locks rows in the order of their ids and reads them as they are once they are locked.

    That is true of their own columns only; look at anything else in a statement after this one.
    """
    names = ("deleted_at", *definition.fields)
    answer = await work.execute(
        _lock_text(definition.name, names), {"ids": array_text(str(one) for one in ids)}
    )
    return LockedRows(names, answer)


@lru_cache(maxsize=500)
def _read_text(table: str, names: tuple[str, ...]) -> str:
    text = "select {names} from {table} where id = any(%(ids)s::uuid[]) order by id"
    columns = sql.SQL(", ").join(sql.Identifier(name) for name in names)
    return sql.SQL(text).format(names=columns, table=sql.Identifier(table)).as_string(None)


def _lock_text(table: str, names: tuple[str, ...]) -> str:
    return _read_text(table, names) + " for no key update"
