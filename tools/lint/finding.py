"""What a rule found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One place against a rule, and what to do about it."""

    path: str
    line: int
    rule: str
    advice: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.advice}"
