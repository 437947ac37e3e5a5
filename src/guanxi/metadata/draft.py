"""Steps checked against a catalog, each seeing what the steps before it made."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from guanxi.fields.capabilities import ValueKind
from guanxi.fields.field_type import FieldOptions, FieldType, InvalidValueError, ReadingContext
from guanxi.kit.errors import FieldProblem, ValuesRefusedError
from guanxi.kit.ids import new_id
from guanxi.kit.text import Text
from guanxi.metadata.model import Catalog, FieldDefinition, ObjectDefinition
from guanxi.metadata.naming import (
    free_name,
    is_reserved_field_name,
    is_reserved_object_name,
    name_from_label,
    problem_of_name,
)
from guanxi.metadata.steps import AddField, AddObject, Step
from guanxi.metadata.system_fields import FieldTypes, leading_fields, trailing_fields

MOST_FIELDS = 500

_UNKNOWN_OBJECT = Text(
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
    zh="一个对象最多 {most} 个字段，请停用不再需要的字段。",
    en="An object has at most {most} fields. Retire those no longer needed.",
)
_NO_DEFAULT = Text(
    zh="{type}字段不能有默认值。", en="A field of type {type} cannot have a default."
)


@dataclass(frozen=True, slots=True)
class ObjectMade:
    """An object that is to get its table."""

    definition: ObjectDefinition


@dataclass(frozen=True, slots=True)
class FieldMade:
    """A field that is to get its column."""

    definition: ObjectDefinition
    field: FieldDefinition


Made = ObjectMade | FieldMade


class _Refused(Exception):  # noqa: N818 -- never leaves this file
    """One thing that is wrong with a step."""

    def __init__(self, pointer: str, code: str, message: Text) -> None:
        self.problem = FieldProblem(pointer=pointer, code=code, message=message)
        super().__init__(code)


class _Draft:
    """The design as it will be after the steps so far."""

    def __init__(
        self,
        catalog: Catalog,
        types: FieldTypes,
        zone: ZoneInfo,
        origin: str | None,
        relations: Collection[str],
    ) -> None:
        self._objects = dict(catalog.objects)
        self._types = types
        self._zone = zone
        self._origin = origin
        self._relations = relations

    def take(self, step: Step) -> Made:
        return self._add_object(step) if isinstance(step, AddObject) else self._add_field(step)

    def _add_object(self, step: AddObject) -> ObjectMade:
        wish = step.object
        if wish.name is None:
            name = free_name(
                name_from_label(wish.label, fallback="object"),
                is_free=lambda one: (
                    one not in self._objects and not is_reserved_object_name(one, self._relations)
                ),
            )
        else:
            name = wish.name
            problem = problem_of_name(
                name,
                reserved=name not in self._objects
                and is_reserved_object_name(name, self._relations),
                taken=self._objects,
            )
            if problem is not None:
                raise _Refused("/object/name", "invalid_name", problem)
        fields = (*leading_fields(self._types, name), *trailing_fields(self._types, name))
        definition = ObjectDefinition(
            id=new_id(),
            name=name,
            label=_plain(wish.label),
            plural_label=_plain(wish.plural_label or wish.label),
            icon=wish.icon,
            color=wish.color,
            app=wish.app,
            description=_plain(wish.description) if wish.description else None,
            fields={one.name: one for one in fields},
            position=len(self._objects),
            origin=self._origin,
        )
        self._objects[name] = definition
        return ObjectMade(definition)

    def _add_field(self, step: AddField) -> FieldMade:
        definition = self._objects.get(step.object)
        if definition is None or definition.built_in or definition.retired_at is not None:
            raise _Refused("/object", "unknown_object", _UNKNOWN_OBJECT.fill(name=step.object[:60]))
        taken = {**definition.fields, **definition.retired_fields}
        if len(taken) >= MOST_FIELDS:
            raise _Refused("/object", "too_many_fields", _TOO_MANY_FIELDS.fill(most=MOST_FIELDS))
        wish = step.field
        if wish.name is None:
            name = free_name(
                name_from_label(wish.label, fallback="field"),
                is_free=lambda one: one not in taken and not is_reserved_field_name(one),
            )
        else:
            name = wish.name
            problem = problem_of_name(name, reserved=is_reserved_field_name(name), taken=taken)
            if problem is not None:
                raise _Refused("/field/name", "invalid_name", problem)
        kind = self._type_of(wish.type)
        if wish.unique and not kind.can_be_unique:
            raise _Refused("/field/unique", "cannot_be_unique", _NOT_UNIQUE.fill(type=kind.label))
        options = self._options_of(kind, wish.options)
        field = FieldDefinition(
            id=new_id(),
            name=name,
            label=_plain(wish.label),
            type=kind,
            options=options,
            required=wish.required,
            unique=wish.unique,
            indexed=wish.indexed,
            read_only=not kind.writable,
            help=_plain(wish.help) if wish.help else None,
            default=self._default_of(kind, options, wish.default),
            position=len(taken),
            origin=self._origin,
        )
        self._objects[definition.name] = replace(
            definition, fields={**definition.fields, name: field}
        )
        return FieldMade(definition, field)

    def _type_of(self, name: str) -> FieldType[Any]:
        if name not in self._types:
            known = ", ".join(self._types.names())
            raise _Refused(
                "/field/type", "unknown_type", _UNKNOWN_TYPE.fill(name=name[:60], known=known)
            )
        return self._types.get(name)

    def _options_of(self, kind: FieldType[Any], raw: Mapping[str, Any]) -> FieldOptions:
        try:
            options = kind.options_model.model_validate(raw)
        except ValidationError as error:
            place = [str(part) for part in error.errors()[0]["loc"]]
            raise _Refused(
                "/".join(["/field/options", *place]),
                "invalid_options",
                _WRONG_OPTIONS.fill(place=".".join(place)[:60]),
            ) from error
        for message in kind.check_options(options):
            raise _Refused("/field/options", "invalid_options", message)
        target = getattr(options, "target", None)
        if kind.value_kind is ValueKind.REFERENCE:
            found = self._objects.get(target or "")
            if found is None or found.retired_at is not None:
                raise _Refused(
                    "/field/options/target", "unknown_object", _UNKNOWN_OBJECT.fill(name=target)
                )
        return options

    def _default_of(self, kind: FieldType[Any], options: FieldOptions, raw: Any) -> Any:
        if raw is None:
            return None
        if not kind.writable:
            raise _Refused("/field/default", "no_default", _NO_DEFAULT.fill(type=kind.label))
        try:
            kind.parse(raw, options, ReadingContext(zone=self._zone))
        except InvalidValueError as error:
            raise _Refused("/field/default", error.code, error.message) from error
        return raw


def draft(
    catalog: Catalog,
    types: FieldTypes,
    steps: Sequence[Step],
    *,
    zone: ZoneInfo,
    relations: Collection[str],
    origin: str | None = None,
) -> list[Made]:
    """What the steps make, in order. `relations` are the tables and indexes that are there. Raises ValuesRefusedError with the first problem of each step."""
    design = _Draft(catalog, types, zone, origin, relations)
    made: list[Made] = []
    problems: list[FieldProblem] = []
    for place, step in enumerate(steps):
        try:
            made.append(design.take(step))
        except _Refused as refused:
            problem = refused.problem
            problems.append(replace(problem, pointer=f"/steps/{place}{problem.pointer}"))
    if problems:
        raise ValuesRefusedError(problems)
    return made


def _plain(label: Mapping[Any, str]) -> dict[str, str]:
    return {str(language): text for language, text in label.items()}
