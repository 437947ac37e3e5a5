"""A module opens with one sentence: what it is for."""

import ast
from collections.abc import Iterator

from tools.lint.finding import Finding
from tools.lint.source import Source


def module_sentence(source: Source) -> Iterator[Finding]:
    if source.parts[0] == "src" and source.tree.body and not ast.get_docstring(source.tree):
        yield Finding(
            source.path, 1, "module-sentence", "Open the module with a sentence: what it is for."
        )
