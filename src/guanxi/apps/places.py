"""Finds the line where something stands in a YAML file, so that a problem can be told with it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

#: The one written in C is ten times as fast; not every build of PyYAML has it.
Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str) -> tuple[yaml.Node | None, Any]:
    """A document with its places, and what it says. Raises yaml.YAMLError."""
    loader = Loader(text)
    try:
        node = loader.get_single_node()
        return node, None if node is None else loader.construct_document(node)
    finally:
        loader.dispose()


def line_in(file: Path, path: Sequence[str | int]) -> int | None:
    """The line where a place in a file stands, or the nearest one above it; None when the file tells nothing."""
    try:
        node, _ = read_yaml(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return None
    return line_of(node, path)


def line_of(node: yaml.Node | None, path: Sequence[str | int]) -> int | None:
    """The same in a document that was read."""
    line = None if node is None else node.start_mark.line + 1
    for part in path:
        found = _child(node, part)
        if found is None:
            break
        node, line = found
    return line


def _child(node: yaml.Node | None, part: str | int) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(part):
                return value, key.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode) and str(part).isdigit() and int(part) < len(node.value):
        value = node.value[int(part)]
        return value, value.start_mark.line + 1
    return None
