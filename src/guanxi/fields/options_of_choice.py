"""The options of choice fields: what can be chosen, and stages."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from guanxi.fields.field_type import FieldOptions, InvalidValueError
from guanxi.fields.plain_text import matching_key
from guanxi.kit.text import LOCALES, Locale, Text, label_in

Language = Annotated[str, Field(pattern="^(zh-CN|en)$")]
ShortText = Annotated[str, Field(min_length=1, max_length=100)]
StageKind = Literal["open", "won", "lost", "void"]

NOT_AN_OPTION = Text(
    zh="没有“{value}”这个选项。请选择：{known}。",
    en="There is no option “{value}”. Choose one of: {known}.",
)
SAME_VALUE = Text(zh="选项“{value}”出现了两次。", en="The option “{value}” is there twice.")
STAGE_WITHOUT_KIND = Text(
    zh="阶段“{value}”需要类别：进行中、赢单、输单或作废。",
    en="The stage “{value}” needs a kind: open, won, lost or void.",
)
NO_CHOICES = Text(zh="请至少添加一个选项。", en="Add at least one option.")


class Choice(BaseModel):
    """One option. Its value never changes; its label may."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: Annotated[str, Field(min_length=1, max_length=100, pattern=r"^\S(.*\S)?$")]
    label: Annotated[dict[Language, ShortText], Field(min_length=1)]
    color: Annotated[str, Field(max_length=30)] | None = None
    retired: bool = False
    kind: StageKind | None = None
    probability: Annotated[Decimal, Field(ge=0, le=100)] | None = None

    def __hash__(self) -> int:
        return hash(self.value)


class ChoicesOptions(FieldOptions):
    """What can be chosen, in order."""

    choices: Annotated[tuple[Choice, ...], Field(max_length=1000)] = ()

    def find(self, value: str) -> Choice | None:
        return next((one for one in self.choices if one.value == value), None)

    def label_of(self, value: str, locale: Locale) -> str:
        """The label; a value no longer known speaks for itself."""
        found = self.find(value)
        return value if found is None else label_in(found.label, locale)


class ChoiceOptions(ChoicesOptions):
    """What can be chosen, and whether the options are the stages of the object."""

    is_stage: bool = False

    def values_of_kinds(self, kinds: Sequence[str]) -> list[str]:
        """The stages of these kinds, retired ones too."""
        return [one.value for one in self.choices if one.kind in kinds]


def read_choice(raw: str, options: ChoicesOptions) -> str:
    """The value of an option given by value or by its label in any language. Raises InvalidValueError."""
    found = _known_writings(options.choices).get(raw) or _known_writings(options.choices).get(
        matching_key(raw)
    )
    if found is None:
        raise not_an_option(raw, options.choices)
    return found


def not_an_option(raw: str, choices: Sequence[Choice]) -> InvalidValueError:
    """That a text is none of the options, with those it might have been."""
    known = [one for one in choices if not one.retired][:12]
    return InvalidValueError(
        "not_an_option",
        NOT_AN_OPTION.fill(
            value=raw[:60],
            known=Text(
                zh="、".join(label_in(one.label, "zh-CN") for one in known),
                en=", ".join(label_in(one.label, "en") for one in known),
            ),
        ),
    )


@lru_cache(maxsize=1000)
def _known_writings(choices: tuple[Choice, ...]) -> Mapping[str, str]:
    """Values come before labels, exact writings before folded ones, options in use before retired ones."""
    writings: dict[str, str] = {one.value: one.value for one in choices}
    for one in sorted(choices, key=lambda one: one.retired):
        for locale in LOCALES:
            if (label := one.label.get(locale)) is not None:
                writings.setdefault(label, one.value)
                writings.setdefault(matching_key(label), one.value)
        writings.setdefault(matching_key(one.value), one.value)
    return writings


def problems_of_choices(options: ChoicesOptions) -> list[Text]:
    """What is wrong with a list of options beyond its shape."""
    if not options.choices:
        return [NO_CHOICES]
    values = [one.value for one in options.choices]
    return [
        SAME_VALUE.fill(value=value) for value in dict.fromkeys(values) if values.count(value) > 1
    ]
