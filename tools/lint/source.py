"""A Python file as the rules see it."""

import ast
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Source:
    """A file by its path from the root, and its syntax tree."""

    path: str
    tree: ast.Module

    @property
    def parts(self) -> tuple[str, ...]:
        """The path without `.py`: `("src", "guanxi", "db", "wire")`."""
        return tuple(self.path.removesuffix(".py").split("/"))


def read_source(path: Path, root: Path) -> Source:
    return Source(path.relative_to(root).as_posix(), ast.parse(path.read_text()))
