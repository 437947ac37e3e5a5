"""Why a formula cannot be read or has no value."""

from dataclasses import dataclass

from guanxi.formula.tree import NOWHERE, Span
from guanxi.kit.text import Text


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that would help: the text to put in the place of a span."""

    label: Text
    span: Span
    replacement: str


class FormulaError(ValueError):
    """A formula cannot be understood. Says where, why, and where possible how to mend it."""

    def __init__(
        self, code: str, message: Text, span: Span = NOWHERE, fix: Fix | None = None
    ) -> None:
        self.code = code
        self.message = message
        self.span = span
        self.fix = fix
        super().__init__(message.en)


class NoValueError(ArithmeticError):
    """Evaluating came to something that has no value, such as a division by zero."""

    def __init__(self, reason: "Reason") -> None:
        self.reason = reason
        super().__init__(reason.code)


@dataclass(frozen=True, slots=True)
class Reason:
    """A way not to have a value."""

    code: str
    message: Text


DIVISION_BY_ZERO = Reason(
    "division_by_zero", Text(zh="除数为 0 或为空。", en="The divisor is 0 or empty.")
)
OUT_OF_RANGE = Reason(
    "out_of_range",
    Text(zh="结果太大或不在允许范围内。", en="The result is too large or out of range."),
)
NOT_READABLE = Reason(
    "not_readable",
    Text(zh="文本无法识别为所需的值。", en="The text cannot be read as the value needed."),
)
NOT_FOUND = Reason("not_found", Text(zh="没有找到。", en="Nothing was found."))
