"""`guanxi backup` and `guanxi restore`: a workspace as one file, and back."""

import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from guanxi.backup.make import make_backup
from guanxi.backup.restore import restore_backup
from guanxi.cli.language import spoken
from guanxi.cli.opening import database_of
from guanxi.cli.running import CommandError, DataDir, run, settings_with
from guanxi.db.database import Database
from guanxi.files.content import LocalContent
from guanxi.kit.clock import SystemClock
from guanxi.kit.settings import Settings
from guanxi.kit.text import Text

NOT_READABLE = Text(zh="不能读写 {path}：{reason}。", en="Cannot read or write {path}: {reason}.")
THERE_ALREADY = Text(
    zh="{path} 已存在。请换一个文件名，或加 --overwrite。",
    en="{path} is there already. Choose another name, or add --overwrite.",
)
MADE = Text(
    zh="已把工作区「{workspace}」备份到 {path}：{tables} 张表，{rows} 行，{files} 个附件，共 {size}。",
    en="Backed up the workspace “{workspace}” to {path}: {tables} tables, {rows} rows, {files} files, {size}.",
)
RESTORED = Text(
    zh="已恢复为工作区「{workspace}」：{tables} 张表，{rows} 行，{files} 个附件。大家需要重新登录。",
    en="Restored as the workspace “{workspace}”: {tables} tables, {rows} rows, {files} files. Everybody signs in again.",
)
SERVE_IT = Text(
    zh="要使用它，请设置 GUANXI_WORKSPACE={workspace} 后运行 guanxi serve。",
    en="To use it, set GUANXI_WORKSPACE={workspace} and run guanxi serve.",
)
MISSING = Text(
    zh="注意：{count} 个附件的内容在备份时已不存在，例如 {some}。",
    en="Note: the content of {count} files was missing when the backup was made, e.g. {some}.",
)
LEFT_OUT = Text(
    zh="注意：这些不属于 Guanxi，没有备份：{names}。",
    en="Note: these are not Guanxi's and were left out: {names}.",
)
GOING_ON = Text(zh="{thing}（{done}/{total}）", en="{thing} ({done} of {total})")

#: So often whoever waits is told how far it is.
_SECONDS_BETWEEN = 1.0


def backup(
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace a file of the name.")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Write the whole workspace into one file: records, design, people, history, files.

    People go on working meanwhile; the file shows one moment. Only changes of design wait. Keep the file safe: it holds
    everything, passwords included (hashed).

    Examples:
        guanxi backup -o guanxi.backup

        GUANXI_WORKSPACE=sales guanxi backup -o "sales-$(date +%F).backup"

    Exit codes: 0 written, 1 refused (no such workspace, file not writable), 3 database out of reach.

    """
    settings = settings_with(data_dir=data_dir)
    if output.exists() and not overwrite:
        run(lambda: _refuse(THERE_ALREADY.fill(path=output)))
    run(lambda: _backup(settings, output))


def restore(
    file: Annotated[Path, typer.Argument(help="A file made by guanxi backup.")],
    workspace: Annotated[
        str | None, typer.Option(help="Restore under this name. Default: as it was called.")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Make a workspace of a backup, here or in another installation.

    The file is read through before anything is done. The workspace is built beside the others and appears when it is
    whole; one that people use is never overwritten.

    Examples:
        guanxi restore guanxi.backup

        guanxi restore guanxi.backup --workspace rehearsal

    Exit codes: 0 restored, 1 refused (not a backup, incomplete, altered, of a newer version, workspace in use),
    3 database out of reach.

    """
    settings = settings_with(data_dir=data_dir)
    run(lambda: _restore(settings, file, workspace))


@dataclass(slots=True)
class _Told:
    """Says on standard error how far it is: on a terminal in one line, else now and then."""

    last: float = field(default_factory=time.monotonic)

    def __call__(self, thing: str, done: int, total: int) -> None:
        if time.monotonic() - self.last < _SECONDS_BETWEEN:
            return
        self.last = time.monotonic()
        line = spoken(GOING_ON.fill(thing=thing, done=done, total=total))
        on_terminal = sys.stderr.isatty()
        typer.echo(f"\r\033[K{line}" if on_terminal else line, err=True, nl=not on_terminal)

    def end(self) -> None:
        if sys.stderr.isatty():
            typer.echo("\r\033[K", err=True, nl=False)


async def _refuse(text: Text) -> None:
    raise CommandError(text)


async def _backup(settings: Settings, output: Path) -> None:
    async with _opened(settings, output) as (database, told):
        made = await make_backup(
            database,
            LocalContent(_files(settings) / settings.workspace_schema),
            settings.workspace,
            output,
            clock=SystemClock(),
            progress=told,
        )
    typer.echo(
        spoken(
            MADE.fill(
                workspace=settings.workspace,
                path=output,
                tables=made.tables,
                rows=made.rows,
                files=made.files,
                size=f"{made.size / 1e6:,.1f} MB",
            )
        )
    )
    _tell_missing(made.missing)
    if made.left_out:
        typer.echo(spoken(LEFT_OUT.fill(names=", ".join(made.left_out))), err=True)


async def _restore(settings: Settings, file: Path, workspace: str | None) -> None:
    async with _opened(settings, file) as (database, told):
        restored = await restore_backup(database, _files(settings), file, workspace, progress=told)
    typer.echo(
        spoken(
            RESTORED.fill(
                workspace=restored.workspace,
                tables=restored.tables,
                rows=restored.rows,
                files=restored.files,
            )
        )
    )
    if restored.workspace != settings.workspace:
        typer.echo(spoken(SERVE_IT.fill(workspace=restored.workspace)))
    _tell_missing(restored.missing)


@asynccontextmanager
async def _opened(settings: Settings, path: Path) -> AsyncIterator[tuple[Database, _Told]]:
    """The database as it is: nothing is brought up to date, for a backup is made before that."""
    told = _Told()
    try:
        async with database_of(settings) as conninfo:
            database = Database(conninfo, pool_size=4)
            await database.open()
            try:
                yield database, told
            finally:
                await database.close()
    except OSError as error:
        raise CommandError(
            NOT_READABLE.fill(path=error.filename or path, reason=error.strerror or str(error))
        ) from None
    finally:
        told.end()


def _files(settings: Settings) -> Path:
    return settings.data_dir / "files"


def _tell_missing(missing: Sequence[str]) -> None:
    if missing:
        typer.echo(spoken(MISSING.fill(count=len(missing), some=missing[0])), err=True)
