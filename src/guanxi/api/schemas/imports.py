"""Bodies and answers about imports."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from guanxi.api.schemas.body import Answer, Body
from guanxi.api.schemas.people import NamedAnswer
from guanxi.records.import_change import FileWish
from guanxi.records.import_model import (
    Column,
    ColumnWish,
    Duplicates,
    Import,
    ImportStatus,
    LinkWish,
    PeopleWish,
    Report,
)
from guanxi.records.import_reading import MOST_COLUMNS
from guanxi.records.importing import is_of_people


class ImportChangesBody(Body):
    """What is missing stays. `file` begins the mapping anew."""

    mapping: Annotated[list[ColumnWish], Field(max_length=MOST_COLUMNS)] | None = None
    duplicates: Duplicates | None = None
    people: PeopleWish | None = None
    file: FileWish | None = None


class FileAnswer(Answer):
    """The file as it is read."""

    name: str
    size: int
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    sheets: tuple[str, ...]
    header_row: int
    rows: int | None


class MappingAnswer(Answer):
    """What is decided about a column, in the form in which it can be sent back."""

    column: int
    field: str | None
    format: str | None
    link: LinkWish | None
    values: Mapping[str, str | None]


class ProgressAnswer(Answer):
    done: int
    total: int


class ResultAnswer(Answer):
    """What an import did; the last three once it is being taken back."""

    created: int
    updated: int
    unchanged: int
    skipped: int
    failed: int
    removed: int | None
    reverted: int | None
    kept: int | None


class ImportAnswer(Answer):
    """An import, from the upload to its end. `people` only of files of people."""

    id: UUID
    object: str
    status: ImportStatus
    file: FileAnswer
    columns: tuple[Column, ...]
    mapping: list[MappingAnswer]
    duplicates: Duplicates
    people: PeopleWish | None
    progress: ProgressAnswer
    report: Report | None
    result: ResultAnswer | None
    error: Mapping[str, str] | None
    created_by: NamedAnswer | None
    created_at: datetime
    finished_at: datetime | None

    @classmethod
    def of(cls, import_: Import) -> "ImportAnswer":
        author = None
        if import_.created_by is not None and import_.created_by_name is not None:
            author = NamedAnswer(id=import_.created_by, name=import_.created_by_name)
        return cls(
            id=import_.id,
            object=import_.object,
            status=import_.status,
            file=FileAnswer.model_validate(import_.file),
            columns=import_.columns,
            mapping=[
                MappingAnswer(
                    column=column.index,
                    field=column.field,
                    format=column.format,
                    link=column.link,
                    values=column.values,
                )
                for column in import_.columns
            ],
            duplicates=import_.duplicates,
            people=import_.people if is_of_people(import_) else None,
            progress=ProgressAnswer(done=import_.done, total=import_.total),
            report=import_.report,
            result=None if import_.result is None else ResultAnswer.model_validate(import_.result),
            error=import_.error,
            created_by=author,
            created_at=import_.created_at,
            finished_at=import_.finished_at,
        )


class ImportsAnswer(Answer):
    imports: list[ImportAnswer]
