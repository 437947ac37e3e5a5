"""Multi-link: several records of another (or the same) object."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from guanxi.fields.held_references import HeldReferences, ReferencesOptions
from guanxi.kit.text import Locale, Text


class MultiLinkOptions(ReferencesOptions):
    """Where it points, what the other side calls its records, and what happens when one of them is deleted."""

    target: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
    on_delete: Literal["restrict", "clear"] = "clear"
    #: What the target calls the records that point to it; their object's plural unless told.
    reverse_label: (
        Annotated[Mapping[Locale, Annotated[str, Field(max_length=100)]], Field(max_length=2)]
        | None
    ) = None


class MultiLink(HeldReferences):
    """Several records of the target object; each of them may be pointed to by several."""

    name = "multi_link"
    label = Text(zh="多选关联", en="Links")
    description = Text(
        zh="关联到多条记录，对方也能看到",
        en="Several other records, which show it too",
    )
    icon = "waypoints"
    options_model = MultiLinkOptions
