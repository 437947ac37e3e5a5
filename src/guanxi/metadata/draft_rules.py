"""Rules of fields and validations as steps of a design bring them."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from guanxi.fields.options_of_choice import ChoicesOptions
from guanxi.formula.errors import FormulaError
from guanxi.formula.parse import parse
from guanxi.formula.tree import Node
from guanxi.formula.unify import in_words
from guanxi.kit.text import Text, text_of
from guanxi.metadata.computed import FieldKey, work_out
from guanxi.metadata.errors import StepRefusedError
from guanxi.metadata.formula_scope import Objects
from guanxi.metadata.match_rules import check_match_rules
from guanxi.metadata.model import FieldDefinition, ObjectDefinition, OptionRule, Validation
from guanxi.metadata.rules import (
    CircularDefaultError,
    Rule,
    RuleKind,
    checked_rule,
    object_rules,
    rules_in,
    typed_rule,
)
from guanxi.metadata.steps import OptionRulePart, RulesPart, Validations
from guanxi.metadata.unique_rules import check_unique_rules

#: What the rules are called in steps, and as which they are kept.
MEMBERS = {
    "default_formula": RuleKind.DEFAULT,
    "required_when": RuleKind.REQUIRED,
    "visible_when": RuleKind.VISIBLE,
    "read_only_when": RuleKind.READ_ONLY,
    "candidates_when": RuleKind.CANDIDATES,
}
OPTIONS = "options_when"

_NOT_A_CONDITION = Text(
    zh="这里要一个条件（结果为是或否），而公式的结果是{result}。",
    en="This needs a condition, true or false, but the formula comes to {result}.",
)
_NOT_A_DEFAULT = Text(
    zh="公式的结果是{result}，不能作为{type}字段的默认值。",
    en="The formula comes to {result}, which a field of type {type} cannot have as its default.",
)
_COMPUTED_ANYWAY = Text(
    zh="计算字段由公式填写，不能再设置默认值、必填条件或只读条件。",
    en="A formula fills this field: it has no default, and is neither required nor read only at times.",
)
_DEFAULT_LOOKS_AT_COMPUTED = Text(
    zh="默认值公式不能用本记录的计算字段「{field}」。",
    en="A default cannot look at “{field}”, which is computed from the record itself.",
)
_CIRCLE = Text(
    zh="默认值互相依赖，形成循环：{circle}。",
    en="These defaults hang on one another in a circle: {circle}.",
)
_USED = Text(
    zh="「{object}」的规则“{rule}”要用到它：{why}",
    en="The rule “{rule}” of “{object}” needs it: {why}",
)
_NOT_OPTIONS = Text(
    zh="只有单选和多选字段能按条件提供选项。",
    en="Only choice fields offer options by condition.",
)
_NOT_A_LINK = Text(
    zh="只有关联和人员字段能限定可选的记录。",
    en="Only links and person fields can be limited to some records.",
)
_NO_SUCH_OPTION = Text(zh="没有选项“{value}”。", en="There is no option “{value}”.")
_OVER_MANY = Text(
    zh="这个条件只能看可选的记录、本记录和它们各自关联的记录。对多条记录的统计请先做成计算字段。",
    en="This condition looks at the candidate, the record and what each of them links to. Put sums over other records into"
    " a computed field first.",
)
_NO_SUCH_FIELD = Text(
    zh="「{object}」没有在用的字段“{name}”。", en="“{object}” has no field “{name}” in use."
)
_SECOND = Text(zh="已经有名为“{name}”的校验。", en="There is a second validation named “{name}”.")
_LOOKS_AT_LIVE = Text(
    zh="规则不能使用随时间变化的计算字段「{field}」，请直接写它的公式。",
    en="A rule cannot look at “{field}”, which changes with time; write its formula into the rule.",
)

WORDS = {
    RuleKind.DEFAULT: Text(zh="{field}：默认值", en="{field}: default"),
    RuleKind.REQUIRED: Text(zh="{field}：必填条件", en="{field}: required when"),
    RuleKind.VISIBLE: Text(zh="{field}：显示条件", en="{field}: shown when"),
    RuleKind.READ_ONLY: Text(zh="{field}：只读条件", en="{field}: read only when"),
    RuleKind.OPTIONS: Text(zh="{field}：选项条件", en="{field}: when options are offered"),
    RuleKind.CANDIDATES: Text(zh="{field}：可选范围", en="{field}: what may be chosen"),
}


def with_rules(
    objects: Objects,
    definition: ObjectDefinition,
    field: FieldDefinition,
    wish: RulesPart,
    pointer: str,
) -> FieldDefinition:
    """The field with the rules that are given. Raises StepRefusedError."""
    given = {name for name in MEMBERS if name in wish.model_fields_set}
    if OPTIONS in wish.model_fields_set:
        field = _with_options(objects, definition, field, wish.options_when or (), pointer)
    if not given:
        return field
    inside = definition.with_fields({**definition.fields, field.name: field})
    rules = field.rules
    for name in sorted(given):
        kind, text = MEMBERS[name], (getattr(wish, name) or "").strip()
        if text and field.formula is not None and kind is not RuleKind.VISIBLE:
            raise StepRefusedError(f"{pointer}/{name}", "computed_anyway", _COMPUTED_ANYWAY)
        if text and kind is RuleKind.CANDIDATES and field.target is None:
            raise StepRefusedError(f"{pointer}/{name}", "not_a_link", _NOT_A_LINK)
        node = _read(objects, inside, kind, field, text, f"{pointer}/{name}") if text else None
        said: dict[str, Any] = {kind.value: node}
        rules = replace(rules, **said)
    return replace(field, rules=rules)


def _with_options(
    objects: Objects,
    definition: ObjectDefinition,
    field: FieldDefinition,
    wishes: Sequence[OptionRulePart],
    pointer: str,
) -> FieldDefinition:
    """The field with the conditions of its options. Raises StepRefusedError."""
    inside = definition.with_fields({**definition.fields, field.name: field})
    made: list[OptionRule] = []
    for place, wish in enumerate(wishes):
        here = f"{pointer}/{OPTIONS}/{place}"
        if not isinstance(field.options, ChoicesOptions) or field.formula is not None:
            raise StepRefusedError(here, "not_options", _NOT_OPTIONS)
        for value in wish.options:
            if field.options.find(value) is None:
                message = _NO_SUCH_OPTION.fill(value=value)
                raise StepRefusedError(f"{here}/options", "no_option", message)
        node = _read(objects, inside, RuleKind.OPTIONS, field, wish.condition, f"{here}/condition")
        made.append(OptionRule(tuple(dict.fromkeys(wish.options)), node))
    return replace(field, rules=replace(field.rules, options_when=tuple(made)))


def new_validations(
    objects: Objects, definition: ObjectDefinition, wishes: Validations
) -> tuple[Validation, ...]:
    """Raises StepRefusedError."""
    made: dict[str, Validation] = {}
    for place, wish in enumerate(wishes):
        pointer = f"/changes/validations/{place}"
        if wish.name in made:
            raise StepRefusedError(f"{pointer}/name", "second", _SECOND.fill(name=wish.name))
        if wish.field is not None and wish.field not in definition.fields:
            message = _NO_SUCH_FIELD.fill(object=definition.name, name=wish.field[:60])
            raise StepRefusedError(f"{pointer}/field", "unknown_field", message)
        node = _read(
            objects,
            definition,
            RuleKind.VALIDATION,
            None,
            wish.condition,
            f"{pointer}/condition",
        )
        told = {str(language): text for language, text in wish.message.items()}
        made[wish.name] = Validation(wish.name, node, told, wish.field)
    return tuple(made.values())


def check_rules(objects: Objects) -> None:
    """Every rule still reads, looks at nothing live, and no default hangs on itself. Raises StepRefusedError."""
    live = work_out(objects).live
    for definition in objects.values():
        if definition.retired_at is not None or definition.built_in:
            continue
        for field in definition.fields.values():
            for kind, node in rules_in(field):
                _check(objects, definition, kind, field, node)
            for each in field.rules.options_when:
                _check(objects, definition, RuleKind.OPTIONS, field, each.condition)
        for one in definition.validations:
            if one.field is not None and one.field not in definition.fields:
                message = _NO_SUCH_FIELD.fill(object=definition.name, name=one.field)
                raise _used(definition, one.name, message)
            _check(objects, definition, RuleKind.VALIDATION, None, one.condition, one)
        try:
            rules = object_rules(objects, definition)
        except CircularDefaultError as error:
            circle = " → ".join(error.circle)
            message = _CIRCLE.fill(circle=circle)
            raise StepRefusedError("", "circular_default", message) from error
        for rule in rules.defaults:
            _check_default(definition, rule)
        for rule in rules.all():
            _check_live(objects, definition, rule, live)
        check_unique_rules(objects, definition)
        check_match_rules(objects, definition)


def word_of(kind: RuleKind, field: FieldDefinition | None, validation: Validation | None) -> Text:
    """What a rule is called."""
    if field is None or kind is RuleKind.VALIDATION:
        name = validation.name if validation is not None else ""
        return Text(zh=name, en=name)
    return WORDS[kind].fill(field=text_of(field.label))


def _read(
    objects: Objects,
    definition: ObjectDefinition,
    kind: RuleKind,
    field: FieldDefinition | None,
    text: str,
    pointer: str,
) -> Node:
    try:
        node = parse(text)
        rule = checked_rule(objects, definition, kind, field, node, source=text)
        if rule is not None and rule.written is not None:
            if any(path.is_many for path in rule.paths.values()):
                raise StepRefusedError(pointer, "over_many", _OVER_MANY)
            return rule.written.stored
        if rule is not None:
            return rule.typed.stored
        typed = typed_rule(objects, definition, kind, field, node, text)
    except FormulaError as error:
        raise StepRefusedError(pointer, error.code, error.message) from error
    result = in_words(typed.type)
    message = _NOT_A_CONDITION.fill(result=result)
    if kind is RuleKind.DEFAULT and field is not None:
        message = _NOT_A_DEFAULT.fill(type=field.type.label, result=result)
    raise StepRefusedError(pointer, "wrong_type", message)


def _check(
    objects: Objects,
    definition: ObjectDefinition,
    kind: RuleKind,
    field: FieldDefinition | None,
    node: Node,
    validation: Validation | None = None,
) -> None:
    word = word_of(kind, field, validation)
    try:
        rule = checked_rule(objects, definition, kind, field, node, validation)
    except FormulaError as error:
        raise _used(definition, word, error.message) from error
    if rule is None:
        typed = typed_rule(objects, definition, kind, field, node)
        why = _NOT_A_CONDITION.fill(result=in_words(typed.type))
        raise _used(definition, word, why)


def _check_default(definition: ObjectDefinition, rule: Rule) -> None:
    for name in sorted(rule.looks_at):
        field = definition.fields[name]
        if field.formula is not None:
            message = _DEFAULT_LOOKS_AT_COMPUTED.fill(field=text_of(field.label))
            raise StepRefusedError("", "default_looks_at_computed", message)


def _check_live(
    objects: Objects, definition: ObjectDefinition, rule: Rule, live: Collection[FieldKey]
) -> None:
    """What is saved holds no live field."""
    for owner, name in sorted({key for _, key in rule.sources() if key in live}):
        word = word_of(rule.kind, rule.field, rule.validation)
        field = text_of(objects[owner].fields[name].label)
        raise _used(definition, word, _LOOKS_AT_LIVE.fill(field=field))


def _used(definition: ObjectDefinition, rule: Text | str, why: Text) -> StepRefusedError:
    message = _USED.fill(object=text_of(definition.label), rule=rule, why=why)
    return StepRefusedError("", "used_by_rule", message)
