"""Fields that are to be computed though people filled them in, and the other way round, as steps of a design bring it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from guanxi.fields.conversion import can_become
from guanxi.fields.field_type import FieldOptions, FieldType
from guanxi.formula.tree import paths_in
from guanxi.kit.ids import new_id
from guanxi.kit.text import Text, text_of
from guanxi.metadata.draft_formula import refuse_filled_in
from guanxi.metadata.errors import StepRefusedError
from guanxi.metadata.model import FieldDefinition, FieldRules, ObjectDefinition
from guanxi.metadata.naming import LONGEST_NAME, free_name, is_reserved_field_name
from guanxi.metadata.steps import FieldChanges
from guanxi.metadata.system_fields import NAME

_KEPT = Text(zh="{label}（原值）", en="{label} (before)")
_NOTHING_KEPT = Text(
    zh="字段“{name}”没有可以换回的原值：它不是计算字段，或者已经超过 30 天。",
    en="No earlier values of “{name}” are kept: it is not computed, or has been for more than 30 days.",
)

_OTHER_KIND = Text(
    zh="{before}字段不能改成{after}。请新建一个字段。",
    en="A field of type {before} cannot become one of type {after}. Add another field instead.",
)

_IN_UNIQUE_RULE = Text(
    zh="唯一规则“{rule}”在用字段“{name}”。请先从规则里去掉它，改好再加回去。",
    en="The unique rule “{rule}” compares “{name}”. Take it out of the rule first, and put it back afterwards.",
)

_IN_MATCH_RULE = Text(
    zh="查重规则“{rule}”在比较字段“{name}”。请先从规则里去掉它，改好再加回去。",
    en="The duplicate rule “{rule}” compares “{name}”. Take it out of the rule first, and put it back afterwards.",
)

_BEFORE = "_before"

#: What people are asked of a field and what it begins with comes back with the values.
_COMES_BACK = ("required", "unique", "indexed", "default")


def by_formula(after: FieldDefinition, changes: FieldChanges) -> FieldDefinition:
    """The field with nothing that only people could heed. Raises StepRefusedError when some of it is asked for."""
    refuse_filled_in(changes, "/changes/formula")
    rules = FieldRules(visible_when=after.rules.visible_when)
    return replace(after, required=False, unique=False, default=None, rules=rules, read_only=True)


def by_people(
    definition: ObjectDefinition, after: FieldDefinition, changes: FieldChanges
) -> FieldDefinition:
    """The field without its formula; with its earlier values comes what it was then. Raises StepRefusedError."""
    plain = replace(
        after,
        formula=None,
        read_only=not after.type.writable,
        required=after.required or after.name == NAME,
    )
    if changes.values == "present":
        return plain
    kept = definition.values_kept_of(after.name)
    if kept is None:
        message = _NOTHING_KEPT.fill(name=after.name)
        raise StepRefusedError("/changes/values", "nothing_kept", message)
    given = changes.model_fields_set
    back = {name: getattr(kept, name) for name in _COMES_BACK if name not in given}
    if kept.type.name != after.type.name:
        plain = replace(plain, type=kept.type, options=kept.options)
    rules = replace(kept.rules, visible_when=after.rules.visible_when)
    return replace(plain, **back, rules=rules)


def retyped(
    before: FieldDefinition, kind: FieldType[Any], options: FieldOptions
) -> FieldDefinition:
    """The field with another type. What only the old one could heed goes; its values stay with a removed field.

    Raises StepRefusedError.
    """
    if not can_become(before.type, kind):
        message = _OTHER_KIND.fill(before=before.type.label, after=kind.label)
        raise StepRefusedError("/changes/type", "other_kind", message)
    rules = replace(before.rules, default=None, options_when=(), candidates_when=None)
    return replace(before, type=kind, options=options, unique=False, default=None, rules=rules)


def refuse_in_unique_rule(definition: ObjectDefinition, name: str) -> None:
    """Raises StepRefusedError while a unique rule compares the field: its index would stay with the values of old."""
    for rule in definition.unique_rules:
        looked_at = () if rule.condition is None else paths_in(rule.condition)
        if name in rule.fields or (name,) in looked_at:
            message = _IN_UNIQUE_RULE.fill(name=name, rule=rule.name)
            raise StepRefusedError("/changes/formula", "in_unique_rule", message)


def refuse_in_match_rule(
    objects: Mapping[str, ObjectDefinition], definition: ObjectDefinition, name: str
) -> None:
    """Raises StepRefusedError while a duplicate rule compares the field: its keys are made of values of the type it has."""
    for one in objects.values():
        for rule in one.match_rules:
            compared = {(one.name, each.field) for each in rule.conditions}
            compared |= {(rule.object, each.other) for each in rule.conditions}
            if (definition.name, name) in compared:
                message = _IN_MATCH_RULE.fill(name=name, rule=rule.name)
                raise StepRefusedError("/changes/type", "in_duplicate_rule", message)


def keeps_of(
    definition: ObjectDefinition, before: FieldDefinition, now: datetime
) -> FieldDefinition:
    """The removed field that keeps the values of one that is to be computed or gets another type."""
    name = free_name(
        f"{before.name[: LONGEST_NAME - len(_BEFORE)]}{_BEFORE}",
        is_free=lambda one: one not in definition.taken_names and not is_reserved_field_name(one),
    )
    return replace(
        before,
        id=new_id(),
        name=name,
        label=_KEPT.fill(label=text_of(before.label)).as_label(),
        position=len(definition.taken_names),
        retired_at=now,
        origin=None,
        kept_of=before.name,
    )
