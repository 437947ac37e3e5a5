"""Brings the schemas of an installation up to date, and costs one query when they are."""

import asyncio
from typing import TYPE_CHECKING

import psycopg
import sqlalchemy as sa
from psycopg import sql

from guanxi.db.database import Database
from guanxi.db.migrations.schema_kinds import (
    INSTALLATION,
    INSTALLATION_SCHEMA,
    VERSION_TABLE,
    WORKSPACE,
    SchemaKind,
)
from guanxi.kit.later import later

if TYPE_CHECKING:
    from alembic import command as alembic_command
    from alembic import config as alembic_config
else:
    alembic_command = later("alembic.command")
    alembic_config = later("alembic.config")


#: How long a change of a table may wait for those who use it; then it fails and may be tried again.
LOCK_TIMEOUT = "10s"

#: Held by whoever migrates; other starts wait for it. The number only has to be ours alone.
MIGRATION_LOCK = 7_120_451_001


def schema_of(workspace: str) -> str:
    """The schema a workspace lives in."""
    return f"ws_{workspace}"


async def migrate(database: Database, workspace: str) -> bool:
    """Makes what is missing of the schema `guanxi` and of the workspace's own. True when there was something to do.

    Several processes may call it at once: one works, the others wait.
    """
    if await is_current(database, workspace):
        return False
    await asyncio.to_thread(_migrate_under_lock, database.conninfo, workspace)
    return True


async def is_current(database: Database, workspace: str) -> bool:
    """Whether both schemas have reached their newest revision."""
    reached = {
        INSTALLATION_SCHEMA: INSTALLATION.head,
        schema_of(workspace): WORKSPACE.head,
    }
    query = sql.SQL(" intersect all ").join(
        sql.SQL("select 1 from {}.{} where version_num = {}").format(
            sql.Identifier(schema), sql.Identifier(VERSION_TABLE), sql.Literal(head)
        )
        for schema, head in reached.items()
    )
    async with database.connection() as connection:
        try:
            row = await (await connection.execute(query)).fetchone()
        except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName):
            return False
    return row is not None


def _migrate_under_lock(conninfo: str, workspace: str) -> None:
    with psycopg.connect(conninfo, autocommit=True) as guard:
        guard.execute("select pg_advisory_lock(%s)", [MIGRATION_LOCK])
        _upgrade(conninfo, INSTALLATION, INSTALLATION_SCHEMA)
        _upgrade(conninfo, WORKSPACE, schema_of(workspace))
        guard.execute(
            "insert into guanxi.workspace (name, schema) values (%s, %s) on conflict do nothing",
            [workspace, schema_of(workspace)],
        )


def upgrade_installation(conninfo: str) -> None:
    """Makes what is missing of the schema `guanxi`; blocking."""
    with psycopg.connect(conninfo, autocommit=True) as guard:
        guard.execute("select pg_advisory_lock(%s)", [MIGRATION_LOCK])
        _upgrade(conninfo, INSTALLATION, INSTALLATION_SCHEMA)


def upgrade_workspace(conninfo: str, schema: str) -> None:
    """Brings a schema with the tables of a workspace up to date; blocking."""
    _upgrade(conninfo, WORKSPACE, schema)


def _upgrade(conninfo: str, kind: SchemaKind, schema: str) -> None:
    engine = sa.create_engine(
        "postgresql+psycopg://", creator=lambda: psycopg.connect(conninfo), poolclass=sa.NullPool
    )
    with engine.connect() as connection:
        connection.execute(sa.schema.CreateSchema(schema, if_not_exists=True))
        connection.execute(
            sa.text("select set_config('search_path', :schema, false)"), {"schema": schema}
        )
        connection.execute(
            sa.text("select set_config('lock_timeout', :timeout, false)"), {"timeout": LOCK_TIMEOUT}
        )
        connection.commit()
        config = alembic_config.Config()
        config.set_main_option("script_location", str(kind.folder.parent).replace("%", "%%"))
        config.set_main_option("version_locations", str(kind.folder).replace("%", "%%"))
        config.set_main_option("path_separator", "newline")
        config.attributes["connection"] = connection
        config.attributes["schema"] = schema
        alembic_command.upgrade(config, "head")
        connection.commit()
