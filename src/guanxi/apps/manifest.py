"""The words of an application's folder. Each file is one of these; unknown members are refused."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from guanxi.metadata.steps import Label, MatchRules, Name, NewField, UniqueRules, Validations, Word
from guanxi.permissions.model import Action, FieldRight, Scope, WorkspaceRight
from guanxi.views.model import ViewConfig, ViewKindName

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class Part(BaseModel):
    """Something written in a file of an application."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NavigationGroup(Part):
    """A titled group of the navigation."""

    label: Label
    objects: tuple[Name, ...]


class AppFile(Part):
    """`app.yaml`: what the application is, and where its objects stand in the navigation."""

    name: Key
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    label: Label
    description: Label
    icon: Word = "box"
    navigation: tuple[NavigationGroup, ...] = ()


class RoleFile(Part):
    """One role of `roles.yaml`."""

    key: Key
    name: Label
    description: Label
    rights: tuple[WorkspaceRight, ...] = ()


class RolesFile(Part):
    """`roles.yaml`."""

    roles: tuple[RoleFile, ...] = ()


class ObjectFile(Part):
    """`object.yaml`: an object and its fields."""

    name: Name
    label: Label
    plural_label: Label
    icon: Word = "box"
    color: Word = "grey"
    description: Label | None = None
    #: What the name of a record is called here.
    name_label: Label | None = None
    #: What fills it; None where people do.
    name_formula: str | None = None
    fields: tuple[NewField, ...] = ()
    #: What must hold of every record that is saved.
    validations: Validations = ()
    #: Fields that no two records have alike.
    unique_rules: UniqueRules = ()
    #: When a record may be there already.
    match_rules: MatchRules = ()


class LayoutGroupFile(Part):
    """A titled group of fields."""

    label: Label
    fields: tuple[Name, ...]


class PageFile(Part):
    """`page.yaml`: how a record is laid out."""

    groups: tuple[LayoutGroupFile, ...] = ()
    highlights: tuple[Name, ...] = ()
    card: tuple[Name, ...] = ()


class ViewFile(Part):
    """One view of `views.yaml`; whether the object has what `config` names is checked when the view is made."""

    key: Key
    name: Label
    kind: ViewKindName
    default: bool = False
    config: ViewConfig = ViewConfig()


class ViewsFile(Part):
    """`views.yaml`."""

    views: tuple[ViewFile, ...] = ()


class RowsFile(Part):
    """Which records a grant is about."""

    scope: Scope
    condition: Mapping[str, Any] | None = None


class FieldsFile(Part):
    """What a grant gives on the fields."""

    default: FieldRight = "write"
    except_: Annotated[Mapping[str, FieldRight], Field(alias="except")] = {}


class GrantFile(Part):
    """What a role gets on the object."""

    actions: tuple[Action, ...]
    rows: RowsFile
    fields: FieldsFile = FieldsFile()


class AccessFile(Part):
    """`access.yaml`: grants by the key of the role."""

    grants: Mapping[Key, tuple[GrantFile, ...]] = {}


class PackagedObject(Part):
    """An object with all that lies in its folder."""

    folder: Path
    definition: ObjectFile
    page: PageFile = PageFile()
    views: ViewsFile = ViewsFile()
    access: AccessFile = AccessFile()


class Application(Part):
    """A whole application as packaged."""

    folder: Path
    app: AppFile
    roles: RolesFile = RolesFile()
    objects: tuple[PackagedObject, ...] = ()

    def as_packaged(self) -> dict[str, Any]:
        """All of it as one JSON document, wherever it lies."""
        return self.model_dump(
            mode="json", by_alias=True, exclude_defaults=True, exclude={"folder"}
        )
