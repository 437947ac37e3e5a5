"""SQL is put together only where SQL is made, and never with a value inside of its quotes."""

import ast
import re
from collections.abc import Iterator

from tools.lint.database_place import may_make_sql
from tools.lint.finding import Finding
from tools.lint.source import Source

_SQL = re.compile(
    r"\s*(select\s|insert\s+into\s|update\s+\S+\s+set\s|delete\s+from\s|with\s+\S+\s+as\s"
    r"|create\s+(table|index|schema|database|unique)|alter\s+table|drop\s+|truncate\s|copy\s+\S+\s*[(f])",
    re.IGNORECASE,
)

ELSEWHERE = (
    "Put SQL together in a store; pass values as parameters and names through the SQL builder."
)
QUOTED = "Pass the value as a parameter, or through sql.Literal where PostgreSQL takes none."


def sql_from_text(source: Source) -> Iterator[Finding]:
    """Constants of the code, written in capitals, may stand inside of SQL everywhere."""
    if source.parts[0] != "src":
        return
    for node in ast.walk(source.tree):
        begins, inserted = _composed(node)
        if not _SQL.match(begins) or all(_is_constant(one) for one in inserted):
            continue
        line = getattr(node, "lineno", 1)
        if not may_make_sql(source):
            yield Finding(source.path, line, "sql-from-text", ELSEWHERE)
        elif isinstance(node, ast.JoinedStr) and _holds_a_quoted_value(node):
            yield Finding(source.path, line, "sql-from-text", QUOTED)


def _composed(node: ast.AST) -> tuple[str, list[ast.expr]]:
    """The text a composed string begins with, and what is put into it."""
    if isinstance(node, ast.JoinedStr):
        inserted = [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
        return (_text(node.values[0]) if node.values else ""), inserted
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
        right = node.right
        return _text(node.left), [] if isinstance(right, ast.Constant) else [right]
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"format", "format_map"}
    ):
        return _text(node.func.value), [*node.args, *(one.value for one in node.keywords)]
    return "", []


def _holds_a_quoted_value(node: ast.JoinedStr) -> bool:
    """Whether an odd number of quotes stands ahead of something inserted."""
    quotes = 0
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            if quotes % 2 and not _is_constant(part.value):
                return True
        else:
            quotes += _text(part).count("'")
    return False


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _is_constant(node: ast.expr) -> bool:
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return isinstance(name, str) and name.strip("_").isupper()
