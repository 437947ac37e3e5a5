"""Cascade choice: one of fixed options that lie in levels, such as category and kind."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated

import sqlalchemy as sa
from pydantic import Field

from guanxi.fields.capabilities import COUNTING, EMPTINESS, EQUALITY, Family, Operator, ValueKind
from guanxi.fields.field_type import FieldType, InvalidValueError, ReadingContext
from guanxi.fields.options_of_choice import (
    Choice,
    ChoicesOptions,
    not_an_option,
    problems_of_choices,
)
from guanxi.fields.plain_text import NOT_TEXT, matching_key, read_line
from guanxi.kit.text import LOCALES, Locale, Text, label_in

MOST_LEVELS = 6
UNKNOWN_PARENT = Text(
    zh="选项“{value}”的上级“{parent}”不在列表里。",
    en="The option “{value}” lies below “{parent}”, which is not among the options.",
)
TOO_DEEP = Text(
    zh="选项“{value}”超过了 6 级，或它的上级绕成了圈。",
    en="The option “{value}” lies deeper than 6 levels, or below itself.",
)
SEVERAL_SO_CALLED = Text(
    zh="有几个选项都叫“{value}”，请写完整路径，例如 {known}。",
    en="Several options are called “{value}”. Write the whole path, such as {known}.",
)
NOT_THE_LAST_LEVEL = Text(
    zh="“{value}”下面还有选项，请选到最后一级。",
    en="There are options below “{value}”. Choose one of the last level.",
)
JOINT = " / "
_JOINTS = re.compile(r"\s*[/／>＞›\\]\s*")


class BranchChoice(Choice):
    """One option and the one it lies below; none: the first level."""

    parent: Annotated[str, Field(min_length=1, max_length=100)] | None = None

    def __hash__(self) -> int:
        return hash(self.value)


class CascadeOptions(ChoicesOptions):
    """What can be chosen, and whether it has to be an option with nothing below it."""

    choices: Annotated[tuple[BranchChoice, ...], Field(max_length=2000)] = ()
    last_level_only: bool = False


class CascadeChoice(FieldType[CascadeOptions]):
    """One option of several levels; what lies above it is told with it."""

    name = "cascade_choice"
    label = Text(zh="级联选择", en="Cascade")
    description = Text(
        zh="分级的选项，如大类、小类",
        en="Options in levels, such as category and kind",
    )
    family = Family.CHOICES
    icon = "list-tree"
    options_model = CascadeOptions
    value_kind = ValueKind.TEXT
    operators = (Operator.UNDER, Operator.IN, Operator.NOT_IN, *EQUALITY[:2], *EMPTINESS)
    aggregates = COUNTING
    groupable = True

    def column_type(self, options: CascadeOptions) -> sa.types.TypeEngine[str]:
        return sa.Text()

    def parse(self, raw: object, options: CascadeOptions, context: ReadingContext) -> str | None:
        value = self.parse_under(raw, options, context)
        if options.last_level_only and any(
            one.parent == value and not one.retired for one in options.choices if value is not None
        ):
            label = Text(
                zh=options.label_of(str(value), "zh-CN"), en=options.label_of(str(value), "en")
            )
            raise InvalidValueError("not_the_last_level", NOT_THE_LAST_LEVEL.fill(value=label))
        return value

    def parse_under(
        self, raw: object, options: CascadeOptions, context: ReadingContext
    ) -> str | None:
        if raw is not None and not isinstance(raw, str):
            raise InvalidValueError("not_text", NOT_TEXT)
        written = read_line(raw, most=1000)
        if written is None:
            return None
        if options.find(written) is not None:
            return written
        found = _writings(options.choices).get(_key(written), ())
        if len(found) == 1:
            return found[0]
        told = path_of(found[0], options, "zh-CN") if found else ""
        if found:
            known = Text(zh=told, en=path_of(found[0], options, "en"))
            raise InvalidValueError(
                "several_options", SEVERAL_SO_CALLED.fill(value=written[:60], known=known)
            )
        raise not_an_option(written, [one for one in options.choices if one.parent is None])

    def under(self, value: object, options: CascadeOptions) -> list[str]:
        found = {str(value)}
        # Parents may stand after their children.
        while more := {
            one.value for one in options.choices if one.parent in found and one.value not in found
        }:
            found |= more
        return [re.sub(r"([\\%_])", r"\\\1", one) for one in sorted(found)]

    def to_text(self, value: object, options: CascadeOptions, locale: Locale) -> str:
        return path_of(str(value), options, locale)

    def check_options(self, options: CascadeOptions) -> list[Text]:
        problems = problems_of_choices(options)
        known = {one.value: one for one in options.choices}
        for one in options.choices:
            if one.parent is not None and one.parent not in known:
                problems.append(UNKNOWN_PARENT.fill(value=one.value, parent=one.parent))
            elif len(branch(one.value, options)) > MOST_LEVELS:
                problems.append(TOO_DEEP.fill(value=one.value))
        return problems


def branch(value: str, options: CascadeOptions) -> list[BranchChoice]:
    """An option with all it lies below, the first level first."""
    known = _by_value(options.choices)
    steps: list[BranchChoice] = []
    here = known.get(value)
    while here is not None and len(steps) <= MOST_LEVELS:
        steps.insert(0, here)
        here = known.get(here.parent or "")
    return steps


def path_of(value: str, options: CascadeOptions, locale: Locale) -> str:
    """The labels from the first level down; a value no longer known speaks for itself."""
    steps = branch(value, options)
    return JOINT.join(label_in(one.label, locale) for one in steps) if steps else value


@lru_cache(maxsize=1000)
def _by_value(choices: tuple[BranchChoice, ...]) -> Mapping[str, BranchChoice]:
    return {one.value: one for one in choices}


@lru_cache(maxsize=1000)
def _writings(choices: tuple[BranchChoice, ...]) -> Mapping[str, tuple[str, ...]]:
    """What each writing may mean: whole paths before labels alone, options in use before retired ones."""
    options = CascadeOptions(choices=choices)
    used = sorted(choices, key=lambda one: one.retired)
    paths: dict[str, list[str]] = {}
    labels: dict[str, list[str]] = {}
    for one in used:
        for locale in LOCALES:
            path = paths.setdefault(_key(path_of(one.value, options, locale)), [])
            label = labels.setdefault(_key(label_in(one.label, locale)), [])
            for meant in (path, label):
                if one.value not in meant and not (meant and one.retired):
                    meant.append(one.value)
    return {key: tuple(meant) for key, meant in (labels | paths).items()}


def _key(text: str) -> str:
    return matching_key(_JOINTS.sub("/", text))
