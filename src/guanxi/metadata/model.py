"""The words of metadata: object, field, layout, catalog."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from guanxi.fields.capabilities import EMPTINESS, Operator, ValueKind
from guanxi.fields.field_type import FieldOptions, FieldType
from guanxi.formula.tree import Node
from guanxi.formula.work_calendar import NO_CALENDARS, Calendars

Label = Mapping[str, str]


@dataclass(frozen=True)
class OptionRule:
    """Options of a choice field that are offered while a condition holds of the record."""

    options: tuple[str, ...]
    condition: Node


@dataclass(frozen=True)
class FieldRules:
    """What formulas say of a field while its record is filled in; None where nothing does."""

    #: What a new record gets when nobody sent a value.
    default: Node | None = None
    required_when: Node | None = None
    #: A field that is not shown keeps its value and is not required.
    visible_when: Node | None = None
    #: Keeps people from changing what is saved.
    read_only_when: Node | None = None
    #: An option that is named here is offered where one of its conditions holds; others are offered always.
    options_when: tuple[OptionRule, ...] = ()
    #: What a link may point to: a condition over the candidate, which is its row at hand, and the record.
    candidates_when: Node | None = None


@dataclass(frozen=True)
class Validation:
    """What must hold of every record that is saved, and what people are told when it does not."""

    name: str
    condition: Node
    message: Label
    #: The field it is shown at; None for the record as a whole.
    field: str | None = None


@dataclass(frozen=True)
class UniqueRule:
    """Fields that no two records in use have alike. Records in which one of them is empty are not compared, nor those
    the condition does not hold of.
    """

    name: str
    fields: tuple[str, ...]
    condition: Node | None = None


@dataclass(frozen=True)
class MatchCondition:
    """What makes two records look alike: a field of one and a field of the other that come to the same key."""

    field: str
    #: The field of the other record.
    other: str
    #: One of `match_keys.Comparison`.
    compare: str
    #: From which share of common pairs of letters on they are alike; None where the keys must be equal.
    similarity: float | None = None
    weight: int = 100


@dataclass(frozen=True)
class MatchRule:
    """When a record that is saved may be there already, in its object or in another one. The weights of the conditions
    that hold are added up.
    """

    name: str
    #: The object whose records it is compared with.
    object: str
    conditions: tuple[MatchCondition, ...]
    #: From this sum on people are asked whether they mean it.
    warn_at: int = 100
    #: From this sum on the record is refused; None for never.
    block_at: int | None = None


@dataclass(frozen=True)
class FieldDefinition:
    """One field of an object. `name` is its API name and its column; it never changes."""

    id: UUID
    name: str
    label: Label
    type: FieldType[Any]
    options: FieldOptions
    required: bool = False
    unique: bool = False
    indexed: bool = False
    #: Made by the platform (owner, created_at …); cannot be retired.
    system: bool = False
    #: Written by the platform only.
    read_only: bool = False
    help: Label | None = None
    #: Wire value for new records, or None.
    default: Any = None
    position: int = 0
    retired_at: datetime | None = None
    #: Put by an application; None when an administrator added it.
    origin: str | None = None
    #: What it is computed from; such a field is read only.
    formula: Node | None = None
    rules: FieldRules = FieldRules()
    #: The computed field whose values from before it was computed this one keeps.
    kept_of: str | None = None

    @cached_property
    def target(self) -> str | None:
        """The object a link to one points to (`person`, `department` or a record object), else None."""
        return None if self.is_listed else getattr(self.options, "target", None)

    @cached_property
    def listed_target(self) -> str | None:
        """The object whose records a field holds several of, else None."""
        return getattr(self.options, "target", None) if self.is_listed else None

    @property
    def is_listed(self) -> bool:
        """Whether it points to several records."""
        return self.type.value_kind is ValueKind.REFERENCES

    @property
    def sortable(self) -> bool:
        return self.type.sortable

    @property
    def searchable(self) -> bool:
        return self.type.searchable


@dataclass(frozen=True)
class LayoutGroup:
    """A titled group of fields on the record page and in forms."""

    label: Label
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """How a record is laid out: groups of the page, figures of the header, lines of a card."""

    groups: tuple[LayoutGroup, ...] = ()
    highlights: tuple[str, ...] = ()
    card: tuple[str, ...] = ()


@dataclass(frozen=True)
class ObjectDefinition:
    """A kind of record. `name` is its API name and its table; it never changes."""

    id: UUID
    name: str
    label: Label
    plural_label: Label
    icon: str = "box"
    color: str = "grey"
    app: str | None = None
    description: Label | None = None
    layout: Layout = field(default_factory=Layout)
    #: All fields that are not retired, system fields included, in order.
    fields: Mapping[str, FieldDefinition] = field(default_factory=dict)
    retired_fields: Mapping[str, FieldDefinition] = field(default_factory=dict)
    #: Names of fields whose values are gone for good; the history of records still knows them, so no other gets one.
    purged_names: frozenset[str] = frozenset()
    #: `person` and `department`: readable on paths, written elsewhere.
    built_in: bool = False
    navigation_group: str | None = None
    position: int = 0
    #: The application that brought it; None when an administrator added it.
    origin: str | None = None
    retired_at: datetime | None = None
    validations: tuple[Validation, ...] = ()
    unique_rules: tuple[UniqueRule, ...] = ()
    match_rules: tuple[MatchRule, ...] = ()

    @cached_property
    def taken_names(self) -> frozenset[str]:
        """Names no new field may have."""
        return frozenset((*self.fields, *self.retired_fields, *self.purged_names))

    def values_kept_of(self, field_name: str) -> FieldDefinition | None:
        """What keeps the values a computed field had before it was computed; the last one if there are several."""
        kept = (one for one in self.retired_fields.values() if one.kept_of == field_name)
        return max(kept, key=lambda one: one.position, default=None)

    @cached_property
    def stage_field(self) -> FieldDefinition | None:
        """The choice field that carries the stages, if any."""
        return next(
            (one for one in self.fields.values() if getattr(one.options, "is_stage", False)), None
        )

    @cached_property
    def tree_field(self) -> FieldDefinition | None:
        """The link to the record above, where the records form a tree; departments always do."""
        if self.name == "department" and self.built_in:
            return self.fields["parent"]
        return next(
            (one for one in self.fields.values() if getattr(one.options, "is_tree", False)), None
        )

    @cached_property
    def searchable_fields(self) -> tuple[FieldDefinition, ...]:
        return tuple(one for one in self.fields.values() if one.searchable)

    def with_fields(self, fields: Mapping[str, FieldDefinition]) -> "ObjectDefinition":
        return replace(self, fields=fields)


#: A field that points somewhere, with its object.
LinkOf = tuple[ObjectDefinition, FieldDefinition]


@dataclass(frozen=True)
class Catalog:
    """All objects of a workspace at one design version."""

    version: int
    objects: Mapping[str, ObjectDefinition]
    calendars: Calendars = NO_CALENDARS

    def find(self, name: str) -> ObjectDefinition | None:
        return self.objects.get(name)

    def record_objects(self) -> Iterator[ObjectDefinition]:
        """The objects people keep records of, in order."""
        return (one for one in self.objects.values() if not one.built_in)

    @cached_property
    def _links_by_target(self) -> Mapping[str, tuple[LinkOf, ...]]:
        return self._by_target(lambda one: None if one.system else one.target)

    @cached_property
    def _lists_by_target(self) -> Mapping[str, tuple[LinkOf, ...]]:
        return self._by_target(lambda one: one.listed_target)

    def _by_target(
        self, target_of: Callable[[FieldDefinition], str | None]
    ) -> Mapping[str, tuple[LinkOf, ...]]:
        found: dict[str, list[LinkOf]] = {}
        for definition in self.record_objects():
            for one in definition.fields.values():
                if (target := target_of(one)) is not None:
                    found.setdefault(target, []).append((definition, one))
        return {target: tuple(pairs) for target, pairs in found.items()}

    def operators_of(self, field: FieldDefinition) -> tuple[Operator, ...]:
        """How a field can be tested: links to records of a tree also by what lies below one of them."""
        own = field.type.operators_for(field.options)
        target = self.objects.get(field.target or field.listed_target or "")
        if target is None or target.tree_field is None or Operator.UNDER in own:
            return own
        return (*own[: -len(EMPTINESS)], Operator.UNDER, *EMPTINESS)

    def links_to(self, target: str) -> tuple[LinkOf, ...]:
        """The fields of record objects that link to one of an object, system links (owner …) left out."""
        return self._links_by_target.get(target, ())

    def lists_of(self, target: str) -> tuple[LinkOf, ...]:
        """The fields of record objects that point to several of an object."""
        return self._lists_by_target.get(target, ())
