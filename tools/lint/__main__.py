"""`python -m tools.lint`: checks every Python file of the project; exit code 1 when a rule is broken."""

import sys
from collections.abc import Iterable
from pathlib import Path

from tools.lint.finding import Finding
from tools.lint.rules import RULES
from tools.lint.source import Source, read_source

ROOT = Path(__file__).parents[2]
FOLDERS = ("src", "tests", "tools", "scripts", "e2e", "benchmarks")


def findings_in(sources: Iterable[Source]) -> list[Finding]:
    """What all rules find, by place."""
    found = [one for source in sources for rule in RULES for one in rule(source)]
    return sorted(found, key=lambda one: (one.path, one.line))


def main() -> int:
    sources, found = [], []
    for path in (one for folder in FOLDERS for one in sorted((ROOT / folder).rglob("*.py"))):
        try:
            sources.append(read_source(path, ROOT))
        except SyntaxError as error:
            name = path.relative_to(ROOT).as_posix()
            advice = (
                f"This is no Python {sys.version_info.major}.{sys.version_info.minor}: {error.msg}."
            )
            found.append(Finding(name, error.lineno or 1, "syntax", advice))
    found += findings_in(sources)
    for one in found:
        print(one)
    print(f"{len(sources)} files inspected, {len(found)} against our rules")
    return 1 if found or not sources else 0


if __name__ == "__main__":
    sys.exit(main())
