"""What was worked out for an object once, for as long as it is that very object."""

from collections.abc import Callable
from typing import Generic, TypeVar

Subject = TypeVar("Subject")
Result = TypeVar("Result")


class Remembered(Generic[Subject, Result]):
    """For objects that cannot be keys of a dictionary. Everything is forgotten when it has become too much."""

    def __init__(self, work_out: Callable[[Subject], Result], *, most: int = 64) -> None:
        self._work_out = work_out
        self._most = most
        # The subject is held too, else another one might come to have its id.
        self._known: dict[int, tuple[Subject, Result]] = {}

    def of(self, subject: Subject) -> Result:
        found = self._known.get(id(subject))
        if found is None:
            if len(self._known) >= self._most:
                self._known.clear()
            found = self._known[id(subject)] = (subject, self._work_out(subject))
        return found[1]
