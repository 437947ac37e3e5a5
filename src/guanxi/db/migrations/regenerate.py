"""Writes revision 0001 of both kinds of schema anew from the tables the areas declare.

    python -m guanxi.db.migrations.regenerate

Only until the first release: afterwards a change of a table is a revision of its own.
"""

import importlib
import pkgutil
from itertools import groupby
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql.base import PGDialect

import guanxi
from guanxi.db.migrations.schema_kinds import INSTALLATION, WORKSPACE, SchemaKind
from guanxi.db.tables import installation_metadata, workspace_metadata

#: Rows every schema of the kind begins with.
FIRST_ROWS = {
    INSTALLATION: (),
    WORKSPACE: (
        "INSERT INTO epoch DEFAULT VALUES",
        """INSERT INTO role (id, name, description, system, is_administrator, rights, origin) VALUES (
    '00000000-0000-7000-8000-000000000001',
    jsonb_build_object('zh-CN', '管理员', 'en', 'Administrator'),
    jsonb_build_object('zh-CN', '可以做任何事', 'en', 'May do everything'),
    true, true, '{design,manage_people,manage_roles}', 'guanxi.administrator'
)""",
    ),
}

_HEAD = '''"""{title}"""

from alembic import op
{imports}
revision = "0001"
down_revision = None

TABLES = """
{statements}
"""


def upgrade() -> None:
    for statement in TABLES.split(";\\n\\n"):
        op.execute(statement)
{more}'''

#: What no table says.
_IMPORTS = {INSTALLATION: "", WORKSPACE: "\nfrom guanxi.db.readings import text_functions\n"}
_MORE = {
    INSTALLATION: "",
    WORKSPACE: """    connection = op.get_bind()
    version = connection.exec_driver_sql("show server_version_num").scalar_one()
    for statement in text_functions(int(version)):
        connection.exec_driver_sql(statement)
""",
}

_TITLES = {
    INSTALLATION: "What an installation knows: workspaces, identities, tries to sign in.",
    WORKSPACE: "The platform tables of a workspace.",
}


def load_tables() -> None:
    """Imports every `tables` module of the product (also `…_tables`), so that the metadata are complete."""
    for module in pkgutil.walk_packages(guanxi.__path__, "guanxi."):
        name = module.name.rsplit(".", 1)[-1]
        if name == "tables" or name.endswith("_tables"):
            importlib.import_module(module.name)


def statements_for(metadata: sa.MetaData) -> list[str]:
    """The DDL that makes all tables of the metadata in an empty schema, in order."""
    statements: list[str] = []
    dialect: Any = PGDialect()  # type: ignore[no-untyped-call]

    def collect(element: sa.schema.ExecutableDDLElement, *_: object, **__: object) -> None:
        statements.append(str(element.compile(dialect=dialect)).strip())

    engine = sa.create_mock_engine("postgresql+psycopg://", collect)
    metadata.create_all(engine, checkfirst=False)
    return _with_indexes_in_order(statements)


def _with_indexes_in_order(statements: list[str]) -> list[str]:
    """The same statements, the indexes of each table by name: SQLAlchemy keeps them in a set."""
    groups = groupby(statements, key=lambda one: "INDEX " in one.split("(")[0])
    return [one for is_index, group in groups for one in (sorted(group) if is_index else group)]


def revision_text(kind: SchemaKind, statements: list[str]) -> str:
    """The Python file of the squashed revision."""
    tidy = [
        "\n".join(line.rstrip() for line in statement.replace("\t", "    ").splitlines())
        for statement in [*statements, *FIRST_ROWS[kind]]
    ]
    return _HEAD.format(
        title=_TITLES[kind],
        imports=_IMPORTS[kind],
        statements=";\n\n".join(tidy),
        more=_MORE[kind],
    )


def revision_file(kind: SchemaKind) -> Path:
    return kind.folder / "0001_tables.py"


def regenerate() -> None:
    load_tables()
    for kind, metadata in ((INSTALLATION, installation_metadata), (WORKSPACE, workspace_metadata)):
        revision_file(kind).write_text(revision_text(kind, statements_for(metadata)))


if __name__ == "__main__":
    regenerate()
