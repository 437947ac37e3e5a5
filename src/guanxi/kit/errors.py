"""How things fail: one class per way, each with a sentence in both languages that says what to do."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from guanxi.kit.text import Text


class GuanxiError(Exception):
    """Something the person who asked can understand and mend.

    A subclass sets `code`, `title` and `sentence`; the keyword arguments fill the places of the sentence.
    Which HTTP status it becomes is decided in `api/errors.py` by its kind below.
    """

    code: ClassVar[str] = "error"
    title: ClassVar[Text] = Text(zh="做不了", en="That cannot be done")
    sentence: ClassVar[Text] = Text(zh="做不了。", en="That cannot be done.")

    def __init__(self, **values: object) -> None:
        self.values = values
        self.detail = self.sentence.fill(**values)
        super().__init__(self.detail.en)


class InvalidRequestError(GuanxiError):
    """What was asked is malformed; nobody could answer it (400)."""


class RefusedError(GuanxiError):
    """The person has not the right (403)."""


class NotFoundError(GuanxiError):
    """It is not there, or not to be seen (404)."""


class ConflictError(GuanxiError):
    """Somebody or something else came first (409)."""


class InvalidValuesError(GuanxiError):
    """Well-formed, but values are refused (422)."""


class TooManyTriesError(GuanxiError):
    """Too often in too short a time (429)."""

    def __init__(self, *, retry_after_seconds: int, **values: object) -> None:
        self.retry_after_seconds = retry_after_seconds
        super().__init__(**values)


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one value: where (a JSON pointer), which field, why and what to do."""

    pointer: str
    code: str
    message: Text
    field: str | None = None


@dataclass(frozen=True, slots=True)
class RowProblems:
    """The problems of one record of a set, by its place in the set."""

    row: int
    problems: Sequence[FieldProblem] = field(default_factory=tuple)


class ValuesRefusedError(InvalidValuesError):
    """Some values cannot be saved; each problem names its field."""

    code = "invalid_values"
    title = Text(zh="有内容填得不对", en="Some values need attention")
    sentence = Text(
        zh="{count} 处内容不能保存，请看每处的说明。",
        en="{count} values cannot be saved; see the note at each.",
    )

    def __init__(self, problems: Sequence[FieldProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(count=len(self.problems))
