"""What `guanxi import` says: the mapping, the progress, the result, what was refused."""

import sys
from collections.abc import Mapping
from pathlib import Path

import typer

from guanxi.cli.language import reader_locale, spoken
from guanxi.kit.text import Text, label_in
from guanxi.records.import_model import Column, ColumnReport, Import

SHOWN_VALUES = 20

COLUMN = Text(zh="  {header} → {field}{format}", en="  {header} → {field}{format}")
LEFT_OUT = Text(zh="（不导入）", en="(left out)")
WOULD = Text(
    zh="试运行，没有写入：{rows} 行，将新建 {to_create}、更新 {to_update}、不变 {unchanged}、跳过 {to_skip}，有问题 {invalid}。",
    en="Dry run, nothing written: {rows} rows; would create {to_create}, update {to_update}, leave {unchanged} unchanged,"
    " skip {to_skip}; {invalid} refused.",
)
DID = Text(
    zh="已导入 {rows} 行：新建 {created}、更新 {updated}、不变 {unchanged}、跳过 {skipped}，有问题 {failed}。",
    en="Imported {rows} rows: created {created}, updated {updated}, unchanged {unchanged}, skipped {skipped};"
    " {failed} refused.",
)
PROBLEM = Text(zh="  {header}：{count} 行 {message}", en="  {header}: {count} rows. {message}")
WHOLE_ROWS = Text(zh="整行", en="Whole rows")
VALUE = Text(zh="    “{value}” × {count}", en="    “{value}” × {count}")
MEANT = Text(
    zh="，是不是“{meant}”？加上 --value '{header}:{value}={meant}'",
    en=" – “{meant}”? Add --value '{header}:{value}={meant}'",
)
REFUSED_FILE = Text(
    zh="有问题的行和原因已写入 {path}。", en="Refused rows with their reasons are in {path}."
)
HOW_TO_SEE_WHY = Text(
    zh="要看每行的原因，加上 --errors 文件名；要先看会发生什么，加上 --dry-run；要新建还没有的关联记录，加上 --create-links。",
    en="Add --errors FILE to see the reason of each row, --dry-run to see first what would happen,"
    " --create-links to make linked records that nobody has.",
)
FIRST_PASSWORD = Text(
    zh="  {name} <{email}> 初始密码：{password}", en="  {name} <{email}> first password: {password}"
)


def tell_mapping(made: Import) -> None:
    """Which column goes to which field."""
    for column in made.columns:
        field = column.field or spoken(LEFT_OUT)
        written = f" ({column.format})" if column.format else ""
        line = COLUMN.fill(header=_title(column), field=field, format=written)
        typer.echo(spoken(line))


def show_progress(done: int, total: int) -> None:
    """On a terminal only: a line that is written over."""
    if sys.stderr.isatty() and total:
        end = "\n" if done >= total else ""
        typer.echo(f"\r{done:,} / {total:,}{end}", nl=False, err=True)


def tell_password(name: str, email: str, password: str) -> None:
    typer.echo(spoken(FIRST_PASSWORD.fill(name=name, email=email, password=password)))


def tell_report(made: Import) -> int:
    """What would happen; how many rows are refused."""
    if made.report is None:
        return 0
    typer.echo(spoken(WOULD.fill(**made.report.model_dump(exclude={"columns", "preview"}))))
    columns = {column.index: column for column in made.columns}
    for one in made.report.columns:
        _tell_column(one, columns)
    return made.report.invalid


def tell_result(made: Import) -> int:
    """What happened; how many rows were refused."""
    if made.result is None:
        return 0
    typer.echo(spoken(DID.fill(rows=made.done, **made.result.model_dump())))
    return made.result.failed


def tell_refused_file(path: Path) -> None:
    typer.echo(spoken(REFUSED_FILE.fill(path=path)))


def tell_how_to_see_why() -> None:
    typer.echo(spoken(HOW_TO_SEE_WHY))


def _tell_column(report: ColumnReport, columns: Mapping[int, Column]) -> None:
    column = None if report.column is None else columns.get(report.column)
    header = spoken(WHOLE_ROWS) if column is None else _title(column)
    for problem in report.problems:
        message = label_in(problem.message, reader_locale())
        line = PROBLEM.fill(header=header, count=problem.count, message=message)
        typer.echo(spoken(line))
    for one in report.unmatched[:SHOWN_VALUES]:
        told = spoken(VALUE.fill(value=one.value, count=one.count))
        if one.suggestion is not None:
            meant = one.suggestion.value
            told += spoken(MEANT.fill(meant=meant, header=header, value=one.value))
        typer.echo(told)


def _title(column: Column) -> str:
    return column.header or column.letter
