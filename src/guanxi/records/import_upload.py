"""Begins an import: takes the file, recognises it, guesses which column is which field."""

import asyncio
from pathlib import Path
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.fields.field_type import ReadingContext
from guanxi.kit.clock import SystemClock
from guanxi.kit.ids import new_id
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.permissions.viewer import Viewer
from guanxi.records import import_store as store
from guanxi.records.import_columns import showable
from guanxi.records.import_errors import ImportNotFoundError
from guanxi.records.import_file_store import store_file
from guanxi.records.import_guess import guess_columns, guess_duplicates
from guanxi.records.import_model import (
    Column,
    Duplicates,
    FileForm,
    Import,
    ImportStatus,
    PeopleWish,
)
from guanxi.records.import_people import person_fields
from guanxi.records.import_plan import importable_fields
from guanxi.records.import_reading import TableSample, count_rows, read_sample, recognise_file
from guanxi.records.importing import PERSON, Importing, importable_object

LONGEST_FILE_NAME = 200


async def upload(
    work: UnitOfWork,
    viewer: Viewer,
    importing: Importing,
    object_name: str,
    path: Path,
    file_name: str,
) -> Import:
    """A new import with its guessed mapping.

    Raises UnreadableFileError, FileTooLargeError, ImportRefusedError, ObjectNotFoundError.
    """
    definition = importable_object(viewer, object_name)
    form = await asyncio.to_thread(_recognise, importing, path, file_name)
    sample = await asyncio.to_thread(read_sample, path, form)
    columns, duplicates = guess(viewer, definition, sample)
    id_ = new_id()
    await store.insert_import(work, _new(id_, viewer, object_name, form, columns, duplicates))
    await store_file(work, id_, path)
    made = await store.load_import(work, id_)
    if made is None:
        raise ImportNotFoundError
    return made


def fields_of(viewer: Viewer, definition: ObjectDefinition) -> dict[str, FieldDefinition]:
    """The fields a column may go to."""
    if definition.name == PERSON:
        return person_fields(definition)
    return importable_fields(viewer, definition)


def guess(
    viewer: Viewer, definition: ObjectDefinition, sample: TableSample
) -> tuple[tuple[Column, ...], Duplicates]:
    """Which column is which field, and which field tells duplicates apart."""
    fields = fields_of(viewer, definition)
    context = ReadingContext(viewer.zone)
    columns = guess_columns(sample, definition, list(fields.values()), context)
    if definition.name == PERSON:
        return columns, Duplicates(policy="skip", key=_person_key(columns))
    return columns, guess_duplicates(columns, fields)


def _person_key(columns: tuple[Column, ...]) -> str:
    """People are known by their e-mail address, or failing that by their name."""
    return "email" if any(column.field == "email" for column in columns) else "name"


def _recognise(importing: Importing, path: Path, file_name: str) -> FileForm:
    importing.check_size(path.stat().st_size)
    form = recognise_file(path, showable(file_name, most=LONGEST_FILE_NAME))
    if form.kind == "csv":
        form = form.model_copy(update={"rows": count_rows(path, form)})
    return form


def _new(
    id_: UUID,
    viewer: Viewer,
    object_name: str,
    form: FileForm,
    columns: tuple[Column, ...],
    duplicates: Duplicates,
) -> Import:
    return Import(
        id=id_,
        object=object_name,
        status=ImportStatus.MAPPING,
        file=form,
        columns=columns,
        duplicates=duplicates,
        people=PeopleWish(),
        done=0,
        last_row=0,
        total=form.rows or 0,
        staged=None,
        report=None,
        result=None,
        error=None,
        created_by=viewer.person_id,
        created_by_name=None if viewer.person is None else viewer.person.name,
        source=viewer.source,
        created_at=SystemClock().now(),
        finished_at=None,
    )
