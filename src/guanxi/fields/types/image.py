"""Image: uploaded pictures."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from guanxi.fields.capabilities import EMPTINESS, Aggregate, Family, ValueKind
from guanxi.fields.field_type import FieldType, InvalidValueError, ReadingContext
from guanxi.fields.held_files import NO_FILES_IN_TEXT, FileOptions, names_of, read_files
from guanxi.kit.text import Locale, Text


class ImageField(FieldType[FileOptions]):
    """Pictures kept with the record, shown small in lists; whoever may read the field may fetch them."""

    name = "image"
    label = Text(zh="图片", en="Images")
    description = Text(
        zh="照片、名片、产品图",
        en="Photographs and pictures of products",
    )
    family = Family.FILES
    icon = "image"
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

    def search_text(self, value: object, options: FileOptions) -> str | None:
        return " ".join(names_of(value)) or None
