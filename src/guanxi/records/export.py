"""Writes records into a file: all that a list shows, as far as the viewer may take it out."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path as FilePath
from typing import Literal, Protocol, get_args

from guanxi.db.unit_of_work import Row, UnitOfWork
from guanxi.kit.text import Locale, label_in
from guanxi.permissions.asking import Asking
from guanxi.permissions.model import Action
from guanxi.permissions.viewer import Viewer
from guanxi.query.condition import Path
from guanxi.records.export_csv import CsvFile
from guanxi.records.export_xlsx import XlsxFile
from guanxi.records.read import ListRequest, list_question
from guanxi.records.rights import object_for

ExportFormat = Literal["csv", "xlsx"]
FORMATS: tuple[ExportFormat, ...] = get_args(ExportFormat)

#: Rows in memory at a time.
BATCH = 1000


class RecordFile(Protocol):
    """A file of records being written, row by row."""

    def write(self, rows: Sequence[Row]) -> None:
        """The stored values of some records, in the order of the columns."""
        ...

    def close(self) -> None: ...


_FILES: Mapping[ExportFormat, Callable[..., RecordFile]] = {"csv": CsvFile, "xlsx": XlsxFile}


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written."""

    rows: int
    #: A name to offer for the file, without its ending.
    name: str


async def export(
    work: UnitOfWork,
    viewer: Viewer,
    asking: Asking,
    object_name: str,
    request: ListRequest,
    *,
    format_: ExportFormat,
    to: FilePath,
) -> Exported:
    """Writes the records of the request to a file, in the order and with the fields of the request.

    They are read through a cursor of the server and written by batches, so that any number takes the same memory.
    The transaction must not be pipelined. Raises ObjectNotFoundError, NotAllowedError, QuestionError.
    """
    definition = object_for(viewer, object_name, Action.EXPORT)
    question = list_question(viewer, object_name, replace(request, cursor=None))
    statement = asking.rows(viewer, question, also=Action.EXPORT)
    heads = [heading(path, viewer.locale) for path in question.fields]
    file: RecordFile = await asyncio.to_thread(
        _FILES[format_], to, heads, question.fields, viewer.locale, viewer.zone
    )
    written = 0
    try:
        async for rows in work.batches(statement.text, statement.parameters, size=BATCH):
            await asyncio.to_thread(file.write, [row[1:] for row in rows])
            written += len(rows)
    finally:
        await asyncio.to_thread(file.close)
    return Exported(written, label_in(definition.plural_label, viewer.locale))


def heading(path: Path, locale: Locale) -> str:
    """The head of a column: the labels of the links walked, then that of the field."""
    labels = [label_in(link.label, locale) for link, _ in path.links]
    return " · ".join([*labels, label_in(path.field.label, locale)])
