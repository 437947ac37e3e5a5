"""SQLAlchemy and psycopg are used where SQL is made or run, and nowhere else."""

import ast
from collections.abc import Iterator

from tools.lint.finding import Finding
from tools.lint.source import Source

LIBRARIES = frozenset({"sqlalchemy", "psycopg", "psycopg_pool", "alembic"})

#: Areas that make SQL as a whole.
AREAS = frozenset({"db", "fields", "query", "testing"})

#: Single modules that compose statements: the compiler's part that knows permissions, and changes of tables and what
#: they are counted by.
MODULES = frozenset(
    {
        ("auth", "guard"),
        ("events", "partitions"),
        ("formula", "calendar_sql"),
        ("formula", "compile_sql"),
        ("formula", "conversions"),
        ("formula", "functions"),
        ("formula", "periods"),
        ("formula", "sql_value"),
        ("metadata", "apply"),
        ("metadata", "ddl"),
        ("metadata", "making"),
        ("metadata", "pending"),
        ("metadata", "plan_counts"),
        ("metadata", "purge"),
        ("permissions", "asking"),
        ("permissions", "scope"),
    }
)


def database_place(source: Source) -> Iterator[Finding]:
    if source.parts[0] != "src" or may_make_sql(source):
        return
    for node in ast.walk(source.tree):
        for name in _imported(node):
            if name.partition(".")[0] in LIBRARIES:
                yield Finding(
                    source.path,
                    getattr(node, "lineno", 1),
                    "database-place",
                    f"Use {name} in a store or in tables, and call that from here.",
                )


def may_make_sql(source: Source) -> bool:
    """Whether a module of the product is one of those that make or run SQL."""
    inside = source.parts[2:]
    if not inside:
        return False
    last = inside[-1]
    is_store = last == "store" or last == "tables" or last.endswith(("_store", "_tables"))
    return inside[0] in AREAS or inside[:2] in MODULES or is_store


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module]
    return []
