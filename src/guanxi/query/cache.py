"""Compiled statements, kept by shape: building one costs a millisecond, finding it a microsecond."""

from collections.abc import Callable, Hashable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql.base import PGCompiler, PGDialect

MOST_TEXTS = 5000


class _Compiler(PGCompiler):
    """Writes constants of the code into the text; only named parameters stay open.

    Values of people are never constants: they are `bindparam`s without a value.
    """

    def visit_bindparam(self, bindparam: Any, *args: Any, **kwargs: Any) -> Any:
        if not bindparam.required:
            kwargs["literal_binds"] = True
        return super().visit_bindparam(bindparam, *args, **kwargs)  # type: ignore[no-untyped-call]


class _Dialect(PGDialect):
    statement_compiler = _Compiler
    supports_statement_cache = False


def sql_text(statement: sa.sql.ClauseElement) -> str:
    """The statement's text with `%(name)s` places, as psycopg reads it."""
    dialect = _Dialect(paramstyle="pyformat")  # type: ignore[no-untyped-call]
    return str(statement.compile(dialect=dialect))


class StatementCache:
    """Texts by key; the key holds everything the text depends on."""

    def __init__(self) -> None:
        self._texts: dict[Hashable, str] = {}

    def text(self, key: Hashable, build: Callable[[], sa.sql.ClauseElement]) -> str:
        found = self._texts.get(key)
        if found is None:
            if len(self._texts) >= MOST_TEXTS:
                self._texts.clear()
            found = self._texts[key] = sql_text(build())
        return found
