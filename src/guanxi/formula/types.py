"""The types of the expression language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a single value is."""

    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"
    DATE = "date"
    DATE_TIME = "date_time"
    CHOICE = "choice"
    RECORD = "record"
    #: The literal nothing, and the items of an empty list: fits anywhere.
    NOTHING = "nothing"


@dataclass(frozen=True)
class Choices:
    """The options of a choice field: its values and what each is called, per language."""

    labels: Mapping[str, Mapping[str, str]] = field(hash=False, compare=False)
    #: Equal for the same field.
    key: str = ""
    #: Of stages: what kind each is.
    kinds: Mapping[str, str] = field(default_factory=dict, hash=False, compare=False)


@dataclass(frozen=True)
class Type:
    """A kind of value, perhaps a list of such, with the object or the options it refers to."""

    kind: Kind
    is_list: bool = False
    #: Which object a record is of.
    object: str | None = None
    choices: Choices | None = None

    @property
    def item(self) -> "Type":
        return Type(self.kind, False, self.object, self.choices)

    @property
    def listed(self) -> "Type":
        return Type(self.kind, True, self.object, self.choices)


NUMBER = Type(Kind.NUMBER)
TEXT = Type(Kind.TEXT)
BOOLEAN = Type(Kind.BOOLEAN)
DATE = Type(Kind.DATE)
DATE_TIME = Type(Kind.DATE_TIME)
NOTHING = Type(Kind.NOTHING)
