"""Checkbox: yes or no. An untouched checkbox is no, never empty."""

import sqlalchemy as sa

from guanxi.fields.capabilities import Family, Operator, ValueKind
from guanxi.fields.field_type import FieldOptions, FieldType, InvalidValueError, ReadingContext
from guanxi.kit.text import Locale, Text

YES = frozenset({"true", "yes", "y", "1", "on", "x", "✓", "√", "是", "对", "有"})
NO = frozenset({"false", "no", "n", "0", "off", "", "✗", "×", "否", "不", "无"})


class Checkbox(FieldType[FieldOptions]):
    """Yes or no."""

    name = "checkbox"
    label = Text(zh="勾选", en="Checkbox")
    description = Text(
        zh="是或否",
        en="Yes or no",
    )
    family = Family.CHOICES
    icon = "square-check"
    value_kind = ValueKind.BOOLEAN
    can_be_computed = True
    operators = (Operator.EQ, Operator.NE)
    groupable = True
    never_empty = False

    def column_type(self, options: FieldOptions) -> sa.types.TypeEngine[bool]:
        return sa.Boolean()

    def parse(self, raw: object, options: FieldOptions, context: ReadingContext) -> bool:
        if isinstance(raw, bool):
            return raw
        if raw is None:
            return False
        if isinstance(raw, str | int):
            word = str(raw).strip().lower()
            if word in YES:
                return True
            if word in NO:
                return False
        raise InvalidValueError(
            "not_yes_or_no", Text(zh="请填“是”或“否”。", en="Answer yes or no.")
        )

    def to_text(self, value: object, options: FieldOptions, locale: Locale) -> str:
        if locale == "zh-CN":
            return "是" if value else "否"
        return "Yes" if value else "No"
