"""Choice: one of fixed options; the stages of an object are one."""

import sqlalchemy as sa

from guanxi.fields.capabilities import (
    COUNTING,
    EMPTINESS,
    EQUALITY,
    Family,
    Operator,
    ValueKind,
)
from guanxi.fields.field_type import FieldType, InvalidValueError, ReadingContext
from guanxi.fields.options_of_choice import (
    STAGE_WITHOUT_KIND,
    ChoiceOptions,
    problems_of_choices,
    read_choice,
)
from guanxi.fields.plain_text import NOT_TEXT, read_line
from guanxi.kit.text import Locale, Text


class ChoiceField(FieldType[ChoiceOptions]):
    """One of fixed options. A retired option stays on records that have it and may be written by value."""

    name = "choice"
    label = Text(zh="单选", en="Choice")
    description = Text(
        zh="从固定选项中选一个，也可作为阶段",
        en="One of fixed options; can be the stages",
    )
    family = Family.CHOICES
    icon = "circle-dot"
    options_model = ChoiceOptions
    value_kind = ValueKind.TEXT
    operators = (Operator.IN, Operator.NOT_IN, *EQUALITY[:2], *EMPTINESS, Operator.KIND_IN)
    aggregates = COUNTING
    groupable = True

    def operators_for(self, options: ChoiceOptions) -> tuple[Operator, ...]:
        if options.is_stage:
            return self.operators
        return tuple(one for one in self.operators if one is not Operator.KIND_IN)

    def column_type(self, options: ChoiceOptions) -> sa.types.TypeEngine[str]:
        return sa.Text()

    def parse(self, raw: object, options: ChoiceOptions, context: ReadingContext) -> str | None:
        if raw is not None and not isinstance(raw, str):
            raise InvalidValueError("not_text", NOT_TEXT)
        written = read_line(raw, most=1000)
        return None if written is None else read_choice(written, options)

    def to_text(self, value: object, options: ChoiceOptions, locale: Locale) -> str:
        return options.label_of(str(value), locale)

    def check_options(self, options: ChoiceOptions) -> list[Text]:
        problems = problems_of_choices(options)
        if options.is_stage:
            problems += [
                STAGE_WITHOUT_KIND.fill(value=one.value)
                for one in options.choices
                if one.kind is None
            ]
        return problems
