"""`guanxi doctor`: what this installation is made of, and what is wrong with it."""

import os
import platform as machine
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, fields
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psutil
import typer

from guanxi.bootstrap import Platform
from guanxi.cli.language import spoken
from guanxi.cli.opening import opened
from guanxi.cli.running import REFUSED, DataDir, run, settings_with
from guanxi.cli.serve_command import web_app_folder
from guanxi.db.embedded import processes_of
from guanxi.kit.settings import Settings
from guanxi.kit.text import Text

LEAST_FREE_BYTES = 1 << 30

ENVIRONMENT = Text(zh="环境变量", en="environment")
OPTION = Text(zh="命令选项", en="option")
DEFAULT = Text(zh="默认", en="default")
NOT_BUILT = Text(
    zh="网页尚未构建（{folder}）。请运行 scripts/run。",
    en="The web app is not built ({folder}). Run scripts/run.",
)
DISK_FULL = Text(
    zh="{folder} 所在磁盘只剩 {free}。请腾出至少 1 GB。",
    en="Only {free} are free where {folder} lies. Make room for at least 1 GB.",
)
OLD_DATABASE = Text(
    zh="PostgreSQL {version} 太旧，需要 16 到 18 版。",
    en="PostgreSQL {version} is too old; 16 to 18 are needed.",
)
PROBLEMS = Text(zh="发现 {count} 个问题，见上文。", en="Found {count} problems; see above.")
ALL_WELL = Text(zh="一切正常。", en="All is well.")
LEAST_DATABASE = 160000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what it is, how it is, and what is wrong with it if anything is."""

    name: str
    value: str
    problem: Text | None = None


def doctor(data_dir: DataDir = None) -> None:
    """Look over the installation: settings, database, disk, memory, versions, web app.

    Examples:
        guanxi doctor

        GUANXI_DATABASE_URL=postgresql://guanxi@db/guanxi guanxi doctor

    Exit codes: 0 all is well, 1 something is wrong (it says what), 3 database out of reach.

    """
    settings = settings_with(data_dir=data_dir)
    for name, value, source in _settings(settings, data_dir):
        typer.echo(f"{name:<26} {value}  ({spoken(source)})")
    run(lambda: _look(settings))


def _settings(settings: Settings, data_dir: Path | None) -> Iterator[tuple[str, str, Text]]:
    for one in fields(Settings):
        variable = f"GUANXI_{one.name.upper()}"
        source = ENVIRONMENT if variable in os.environ else DEFAULT
        if one.name == "data_dir" and data_dir is not None:
            source = OPTION
        value = getattr(settings, one.name)
        shown = _without_password(value) if one.name == "database_url" else value
        yield variable, "-" if shown is None else str(shown), source


def _without_password(url: str | None) -> str | None:
    """The address of a database with its password hidden."""
    parts = urlsplit(url or "")
    if not parts.password:
        return url
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{parts.username}:…@{place}"))


async def _look(settings: Settings) -> None:
    found = [*_versions(), _web_app(), _disk(settings)]
    async with opened(settings) as platform:
        found += await _database(platform)
        if settings.database_url is None:
            found.append(_memory(settings))
    typer.echo()
    for one in found:
        typer.echo(f"{one.name:<26} {one.value}")
        if one.problem is not None:
            typer.echo(f"  ! {spoken(one.problem)}")
    problems = sum(one.problem is not None for one in found)
    typer.echo()
    if problems:
        typer.echo(spoken(PROBLEMS.fill(count=problems)), err=True)
        raise typer.Exit(REFUSED)
    typer.echo(spoken(ALL_WELL))


def _versions() -> list[Finding]:
    parts = ("fastapi", "uvicorn", "psycopg", "sqlalchemy", "pydantic")
    return [
        Finding("guanxi", version("guanxi")),
        Finding("python", f"{machine.python_version()} ({machine.platform()})"),
        *(Finding(part, version(part)) for part in parts),
    ]


def _web_app() -> Finding:
    folder = web_app_folder()
    if (folder / "index.html").is_file():
        return Finding("web app", str(folder))
    return Finding("web app", "-", NOT_BUILT.fill(folder=folder))


def _disk(settings: Settings) -> Finding:
    folder = settings.data_dir.resolve()
    place = next(one for one in (folder, *folder.parents) if one.exists())
    free = shutil.disk_usage(place).free
    problem = DISK_FULL.fill(folder=folder, free=_size(free)) if free < LEAST_FREE_BYTES else None
    return Finding("disk free", f"{_size(free)} ({folder})", problem)


async def _database(platform: Platform) -> list[Finding]:
    async with platform.database.begin(platform.schema) as work:
        number = int(await work.value("show server_version_num"))
        said = await work.value("show server_version")
        size = await work.value("select pg_database_size(current_database())")
        people = await work.value("select count(*) from person where active")
        objects = await work.value("select count(*) from object")
        waiting = await work.value("select count(*) from job")
    return [
        Finding(
            "database",
            f"PostgreSQL {said}, {_size(size)}",
            OLD_DATABASE.fill(version=said) if number < LEAST_DATABASE else None,
        ),
        Finding(
            "workspace",
            f"{platform.workspace.name} ({platform.workspace.time_zone},"
            f" {platform.workspace.currency}, {platform.workspace.locale})",
        ),
        Finding("people, objects, jobs", f"{people}, {objects}, {waiting}"),
    ]


def _memory(settings: Settings) -> Finding:
    """What all processes of the data folder hold, memory they share counted once."""
    held = 0
    for pid in processes_of(settings.data_dir / "database"):
        if pid == os.getpid():
            continue
        try:
            held += psutil.Process(pid).memory_full_info().pss
        except psutil.Error:
            continue
    return Finding("memory", _size(held))


def _size(count: int) -> str:
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"
