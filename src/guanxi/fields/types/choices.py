"""Choices: several of fixed options."""

import re
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from guanxi.fields.capabilities import EMPTINESS, Aggregate, Family, Operator, ValueKind
from guanxi.fields.field_type import FieldType, InvalidValueError, ReadingContext
from guanxi.fields.options_of_choice import ChoicesOptions, problems_of_choices, read_choice
from guanxi.fields.plain_text import read_line
from guanxi.kit.text import Locale, Text

NOT_A_LIST = Text(zh="请填选项的列表。", en="Give a list of options.")
_SEPARATORS = re.compile(r"[;；,，、|\n]")


class Choices(FieldType[ChoicesOptions]):
    """Several of fixed options, each once, in the order of the field. None chosen is empty."""

    name = "choices"
    label = Text(zh="多选", en="Choices")
    description = Text(
        zh="从固定选项中选多个",
        en="Several of fixed options",
    )
    family = Family.CHOICES
    icon = "list-checks"
    options_model = ChoicesOptions
    value_kind = ValueKind.TEXTS
    operators = (Operator.HAS_ANY, Operator.HAS_ALL, Operator.HAS_NONE, *EMPTINESS)
    aggregates = (Aggregate.COUNT_FILLED,)
    sortable = False

    def column_type(self, options: ChoicesOptions) -> sa.types.TypeEngine[Any]:
        return ARRAY(sa.Text())

    def parse(
        self, raw: object, options: ChoicesOptions, context: ReadingContext
    ) -> list[str] | None:
        if raw is None or raw == "":
            return None
        if not isinstance(raw, list | tuple) or not all(isinstance(one, str) for one in raw):
            raise InvalidValueError("not_a_list", NOT_A_LIST)
        written = [text for one in raw if (text := read_line(one, most=1000)) is not None]
        chosen = {read_choice(text, options) for text in written}
        return [one.value for one in options.choices if one.value in chosen] or None

    def to_json(
        self, column: sa.ColumnElement[Any], options: ChoicesOptions
    ) -> sa.ColumnElement[Any]:
        return sa.func.coalesce(column, sa.literal_column("'{}'::text[]"))

    def to_text(self, value: object, options: ChoicesOptions, locale: Locale) -> str:
        labels = [options.label_of(str(one), locale) for one in _listed(value)]
        return ("；" if locale == "zh-CN" else "; ").join(labels)

    def read_text(
        self,
        text: str,
        options: ChoicesOptions,
        context: ReadingContext,
        format_name: str | None = None,
    ) -> list[str] | None:
        """A label may hold a comma: a cell that is one option as a whole is that option."""
        try:
            return self.parse([text], options, context)
        except InvalidValueError:
            return self.parse(_SEPARATORS.split(text), options, context)

    def check_options(self, options: ChoicesOptions) -> list[Text]:
        return problems_of_choices(options)


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []
