"""`guanxi import`: a file into records or people, without a browser."""

import asyncio
from pathlib import Path
from typing import Annotated, get_args

import typer

from guanxi.cli.import_told import (
    show_progress,
    tell_how_to_see_why,
    tell_mapping,
    tell_password,
    tell_refused_file,
    tell_report,
    tell_result,
)
from guanxi.cli.language import reader_locale
from guanxi.cli.opening import opened
from guanxi.cli.running import CommandError, DataDir, run, settings_with
from guanxi.cli.user_command import person_of
from guanxi.kit.settings import Settings
from guanxi.kit.text import Text
from guanxi.records.import_by_header import HeaderWishes
from guanxi.records.import_change import FileWish
from guanxi.records.import_model import DuplicatePolicy, PeopleWish
from guanxi.records.import_refused import write_refused
from guanxi.records.import_whole import ImportWishes, WholeImport

#: Exit code: done, but some rows were refused.
ROWS_REFUSED = 4

POLICIES: tuple[DuplicatePolicy, ...] = get_args(DuplicatePolicy)

NO_FILE = Text(zh="没有文件 {path}，请检查路径。", en="There is no file {path}. Check the path.")
NOT_A_PAIR = Text(zh="“{given}”应写成 {form}。", en="'{given}' should be written as {form}.")
NO_SUCH_POLICY = Text(zh="--policy 只能是 {known}。", en="--policy is one of {known}.")


def import_(
    file: Annotated[Path, typer.Argument(help="CSV, TSV or XLSX.")],
    object_name: Annotated[
        str, typer.Option("--object", help="API name, e.g. crm_account; `person` for people.")
    ],
    key: Annotated[
        str | None, typer.Option(help="The field that tells which record is there already.")
    ] = None,
    policy: Annotated[
        str | None,
        typer.Option(help="What becomes of those: skip, update or create (a second one)."),
    ] = None,
    map_: Annotated[
        list[str] | None,
        typer.Option("--map", help="'Header=field'; 'Header=' leaves the column out. Repeatable."),
    ] = None,
    format_: Annotated[
        list[str] | None,
        typer.Option("--format", help="'Header=M/D/YYYY': how a column is written. Repeatable."),
    ] = None,
    match: Annotated[
        list[str] | None,
        typer.Option(
            "--match", help="'Header=number': how a link column names its records. Repeatable."
        ),
    ] = None,
    value: Annotated[
        list[str] | None,
        typer.Option("--value", help="'Header:GTXPro=GTX Pro': what a cell means. Repeatable."),
    ] = None,
    create_links: Annotated[
        bool, typer.Option("--create-links", help="Make the linked records nobody has.")
    ] = False,
    role: Annotated[
        str | None, typer.Option(help="Role of the people in the rows, by name.")
    ] = None,
    manager_role: Annotated[
        str | None, typer.Option(help="Role of managers the file only mentions, by name.")
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="Sheet of a workbook.")] = None,
    encoding: Annotated[str | None, typer.Option(help="E.g. gb18030.")] = None,
    delimiter: Annotated[str | None, typer.Option(help="E.g. ';'.")] = None,
    header_row: Annotated[
        int | None, typer.Option(help="Row of the headers; 0 if there is none.", min=0, max=100)
    ] = None,
    errors: Annotated[
        Path | None, typer.Option(help="Write refused rows with their reasons into this file.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    as_: Annotated[
        str | None,
        typer.Option("--as", help="As this person (e-mail address). Default: with all rights."),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    r"""Bring a file into records, or people.

    Examples:
        guanxi import accounts.csv --object crm_account

        guanxi import sales_pipeline.csv --object crm_opportunity --key opportunity_id \
            --value 'product:GTXPro=GTX Pro' --dry-run

        guanxi import sales_teams.csv --object person --create-links --role 销售代表 --manager-role 销售经理

    Exit codes: 0 every row is in, 1 refused (unreadable file, unknown field, no right), 3 database out of reach,
    4 some rows were refused.

    """
    settings = settings_with(data_dir=data_dir)
    run(
        lambda: _import(
            settings,
            file,
            object_name,
            ImportWishes(
                columns=HeaderWishes(
                    fields={
                        header: name or None
                        for header, name in _pairs(map_, "'Header=field'").items()
                    },
                    formats=_pairs(format_, "'Header=M/D/YYYY'"),
                    match_by=_pairs(match, "'Header=field'"),
                    values=_meanings(value),
                    create_links=create_links,
                ),
                key=key,
                policy=_policy(policy),
                people=PeopleWish(role=role, manager_role=manager_role),
                file=_file_wish(sheet, encoding, delimiter, header_row),
            ),
            errors=errors,
            is_dry=dry_run,
            email=as_,
        )
    )


async def _import(
    settings: Settings,
    file: Path,
    object_name: str,
    wishes: ImportWishes,
    *,
    errors: Path | None,
    is_dry: bool,
    email: str | None,
) -> None:
    if not await asyncio.to_thread(file.is_file):
        raise CommandError(NO_FILE.fill(path=file))
    async with opened(settings) as platform:
        person = None
        if email is not None:
            async with platform.database.begin(platform.schema) as work:
                person = await person_of(work, email)
        importing = WholeImport(platform.importing, person)
        made = await importing.prepare(object_name, file, file.name, wishes)
        tell_mapping(made)
        if is_dry:
            made = await importing.check(made)
            refused = tell_report(made)
        else:
            made = await importing.run(made, watch=show_progress, tell=tell_password)
            refused = tell_result(made)
        if errors is not None and refused:
            await write_refused(platform.importing, made, reader_locale(), errors)
            tell_refused_file(errors)
        elif refused:
            tell_how_to_see_why()
    if refused:
        raise typer.Exit(ROWS_REFUSED)


def _pairs(given: list[str] | None, form: str) -> dict[str, str]:
    pairs = {}
    for one in given or ():
        header, equals, meant = one.rpartition("=")
        if not equals or not header.strip():
            raise CommandError(NOT_A_PAIR.fill(given=one, form=form))
        pairs[header.strip()] = meant.strip()
    return pairs


def _meanings(given: list[str] | None) -> dict[str, dict[str, str | None]]:
    """'Header:cell=meaning' by header; nothing behind the sign means an empty cell."""
    form = "'Header:cell=meaning'"
    meanings: dict[str, dict[str, str | None]] = {}
    for one in given or ():
        header, colon, pair = one.partition(":")
        cell, equals, meant = pair.partition("=")
        if not (colon and equals and header.strip()):
            raise CommandError(NOT_A_PAIR.fill(given=one, form=form))
        meanings.setdefault(header.strip(), {})[cell.strip()] = meant.strip() or None
    return meanings


def _policy(given: str | None) -> DuplicatePolicy | None:
    if given is None:
        return None
    found = next((one for one in POLICIES if one == given), None)
    if found is None:
        raise CommandError(NO_SUCH_POLICY.fill(known=", ".join(POLICIES)))
    return found


def _file_wish(
    sheet: str | None, encoding: str | None, delimiter: str | None, header_row: int | None
) -> FileWish | None:
    wish = FileWish(sheet=sheet, encoding=encoding, delimiter=delimiter, header_row=header_row)
    return wish if wish.model_dump(exclude_none=True) else None
