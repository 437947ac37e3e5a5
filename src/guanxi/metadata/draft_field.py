"""Fields as steps of a design make and change them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from guanxi.fields.capabilities import ValueKind
from guanxi.fields.field_type import FieldOptions, FieldType, InvalidValueError, ReadingContext
from guanxi.fields.options_of_choice import ChoicesOptions
from guanxi.formula.tree import Node
from guanxi.kit.ids import new_id
from guanxi.kit.text import Text
from guanxi.metadata.draft_filling import by_formula, by_people, retyped
from guanxi.metadata.draft_formula import new_formula, read_formula, refuse_filled_in
from guanxi.metadata.draft_rules import with_rules
from guanxi.metadata.draft_sub_table import (
    check_changed,
    is_sub_table,
    lines_counted,
    refuse_own_filling,
)
from guanxi.metadata.errors import StepRefusedError
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.metadata.naming import (
    free_name,
    is_reserved_field_name,
    name_from_label,
    problem_of_name,
)
from guanxi.metadata.steps import FieldChanges, NewField
from guanxi.metadata.system_fields import NAME, FieldTypes

MOST_FIELDS = 500

UNKNOWN_OBJECT = Text(
    zh="没有名为“{name}”的对象，或它已停用。",
    en="No object in use is named “{name}”.",
)
_UNKNOWN_TYPE = Text(
    zh="没有名为“{name}”的字段类型。请选择：{known}。",
    en="There is no field type “{name}”. Choose one of: {known}.",
)
_NOT_UNIQUE = Text(
    zh="{type}字段不能设为唯一。", en="A field of type {type} cannot be made unique."
)
_WRONG_OPTIONS = Text(
    zh="设置“{place}”不对，请检查它的名称和取值。",
    en="The setting “{place}” is not right. Check its name and value.",
)
_TOO_MANY_FIELDS = Text(
    zh="一个对象最多 {most} 个字段（包括已停用的）。请把一部分字段放到另一个对象里。",
    en="An object has at most {most} fields, retired ones included. Put some of them into another object.",
)
_NO_DEFAULT = Text(
    zh="{type}字段不能有默认值。", en="A field of type {type} cannot have a default."
)
_SYSTEM_FIELD = Text(
    zh="“{name}”是系统字段，只能修改名称和说明；记录名称还可以由公式填写。",
    en="“{name}” belongs to the platform: only its label and help can be changed, and the name of a record may be filled by a formula.",
)
_COMPUTED_TYPE = Text(
    zh="公式填写的字段不能改类型。请先改成由人填写。",
    en="A computed field keeps its type. Let people fill it in first.",
)
_TARGET_FIXED = Text(
    zh="关联的对象不能再改。请新建一个关联字段。",
    en="What a link points to cannot be changed. Add another link instead.",
)
_OPTION_REMOVED = Text(
    zh="选项“{value}”不能删除，因为记录和历史里可能有它。请停用它。",
    en="The option “{value}” cannot be removed, for records and their history may hold it. Retire it instead.",
)
_SECOND_STAGE = Text(
    zh="阶段字段已经有了：“{name}”。一个对象只能有一个阶段字段。",
    en="“{name}” carries the stages already. An object has one stage field.",
)
_NOT_ITSELF = Text(
    zh="树形上级要关联到对象自己：“{name}”。",
    en="A parent in a tree links to the object itself: “{name}”.",
)
_SECOND_TREE = Text(
    zh="已有上级字段“{name}”。一个对象只能有一棵树。",
    en="“{name}” tells the record above already. An object has one tree.",
)
_RETIRED_DEFAULT = Text(
    zh="默认值是已停用的选项“{value}”，请另选一个。",
    en="The default is the retired option “{value}”. Choose another.",
)


@dataclass(frozen=True, slots=True)
class FieldDrafting:
    """What making fields depends on."""

    types: FieldTypes
    zone: ZoneInfo
    origin: str | None = None

    def add(
        self,
        objects: Mapping[str, ObjectDefinition],
        definition: ObjectDefinition,
        wish: NewField,
    ) -> FieldDefinition:
        """Raises StepRefusedError."""
        self.refuse_too_many(definition)
        taken = definition.taken_names
        name = _name_of(wish, taken)
        kind = self._type_of(wish.type)
        _check_unique(kind, wish.unique, "/field/unique")
        options = _options_of(objects, kind, wish.options, "/field/options")
        refuse_second_tree(definition, name, options, "/field/options/target")
        refuse_second_stage(definition, name, options, "/field/options/is_stage")
        field = FieldDefinition(
            id=new_id(),
            name=name,
            label=plain(wish.label),
            type=kind,
            options=options,
            required=wish.required,
            unique=wish.unique,
            indexed=wish.indexed,
            read_only=not kind.writable,
            help=plain(wish.help) if wish.help else None,
            default=self._default_of(kind, options, wish.default, "/field/default"),
            position=len(taken),
            origin=self.origin,
        )
        # A formula may name its own field.
        inside = definition.with_fields({**definition.fields, name: field})
        if is_sub_table(options):
            is_filled = wish.required or wish.formula is not None
            refuse_own_filling(is_filled=is_filled, pointer="/field")
            formula: Node | None = lines_counted(objects, inside, name, options, "/field/options")
        else:
            formula = new_formula(objects, inside, kind, wish)
        if formula is not None:
            field = replace(field, formula=formula, read_only=True)
        return with_rules(objects, definition, field, wish, "/field")

    def refuse_too_many(self, definition: ObjectDefinition) -> None:
        """Raises StepRefusedError when there is no room for a further field."""
        if len(definition.taken_names) >= MOST_FIELDS:
            message = _TOO_MANY_FIELDS.fill(most=MOST_FIELDS)
            raise StepRefusedError("/object", "too_many_fields", message)

    def change(
        self,
        objects: Mapping[str, ObjectDefinition],
        definition: ObjectDefinition,
        before: FieldDefinition,
        changes: FieldChanges,
    ) -> FieldDefinition:
        """Raises StepRefusedError."""
        given = changes.model_fields_set
        if before.system and (others := sorted(given - _changeable(before))):
            message = _SYSTEM_FIELD.fill(name=before.name)
            raise StepRefusedError(f"/changes/{others[0]}", "system_field", message)
        base = before
        if changes.type not in (None, before.type.name):
            base = self._retyped(objects, definition, before, changes)
        after = replace(
            base, **{name: getattr(changes, name) for name in given & {"required", "indexed"}}
        )
        if "label" in given:
            after = replace(after, label=plain(changes.label))
        if "help" in given:
            after = replace(after, help=plain(changes.help) if changes.help else None)
        if "unique" in given:
            _check_unique(base.type, changes.unique, "/changes/unique")
            after = replace(after, unique=changes.unique)
        if "options" in given and base is before:
            raw = {**before.options.model_dump(mode="json"), **changes.options}
            options = _options_of(objects, before.type, raw, "/changes/options")
            _check_kept(before.options, options)
            check_changed(objects, before.options, options, "/changes/options")
            refuse_second_stage(definition, before.name, options, "/changes/options/is_stage")
            after = replace(after, options=options)
        if is_sub_table(before.options):
            is_filled = bool(given & {"formula", "required", "unique"})
            refuse_own_filling(is_filled=is_filled, pointer="/changes")
        if "formula" in given:
            after = self._filled(objects, definition, after, changes)
        elif before.formula is not None:
            refuse_filled_in(changes, "/changes/formula")
        elif changes.values == "before":
            after = by_people(definition, after, changes)
        if given & {"options", "default"}:
            wish = changes.default if "default" in given else after.default
            default = self._default_of(after.type, after.options, wish, "/changes/default")
            after = replace(after, default=default)
        return with_rules(objects, definition, after, changes, "/changes")

    def _retyped(
        self,
        objects: Mapping[str, ObjectDefinition],
        definition: ObjectDefinition,
        before: FieldDefinition,
        changes: FieldChanges,
    ) -> FieldDefinition:
        kind = self._type_of(changes.type or "", "/changes/type")
        if before.formula is not None or changes.formula is not None:
            raise StepRefusedError("/changes/type", "computed_type", _COMPUTED_TYPE)
        options = _options_of(objects, kind, changes.options, "/changes/options")
        refuse_second_stage(definition, before.name, options, "/changes/options/is_stage")
        return retyped(before, kind, options)

    def _filled(
        self,
        objects: Mapping[str, ObjectDefinition],
        definition: ObjectDefinition,
        field: FieldDefinition,
        changes: FieldChanges,
    ) -> FieldDefinition:
        """The field computed by a formula, or filled in by people."""
        text = (changes.formula or "").strip()
        if text:
            formula = read_formula(objects, definition, field.type, text, "/changes/formula")
            return replace(by_formula(field, changes), formula=formula)
        if field.formula is None and changes.values == "present":
            return field
        return by_people(definition, field, changes)

    def _type_of(self, name: str, pointer: str = "/field/type") -> FieldType[Any]:
        if name not in self.types:
            known = ", ".join(self.types.names())
            message = _UNKNOWN_TYPE.fill(name=name[:60], known=known)
            raise StepRefusedError(pointer, "unknown_type", message)
        return self.types.get(name)

    def _default_of(
        self, kind: FieldType[Any], options: FieldOptions, raw: Any, pointer: str
    ) -> Any:
        if raw is None:
            return None
        if not kind.writable or kind.value_kind in (ValueKind.SECRET, ValueKind.FILES):
            raise StepRefusedError(pointer, "no_default", _NO_DEFAULT.fill(type=kind.label))
        try:
            parsed = kind.parse(raw, options, ReadingContext(zone=self.zone))
        except InvalidValueError as error:
            raise StepRefusedError(pointer, error.code, error.message) from error
        if isinstance(options, ChoicesOptions):
            for value in parsed if isinstance(parsed, list) else [parsed]:
                option = options.find(str(value))
                if option is not None and option.retired:
                    message = _RETIRED_DEFAULT.fill(value=option.value)
                    raise StepRefusedError(pointer, "retired_default", message)
        return raw


def _changeable(field: FieldDefinition) -> frozenset[str]:
    """What a step may change of a field of the platform: only the name of a record can be filled by a formula."""
    may_be_computed = {"formula", "values"} if field.name == NAME else set()
    return frozenset({"label", "help"} | may_be_computed)


def refuse_second_stage(
    definition: ObjectDefinition, name: str, options: FieldOptions, pointer: str
) -> None:
    """Raises StepRefusedError when another field in use carries the stages."""
    stage = definition.stage_field
    if getattr(options, "is_stage", False) and stage is not None and stage.name != name:
        raise StepRefusedError(pointer, "second_stage", _SECOND_STAGE.fill(name=stage.name))


def refuse_second_tree(
    definition: ObjectDefinition, name: str, options: FieldOptions, pointer: str
) -> None:
    """Raises StepRefusedError when the link leads elsewhere, or another field in use makes a tree already."""
    if not getattr(options, "is_tree", False):
        return
    if getattr(options, "target", None) != definition.name:
        raise StepRefusedError(pointer, "not_itself", _NOT_ITSELF.fill(name=definition.name))
    other = definition.tree_field
    if other is not None and other.name != name:
        raise StepRefusedError(pointer, "second_tree", _SECOND_TREE.fill(name=other.name))


def plain(label: Mapping[Any, str]) -> dict[str, str]:
    """A text by language as it is kept."""
    return {str(language): text for language, text in label.items()}


def _name_of(wish: NewField, taken: Collection[str]) -> str:
    if wish.name is None:
        return free_name(
            name_from_label(wish.label, fallback="field"),
            is_free=lambda one: one not in taken and not is_reserved_field_name(one),
        )
    problem = problem_of_name(wish.name, reserved=is_reserved_field_name(wish.name), taken=taken)
    if problem is not None:
        raise StepRefusedError("/field/name", "invalid_name", problem)
    return wish.name


def _check_unique(kind: FieldType[Any], is_wanted: bool, pointer: str) -> None:
    if is_wanted and not kind.can_be_unique:
        raise StepRefusedError(pointer, "cannot_be_unique", _NOT_UNIQUE.fill(type=kind.label))


def _options_of(
    objects: Mapping[str, ObjectDefinition],
    kind: FieldType[Any],
    raw: Mapping[str, Any],
    pointer: str,
) -> FieldOptions:
    try:
        options = kind.options_model.model_validate(raw)
    except ValidationError as error:
        place = [str(part) for part in error.errors()[0]["loc"]]
        message = _WRONG_OPTIONS.fill(place=".".join(place)[:60])
        raise StepRefusedError("/".join([pointer, *place]), "invalid_options", message) from error
    for message in kind.check_options(options):
        raise StepRefusedError(pointer, "invalid_options", message)
    if kind.value_kind in (ValueKind.REFERENCE, ValueKind.REFERENCES):
        target = getattr(options, "target", None)
        found = objects.get(target or "")
        if found is None or found.retired_at is not None:
            message = UNKNOWN_OBJECT.fill(name=target)
            raise StepRefusedError(f"{pointer}/target", "unknown_object", message)
    return options


def _check_kept(before: FieldOptions, after: FieldOptions) -> None:
    if getattr(before, "target", None) != getattr(after, "target", None):
        raise StepRefusedError("/changes/options/target", "target_fixed", _TARGET_FIXED)
    if isinstance(before, ChoicesOptions) and isinstance(after, ChoicesOptions):
        kept = {one.value for one in after.choices}
        for one in before.choices:
            if one.value not in kept:
                message = _OPTION_REMOVED.fill(value=one.value)
                raise StepRefusedError("/changes/options/choices", "option_removed", message)
