"""Bodies and answers about people, departments and one's own person."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from guanxi.api.schemas.body import Answer, Body, Email, Label, Line, Password
from guanxi.kit.text import Locale

MOST_ROLES = 100


class NamedAnswer(Answer):
    """Something known by its id and name."""

    id: UUID
    name: str


class RoleNameAnswer(Answer):
    """A role as it is shown with a person."""

    id: UUID
    name: dict[str, str]


class PersonAnswer(Answer):
    """A person as colleagues see them."""

    id: UUID
    name: str
    email: str
    department: NamedAnswer | None
    manager: NamedAnswer | None
    roles: list[RoleNameAnswer]
    is_administrator: bool
    active: bool
    locale: Locale | None
    last_seen_at: datetime | None


class CreatedPersonAnswer(PersonAnswer):
    """A new person; the password is shown this once, when none was given."""

    initial_password: str | None = None


class PeopleAnswer(Answer):
    people: list[PersonAnswer]


class NewPersonBody(Body):
    name: Line
    email: Email
    password: Password | None = None
    department: UUID | None = None
    manager: UUID | None = None
    roles: Annotated[list[UUID], Field(max_length=MOST_ROLES)] = Field(default_factory=list)
    locale: Locale | None = None


class PersonChangesBody(Body):
    """What is missing stays; department, manager and locale may be null."""

    name: Line = ""
    email: Email = ""
    password: Password = ""
    department: UUID | None = None
    manager: UUID | None = None
    roles: Annotated[list[UUID], Field(max_length=MOST_ROLES)] = Field(default_factory=list)
    active: bool = True
    locale: Locale | None = None


class DepartmentAnswer(Answer):
    """A department in the tree; `people` are those directly in it who are active."""

    id: UUID
    name: str
    parent: UUID | None
    position: int
    people: int


class DepartmentsAnswer(Answer):
    departments: list[DepartmentAnswer]


Position = Annotated[int, Field(ge=0, le=1_000_000)]


class NewDepartmentBody(Body):
    name: Line
    parent: UUID | None = None
    position: Position | None = None


class DepartmentChangesBody(Body):
    """What is missing stays; parent may be null."""

    name: Line = ""
    parent: UUID | None = None
    position: Position = 0


class WorkspaceAnswer(Answer):
    """The workspace; `label` is what people call it, in at least one language."""

    name: str
    label: dict[str, str]
    time_zone: str
    currency: str
    locale: Locale


class WorkspaceChangesBody(Body):
    """What the workspace is called, in one language or both."""

    label: Annotated[Label, Field(min_length=1)]


class WorkspaceRightsAnswer(Answer):
    design: bool
    manage_people: bool
    manage_roles: bool
    import_: Annotated[bool, Field(serialization_alias="import")]


class MeAnswer(Answer):
    """Everything the web app needs to begin. A Bearer token has no `csrf_token`."""

    person: PersonAnswer
    csrf_token: str | None
    workspace: WorkspaceAnswer
    rights: WorkspaceRightsAnswer
    preferences: dict[str, Any]
    design_version: int


class OwnChangesBody(Body):
    """Preferences are merged by key; null removes one."""

    name: Line | None = None
    locale: Locale | None = None
    preferences: Annotated[dict[str, Any], Field(max_length=100)] | None = None


class PasswordBody(Body):
    current: Password
    new: Password


class SignInBody(Body):
    email: Annotated[str, Field(max_length=1000)]
    password: Annotated[str, Field(max_length=1000)]


class SetupBody(Body):
    code: Annotated[str, Field(max_length=100)]
    name: Line
    email: Email
    password: Password
    locale: Locale = "zh-CN"


class DemoSignIn(Answer):
    email: str
    password: str
    role: dict[str, str]


class SetupAnswer(Answer):
    needed: bool
    demo: bool
    demo_sign_ins: list[DemoSignIn]


class TokenAnswer(Answer):
    id: UUID
    name: str
    prefix: str
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None


class TokensAnswer(Answer):
    tokens: list[TokenAnswer]


class NewTokenBody(Body):
    name: Line
    expires_at: datetime | None = None


class NewTokenAnswer(TokenAnswer):
    """A new token with its secret, which is shown this once."""

    token: str
