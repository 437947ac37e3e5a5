"""SQL of plans: how many records a step is about. Only counts leave here, for a designer may not see the records."""

from collections.abc import Sequence
from decimal import Decimal

from guanxi.db.names import quoted
from guanxi.db.unit_of_work import UnitOfWork

#: Above this, the size of a table is told by the planner's estimate.
MOST_COUNTED = 100_000


async def size(work: UnitOfWork, table: str) -> int:
    """The records of a table in use or in the trash; an estimate when there are many."""
    name = quoted(table)
    exact = int(
        await work.value(f"select count(*) from (select from {name} limit {MOST_COUNTED}) few")
    )
    if exact < MOST_COUNTED:
        return exact
    estimate = await work.value(
        "select reltuples::bigint from pg_class where oid = to_regclass(quote_ident(%s))", [table]
    )
    return max(exact, int(estimate))


async def filled(work: UnitOfWork, table: str, field: str) -> int:
    return await _count(work, table, f"{quoted(field)} is not null")


async def empty(work: UnitOfWork, table: str, field: str) -> int:
    return await _count(work, table, f"{quoted(field)} is null")


async def longer(work: UnitOfWork, table: str, field: str, limit: int) -> int:
    return await _count(work, table, f"char_length({quoted(field)}) > %s", [limit])


async def more_decimals(work: UnitOfWork, table: str, field: str, decimals: int) -> int:
    return await _count(work, table, f"scale(trim_scale({quoted(field)})) > %s", [decimals])


async def outside(
    work: UnitOfWork, table: str, field: str, minimum: Decimal | None, maximum: Decimal | None
) -> int:
    column = quoted(field)
    return await _count(
        work,
        table,
        f"({column} < %s::numeric or {column} > %s::numeric)",
        [minimum, maximum],
    )


async def having(work: UnitOfWork, table: str, field: str, value: str, *, is_list: bool) -> int:
    """Records that have an option."""
    column = quoted(field)
    return await _count(
        work, table, f"{column} @> array[%s]" if is_list else f"{column} = %s", [value]
    )


async def repeated(work: UnitOfWork, table: str, field: str) -> int:
    """How many values records in use have more than once."""
    column = quoted(field)
    return int(
        await work.value(
            f"select count(*) from (select from {quoted(table)} where deleted_at is null"
            f" and {column} is not null group by {column} having count(*) > 1) twice"
        )
    )


async def is_computing(work: UnitOfWork, table: str, field: str) -> bool:
    """Whether values of a computed field are not there yet."""
    return bool(
        await work.value(
            "select exists (select from computing where object = %s and %s = any(fields))",
            [table, field],
        )
    )


async def _count(
    work: UnitOfWork, table: str, condition: str, values: Sequence[object] = ()
) -> int:
    """Counts records in use; names are quoted, values are parameters."""
    statement = f"select count(*) from {quoted(table)} where deleted_at is null and {condition}"
    return int(await work.value(statement, list(values)))
