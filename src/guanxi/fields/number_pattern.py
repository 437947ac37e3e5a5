"""The pattern of an auto-number: `OPP-{YYYY}{MM}-{0000}`."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_PLACES = re.compile(r"\{(YYYY|YY|MM|DD|0{1,12})\}")


class InvalidPatternError(ValueError):
    """Not a pattern of an auto-number; says why."""


@dataclass(frozen=True, slots=True)
class NumberPattern:
    """Fixed text, parts of the date, and one sequence that restarts with its date parts."""

    before: str
    after: str
    width: int

    def period(self, today: date) -> str:
        """What the sequence belongs to: two days of one period share a sequence."""
        return "|".join(self.around(today))

    def around(self, today: date) -> tuple[str, str]:
        """The text before and after the sequence on a day."""
        return self._dated(self.before, today), self._dated(self.after, today)

    def write(self, today: date, number: int) -> str:
        """The number as text; it grows wider than its zeros rather than starting again."""
        before, after = self.around(today)
        return f"{before}{number:0{self.width}d}{after}"

    @staticmethod
    def _dated(text: str, today: date) -> str:
        return (
            text.replace("{YYYY}", f"{today.year:04d}")
            .replace("{YY}", f"{today.year % 100:02d}")
            .replace("{MM}", f"{today.month:02d}")
            .replace("{DD}", f"{today.day:02d}")
        )


@lru_cache(maxsize=1000)
def read_pattern(pattern: str) -> NumberPattern:
    """Raises InvalidPatternError."""
    sequences = [match for match in _PLACES.finditer(pattern) if match.group(1).startswith("0")]
    if len(sequences) != 1:
        raise InvalidPatternError("A pattern holds one sequence, such as {0000}.")
    rest = _PLACES.sub("", pattern)
    if "{" in rest or "}" in rest:
        raise InvalidPatternError("Places are {YYYY}, {YY}, {MM}, {DD} and {0000}.")
    [sequence] = sequences
    return NumberPattern(
        before=pattern[: sequence.start()],
        after=pattern[sequence.end() :],
        width=len(sequence.group(1)),
    )
