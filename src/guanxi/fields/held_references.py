"""What fields that point to several records share: their settings, and their values as they are sent and kept."""

import re
from typing import Annotated, Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.dialects.postgresql import ARRAY

from guanxi.fields.capabilities import EMPTINESS, Aggregate, Family, Operator, ValueKind
from guanxi.fields.field_type import FieldOptions, FieldType, InvalidValueError, ReadingContext
from guanxi.fields.references import read_reference
from guanxi.kit.text import Locale, Text

MOST_REFERENCES = 200
NOT_REFERENCES = Text(zh="请填 id 的列表。", en="Give a list of ids.")
TOO_MANY_REFERENCES = Text(
    zh="最多选 {most} 个，现在有 {count} 个。", en="Choose at most {most}; this has {count}."
)
#: What parts the names in a cell of a file. A comma does not: names of companies hold some.
_SEPARATORS = re.compile(r"[;；、|\n]")


class ReferencesOptions(FieldOptions):
    """How many a record may point to."""

    most: Annotated[int, Field(ge=1, le=MOST_REFERENCES)] = 50


class HeldReferences(FieldType[Any]):
    """Several records, each once, in the order they were chosen; a type says of what. None chosen is empty."""

    family = Family.RELATIONS
    options_model: ClassVar[type[FieldOptions]] = ReferencesOptions
    value_kind = ValueKind.REFERENCES
    operators: ClassVar[tuple[Operator, ...]] = (
        Operator.HAS_ANY,
        Operator.HAS_ALL,
        Operator.HAS_NONE,
        *EMPTINESS,
    )
    aggregates = (Aggregate.COUNT_FILLED,)
    sortable = False

    def column_type(self, options: ReferencesOptions) -> sa.types.TypeEngine[Any]:
        return ARRAY(sa.Uuid())

    def parse(
        self, raw: object, options: ReferencesOptions, context: ReadingContext
    ) -> list[UUID] | None:
        if raw is None or raw == "":
            return None
        if not isinstance(raw, list | tuple):
            raise InvalidValueError("not_a_list", NOT_REFERENCES)
        read = [read_reference(one) for one in raw]
        found = list(dict.fromkeys(one for one in read if one is not None))
        if None in read or len(found) > options.most:
            problem = NOT_REFERENCES if None in read else TOO_MANY_REFERENCES
            code = "not_a_list" if None in read else "too_many"
            raise InvalidValueError(code, problem.fill(most=options.most, count=len(found)))
        return found or None

    def to_text(self, value: object, options: ReferencesOptions, locale: Locale) -> str:
        return joined_names(map(str, value if isinstance(value, list | tuple) else ()), locale)

    def read_text(
        self,
        text: str,
        options: ReferencesOptions,
        context: ReadingContext,
        format_name: str | None = None,
    ) -> list[UUID] | None:
        """Ids; what names in a file mean is looked up for all of them at once."""
        return self.parse(names_in(text), options, context)


def names_in(cell: str) -> list[str]:
    """The names a cell of a file holds."""
    return [name for part in _SEPARATORS.split(cell) if (name := part.strip())]


def joined_names(names: Any, locale: Locale) -> str:
    """Names as a cell of a file holds them."""
    return ("；" if locale == "zh-CN" else "; ").join(names)
