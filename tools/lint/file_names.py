"""A file is named by what it promises, not by being useful."""

from collections.abc import Iterator

from tools.lint.finding import Finding
from tools.lint.source import Source

FORBIDDEN = frozenset(
    {
        "base",
        "common",
        "constants",
        "helper",
        "helpers",
        "manager",
        "misc",
        "service",
        "utils",
        "util",
    }
)


def file_names(source: Source) -> Iterator[Finding]:
    for part in source.parts:
        if part in FORBIDDEN:
            yield Finding(source.path, 1, "file-name", f"Name it by its promise, not '{part}'.")
