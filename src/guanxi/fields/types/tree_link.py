"""Tree link: the record above, of the same object."""

from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

import sqlalchemy as sa
from pydantic import Field

from guanxi.fields.capabilities import COUNTING, EMPTINESS, EQUALITY, Family, Operator, ValueKind
from guanxi.fields.field_type import FieldOptions, FieldType, ReadingContext
from guanxi.fields.references import read_reference
from guanxi.kit.text import Locale, Text


class TreeLinkOptions(FieldOptions):
    """The object itself, and what happens when the record above is deleted."""

    target: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
    on_delete: Literal["restrict", "clear", "cascade"] = "clear"
    #: No record lies below itself; who reads the settings knows it by this.
    is_tree: Literal[True] = True


class TreeLink(FieldType[TreeLinkOptions]):
    """The record above. Records and those above them make a tree: none lies below itself."""

    name = "tree_link"
    label = Text(zh="上级", en="Parent in a tree")
    description = Text(
        zh="同一对象里的上级记录，组成树",
        en="The record above, so that records form a tree",
    )
    family = Family.RELATIONS
    icon = "list-tree"
    options_model = TreeLinkOptions
    value_kind = ValueKind.REFERENCE
    operators: ClassVar[tuple[Operator, ...]] = (*EQUALITY, Operator.UNDER, *EMPTINESS)
    aggregates = COUNTING
    groupable = True

    def column_type(self, options: TreeLinkOptions) -> sa.types.TypeEngine[Any]:
        return sa.Uuid()

    def parse(self, raw: object, options: TreeLinkOptions, context: ReadingContext) -> UUID | None:
        return read_reference(raw)

    def to_text(self, value: object, options: TreeLinkOptions, locale: Locale) -> str:
        return str(value)
