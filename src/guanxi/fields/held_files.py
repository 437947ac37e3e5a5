"""What fields that hold files share: their settings, and their values as they are sent and kept."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.dialects.postgresql import JSONB

from guanxi.fields.capabilities import EMPTINESS, Aggregate, Family, ValueKind
from guanxi.fields.field_type import (
    FieldOptions,
    FieldType,
    InvalidValueError,
    ReadingContext,
)
from guanxi.kit.text import Locale, Text

NOT_FILES = Text(
    zh="请先上传文件，再填它们的 id。", en="Upload the files first, then send their ids."
)
TOO_MANY_FILES = Text(
    zh="最多 {most} 个文件，现在有 {count} 个。", en="At most {most} files; this has {count}."
)
NO_FILES_IN_TEXT = Text(
    zh="文件不能用文字填写，请在记录里上传。",
    en="Files cannot be written as text. Upload them on the record.",
)
_ENDING = r"^[a-z0-9]{1,10}$"


class FileOptions(FieldOptions):
    """How many files of what size."""

    #: Most files of one record.
    most: Annotated[int, Field(ge=1, le=50)] = 10
    #: Most megabytes of one file.
    most_mb: Annotated[int, Field(ge=1, le=1000)] = 50


class FilesOptions(FileOptions):
    """Also of what endings; none named takes any."""

    endings: Annotated[
        tuple[Annotated[str, Field(pattern=_ENDING)], ...], Field(max_length=40)
    ] = ()


def read_files(raw: object, options: FileOptions) -> list[dict[str, Any]] | None:
    """A list of ids, or of objects with one, each once. What else an object says is told anew on saving.

    Raises InvalidValueError.
    """
    if raw is None or raw == "" or raw == []:
        return None
    held: dict[UUID, dict[str, Any]] = {}
    for one in raw if isinstance(raw, list) else [raw]:
        told = dict(one) if isinstance(one, Mapping) else {"id": one}
        id_ = _id(told.get("id"))
        held.setdefault(id_, {**told, "id": str(id_)})
    if len(held) > options.most:
        raise InvalidValueError(
            "too_many_files", TOO_MANY_FILES.fill(most=options.most, count=len(held))
        )
    return list(held.values())


def _id(raw: object) -> UUID:
    if isinstance(raw, UUID):
        return raw
    if isinstance(raw, str):
        try:
            return UUID(raw)
        except ValueError:
            pass
    raise InvalidValueError("not_files", NOT_FILES)


def names_of(value: object) -> list[str]:
    """The names of the files of a stored value."""
    held = value if isinstance(value, list) else []
    return [str(one["name"]) for one in held if isinstance(one, Mapping) and "name" in one]


class HeldFiles(FieldType[FileOptions]):
    """A list of files; a type says which and how they are shown."""

    family = Family.FILES
    options_model = FileOptions
    value_kind = ValueKind.FILES
    operators = EMPTINESS
    aggregates = (Aggregate.COUNT_FILLED,)
    sortable = False
    searchable = True

    def column_type(self, options: FileOptions) -> sa.types.TypeEngine[Any]:
        return JSONB()

    def parse(
        self, raw: object, options: FileOptions, context: ReadingContext
    ) -> list[dict[str, Any]] | None:
        return read_files(raw, options)

    def to_text(self, value: object, options: FileOptions, locale: Locale) -> str:
        return "; ".join(names_of(value))

    def read_text(
        self,
        text: str,
        options: FileOptions,
        context: ReadingContext,
        format_name: str | None = None,
    ) -> list[dict[str, Any]] | None:
        if text.strip():
            raise InvalidValueError("files_as_text", NO_FILES_IN_TEXT)
        return None

    def words_of(self, column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
        """Their names stand in what is told of them."""
        return sa.cast(column, sa.Text())

    def search_text(self, value: object, options: FileOptions) -> str | None:
        return " ".join(names_of(value)) or None
