"""The steps of a design: what an administrator or an application asks to be done."""

from typing import Annotated, Any, Literal
from unicodedata import category

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from guanxi.kit.text import LOCALES

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
Label = Annotated[dict[str, Line], Field(min_length=1), AfterValidator(_in_known_languages)]
#: The shape is checked with the names that are taken, so that the sentence can tell which.
Name = Annotated[str, Field(max_length=100)]
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


class NewField(_Part):
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


class AddObject(_Part):
    action: Literal["add_object"] = "add_object"
    object: NewObject


class AddField(_Part):
    action: Literal["add_field"] = "add_field"
    object: Name
    field: NewField


Step = Annotated[AddObject | AddField, Field(discriminator="action")]
