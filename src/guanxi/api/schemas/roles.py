"""Bodies and answers about roles."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from guanxi.api.schemas.body import Answer, Body, Label
from guanxi.permissions.model import Action, FieldRight, Grant, Scope, WorkspaceRight
from guanxi.permissions.role import GrantWish, Role

MOST_GRANTS = 1000


class RowsBody(Body):
    """Which records a grant is about; `condition` belongs to the scope `condition`."""

    scope: Scope
    condition: dict[str, Any] | None = None


class FieldsBody(Body):
    """What may be done with the fields: the rule and the exceptions from it."""

    default: FieldRight = "write"
    except_: Annotated[dict[str, FieldRight], Field(alias="except", max_length=1000)] = Field(
        default_factory=dict, alias="except"
    )


class GrantBody(Body):
    """What a role gives on one object."""

    object: Annotated[str, Field(max_length=63)]
    actions: Annotated[list[Action], Field(max_length=10)]
    rows: RowsBody
    fields: FieldsBody = Field(default_factory=FieldsBody)

    def as_wish(self) -> GrantWish:
        return GrantWish(
            object=self.object,
            actions=list(dict.fromkeys(self.actions)),
            scope=self.rows.scope,
            condition=self.rows.condition,
            field_default=self.fields.default,
            field_except=self.fields.except_,
        )


Rights = Annotated[list[WorkspaceRight], Field(max_length=20)]
Grants = Annotated[list[GrantBody], Field(max_length=MOST_GRANTS)]


class NewRoleBody(Body):
    name: Annotated[Label, Field(min_length=1)]
    description: Label | None = None
    rights: Rights = Field(default_factory=list)
    grants: Grants = Field(default_factory=list)


class RoleChangesBody(Body):
    """What is missing stays; `grants` are replaced as a whole."""

    name: Annotated[Label, Field(min_length=1)] = Field(default_factory=dict)
    description: Label | None = None
    rights: Rights = Field(default_factory=list)
    grants: Grants = Field(default_factory=list)


class RowsAnswer(Answer):
    scope: Scope
    condition: dict[str, Any] | None = None


class FieldsAnswer(Answer):
    default: FieldRight
    except_: Annotated[dict[str, FieldRight], Field(serialization_alias="except")]


class GrantAnswer(Answer):
    object: str
    actions: list[Action]
    rows: RowsAnswer
    fields: FieldsAnswer

    @classmethod
    def of(cls, grant: Grant | GrantWish) -> "GrantAnswer":
        return cls.model_validate(
            {
                "object": grant.object,
                "actions": [action for action in Action if action in grant.actions],
                "rows": {"scope": grant.scope, "condition": grant.condition},
                "fields": {
                    "default": grant.field_default,
                    "except_": dict(grant.field_except),
                },
            }
        )


class RoleAnswer(Answer):
    """A role with its grants; `people` counts the active ones who have it."""

    id: UUID
    name: dict[str, str]
    description: dict[str, str] | None
    system: bool
    is_administrator: bool
    rights: list[Literal["design", "manage_people", "manage_roles"]]
    people: int
    grants: list[GrantAnswer]

    @classmethod
    def of(cls, role: Role) -> "RoleAnswer":
        return cls.model_validate(
            {
                "id": role.id,
                "name": role.name,
                "description": role.description,
                "system": role.system,
                "is_administrator": role.is_administrator,
                "rights": role.rights,
                "people": role.people,
                "grants": [GrantAnswer.of(grant) for grant in role.grants],
            }
        )


class RolesAnswer(Answer):
    roles: list[RoleAnswer]
