"""The words of duplicate rules: how two values are compared, and which keys of a table that needs."""

from dataclasses import dataclass
from enum import StrEnum


class Comparison(StrEnum):
    """What two values must have alike."""

    #: The values as they are stored.
    EXACT = "exact"
    #: Widths, capitals, blanks and punctuation do not count.
    TEXT = "text"
    #: As text, without legal forms and the place in front: 上海宏图科技有限公司 is 宏图科技.
    COMPANY = "company"
    #: The number as it is dialled from abroad.
    PHONE = "phone"
    EMAIL = "email"
    #: The domain of an address of mail or of the web; domains where anybody has an address do not count.
    DOMAIN = "domain"
    CREDIT_CODE = "credit_code"


#: Those whose keys can be alike in part.
SIMILAR = frozenset({Comparison.TEXT, Comparison.COMPANY})


@dataclass(frozen=True, order=True)
class MatchKey:
    """A key of a table that is kept in an index."""

    object: str
    field: str
    compare: str
    is_similar: bool = False

    @property
    def text(self) -> str:
        """The key apart from its table, in one word."""
        return f"{self.field}:{self.compare}:{'similar' if self.is_similar else 'equal'}"


def key_of_text(object_name: str, text: str) -> MatchKey:
    """A key from its `text`."""
    field, compare, how = text.split(":")
    return MatchKey(object_name, field, compare, how == "similar")
