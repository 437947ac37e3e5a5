"""Formulas of computed fields as steps of a design bring them."""

from typing import Any

from guanxi.fields.field_type import FieldType
from guanxi.formula.errors import FormulaError
from guanxi.formula.function import Volatility
from guanxi.formula.parse import parse
from guanxi.formula.tree import Node
from guanxi.formula.unify import in_words
from guanxi.kit.text import Text, text_of
from guanxi.metadata.computed import (
    CircularFormulaError,
    fits_type,
    typed_formula,
    volatility_of,
    work_out,
)
from guanxi.metadata.errors import StepRefusedError
from guanxi.metadata.formula_scope import Objects
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.metadata.steps import FieldChanges, NewField
from guanxi.metadata.system_fields import NAME

_WRONG_TYPE = Text(
    zh="公式的结果是{result}，不能放进{type}字段。",
    en="The formula comes to {result}, which a field of type {type} cannot hold.",
)
_CHANGES_BY_READER = Text(
    zh="计算字段对每个人都一样，不能用“当前人员”“我的下属”“我的部门”。请把它写在筛选、视图、权限、默认值或规则里。",
    en="A computed field is the same for everybody, so it cannot use CURRENT_USER, MY_TEAM or MY_DEPARTMENTS. Use them in a filter, a view, a permission, a default or a rule.",
)
_LIVE_HAS_NO_INDEX = Text(
    zh="计算字段「{object}·{field}」随时间变化，只在查看时计算，不能建立索引。",
    en="“{object} · {field}” changes with time and is computed when one looks at it, so it cannot have an index.",
)
_LIVE_KEEPS_NOTHING = Text(
    zh="计算字段「{object}·{field}」随时间变化，没有存下来的值，公式里不能用它自己。",
    en="“{object} · {field}” changes with time and holds no value its formula could keep.",
)
_LIVE_NAME = Text(
    zh="「{object}」的记录名称要能查找和排序，公式里不能用随时间变化的函数，如 TODAY。",
    en="The name of a record of “{object}” must be found and sorted by, so its formula cannot use what changes with time, such as TODAY.",
)
_NOT_FILLED_IN = Text(
    zh="计算字段不能设置必填、唯一或默认值。",
    en="A computed field cannot be required or unique, nor have a default.",
)
_CIRCLE = Text(
    zh="计算字段互相依赖，形成循环：{circle}。",
    en="These computed fields hang on one another in a circle: {circle}.",
)
_USED = Text(
    zh="计算字段「{object}·{field}」的公式要用到它：{why}",
    en="The formula of “{object} · {field}” needs it: {why}",
)


def new_formula(
    objects: Objects,
    definition: ObjectDefinition,
    kind: FieldType[Any],
    wish: NewField,
) -> Node | None:
    """The formula of a field to be made; None for a plain one. Raises StepRefusedError."""
    if wish.formula is None:
        return None
    refuse_filled_in(wish, "/field/formula")
    return read_formula(objects, definition, kind, wish.formula, "/field/formula")


def refuse_filled_in(wish: NewField | FieldChanges, pointer: str) -> None:
    """Raises StepRefusedError when a computed field is to be what only people could heed."""
    if wish.required or wish.unique or wish.default is not None:
        raise StepRefusedError(pointer, "not_filled_in", _NOT_FILLED_IN)


def read_formula(
    objects: Objects, definition: ObjectDefinition, kind: FieldType[Any], text: str, pointer: str
) -> Node:
    """The tree of a formula that fits the type. Raises StepRefusedError."""
    try:
        typed = typed_formula(objects, definition, parse(text), text)
    except FormulaError as error:
        raise StepRefusedError(pointer, error.code, error.message) from error
    if volatility_of(typed) is Volatility.PERSON:
        raise StepRefusedError(pointer, "changes_by_reader", _CHANGES_BY_READER)
    if not fits_type(typed, kind):
        message = _WRONG_TYPE.fill(result=in_words(typed.type), type=kind.label)
        raise StepRefusedError(pointer, "wrong_type", message)
    return typed.stored


def check_formulas(objects: Objects) -> None:
    """Every computed field still reads and none hangs on itself. Raises StepRefusedError."""
    for definition in objects.values():
        if definition.retired_at is not None:
            continue
        for one in definition.fields.values():
            if one.formula is not None:
                _check_one(objects, definition, one, one.formula)
    try:
        fields = work_out(objects)
    except CircularFormulaError as error:
        labels = [text_of(objects[name].fields[field].label) for name, field in error.circle]
        circle = Text(
            zh=" → ".join(one.zh for one in labels), en=" → ".join(one.en for one in labels)
        )
        raise StepRefusedError("", "circular_formula", _CIRCLE.fill(circle=circle)) from error
    for live in fields.live.values():
        if live.field.name == NAME:
            message = _LIVE_NAME.fill(object=text_of(objects[live.object].label))
            raise StepRefusedError("", "live_name", message)
        if live.keeps_its_value:
            message = _LIVE_KEEPS_NOTHING.fill(
                object=text_of(objects[live.object].label), field=text_of(live.field.label)
            )
            raise StepRefusedError("", "live_keeps_nothing", message)
        if live.field.indexed:
            message = _LIVE_HAS_NO_INDEX.fill(
                object=text_of(objects[live.object].label), field=text_of(live.field.label)
            )
            raise StepRefusedError("", "live_has_no_index", message)


def _check_one(
    objects: Objects, definition: ObjectDefinition, one: FieldDefinition, formula: Node
) -> None:
    try:
        typed = typed_formula(objects, definition, formula)
    except FormulaError as error:
        message = _USED.fill(
            object=text_of(definition.label), field=text_of(one.label), why=error.message
        )
        raise StepRefusedError("", "used_by_formula", message) from error
    if not fits_type(typed, one.type):
        message = _WRONG_TYPE.fill(result=in_words(typed.type), type=one.type.label)
        raise StepRefusedError("", "wrong_type", message)
