"""The words of views."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

ViewKindName = Literal["table", "board"]

FieldPath = Annotated[str, Field(min_length=1, max_length=200)]
ShortText = Annotated[str, Field(max_length=80)]
LocaleName = Literal["zh-CN", "en"]
#: The hues of the design, each with a value for light and for dark.
ColorName = Literal[
    "grey",
    "red",
    "orange",
    "amber",
    "lime",
    "green",
    "teal",
    "cyan",
    "blue",
    "indigo",
    "violet",
    "pink",
]


class ViewColumn(BaseModel):
    """A column of a table; `width` in pixels."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    field: FieldPath
    width: Annotated[int, Field(ge=40, le=2000)] | None = None


class ColorRule(BaseModel):
    """Records that a condition holds of get a colour: the whole row and card, or one field of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    when: dict[str, Any]
    color: ColorName
    #: Nothing for the whole record.
    field: FieldPath | None = None
    #: What it means, where the condition in words does not say it well: by language, or as its maker typed it.
    label: ShortText | dict[LocaleName, ShortText] | None = None


class ViewConfig(BaseModel):
    """What a view shows and how. Fields are named by their API names, over links by dotted paths."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    filter: dict[str, Any] | None = None
    sort: Annotated[list[FieldPath], Field(max_length=4)] = []
    columns: Annotated[list[ViewColumn], Field(max_length=200)] = []
    group_by: FieldPath | None = None
    card: Annotated[list[FieldPath], Field(max_length=8)] = []
    sum: FieldPath | None = None
    weight: FieldPath | None = None
    density: Literal["compact", "standard", "relaxed"] | None = None
    #: The first rule that holds gives the row its colour, and the first about a field that field.
    colors: Annotated[list[ColorRule], Field(max_length=20)] = []


@dataclass(frozen=True, slots=True)
class View:
    """A saved view. A shared one is everybody's who may see the object; another one its owner's."""

    id: UUID
    object: str
    #: By language when it came with an application, else as its maker typed it.
    name: Mapping[str, str] | str
    kind: ViewKindName
    config: ViewConfig
    shared: bool
    is_default: bool
    position: int
    owner: UUID | None
    owner_name: str | None
    version: int
    #: The application it came with, the object and its key there, e.g. `crm.crm_account.all`.
    origin: str | None = None
