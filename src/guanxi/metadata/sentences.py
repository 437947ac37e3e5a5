"""What a step does, said in one sentence for plans and the history of the design."""

from guanxi.kit.text import Text, text_of
from guanxi.metadata.made import FieldChanged, FieldMade, Made, ObjectChanged, ObjectMade
from guanxi.metadata.model import ObjectDefinition
from guanxi.metadata.steps import MoveField, Step

_ADD_OBJECT = Text(zh="新建对象「{object}」。", en="Add the object “{object}”.")
_RETIRE_OBJECT = Text(zh="停用对象「{object}」。", en="Retire the object “{object}”.")
_RESTORE_OBJECT = Text(zh="恢复对象「{object}」。", en="Restore the object “{object}”.")
_CHANGE_OBJECT = Text(zh="修改「{object}」的{parts}。", en="Change {parts} of “{object}”.")
_RENAME_OBJECT = Text(
    zh="把「{before}」改名为「{object}」。", en="Rename “{before}” to “{object}”."
)
_ADD_FIELD = Text(
    zh="在「{object}」中添加{type}字段「{field}」。",
    en="Add the field “{field}” ({type}) to “{object}”.",
)
_RETIRE_FIELD = Text(
    zh="停用「{object}」的字段「{field}」。", en="Retire the field “{field}” of “{object}”."
)
_RESTORE_FIELD = Text(
    zh="恢复「{object}」的字段「{field}」。", en="Restore the field “{field}” of “{object}”."
)
_CHANGE_FIELD = Text(
    zh="修改「{object}」的字段「{field}」：{parts}。",
    en="Change the field “{field}” of “{object}”: {parts}.",
)
_RENAME_FIELD = Text(
    zh="把「{object}」的字段「{before}」改名为「{field}」。",
    en="Rename the field “{before}” of “{object}” to “{field}”.",
)
_COMPUTE_FIELD = Text(
    zh="把「{object}」的字段「{field}」改为用公式计算，原值保留 30 天。",
    en="Compute the field “{field}” of “{object}” by a formula; its values are kept for 30 days.",
)
_FILL_IN_FIELD = Text(
    zh="把「{object}」的字段「{field}」改为由人填写，保留算出的值。",
    en="Let people fill in the field “{field}” of “{object}”; it keeps what was computed.",
)
_TAKE_BACK_FIELD = Text(
    zh="把「{object}」的字段「{field}」改回由人填写，换回原来的值。",
    en="Let people fill in the field “{field}” of “{object}” again, with the values it had before.",
)
_RETYPE_FIELD = Text(
    zh="把「{object}」的字段「{field}」从{before}改为{after}，原值保留 30 天。",
    en="Make the field “{field}” of “{object}” one of type {after} instead of {before}; its values are kept for 30 days.",
)
_TYPE_BACK = Text(
    zh="把「{object}」的字段「{field}」从{before}改回{after}，换回原来的值。",
    en="Make the field “{field}” of “{object}” one of type {after} again instead of {before}, with the values it had.",
)
_MOVE_FIELD = Text(
    zh="把「{object}」的字段「{field}」移到「{group}」组。",
    en="Move the field “{field}” of “{object}” to the group “{group}”.",
)
_NOTHING = Text(zh="「{object}」没有变化。", en="Nothing changes in “{object}”.")

_PARTS_OF_OBJECT = {
    "label": Text(zh="名称", en="the label"),
    "plural_label": Text(zh="复数名称", en="the plural label"),
    "icon": Text(zh="图标", en="the icon"),
    "color": Text(zh="颜色", en="the colour"),
    "description": Text(zh="说明", en="the description"),
    "layout": Text(zh="布局", en="the layout"),
    "validations": Text(zh="校验", en="the validations"),
    "unique_rules": Text(zh="不重复规则", en="the unique rules"),
    "match_rules": Text(zh="查重规则", en="the duplicate rules"),
}
_PARTS_OF_FIELD = {
    "label": Text(zh="名称", en="label"),
    "options": Text(zh="设置", en="settings"),
    "required": Text(zh="是否必填", en="whether it is required"),
    "unique": Text(zh="是否唯一", en="whether it is unique"),
    "indexed": Text(zh="是否建索引", en="whether it is indexed"),
    "help": Text(zh="填写说明", en="help"),
    "default": Text(zh="默认值", en="default"),
    "formula": Text(zh="公式", en="formula"),
    "rules": Text(zh="规则", en="rules"),
}


def sentence_of(step: Step, made: Made) -> Text:
    """The sentence of a step and what it makes."""
    if isinstance(made, ObjectMade):
        return _ADD_OBJECT.fill(object=text_of(made.definition.label))
    if isinstance(made, FieldMade):
        return _ADD_FIELD.fill(
            object=text_of(made.definition.label),
            field=text_of(made.field.label),
            type=made.field.type.label,
        )
    if isinstance(made, FieldChanged):
        return _of_changed_field(made)
    if isinstance(step, MoveField):
        return _of_move(step, made.definition)
    return _of_changed_object(made)


def _of_changed_object(made: ObjectChanged) -> Text:
    before, after = made.before, made.definition
    label = text_of(after.label)
    if before.retired_at is None and after.retired_at is not None:
        return _RETIRE_OBJECT.fill(object=label)
    if before.retired_at is not None and after.retired_at is None:
        return _RESTORE_OBJECT.fill(object=label)
    parts = [name for name in _PARTS_OF_OBJECT if getattr(before, name) != getattr(after, name)]
    if not parts:
        return _NOTHING.fill(object=label)
    if parts[0] == "label" and parts in (["label"], ["label", "plural_label"]):
        return _RENAME_OBJECT.fill(before=text_of(before.label), object=label)
    return _CHANGE_OBJECT.fill(
        object=label, parts=_joined([_PARTS_OF_OBJECT[one] for one in parts])
    )


def _of_changed_field(made: FieldChanged) -> Text:
    before, after = made.before, made.field
    object_, field = text_of(made.definition.label), text_of(after.label)
    if before.retired_at is None and after.retired_at is not None:
        return _RETIRE_FIELD.fill(object=object_, field=field)
    if before.retired_at is not None and after.retired_at is None:
        return _RESTORE_FIELD.fill(object=object_, field=field)
    if made.is_retyped:
        sentence = _RETYPE_FIELD if made.takes_back is None else _TYPE_BACK
        return sentence.fill(
            object=object_, field=field, before=before.type.label, after=after.type.label
        )
    if made.keeps is not None:
        return _COMPUTE_FIELD.fill(object=object_, field=field)
    if before.formula is not None and after.formula is None:
        sentence = _FILL_IN_FIELD if made.takes_back is None else _TAKE_BACK_FIELD
        return sentence.fill(object=object_, field=field)
    parts = [name for name in _PARTS_OF_FIELD if getattr(before, name) != getattr(after, name)]
    if not parts:
        return _NOTHING.fill(object=object_)
    if parts == ["label"]:
        return _RENAME_FIELD.fill(object=object_, before=text_of(before.label), field=field)
    parts_said = _joined([_PARTS_OF_FIELD[one] for one in parts])
    return _CHANGE_FIELD.fill(object=object_, field=field, parts=parts_said)


def _of_move(step: MoveField, definition: ObjectDefinition) -> Text:
    return _MOVE_FIELD.fill(
        object=text_of(definition.label),
        field=text_of(definition.fields[step.field].label),
        group=text_of(definition.layout.groups[step.group].label),
    )


def _joined(parts: list[Text]) -> Text:
    return Text(zh="、".join(one.zh for one in parts), en=", ".join(one.en for one in parts))
