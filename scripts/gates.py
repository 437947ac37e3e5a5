"""Every gate a change has to pass, and the sum of what they found."""

import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from preparing import Preparation, run_in_group, step, told

#: What a gate may take before it counts as failed.
GATE_SECONDS = 1200

_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, slots=True)
class Counts:
    """What a gate, or all of them, found."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped
        )

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


@dataclass(frozen=True)
class Gate:
    """One gate: a command, and how to read what it counted. Without a reader it counts as one."""

    name: str
    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    count: Callable[[], Counts | None] | None = None
    #: Why it cannot run here; None when it can.
    left_out: str | None = None

    def run(self) -> Counts:
        """Runs it, shows what it says, and returns what it found."""
        if self.left_out is not None:
            print(f"⊘ {self.name}: {self.left_out}", flush=True)
            return Counts(skipped=1)
        print(f"▶ {self.name}", flush=True)
        begun = time.monotonic()
        # Tests start hundreds of Pythons: compiling every library anew in each takes longer than the tests.
        kept = {name: value for name, value in os.environ.items() if name != _NO_BYTECODE}
        environment = {**kept, **self.environment}
        code = run_in_group(
            self.command, folder=self.folder, environment=environment, seconds=GATE_SECONDS
        )
        counts = self._counts(code)
        mark = "✗" if counts.failed else "✓"
        print(f"{mark} {self.name}: {counts} ({time.monotonic() - begun:.0f} s)\n", flush=True)
        return counts

    def _counts(self, code: int) -> Counts:
        """A gate that ends badly has failed, whatever it counted before."""
        counted = self.count() if self.count else None
        if counted is None:
            return Counts(passed=1) if code == 0 else Counts(failed=1)
        return counted if code == 0 or counted.failed else counted + Counts(failed=1)


def run_gates(arguments: Sequence[str]) -> int:
    """Sets up and runs the gates; the exit code of the whole."""
    preparation = Preparation()
    wanted = [value for name, value in itertools.pairwise(arguments) if name == "--only"]
    preparation.python_packages(("dev", *preparation.node_groups()))
    preparation.front_end_packages()
    with tempfile.TemporaryDirectory(prefix="guanxi-gates-") as reports:
        gates = all_gates(preparation, Path(reports), with_slow="--all" in arguments)
        if "--list" in arguments:
            print("\n".join(gate.name for gate in gates))
            return 0
        unknown = set(wanted) - {gate.name for gate in gates}
        if unknown:
            print(f"No gate is named {', '.join(sorted(unknown))}; --list names them.")
            return 2
        return _sum(gate for gate in gates if not wanted or gate.name in wanted)


def _sum(gates: Iterable[Gate]) -> int:
    total = Counts()
    bad: list[str] = []
    try:
        for gate in gates:
            found = gate.run()
            total += found
            if found.failed:
                bad.append(gate.name)
    except KeyboardInterrupt:
        print(told("Stopped.", "已停止。"))
        return 130
    if bad:
        print(told(f"Failed: {', '.join(bad)}", f"未通过：{', '.join(bad)}"))
    print(total)
    return 1 if total.failed else 0


def all_gates(preparation: Preparation, reports: Path, *, with_slow: bool) -> list[Gate]:
    """The gates in the order in which they run: the quick ones first."""
    root, frontend = preparation.root, preparation.frontend
    node = preparation.node_environment()

    def python(name: str, *command: str, count: Callable[[], Counts | None] | None = None) -> Gate:
        program = str(preparation.program(command[0]))
        path = f"{preparation.program('')}{os.pathsep}{os.environ.get('PATH', '')}"
        return Gate(name, [program, *command[1:]], root, {"PATH": path}, count)

    def web(name: str, *command: str, count: Callable[[], Counts | None] | None = None) -> Gate:
        return Gate(name, command, frontend, node, count)

    def pytest(name: str, *arguments: str) -> Gate:
        report = reports / f"{name}.xml"
        marks = [] if with_slow else ["-m", "not slow"]
        return python(
            name,
            *("pytest", "-q", f"--junitxml={report}", *marks, *arguments),
            count=lambda: counted_by_pytest(report),
        )

    vitest = reports / "vitest.json"
    return [
        python("ruff", "ruff", "check"),
        python("format", "ruff", "format", "--check"),
        python("imports", "lint-imports"),
        python("own-rules", "python", "-m", "tools.lint"),
        python("spelling", "codespell", *_tracked(root)),
        python("mypy", "mypy"),
        web("types", "npx", "--no-install", "tsc", "-b"),
        web("eslint", "npx", "--no-install", "eslint", "."),
        web("layers", "npm", "run", "--silent", "depcruise"),
        web(
            "vitest",
            *("npx", "--no-install", "vitest", "run", "--reporter=default"),
            *("--reporter=json", f"--outputFile.json={vitest}"),
            count=lambda: counted_by_vitest(vitest),
        ),
        Gate(
            "web-app",
            [
                sys.executable,
                "-c",
                "from preparing import Preparation as P; P().web_app(anew=True)",
            ],
            root / "scripts",
            {_NO_BYTECODE: "1"},
        ),
        web("size", "npm", "run", "--silent", "size"),
        pytest("pytest", "-n", "2", "--dist", "worksteal", "tests"),
        _stories(pytest("stories", "-n", "2", "--dist", "loadfile", "e2e")),
    ]


def _stories(gate: Gate) -> Gate:
    """The stories need a browser: the machine's, else Debian's when it may be installed."""
    if any(shutil.which(name) for name in BROWSERS) or _install_browser():
        return gate
    reason = told(
        "no Chromium here and no right to install it (apt install chromium)",
        "没有 Chromium，也无权安装（apt install chromium）",
    )
    return Gate(gate.name, gate.command, gate.folder, left_out=reason)


def _install_browser() -> bool:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with step("Chromium", "Chromium 浏览器"):
        for command in (
            ["apt-get", "update"],
            ["apt-get", "install", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk"],
        ):
            subprocess.run(command, check=False, env=environment, capture_output=True)
    return shutil.which("chromium") is not None


def _tracked(root: Path) -> list[str]:
    """What codespell reads: the folders of the project, not what lies about."""
    names = ("README.md", "CONTRIBUTING.md", "docs", "src", "tests", "tools", "scripts", "e2e")
    more = ("benchmarks", "frontend/src", "changes")
    return [name for name in (*names, *more) if (root / name).exists()]


def counted_by_pytest(report: Path) -> Counts | None:
    if not report.exists():
        return None
    suite = ElementTree.parse(report).getroot().find("testsuite")
    if suite is None:
        return None
    tests, failures, errors, skipped = (
        int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")
    )
    return Counts(tests - failures - errors - skipped, failures + errors, skipped)


def counted_by_vitest(report: Path) -> Counts | None:
    if not report.exists():
        return None
    said = json.loads(report.read_text())
    skipped = said.get("numPendingTests", 0) + said.get("numTodoTests", 0)
    failed = said["numFailedTests"]
    # A file that does not load has no failed tests of its own.
    broken = sum(
        one["status"] == "failed" and not one["assertionResults"] for one in said["testResults"]
    )
    return Counts(said["numPassedTests"], failed + broken, skipped)
