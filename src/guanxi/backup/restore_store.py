"""SQL of a workspace that is being restored: beside the others until it is whole, then under its name."""

from psycopg import sql
from psycopg.errors import DeadlockDetected, LockNotAvailable

from guanxi.backup.build_store import copy_into
from guanxi.backup.rows_store import IDENTITY_COLUMNS
from guanxi.db.migrations.upgrade import LOCK_TIMEOUT
from guanxi.db.readings import text_functions
from guanxi.db.unit_of_work import UnitOfWork

_IDENTITIES = "restored_identity"
COPY_IDENTITIES = copy_into(_IDENTITIES, IDENTITY_COLUMNS)

#: Whoever signs in here already keeps doing so as before; the others bring their password along.
_BRING_PEOPLE = f"""
with brought as (
  insert into guanxi.identity ({", ".join(IDENTITY_COLUMNS)})
  select {", ".join(IDENTITY_COLUMNS)} from {_IDENTITIES} r
   where not exists (select from guanxi.identity i where i.id = r.id or i.email = r.email)
)
update person p set identity = known.id
  from {_IDENTITIES} r join guanxi.identity known on known.email = r.email
 where p.identity = r.id and known.id <> r.id
"""


async def is_free(work: UnitOfWork, schema: str) -> bool:
    """Whether there is no such workspace, or nobody in it."""
    person = await work.value("select to_regclass(quote_ident(%s) || '.person')", [schema])
    if person is None:
        return not await work.value(
            "select exists(select from pg_class c join pg_namespace n on n.oid = c.relnamespace"
            " where n.nspname = %s)",
            [schema],
        )
    query = sql.SQL("select not exists(select from {}.person)").format(sql.Identifier(schema))
    row = await (await work.connection.execute(query)).fetchone()
    return row is not None and bool(row[0])


async def make_schema(work: UnitOfWork, schema: str) -> None:
    """An empty one with the functions that every workspace has, as this server needs them."""
    await work.connection.execute(sql.SQL("create schema {}").format(sql.Identifier(schema)))
    await work.execute("select set_config('search_path', %s, true)", [schema])
    version = await work.value("show server_version_num")
    for statement in text_functions(int(version)):
        await work.execute(statement)
    await work.execute(
        f"create table {_IDENTITIES} (id uuid, email text, password_hash text,"
        " created_at timestamptz, changed_at timestamptz)"
    )


async def tables_in(work: UnitOfWork, schema: str) -> list[str]:
    rows = await work.rows(
        "select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        " where n.nspname = %s and relkind in ('r', 'p') and not relispartition order by relname",
        [schema],
    )
    return [row[0] for row in rows]


async def drop_table(work: UnitOfWork, schema: str, table: str) -> None:
    await work.connection.execute(
        sql.SQL("drop table {}.{} cascade").format(sql.Identifier(schema), sql.Identifier(table))
    )


async def drop_schema(work: UnitOfWork, schema: str) -> None:
    await work.connection.execute(
        sql.SQL("drop schema if exists {} cascade").format(sql.Identifier(schema))
    )


async def bring_people(work: UnitOfWork) -> None:
    """Ties the people of the workspace to the sign-ins of this installation."""
    await work.execute(_BRING_PEOPLE)
    await work.execute(f"drop table {_IDENTITIES}")


async def take_name(work: UnitOfWork, schema: str, workspace: str, target: str) -> bool:
    """Puts the restored workspace where it belongs, in the place of an empty one. False when that one is in use just now."""
    try:
        await work.execute("select set_config('lock_timeout', %s, true)", [LOCK_TIMEOUT])
        if not await _is_still_free(work, target):
            return False
        before = await _epoch_of(work, target)
        # Who serves the empty workspace notices that everything is another.
        await work.execute(
            "update epoch set design = design + %(design)s, rights = rights + %(rights)s", before
        )
        await work.execute("update setting set name = %s", [workspace])
        await drop_schema(work, target)
        await work.connection.execute(
            sql.SQL("alter schema {} rename to {}").format(
                sql.Identifier(schema), sql.Identifier(target)
            )
        )
    except (LockNotAvailable, DeadlockDetected):
        return False
    await work.execute(
        "insert into guanxi.workspace (name, schema) values (%s, %s) on conflict do nothing",
        [workspace, target],
    )
    return True


async def _is_still_free(work: UnitOfWork, schema: str) -> bool:
    """Nobody can become its first person from here on."""
    if await work.value("select to_regclass(quote_ident(%s) || '.person')", [schema]) is not None:
        await work.connection.execute(
            sql.SQL("lock table {}.person in access exclusive mode").format(sql.Identifier(schema))
        )
    return await is_free(work, schema)


async def _epoch_of(work: UnitOfWork, schema: str) -> dict[str, int]:
    if await work.value("select to_regclass(quote_ident(%s) || '.epoch')", [schema]) is None:
        return {"design": 0, "rights": 0}
    query = sql.SQL("select design, rights from {}.epoch").format(sql.Identifier(schema))
    row = await (await work.connection.execute(query)).fetchone()
    return {"design": row[0], "rights": row[1]} if row else {"design": 0, "rights": 0}
