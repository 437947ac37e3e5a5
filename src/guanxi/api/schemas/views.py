"""Bodies and answers about views."""

from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, Field

from guanxi.api.schemas.body import Body, Label, Line
from guanxi.permissions.viewer import Viewer
from guanxi.views.change import may_edit
from guanxi.views.model import View, ViewConfig, ViewKindName


class NewViewBody(Body):
    """A view to be saved."""

    object: Line
    name: Line
    kind: ViewKindName = "table"
    shared: bool = False
    config: ViewConfig = ViewConfig()


class ViewChangesBody(Body):
    """What is to change of a view."""

    name: Line | Label = ""
    config: ViewConfig = ViewConfig()
    shared: bool = False
    is_default: bool = False
    position: Annotated[int, Field(ge=0, le=100_000)] = 0


class ViewAnswer(BaseModel):
    """A view as docs/reference/http-api.md describes it."""

    id: UUID
    object: str
    name: dict[str, str] | str
    kind: str
    shared: bool
    position: int
    is_default: bool
    owner: dict[str, Any] | None
    may_edit: bool
    version: int
    config: dict[str, Any]

    @classmethod
    def of(cls, view: View, viewer: Viewer) -> Self:
        return cls(
            id=view.id,
            object=view.object,
            name=view.name if isinstance(view.name, str) else dict(view.name),
            kind=view.kind,
            shared=view.shared,
            position=view.position,
            is_default=view.is_default,
            owner={"id": view.owner, "name": view.owner_name} if view.owner else None,
            may_edit=may_edit(viewer, view),
            version=view.version,
            config=view.config.model_dump(mode="json"),
        )


class ViewsAnswer(BaseModel):
    """The views of an object."""

    views: list[ViewAnswer]
