"""File: uploads of any kind."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from guanxi.fields.capabilities import EMPTINESS, Aggregate, Family, ValueKind
from guanxi.fields.field_type import FieldType, InvalidValueError, ReadingContext
from guanxi.fields.held_files import NO_FILES_IN_TEXT, FilesOptions, names_of, read_files
from guanxi.kit.text import Locale, Text


class FileField(FieldType[FilesOptions]):
    """Files kept with the record; whoever may read the field may fetch them."""

    name = "file"
    label = Text(zh="附件", en="Files")
    description = Text(
        zh="合同、图纸等任何文件",
        en="Documents and drawings of any kind",
    )
    family = Family.FILES
    icon = "paperclip"
    options_model = FilesOptions
    value_kind = ValueKind.FILES
    operators = EMPTINESS
    aggregates = (Aggregate.COUNT_FILLED,)
    sortable = False
    searchable = True

    def column_type(self, options: FilesOptions) -> sa.types.TypeEngine[Any]:
        return JSONB()

    def parse(
        self, raw: object, options: FilesOptions, context: ReadingContext
    ) -> list[dict[str, Any]] | None:
        return read_files(raw, options)

    def to_text(self, value: object, options: FilesOptions, locale: Locale) -> str:
        return "; ".join(names_of(value))

    def read_text(
        self,
        text: str,
        options: FilesOptions,
        context: ReadingContext,
        format_name: str | None = None,
    ) -> list[dict[str, Any]] | None:
        if text.strip():
            raise InvalidValueError("files_as_text", NO_FILES_IN_TEXT)
        return None

    def search_text(self, value: object, options: FilesOptions) -> str | None:
        return " ".join(names_of(value)) or None
