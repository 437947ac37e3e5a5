"""Text: one line."""

import re
from functools import lru_cache
from typing import Annotated

import sqlalchemy as sa
from pydantic import Field

from guanxi.fields.capabilities import COUNTING, TEXT_OPERATORS, Family, ValueKind
from guanxi.fields.field_type import FieldOptions, FieldType, InvalidValueError, ReadingContext
from guanxi.fields.plain_text import read_line
from guanxi.kit.text import Locale, Text

WRONG_SHAPE = Text(zh="格式不对，应符合 {pattern}。", en="It has not the required form: {pattern}.")
BROKEN_PATTERN = Text(
    zh="“{pattern}”不是有效的正则表达式。", en="“{pattern}” is no valid regular expression."
)
SLOW_PATTERN = Text(
    zh="“{pattern}”里有重复套重复，会非常慢，请改写。",
    en="“{pattern}” repeats a repetition, which can take forever. Write it differently.",
)
_REPEATED_REPETITION = re.compile(r"[+*}]\??\)[+*{]")


class TextOptions(FieldOptions):
    """How long it may be and what it must look like."""

    max_length: Annotated[int, Field(ge=1, le=1000)] = 255
    #: A regular expression the whole text must match.
    pattern: Annotated[str, Field(max_length=200)] | None = None


@lru_cache(maxsize=500)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


class TextField(FieldType[TextOptions]):
    """One line of text."""

    name = "text"
    label = Text(zh="单行文本", en="Text")
    description = Text(
        zh="一行文字，如名称、编号",
        en="One line of text, such as a name or a code",
    )
    family = Family.WORDS
    icon = "type"
    options_model = TextOptions
    value_kind = ValueKind.TEXT
    can_be_computed = True
    operators = TEXT_OPERATORS
    aggregates = COUNTING
    groupable = True
    searchable = True
    can_be_unique = True

    def column_type(self, options: TextOptions) -> sa.types.TypeEngine[str]:
        return sa.Text()

    def parse(self, raw: object, options: TextOptions, context: ReadingContext) -> str | None:
        text = read_line(raw, most=options.max_length)
        if text and options.pattern and not _compiled(options.pattern).fullmatch(text):
            raise InvalidValueError("wrong_shape", WRONG_SHAPE.fill(pattern=options.pattern))
        return text

    def to_text(self, value: object, options: TextOptions, locale: Locale) -> str:
        return str(value)

    def check_options(self, options: TextOptions) -> list[Text]:
        if options.pattern is None:
            return []
        try:
            _compiled(options.pattern)
        except re.error:
            return [BROKEN_PATTERN.fill(pattern=options.pattern)]
        if _REPEATED_REPETITION.search(options.pattern):
            return [SLOW_PATTERN.fill(pattern=options.pattern)]
        return []
