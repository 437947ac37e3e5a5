"""Files to be written and lines to be added, all of them or none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


class ScaffoldError(Exception):
    """It cannot be written; the text says why."""


@dataclass(frozen=True)
class Scaffold:
    """New files by path, and for files that exist what is put ahead of which text."""

    files: Mapping[str, str]
    additions: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    next_step: str = ""

    def write(self, root: Path) -> None:
        """Raises ScaffoldError before anything is written."""
        for path in self.files:
            if (root / path).exists():
                raise ScaffoldError(f"{path} exists already.")
        changed = {path: _added(root / path, lines) for path, lines in self.additions.items()}
        for path, text in {**self.files, **changed}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)

    def told(self) -> list[str]:
        made = [f"made     {path}" for path in self.files]
        changed = [f"changed  {path}" for path in self.additions]
        return [*made, *changed, self.next_step]


def _added(path: Path, lines: tuple[tuple[str, str], ...]) -> str:
    text = path.read_text()
    for mark, line in lines:
        if mark not in text:
            raise ScaffoldError(f"{path} has changed: {mark.strip()!r} is not in it.")
        text = text.replace(mark, f"{line}{mark}", 1)
    return text
