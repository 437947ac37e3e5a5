"""The steps of a design: what an administrator or an application asks to be done."""

from typing import Annotated, Any, Literal
from unicodedata import category
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from guanxi.formula.tree import MOST_CHARACTERS
from guanxi.kit.text import LOCALES
from guanxi.metadata.match_keys import Comparison

MOST_STEPS = 500


def _without_control(text: str) -> str:
    if any(category(character) in ("Cc", "Cs") for character in text):
        raise PydanticCustomError("control_character", "control characters are not allowed")
    return text


def _in_known_languages(label: dict[str, str]) -> dict[str, str]:
    unknown = sorted(set(label) - set(LOCALES))
    if unknown:
        raise PydanticCustomError(
            "unknown_language", "languages are {known}", {"known": ", ".join(LOCALES)}
        )
    return label


Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=100),
    AfterValidator(_without_control),
]
Sentence = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=300),
    AfterValidator(_without_control),
]
Label = Annotated[dict[str, Line], Field(min_length=1), AfterValidator(_in_known_languages)]
#: The shape is checked with the names that are taken, so that the sentence can tell which.
Name = Annotated[str, Field(max_length=100)]
FormulaText = Annotated[str, Field(max_length=MOST_CHARACTERS)]
OptionValue = Annotated[str, Field(min_length=1, max_length=100)]
Word = Annotated[str, Field(pattern=r"^[a-z0-9-]+$", max_length=40)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class NewObject(_Part):
    """An object to be made."""

    name: Name | None = None
    label: Label
    plural_label: Label | None = None
    icon: Word = "box"
    color: Word = "grey"
    app: Name | None = None
    description: Label | None = None
    #: Roles that get every action on all of its records.
    grant_roles: Annotated[tuple[UUID, ...], Field(max_length=100)] = ()


class LayoutGroupPart(_Part):
    """A titled group of fields, by name."""

    label: Label
    fields: Annotated[tuple[Name, ...], Field(max_length=600)] = ()


class LayoutPart(_Part):
    """A whole layout, to take the place of another."""

    groups: Annotated[tuple[LayoutGroupPart, ...], Field(max_length=60)] = ()
    highlights: Annotated[tuple[Name, ...], Field(max_length=12)] = ()
    card: Annotated[tuple[Name, ...], Field(max_length=8)] = ()


class ValidationPart(_Part):
    """What must hold of every record, and what people are told when it does not."""

    name: Name
    #: A formula that is true of what may be saved.
    condition: FormulaText
    message: Annotated[
        dict[str, Sentence], Field(min_length=1), AfterValidator(_in_known_languages)
    ]
    #: The field it is shown at.
    field: Name | None = None


class UniqueRulePart(_Part):
    """Fields that no two records may have alike."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
    fields: Annotated[tuple[Name, ...], Field(min_length=1, max_length=8)]
    #: A formula over the record alone: only records it is true of are compared.
    condition: FormulaText | None = None


class MatchConditionPart(_Part):
    """What makes two records look alike."""

    field: Name
    #: The field of the other record; the same one if not given.
    other: Name | None = None
    compare: Comparison
    similarity: Annotated[float, Field(ge=0.3, lt=1)] | None = None
    weight: Annotated[int, Field(ge=1, le=1000)] = 100


class MatchRulePart(_Part):
    """When a record may be there already."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
    #: The object it is compared with; its own if not given.
    object: Name | None = None
    conditions: Annotated[tuple[MatchConditionPart, ...], Field(min_length=1, max_length=10)]
    warn_at: Annotated[int, Field(ge=1, le=10000)] = 100
    block_at: Annotated[int, Field(ge=1, le=10000)] | None = None


Validations = Annotated[tuple[ValidationPart, ...], Field(max_length=100)]


UniqueRules = Annotated[tuple[UniqueRulePart, ...], Field(max_length=20)]


MatchRules = Annotated[tuple[MatchRulePart, ...], Field(max_length=20)]


class ObjectChanges(_Part):
    """What is to change of an object; members that are not given stay as they are."""

    label: Label = {}
    plural_label: Label = {}
    icon: Word = "box"
    color: Word = "grey"
    description: Label | None = None
    layout: LayoutPart = LayoutPart()
    #: All of them, to take the place of those there are.
    validations: Validations = ()
    #: All of them, likewise.
    unique_rules: UniqueRules = ()
    #: All of them, likewise.
    match_rules: MatchRules = ()


class OptionRulePart(_Part):
    """Options of a choice field, and the condition under which they are offered."""

    options: Annotated[tuple[OptionValue, ...], Field(min_length=1, max_length=1000)]
    condition: FormulaText


class RulesPart(_Part):
    """What formulas say of a field while its record is filled in; None or no text where nothing does."""

    default_formula: FormulaText | None = None
    required_when: FormulaText | None = None
    visible_when: FormulaText | None = None
    read_only_when: FormulaText | None = None
    #: All of them, to take the place of those there are; an option that is not named is offered always.
    options_when: Annotated[tuple[OptionRulePart, ...], Field(max_length=100)] | None = None
    #: Of a link: a formula over the candidate, `{CurrentValue.…}`, and the record.
    candidates_when: FormulaText | None = None


class NewField(RulesPart):
    """A field to be made."""

    name: Name | None = None
    label: Label
    type: Name
    options: dict[str, Any] = {}
    required: bool = False
    unique: bool = False
    indexed: bool = False
    help: Label | None = None
    default: Any = None
    #: What it is computed from, as text; such a field is not filled in by anybody.
    formula: FormulaText | None = None
    #: The place of its group in the layout; without one it comes last in the last group.
    group: Annotated[int, Field(ge=0, le=1000)] | None = None


class FieldChanges(RulesPart):
    """What is to change of a field; members that are not given stay as they are, settings likewise."""

    label: Label = {}
    #: Another type; its settings are those given here and no others.
    type: Name | None = None
    options: dict[str, Any] = {}
    required: bool = False
    unique: bool = False
    indexed: bool = False
    help: Label | None = None
    default: Any = None
    #: What it is computed from. None or no text makes it a field that people fill in.
    formula: FormulaText | None = None
    #: Of a field that is computed no longer: the values it has now, or those from before it was computed. Of one that
    #: got another type, "before" gives it the earlier type back, with the values of then.
    values: Literal["present", "before"] = "present"


class AddObject(_Part):
    action: Literal["add_object"] = "add_object"
    object: NewObject


class ChangeObject(_Part):
    action: Literal["change_object"] = "change_object"
    object: Name
    changes: ObjectChanges


class RetireObject(_Part):
    action: Literal["retire_object"] = "retire_object"
    object: Name


class RestoreObject(_Part):
    action: Literal["restore_object"] = "restore_object"
    object: Name


class AddField(_Part):
    action: Literal["add_field"] = "add_field"
    object: Name
    field: NewField


class ChangeField(_Part):
    action: Literal["change_field"] = "change_field"
    object: Name
    field: Name
    changes: FieldChanges


class RetireField(_Part):
    action: Literal["retire_field"] = "retire_field"
    object: Name
    field: Name


class RestoreField(_Part):
    action: Literal["restore_field"] = "restore_field"
    object: Name
    field: Name


class MoveField(_Part):
    """Puts a field into a group of the layout, before another field or last."""

    action: Literal["move_field"] = "move_field"
    object: Name
    field: Name
    group: Annotated[int, Field(ge=0, le=1000)]
    before: Name | None = None


Step = Annotated[
    AddObject
    | ChangeObject
    | RetireObject
    | RestoreObject
    | AddField
    | ChangeField
    | RetireField
    | RestoreField
    | MoveField,
    Field(discriminator="action"),
]
