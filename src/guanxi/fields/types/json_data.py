"""JSON: data of a program, kept as it is."""

import json
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import Field

from guanxi.fields.capabilities import EMPTINESS, Aggregate, Family, Operator, ValueKind
from guanxi.fields.field_type import FieldOptions, FieldType, InvalidValueError, ReadingContext
from guanxi.fields.plain_text import read_lines
from guanxi.kit.text import Locale, Text

MOST_LEVELS = 50
NOT_JSON = Text(
    zh="不是有效的 JSON，请检查括号、引号和逗号（第 {line} 行第 {column} 列附近）。",
    en="This is no valid JSON. Check brackets, quotes and commas (near line {line}, column {column}).",
)
NOT_A_STRUCTURE = Text(
    zh='请填 JSON 对象或数组，例如 {{"a": 1}}。',
    en='Enter a JSON object or a list, such as {{"a": 1}}.',
)
TOO_DEEP = Text(
    zh="JSON 最多嵌套 50 层。",
    en="JSON may nest 50 levels deep at most.",
)
NOT_A_NUMBER = Text(
    zh="JSON 里的数字必须是有限的。",
    en="Numbers of JSON must be finite.",
)
TOO_LARGE = Text(
    zh="JSON 最多 {most} KB，现在有 {size} KB。",
    en="JSON may have {most} kB at most; this has {size} kB.",
)


class JsonOptions(FieldOptions):
    """How large it may be."""

    #: In kilobytes of UTF-8, written without blanks it does not need.
    most_kb: Annotated[int, Field(ge=1, le=1000)] = 100


class JsonData(FieldType[JsonOptions]):
    """An object or a list. The stored form is its text, written in one way; the wire form is the data itself."""

    name = "json"
    label = Text(zh="JSON", en="JSON")
    description = Text(
        zh="程序写入的结构化数据",
        en="Structured data of programs",
    )
    family = Family.CODES
    icon = "braces"
    options_model = JsonOptions
    value_kind = ValueKind.DATA
    operators = (Operator.HAS_KEY, Operator.CONTAINS, Operator.NOT_CONTAINS, *EMPTINESS)
    aggregates = (Aggregate.COUNT_FILLED,)
    sortable = False

    def column_type(self, options: JsonOptions) -> sa.types.TypeEngine[str]:
        return sa.Text()

    def parse(self, raw: object, options: JsonOptions, context: ReadingContext) -> str | None:
        data = _read(raw, most=options.most_kb * 1024) if isinstance(raw, str) else raw
        if data is None:
            return None
        if not isinstance(data, dict | list):
            raise InvalidValueError("not_a_structure", NOT_A_STRUCTURE.fill())
        _check(data)
        text = json.dumps(data, ensure_ascii=False)
        size = len(text.encode())
        if size > options.most_kb * 1024:
            told = TOO_LARGE.fill(most=options.most_kb, size=-(-size // 1024))
            raise InvalidValueError("too_large", told)
        return text

    def to_json(self, column: sa.ColumnElement[Any], options: JsonOptions) -> sa.ColumnElement[Any]:
        return sa.cast(column, sa.JSON())

    def to_text(self, value: object, options: JsonOptions, locale: Locale) -> str:
        return str(value)


def _read(text: str, *, most: int) -> Any:
    # Pretty printing may take more room than what is kept.
    kept = read_lines(text, most=4 * most)
    if kept is None:
        return None
    try:
        return json.loads(kept)
    except json.JSONDecodeError as error:
        raise InvalidValueError(
            "not_json", NOT_JSON.fill(line=error.lineno, column=error.colno)
        ) from error
    except RecursionError as error:
        raise InvalidValueError("too_deep", TOO_DEEP) from error
    except ValueError as error:
        # A figure of more digits than Python reads.
        raise InvalidValueError("not_a_number", NOT_A_NUMBER) from error


def _check(data: Any) -> None:
    """Level by level, so that no depth exhausts the stack. Raises InvalidValueError."""
    level = [data]
    for _ in range(MOST_LEVELS + 1):
        below: list[Any] = []
        for one in level:
            if isinstance(one, dict):
                below += [*one, *one.values()]
            elif isinstance(one, list):
                below += one
            elif isinstance(one, str):
                read_lines(one, most=len(one))
            elif isinstance(one, float) and not -float("inf") < one < float("inf"):
                raise InvalidValueError("not_a_number", NOT_A_NUMBER)
            elif one is not None and not isinstance(one, bool | int | float):
                raise InvalidValueError("not_a_structure", NOT_A_STRUCTURE.fill())
        if not below:
            return
        level = below
    raise InvalidValueError("too_deep", TOO_DEEP)
