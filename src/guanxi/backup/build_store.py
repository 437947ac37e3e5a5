"""SQL that builds the tables of a backup anew. Nothing of the file is run as a statement of its own.

Names are quoted, types have the form of types, expressions stand where PostgreSQL takes nothing but one expression, each
statement goes alone (a prepared one cannot hold two), and no expression calls anything that does more than reckon.
"""

import re
from collections.abc import Iterable, Iterator

from psycopg import sql

from guanxi.backup.archive import BrokenArchiveError
from guanxi.backup.model import Column, Constraint, Index, Table
from guanxi.db.unit_of_work import UnitOfWork

_CALLED = re.compile(r'"?([A-Za-z_][A-Za-z0-9_$]*)"?\s*\(')
_TEXT = re.compile(r"'(?:[^']|'')*'")
#: Comments, escapes and quoting that could hide a call; PostgreSQL never writes them out itself.
_HIDING = re.compile(r"/\*|--|\$\$|U&|;|\bselect\b", re.IGNORECASE)
#: Acting functions that reckon something new each time and nothing else.
_HARMLESS = ["gen_random_uuid"]
_OPTION = re.compile(r"[0-9.]{1,20}|true|false|on|off")


async def refuse_acting(work: UnitOfWork, tables: tuple[Table, ...]) -> None:
    """Raises BrokenArchiveError when an expression does more than reckon, or an option is none."""
    called: set[str] = set()
    for text in _expressions(tables):
        plain = _TEXT.sub("''", text)
        if _HIDING.search(plain):
            raise BrokenArchiveError(text[:60])
        called.update(name.lower() for name in _CALLED.findall(plain))
    found = await work.rows(
        "select distinct proname from pg_proc where provolatile = 'v'"
        " and proname = any(%s) and proname <> all(%s)",
        [sorted(called), _HARMLESS],
    )
    if found:
        raise BrokenArchiveError(str(found[0][0]))
    for table in tables:
        for value in table.options.values():
            if not _OPTION.fullmatch(value):
                raise BrokenArchiveError(value[:60])


def _expressions(tables: tuple[Table, ...]) -> Iterator[str]:
    for table in tables:
        yield from (one for one in (table.divided_by, table.bounds) if one is not None)
        yield from (one.expression for one in table.columns if one.expression is not None)
        yield from (one.definition for one in table.constraints)
        yield from (one.how for one in table.indexes)


async def make_table(work: UnitOfWork, table: Table) -> None:
    if table.part_of is not None:
        statement = sql.SQL("create table {} partition of {} ").format(
            sql.Identifier(table.name), sql.Identifier(table.part_of)
        ) + sql.SQL(table.bounds or "")
    else:
        columns = sql.SQL(", ").join(_column(one) for one in table.columns)
        statement = sql.SQL("create {}table {} ({})").format(
            sql.SQL("unlogged " if table.unlogged else ""), sql.Identifier(table.name), columns
        )
        if table.divided_by is not None:
            statement += sql.SQL(" partition by ") + sql.SQL(table.divided_by)
    if table.options:
        options = sql.SQL(", ").join(
            sql.SQL("{} = {}").format(sql.Identifier(name), sql.SQL(value))
            for name, value in sorted(table.options.items())
        )
        statement += sql.SQL(" with ({})").format(options)
    await _run(work, statement)


async def add_constraint(work: UnitOfWork, table: Table, constraint: Constraint) -> None:
    await _run(
        work,
        sql.SQL("alter table {} add constraint {} ").format(
            sql.Identifier(table.name), sql.Identifier(constraint.name)
        )
        + sql.SQL(constraint.definition),
    )


async def add_index(work: UnitOfWork, table: Table, index: Index) -> None:
    await _run(
        work,
        sql.SQL("create {}index {} on {} using ").format(
            sql.SQL("unique " if index.unique else ""),
            sql.Identifier(index.name),
            sql.Identifier(table.name),
        )
        + sql.SQL(index.how),
    )


async def go_on_counting(work: UnitOfWork, table: Table) -> None:
    """The numbers the database gives go on behind the last one that was given."""
    for column in table.columns:
        if column.identity and column.last_number is not None and table.part_of is None:
            await work.execute(
                "select setval(pg_get_serial_sequence(quote_ident(%s), %s), %s)",
                [table.name, column.name, column.last_number],
            )


async def gather_figures(work: UnitOfWork, table: Table) -> None:
    """What the planner knows of the rows."""
    await _run(work, sql.SQL("analyze {}").format(sql.Identifier(table.name)))


async def copy(work: UnitOfWork, command: str, lines: Iterable[bytes]) -> int:
    """How many rows they were."""
    async with work.connection.cursor() as cursor:
        async with cursor.copy(command) as copying:
            for some in lines:
                await copying.write(some)
        return cursor.rowcount


def copy_into(table: str, columns: tuple[str, ...]) -> str:
    return (
        sql.SQL("copy {} ({}) from stdin")
        .format(sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns)))
        .as_string(None)
    )


def _column(column: Column) -> sql.Composable:
    parts: list[sql.Composable] = [sql.Identifier(column.name), sql.SQL(column.type)]
    if column.collation is not None:
        parts += [sql.SQL("collate"), sql.Identifier(column.collation)]
    if column.identity:
        how = "always" if column.identity == "a" else "by default"
        parts.append(sql.SQL(f"generated {how} as identity"))
    elif column.generated:
        parts.append(sql.SQL("generated always as ({}) stored").format(_expression(column)))
    elif column.expression is not None:
        parts.append(sql.SQL("default {}").format(_expression(column)))
    if column.required:
        parts.append(sql.SQL("not null"))
    return sql.SQL(" ").join(parts)


def _expression(column: Column) -> sql.Composable:
    return sql.SQL(column.expression or "null")


async def _run(work: UnitOfWork, statement: sql.Composable) -> None:
    """Prepared, so that it is one statement or none."""
    await work.connection.execute(statement.as_string(None).encode(), prepare=True)
