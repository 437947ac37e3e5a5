"""Link: a record of another (or the same) object."""

from typing import Annotated, Literal
from uuid import UUID

import sqlalchemy as sa
from pydantic import Field

from guanxi.fields.capabilities import COUNTING, EMPTINESS, EQUALITY, Family, ValueKind
from guanxi.fields.field_type import FieldOptions, FieldType, ReadingContext
from guanxi.fields.references import read_reference
from guanxi.kit.text import Locale, Text


class LinkOptions(FieldOptions):
    """Where it points, and what happens when the target is deleted."""

    target: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
    #: `cascade`: the record is a part of the other, and goes into the trash and comes out of it together with it.
    on_delete: Literal["restrict", "clear", "cascade"] = "clear"


class Link(FieldType[LinkOptions]):
    """One record of the target object."""

    name = "link"
    label = Text(zh="关联", en="Link")
    description = Text(
        zh="关联到另一条记录",
        en="Another record",
    )
    family = Family.RELATIONS
    icon = "link-2"
    options_model = LinkOptions
    value_kind = ValueKind.REFERENCE
    operators = (*EQUALITY, *EMPTINESS)
    aggregates = COUNTING
    groupable = True

    def column_type(self, options: LinkOptions) -> sa.types.TypeEngine[UUID]:
        return sa.Uuid()

    def parse(self, raw: object, options: LinkOptions, context: ReadingContext) -> UUID | None:
        return read_reference(raw)

    def to_text(self, value: object, options: LinkOptions, locale: Locale) -> str:
        return str(value)
