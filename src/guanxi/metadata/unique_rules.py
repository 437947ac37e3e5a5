"""Unique rules, checked and ready to be asked of records."""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from guanxi.formula.errors import FormulaError
from guanxi.formula.function import Volatility
from guanxi.formula.parse import parse
from guanxi.formula.tree import Node
from guanxi.formula.types import BOOLEAN
from guanxi.formula.unify import in_words
from guanxi.kit.text import Text, text_of
from guanxi.metadata.computed import (
    CheckedFormula,
    FieldKey,
    paths_of,
    typed_formula,
    volatility_of,
    work_out,
)
from guanxi.metadata.errors import StepRefusedError
from guanxi.metadata.formula_scope import Objects
from guanxi.metadata.model import FieldDefinition, ObjectDefinition, UniqueRule
from guanxi.metadata.steps import UniqueRules

_log = logging.getLogger(__name__)

#: Fields of the platform that may be part of a rule.
COMPARED_SYSTEM_FIELDS = frozenset({"name", "owner", "department"})

_SECOND = Text(
    zh="已经有名为“{name}”的不重复规则。", en="There is a second unique rule named “{name}”."
)
_NO_SUCH_FIELD = Text(
    zh="「{object}」没有在用的字段“{name}”。", en="“{object}” has no field “{name}” in use."
)
_NOT_COMPARED = Text(
    zh="不能按「{field}」判断是否重复：多选、长文本和由其他记录算出的字段都不行。",
    en="Records cannot be told apart by “{field}”: neither by several options, nor by long text, nor by what is computed"
    " from other records.",
)
_NOT_A_CONDITION = Text(
    zh="这里要一个条件（结果为是或否），而公式的结果是{result}。",
    en="This needs a condition, true or false, but the formula comes to {result}.",
)
_LOOKS_ELSEWHERE = Text(
    zh="条件只能看记录本身的字段，不能看关联的记录，也不能看由其他记录算出的字段：那里一改，已保存的记录就可能突然重复。",
    en="The condition may look at the record alone, not at linked records nor at what is computed from other records:"
    " a change there could make saved records alike.",
)
_CHANGES_BY_ITSELF = Text(
    zh="条件不能使用随时间或随查看者变化的函数：今天不重复的记录，明天不能自己变成重复。",
    en="The condition cannot use functions that change with time or with the reader: records that differ today must not"
    " become alike by themselves.",
)
UNIQUE_OF = Text(zh="不重复：{fields}", en="Unique: {fields}")


@dataclass(frozen=True)
class CheckedUnique:
    """A unique rule with its fields and its condition."""

    rule: UniqueRule
    fields: tuple[FieldDefinition, ...]
    condition: CheckedFormula | None

    @cached_property
    def looks_at(self) -> frozenset[str]:
        """Every field it hangs on."""
        names = () if self.condition is None else (names[0] for names in self.condition.paths)
        return frozenset((*self.rule.fields, *names))

    @property
    def label(self) -> Text:
        """Its fields, as people call them."""
        labels = [text_of(one.label) for one in self.fields]
        return Text(zh="、".join(one.zh for one in labels), en=", ".join(one.en for one in labels))


def checked_unique(
    objects: Objects, definition: ObjectDefinition, rule: UniqueRule
) -> CheckedUnique:
    """Raises FormulaError, and KeyError for a field that is not there."""
    condition = None
    if rule.condition is not None:
        typed = typed_formula(objects, definition, rule.condition)
        condition = CheckedFormula(definition.name, typed, paths_of(objects, definition, typed))
    fields = tuple(definition.fields[name] for name in rule.fields)
    return CheckedUnique(rule, fields, condition)


def unique_of_object(objects: Objects, definition: ObjectDefinition) -> tuple[CheckedUnique, ...]:
    """The unique rules of an object. One that no longer reads says nothing."""
    found: list[CheckedUnique] = []
    for rule in definition.unique_rules:
        try:
            found.append(checked_unique(objects, definition, rule))
        except (FormulaError, KeyError) as error:
            _log.error(
                "The unique rule %s of %s does not read: %s", rule.name, definition.name, error
            )
    return tuple(found)


def new_unique_rules(
    objects: Objects, definition: ObjectDefinition, wishes: UniqueRules
) -> tuple[UniqueRule, ...]:
    """Raises StepRefusedError."""
    made: dict[str, UniqueRule] = {}
    for place, wish in enumerate(wishes):
        pointer = f"/changes/unique_rules/{place}"
        if wish.name in made:
            raise StepRefusedError(f"{pointer}/name", "second", _SECOND.fill(name=wish.name))
        for name in wish.fields:
            if name not in definition.fields:
                message = _NO_SUCH_FIELD.fill(object=definition.name, name=name[:60])
                raise StepRefusedError(f"{pointer}/fields", "unknown_field", message)
        text = (wish.condition or "").strip()
        node = _read(objects, definition, text, f"{pointer}/condition") if text else None
        made[wish.name] = UniqueRule(wish.name, tuple(dict.fromkeys(wish.fields)), node)
    return tuple(made.values())


def check_unique_rules(objects: Objects, definition: ObjectDefinition) -> None:
    """Every unique rule still reads and hangs on what stands in the record itself. Raises StepRefusedError."""
    if not definition.unique_rules:
        return
    fields = work_out(objects)
    elsewhere = {one.key for one in fields.order if not one.is_local} | set(fields.live)
    for rule in definition.unique_rules:
        pointer = "/changes/unique_rules"
        for name in rule.fields:
            if name not in definition.fields:
                message = _NO_SUCH_FIELD.fill(object=text_of(definition.label), name=name)
                raise StepRefusedError(pointer, "used_by_rule", message)
        try:
            checked = checked_unique(objects, definition, rule)
        except FormulaError as error:
            raise StepRefusedError(pointer, "used_by_rule", error.message) from error
        for field in checked.fields:
            if not _is_comparable(definition, field, elsewhere):
                message = _NOT_COMPARED.fill(field=text_of(field.label))
                raise StepRefusedError(pointer, "not_comparable", message)
        if checked.condition is not None:
            _check_condition(definition, checked.condition, elsewhere)


def _is_comparable(
    definition: ObjectDefinition, field: FieldDefinition, elsewhere: Collection[FieldKey]
) -> bool:
    if field.system and field.name not in COMPARED_SYSTEM_FIELDS:
        return False
    return field.type.sortable and (definition.name, field.name) not in elsewhere


def _check_condition(
    definition: ObjectDefinition, condition: CheckedFormula, elsewhere: Collection[FieldKey]
) -> None:
    pointer = "/changes/unique_rules"
    keys = {(definition.name, names[0]) for names in condition.paths}
    if not condition.is_local or keys & set(elsewhere):
        raise StepRefusedError(pointer, "looks_elsewhere", _LOOKS_ELSEWHERE)
    if volatility_of(condition.typed) is not Volatility.PURE:
        raise StepRefusedError(pointer, "changes_by_itself", _CHANGES_BY_ITSELF)


def _read(objects: Objects, definition: ObjectDefinition, text: str, pointer: str) -> Node:
    try:
        typed = typed_formula(objects, definition, parse(text), text)
    except FormulaError as error:
        raise StepRefusedError(pointer, error.code, error.message) from error
    if typed.type != BOOLEAN:
        message = _NOT_A_CONDITION.fill(result=in_words(typed.type))
        raise StepRefusedError(pointer, "wrong_type", message)
    return typed.stored
