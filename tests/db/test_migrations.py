"""The revisions make exactly the tables that the areas declare."""

import asyncio
from pathlib import Path

import psycopg
import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from guanxi.db.database import Database
from guanxi.db.migrations.regenerate import load_tables, statements_for
from guanxi.db.migrations.schema_kinds import INSTALLATION, WORKSPACE, SchemaKind
from guanxi.db.migrations.upgrade import is_current, migrate, schema_of
from guanxi.db.tables import installation_metadata, workspace_metadata

TABLES = """
select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
       pg_get_expr(d.adbin, d.adrelid), c.reloptions::text, pg_get_partkeydef(c.oid)
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
  left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
 where c.relnamespace = %s::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'schema_version'
 order by 1, 2
"""
INDEXES = """
select replace(indexdef, schemaname || '.', '') from pg_indexes
 where schemaname = %s and tablename <> 'schema_version' order by 1
"""
CONSTRAINTS = """
select conrelid::regclass::text, conname, replace(pg_get_constraintdef(oid), %(schema)s || '.', '')
  from pg_constraint where connamespace = %(schema)s::regnamespace and conrelid <> 0
   and conrelid <> (%(schema)s || '.schema_version')::regclass order by 2
"""


def structure(connection: "psycopg.Connection[tuple[object, ...]]", schema: str) -> list[object]:
    connection.execute("select set_config('search_path', %s, false)", [schema])
    return [
        connection.execute(TABLES, [schema]).fetchall(),
        connection.execute(INDEXES, [schema]).fetchall(),
        connection.execute(CONSTRAINTS, {"schema": schema}).fetchall(),
    ]


async def test_a_migrated_workspace_has_the_declared_tables(conninfo: str, schema: str) -> None:
    load_tables()
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute("create schema declared")
        connection.execute("create table declared.schema_version ()")
        connection.execute("set search_path to declared")
        for statement in statements_for(workspace_metadata):
            connection.execute(statement)
        assert structure(connection, schema) == structure(connection, "declared")


async def test_the_migrated_installation_has_the_declared_tables(conninfo: str) -> None:
    load_tables()
    with psycopg.connect(conninfo, autocommit=True) as connection:
        migrated = structure(connection, "guanxi")
        connection.execute("drop schema guanxi cascade")
        connection.execute("create schema guanxi")
        connection.execute("create table guanxi.schema_version ()")
        for statement in statements_for(installation_metadata):
            connection.execute(statement)
        assert migrated == structure(connection, "guanxi")


@pytest.mark.parametrize("kind", [INSTALLATION, WORKSPACE], ids=lambda kind: kind.name)
def test_the_line_of_revisions_never_forks(kind: SchemaKind) -> None:
    config = Config()
    config.set_main_option("script_location", str(kind.folder.parent))
    config.set_main_option("version_locations", str(kind.folder))
    config.set_main_option("path_separator", "newline")
    assert ScriptDirectory.from_config(config).get_heads() == [kind.head]
    assert all(Path(file).name.startswith(kind.head[:1]) for file in kind.folder.glob("0*.py"))


async def test_many_processes_may_start_at_once(database: Database) -> None:
    assert not await is_current(database, "second")
    did = await asyncio.gather(*[migrate(database, "second") for _ in range(4)])
    assert any(did)
    assert await is_current(database, "second")
    assert not await migrate(database, "second")
    async with database.begin(schema_of("second")) as work:
        assert await work.value("select count(*) from guanxi.workspace") == 2
        assert await work.row("select design, rights from epoch") == (1, 1)
        assert await work.value("select count(*) from role where is_administrator") == 1


async def test_nothing_in_a_workspace_references_another_schema(conninfo: str, schema: str) -> None:
    with psycopg.connect(conninfo) as connection:
        foreign = connection.execute(
            "select conname from pg_constraint c join pg_class r on r.oid = c.confrelid"
            " where c.contype = 'f' and c.connamespace = %s::regnamespace"
            " and r.relnamespace <> c.connamespace",
            [schema],
        ).fetchall()
    assert foreign == []
