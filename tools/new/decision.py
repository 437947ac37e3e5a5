"""A new decision record with the next number."""

import re
from pathlib import Path

from tools.new.scaffold import Scaffold, ScaffoldError

FOLDER = "docs/decisions"


def new_decision(root: Path, name: str) -> Scaffold:
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    if not slug:
        raise ScaffoldError("Name the decision in a few Latin words.")
    numbers = [int(path.name[:4]) for path in (root / FOLDER).glob("[0-9][0-9][0-9][0-9]-*.md")]
    number = max(numbers, default=0) + 1
    path = f"{FOLDER}/{number:04d}-{slug}.md"
    title = slug.replace("-", " ").capitalize()
    return Scaffold(
        {
            path: f"# {number:04d} {title}\n\n**Context.** \n\n**Decision.** \n\n**Consequences.** \n\n"
            "**Alternatives.** \n"
        },
        next_step="Say what was tried or measured, in one page.",
    )
