"""`guanxi export`: records into a file, without a browser."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from guanxi.bootstrap import Platform
from guanxi.cli.language import reader_locale, spoken
from guanxi.cli.opening import opened
from guanxi.cli.running import CommandError, DataDir, run, settings_with
from guanxi.cli.user_command import person_of
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.settings import Settings
from guanxi.kit.text import Text
from guanxi.permissions.viewer import Viewer
from guanxi.records.export import FORMATS, ExportFormat, export
from guanxi.records.read import ListRequest

NOT_JSON = Text(
    zh='--filter 要写成 JSON，例如 {{"field": "stage", "op": "eq", "value": "won"}}。',
    en='--filter is JSON, for example {{"field": "stage", "op": "eq", "value": "won"}}.',
)
UNKNOWN_FORMAT = Text(
    zh="不知道写成哪种格式，请用 --format 指定：{formats}。",
    en="Say how to write it by --format: {formats}.",
)
NOT_WRITABLE = Text(zh="不能写入 {path}：{reason}。", en="Cannot write {path}: {reason}.")
DONE = Text(zh="已导出 {rows} 条记录到 {path}。", en="Exported {rows} records to {path}.")


def export_(
    object_name: Annotated[str, typer.Option("--object", help="API name, e.g. crm_account.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    format_: Annotated[
        str | None, typer.Option("--format", help="csv or xlsx. Default: as the file is named.")
    ] = None,
    filter_: Annotated[
        str | None, typer.Option("--filter", help="Which records, as JSON. Default: all.")
    ] = None,
    sort: Annotated[str, typer.Option(help="E.g. -amount,name.")] = "",
    fields: Annotated[
        str, typer.Option(help="E.g. name,amount,account.industry. Default: all.")
    ] = "",
    as_: Annotated[
        str | None,
        typer.Option("--as", help="As this person (e-mail address) sees it. Default: everything."),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    r"""Write records into a CSV or XLSX file.

    Examples:
        guanxi export --object crm_account -o accounts.csv

        guanxi export --object crm_opportunity -o won.xlsx --sort=-amount \
            --filter '{"field": "stage", "op": "eq", "value": "won"}' --as rep1@example.com

    Exit codes: 0 written, 1 refused (unknown object or field, no right), 3 database out of reach.

    """
    settings = settings_with(data_dir=data_dir)
    run(
        lambda: _export(
            settings,
            object_name,
            ListRequest(
                filter=_filter(filter_), sort=_listed(sort), fields=_listed(fields) or None
            ),
            format_=_format(format_ or output.suffix.removeprefix(".")),
            output=output,
            email=as_,
        )
    )


async def _export(
    settings: Settings,
    object_name: str,
    request: ListRequest,
    *,
    format_: ExportFormat,
    output: Path,
    email: str | None,
) -> None:
    unfinished = output.with_name(f".{output.name}.unfinished")
    try:
        async with opened(settings) as platform, platform.database.begin(platform.schema) as work:
            done = await export(
                work,
                await _viewer(platform, work, email),
                platform.asking,
                object_name,
                request,
                format_=format_,
                to=unfinished,
            )
        unfinished.replace(output)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CommandError(NOT_WRITABLE.fill(path=output, reason=reason)) from None
    finally:
        unfinished.unlink(missing_ok=True)
    typer.echo(spoken(DONE.fill(rows=done.rows, path=output)))


async def _viewer(platform: Platform, work: UnitOfWork, email: str | None) -> Viewer:
    """The person, in their language; or one who may see everything, in that of the terminal."""
    if email is None:
        viewer = await platform.gate.system_viewer(work, "command")
        return replace(viewer, locale=reader_locale())
    return await platform.gate.person_viewer(work, await person_of(work, email), "command")


def _filter(raw: str | None) -> Any:
    if raw is None:
        return None
    try:
        return json.loads(raw)
    except ValueError:
        raise CommandError(NOT_JSON.fill()) from None


def _format(wished: str) -> ExportFormat:
    found = next((one for one in FORMATS if one == wished.lower()), None)
    if found is None:
        raise CommandError(UNKNOWN_FORMAT.fill(formats=", ".join(FORMATS)))
    return found


def _listed(raw: str) -> list[str]:
    return [one.strip() for one in raw.split(",") if one.strip()]
