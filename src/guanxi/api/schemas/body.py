"""What all bodies and answers have in common."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

from guanxi.kit.text import Locale


def _without_control(text: str) -> str:
    if any(ord(character) < 32 or ord(character) == 127 for character in text):
        raise PydanticCustomError("control_character", "control characters are not allowed")
    return text


#: One line of text people typed, trimmed.
Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_without_control),
]
Email = Annotated[str, StringConstraints(min_length=3, max_length=254)]
Password = Annotated[str, StringConstraints(min_length=1, max_length=1000)]

#: A text by language.
Label = dict[Locale, Line]


def plain(label: Label) -> dict[str, str]:
    """The text by language as the areas keep it."""
    return {str(locale): text for locale, text in label.items()}


class Body(BaseModel):
    """A body whose unknown members are refused."""

    model_config = ConfigDict(extra="forbid")


class Answer(BaseModel):
    """An answer, read from the words of an area."""

    model_config = ConfigDict(from_attributes=True)
