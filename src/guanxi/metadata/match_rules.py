"""Duplicate rules: when a record may be there already, in its object or in another one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from guanxi.fields.capabilities import ValueKind
from guanxi.kit.text import Text, text_of
from guanxi.metadata.computed import work_out
from guanxi.metadata.errors import StepRefusedError
from guanxi.metadata.formula_scope import Objects
from guanxi.metadata.match_keys import SIMILAR, Comparison, MatchKey
from guanxi.metadata.model import FieldDefinition, MatchCondition, MatchRule, ObjectDefinition
from guanxi.metadata.steps import MatchRulePart, MatchRules

_SECOND = Text(
    zh="已经有名为“{name}”的查重规则。", en="There is a second duplicate rule named “{name}”."
)
_NO_SUCH_OBJECT = Text(zh="没有在用的对象“{name}”。", en="There is no object “{name}” in use.")
_NO_SUCH_FIELD = Text(
    zh="「{object}」没有在用的字段“{name}”。", en="“{object}” has no field “{name}” in use."
)
_NOT_COMPARED = Text(
    zh="不能按「{field}」查重：要用文本、电话、邮箱、网址、编码这类单行内容；“完全相同”还可以用关联和人员。",
    en="Duplicates cannot be found by “{field}”: it takes a line of text, a telephone number, an address or a code;"
    " links and people can be compared as they are.",
)
_NOT_SIMILAR = Text(
    zh="只有“文本”和“公司名称”能按相似度比较。",
    en="Only texts and names of companies can be compared by how similar they are.",
)
_NEVER = Text(
    zh="规则“{name}”的权重加起来也达不到提醒的分数，永远不会起作用。",
    en="The weights of the rule “{name}” never add up to what it warns at.",
)
DUPLICATES_BY = Text(zh="查重：{fields}", en="Duplicates: {fields}")


@dataclass(frozen=True)
class CheckedMatch:
    """A duplicate rule whose fields are there."""

    rule: MatchRule
    other: ObjectDefinition
    fields: tuple[FieldDefinition, ...]
    other_fields: tuple[FieldDefinition, ...]

    @cached_property
    def looks_at(self) -> frozenset[str]:
        """The fields of the record it hangs on."""
        return frozenset(one.name for one in self.fields)


def match_rules_of(objects: Objects, definition: ObjectDefinition) -> tuple[CheckedMatch, ...]:
    """The duplicate rules of an object whose fields and objects are in use."""
    found: list[CheckedMatch] = []
    for rule in definition.match_rules:
        other = objects.get(rule.object)
        if other is None or other.retired_at is not None:
            continue
        own = tuple(definition.fields.get(one.field) for one in rule.conditions)
        others = tuple(other.fields.get(one.other) for one in rule.conditions)
        fields = tuple(one for one in own if one is not None)
        other_fields = tuple(one for one in others if one is not None)
        if len(fields) == len(own) and len(other_fields) == len(others):
            found.append(CheckedMatch(rule, other, fields, other_fields))
    return tuple(found)


def keys_of(rule: MatchRule) -> Iterator[MatchKey]:
    """The keys a rule looks for, in the table it looks into."""
    for one in rule.conditions:
        yield MatchKey(rule.object, one.other, one.compare, one.similarity is not None)


def new_match_rules(
    objects: Objects, definition: ObjectDefinition, wishes: MatchRules
) -> tuple[MatchRule, ...]:
    """Raises StepRefusedError."""
    made: dict[str, MatchRule] = {}
    for place, wish in enumerate(wishes):
        pointer = f"/changes/match_rules/{place}"
        if wish.name in made:
            raise StepRefusedError(f"{pointer}/name", "second", _SECOND.fill(name=wish.name))
        made[wish.name] = rule = _rule(definition, wish)
        _check(objects, definition, rule, pointer)
    return tuple(made.values())


def check_match_rules(objects: Objects, definition: ObjectDefinition) -> None:
    """Every duplicate rule still has its fields. Raises StepRefusedError."""
    for rule in definition.match_rules:
        other = objects.get(rule.object)
        if other is not None and other.retired_at is not None:
            continue
        _check(objects, definition, rule, "/changes/match_rules")


def _rule(definition: ObjectDefinition, wish: MatchRulePart) -> MatchRule:
    conditions = tuple(
        MatchCondition(
            one.field, one.other or one.field, str(one.compare), one.similarity, one.weight
        )
        for one in wish.conditions
    )
    return MatchRule(
        wish.name, wish.object or definition.name, conditions, wish.warn_at, wish.block_at
    )


def _check(objects: Objects, definition: ObjectDefinition, rule: MatchRule, pointer: str) -> None:
    other = definition if rule.object == definition.name else objects.get(rule.object)
    if other is None or other.built_in:
        message = _NO_SUCH_OBJECT.fill(name=rule.object[:60])
        raise StepRefusedError(f"{pointer}/object", "unknown_object", message)
    live = set(work_out(objects).live)
    for place, one in enumerate(rule.conditions):
        here = f"{pointer}/conditions/{place}"
        for owner, name, member in (definition, one.field, "field"), (other, one.other, "other"):
            _check_field(owner.fields, owner, name, one, f"{here}/{member}")
            if (owner.name, name) in live:
                message = _NOT_COMPARED.fill(field=text_of(owner.fields[name].label))
                raise StepRefusedError(f"{here}/{member}", "not_comparable", message)
        if one.similarity is not None and one.compare not in SIMILAR:
            raise StepRefusedError(f"{here}/similarity", "not_similar", _NOT_SIMILAR)
    if sum(one.weight for one in rule.conditions) < min(
        rule.warn_at, rule.block_at or rule.warn_at
    ):
        message = _NEVER.fill(name=rule.name)
        raise StepRefusedError(f"{pointer}/warn_at", "never", message)


def _check_field(
    fields: Mapping[str, FieldDefinition],
    owner: ObjectDefinition,
    name: str,
    condition: MatchCondition,
    pointer: str,
) -> None:
    field = fields.get(name)
    if field is None:
        message = _NO_SUCH_FIELD.fill(object=text_of(owner.label), name=name[:60])
        raise StepRefusedError(pointer, "unknown_field", message)
    kinds = {ValueKind.TEXT}
    if condition.compare == Comparison.EXACT:
        kinds.add(ValueKind.REFERENCE)
    if field.type.value_kind not in kinds or not field.sortable:
        message = _NOT_COMPARED.fill(field=text_of(field.label))
        raise StepRefusedError(pointer, "not_comparable", message)
