"""What types share that hold a code of fixed length whose last character is worked out from the others."""

import re
from abc import abstractmethod
from typing import ClassVar

import sqlalchemy as sa

from guanxi.fields.capabilities import COUNTING, TEXT_OPERATORS, Family, ValueKind
from guanxi.fields.field_type import FieldOptions, FieldType, InvalidValueError, ReadingContext
from guanxi.fields.plain_text import WRONG_CHECK, read_line, widths_folded
from guanxi.kit.text import Locale, Text


class CheckedCode(FieldType[FieldOptions]):
    """A code; blanks and hyphens in it do not count. A type says what it looks like and how it is checked."""

    family = Family.CODES
    value_kind = ValueKind.TEXT
    operators = TEXT_OPERATORS
    aggregates = COUNTING
    searchable = True
    can_be_unique = True
    shape: ClassVar[re.Pattern[str]]
    #: The code and the sentence for what does not look like one.
    refusal: ClassVar[tuple[str, Text]]

    @abstractmethod
    def check_character(self, code: str) -> str:
        """The last character for those before it."""

    def check_parts(self, code: str) -> None:
        """Raises InvalidValueError for a part that cannot be; any will do unless overridden."""

    def column_type(self, options: FieldOptions) -> sa.types.TypeEngine[str]:
        return sa.Text()

    def parse(self, raw: object, options: FieldOptions, context: ReadingContext) -> str | None:
        written = read_line(widths_folded(raw), most=40)
        if written is None:
            return None
        code = written.replace(" ", "").replace("-", "").upper()
        if not self.shape.fullmatch(code):
            raise InvalidValueError(*self.refusal)
        self.check_parts(code)
        if self.check_character(code[:-1]) != code[-1]:
            raise InvalidValueError("wrong_check_character", WRONG_CHECK)
        return code

    def to_text(self, value: object, options: FieldOptions, locale: Locale) -> str:
        return str(value)
