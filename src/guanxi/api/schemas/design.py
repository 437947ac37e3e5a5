"""Bodies and answers about the design."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from guanxi.api.schemas.body import Body
from guanxi.api.schemas.formulas import rule_texts, unique_texts, validation_texts
from guanxi.api.schemas.objects import Document, field_answer, object_answer
from guanxi.formula.json_form import to_json
from guanxi.metadata.computing_store import Progress
from guanxi.metadata.history import DesignChange
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.metadata.plan import Plan, PlannedStep
from guanxi.metadata.references import Use, User
from guanxi.metadata.retype_store import retyped_from
from guanxi.metadata.rules_json import match_document
from guanxi.metadata.steps import MOST_STEPS, NewField, Step
from guanxi.metadata.store import layout_document
from guanxi.permissions.viewer import Viewer

LabelAnswer = dict[str, str]


class DesignBody(Body):
    """Steps, and the version of the design they were made for."""

    base_version: Annotated[int, Field(ge=0, lt=2**31)]
    steps: Annotated[list[Step], Field(min_length=1, max_length=MOST_STEPS)]


class NewFieldBody(NewField):
    """A field to be added at once."""

    #: Not given, the field is added to the design as it is.
    base_version: Annotated[int, Field(ge=0, lt=2**31)] | None = None

    def field(self) -> NewField:
        given = self.model_dump(exclude={"base_version"}, exclude_unset=True)
        return NewField.model_validate(given)


class UserAnswer(BaseModel):
    """What uses a field."""

    kind: str
    id: str
    name: LabelAnswer | str

    @classmethod
    def of(cls, user: User) -> Self:
        name = user.name if isinstance(user.name, str) else dict(user.name)
        return cls(kind=user.kind, id=user.id, name=name)


class PlannedStepAnswer(BaseModel):
    """What a step would do."""

    action: str
    object: str
    field: str | None
    sentence: LabelAnswer
    lock: str
    rows: int
    seconds: float
    #: What records lose until the step is taken back; what is retired is not lost.
    loss: LabelAnswer | None = None
    warnings: list[LabelAnswer]
    reversible: bool = True

    @classmethod
    def of(cls, step: PlannedStep) -> Self:
        return cls(
            action=step.action,
            object=step.object,
            field=step.field,
            sentence=step.sentence.as_label(),
            lock=step.effect.lock,
            rows=step.effect.rows,
            seconds=step.effect.seconds,
            loss=step.effect.loss.as_label() if step.effect.loss else None,
            warnings=[one.as_label() for one in step.effect.warnings],
        )


class BlockerAnswer(BaseModel):
    """Why a step cannot be done now."""

    step: int
    message: LabelAnswer
    used_by: list[UserAnswer]


class PlanAnswer(BaseModel):
    """The plan of some steps."""

    base_version: int
    steps: list[PlannedStepAnswer]
    blockers: list[BlockerAnswer]

    @classmethod
    def of(cls, plan: Plan) -> Self:
        return cls(
            base_version=plan.version,
            steps=[PlannedStepAnswer.of(one) for one in plan.steps],
            blockers=[
                BlockerAnswer(
                    step=one.step,
                    message=one.message.as_label(),
                    used_by=[UserAnswer.of(user) for user in one.used_by],
                )
                for one in plan.blockers
            ],
        )


class AppliedAnswer(BaseModel):
    """The design after the steps."""

    design_version: int
    steps: list[PlannedStepAnswer]


class ComputingFieldAnswer(BaseModel):
    """A computed field that is not up to date."""

    model_config = ConfigDict(from_attributes=True)

    object: str
    field: str
    waiting: int
    total: int
    #: Nobody tries any more until somebody asks for it.
    failed: bool
    #: The kind of fault it met last.
    fault: str | None


class ComputingFieldsAnswer(BaseModel):
    """The computed fields that are not up to date."""

    computing: list[ComputingFieldAnswer]

    @classmethod
    def of(cls, some: Sequence[Progress]) -> Self:
        return cls(computing=[ComputingFieldAnswer.model_validate(one) for one in some])


class DoneStepAnswer(BaseModel):
    """A step of the history."""

    action: str
    object: str | None
    field: str | None
    sentence: LabelAnswer


class ActorAnswer(BaseModel):
    """Who did it."""

    id: UUID
    name: str | None


class DesignChangeAnswer(BaseModel):
    """One applied design."""

    version: int
    at: datetime
    actor: ActorAnswer | None
    steps: list[DoneStepAnswer]

    @classmethod
    def of(cls, change: DesignChange) -> Self:
        return cls(
            version=change.version,
            at=change.at,
            actor=ActorAnswer(id=change.actor, name=change.actor_name) if change.actor else None,
            steps=[
                DoneStepAnswer.model_validate({name: one.get(name) for name in _DONE})
                for one in change.steps
            ],
        )


class UndoAnswer(BaseModel):
    """The step that takes one of the history back, as `POST /design/plan` takes it."""

    step: dict[str, Any]


_DONE = ("action", "object", "field", "sentence")


class DesignHistoryAnswer(BaseModel):
    """Applied designs, newest first."""

    changes: list[DesignChangeAnswer]
    next_cursor: str | None


def designed_objects_answer(
    viewer: Viewer, uses: Sequence[Use], roles: Mapping[str, Sequence[UUID]]
) -> Document:
    """Every object as designers see it: retired objects and fields too, whatever the designer's rights on records."""
    users: dict[tuple[str, str], dict[tuple[str, str], User]] = {}
    for use in uses:
        users.setdefault((use.object, use.field), {})[use.user.kind, use.user.id] = use.user
    return {
        "design_version": viewer.catalog.version,
        "objects": [
            _designed_object(viewer, one, users, roles) for one in viewer.catalog.record_objects()
        ],
    }


def _kept_since(definition: ObjectDefinition, field: FieldDefinition) -> datetime | None:
    """Since when the values are kept that a computed field had before, or one with another type."""
    kept = definition.values_kept_of(field.name)
    if kept is None or (field.formula is None and kept.type.name == field.type.name):
        return None
    return kept.retired_at


def _kept_type(definition: ObjectDefinition, field: FieldDefinition) -> str | None:
    """The type a field had before it got the one it has."""
    kept = retyped_from(definition, field.name)
    return None if kept is None else kept.type.name


def _designed_object(
    viewer: Viewer,
    definition: ObjectDefinition,
    users: Mapping[tuple[str, str], Mapping[tuple[str, str], User]],
    roles: Mapping[str, Sequence[UUID]],
) -> Document:
    fields: list[dict[str, Any]] = []
    for field in (*definition.fields.values(), *definition.retired_fields.values()):
        used_by = users.get((definition.name, field.name), {}).values()
        fields.append(
            {
                **field_answer(viewer, definition, field),
                "rules": rule_texts(viewer, definition, field),
                "formula": None if field.formula is None else to_json(field.formula),
                "kept_of": field.kept_of,
                "kept_since": _kept_since(definition, field),
                "kept_type": _kept_type(definition, field),
                "used_by": [UserAnswer.of(user).model_dump() for user in used_by],
            }
        )
    stage = definition.stage_field
    return {
        **object_answer(viewer, definition),
        "fields": fields,
        "layout": layout_document(definition.layout),
        "stage_field": stage.name if stage else None,
        "validations": validation_texts(viewer, definition),
        "unique_rules": unique_texts(viewer, definition),
        "match_rules": [match_document(one) for one in definition.match_rules],
        "roles": list(roles.get(definition.name, ())),
    }
