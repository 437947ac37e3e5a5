"""Changes how a file is read and which column goes where, before it is checked or run."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

from pydantic import Field

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.fields.field_type import ReadingContext
from guanxi.kit.text import Text
from guanxi.permissions.viewer import Viewer
from guanxi.records import import_store as store
from guanxi.records.import_control import ready_import
from guanxi.records.import_mapping import apply_wishes, check_duplicates
from guanxi.records.import_model import (
    Column,
    ColumnWish,
    Document,
    Duplicates,
    FileForm,
    Import,
    PeopleWish,
)
from guanxi.records.import_reading import TableSample, count_rows, read_sample
from guanxi.records.import_upload import fields_of, guess
from guanxi.records.importing import Importing, importable_object, own_import

#: The sample of a file nobody had to look into.
NOTHING_READ = TableSample(header=(), rows=())

CHANGE = Text(zh="修改对应", en="change its mapping")


class FileWish(Document):
    """How a person wants the file read; what is missing stays."""

    encoding: str | None = Field(default=None, max_length=40)
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)
    sheet: str | None = Field(default=None, max_length=200)
    header_row: int | None = Field(default=None, ge=0, le=100)


async def change_import(
    work: UnitOfWork,
    viewer: Viewer,
    importing: Importing,
    id_: UUID,
    *,
    mapping: Sequence[ColumnWish] | None = None,
    duplicates: Duplicates | None = None,
    people: PeopleWish | None = None,
    file: FileWish | None = None,
) -> Import:
    """The import as somebody decided; a report made before no longer holds.

    Raises ImportNotFoundError, ImportBusyError, PartlyWrittenError, ImportRefusedError, InvalidMappingError,
    UnreadableFileError.
    """
    import_ = await ready_import(work, viewer, id_, CHANGE)
    definition = importable_object(viewer, import_.object)
    fields = fields_of(viewer, definition)
    form, columns, wanted = import_.file, import_.columns, import_.duplicates
    changes = list(mapping or ())
    if file is not None or any(_is_new_field(columns, wish) for wish in changes):
        form, sample = await _read_again(importing, import_, file)
        if file is not None:
            columns, wanted = guess(viewer, definition, sample)
    else:
        sample = NOTHING_READ
    columns = apply_wishes(
        columns, changes, sample, definition, fields, ReadingContext(viewer.zone)
    )
    if duplicates is not None:
        wanted = duplicates
        check_duplicates(wanted, columns, fields)
    elif wanted.key is not None and wanted.key not in {column.field for column in columns}:
        wanted = Duplicates()
    await store.save_mapping(work, id_, form, columns, wanted, people or import_.people)
    return await own_import(work, viewer, id_)


def _is_new_field(columns: Sequence[Column], wish: ColumnWish) -> bool:
    """Whether the cells of the column have to be looked at anew."""
    return wish.column >= len(columns) or columns[wish.column].field != wish.field


async def _read_again(
    importing: Importing, import_: Import, wish: FileWish | None
) -> tuple[FileForm, TableSample]:
    form = import_.file
    async with importing.file_of(import_) as path:
        if wish is not None:
            form = form.model_copy(update=wish.model_dump(exclude_none=True))
            if form.kind == "csv":
                rows = await asyncio.to_thread(count_rows, path, form)
                form = form.model_copy(update={"rows": rows})
        return form, await asyncio.to_thread(read_sample, path, form)
