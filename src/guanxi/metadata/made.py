"""What the steps of a design make: objects and fields as they will be, next to what they were."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from guanxi.fields.options_of_choice import Choice, ChoicesOptions
from guanxi.metadata.model import FieldDefinition, Layout, ObjectDefinition


@dataclass(frozen=True, slots=True)
class ObjectMade:
    """An object that is to get its table."""

    definition: ObjectDefinition
    grant_roles: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class ObjectChanged:
    """An object that is called, looks or is laid out differently, is retired or restored."""

    before: ObjectDefinition
    definition: ObjectDefinition
    #: The field that was moved, if that is all.
    moved: str | None = None


@dataclass(frozen=True, slots=True)
class FieldMade:
    """A field that is to get its column; `layout` is the new layout of its object, if it has one."""

    definition: ObjectDefinition
    field: FieldDefinition
    layout: Layout | None = None


@dataclass(frozen=True, slots=True)
class FieldChanged:
    """A field that is described differently, is retired or restored."""

    definition: ObjectDefinition
    before: FieldDefinition
    field: FieldDefinition
    layout: Layout | None = None
    #: The removed field that is to keep the values, because the field is to be computed or gets another type.
    keeps: FieldDefinition | None = None
    #: The removed field whose values come back, because the field is computed no longer or gets its earlier type back.
    takes_back: FieldDefinition | None = None

    @property
    def is_retyped(self) -> bool:
        """Whether it gets another type, or its earlier one back."""
        return self.before.type.name != self.field.type.name

    @property
    def has_other_values(self) -> bool:
        """Whether every record may have another value from now on, though nobody saved it."""
        return self.keeps is not None or self.takes_back is not None

    @property
    def speaks_otherwise_of_options(self) -> bool:
        """Whether formulas may come to something else for an option there was: it is called otherwise, or is of another kind."""
        before, after = self.before.options, self.field.options
        if not isinstance(before, ChoicesOptions) or not isinstance(after, ChoicesOptions):
            return False
        return any(_said(one) != _said(after.find(one.value)) for one in before.choices)


def _said(option: Choice | None) -> object:
    return option and (dict(option.label), option.kind)


Made = ObjectMade | ObjectChanged | FieldMade | FieldChanged


@dataclass(frozen=True, slots=True)
class Drafted:
    """What each step makes, in order, and the objects as they will be after all of them."""

    made: Sequence[Made]
    objects: Mapping[str, ObjectDefinition]


def field_of(made: Made) -> str | None:
    """The name of the field a step is about; None when it is about a whole object."""
    if isinstance(made, FieldMade | FieldChanged):
        return made.field.name
    return made.moved if isinstance(made, ObjectChanged) else None
