"""Steps checked against a catalog, each seeing what the steps before it made."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.formula.calendar_names import check_calendar_names
from guanxi.formula.errors import FormulaError
from guanxi.kit.clock import SystemClock
from guanxi.kit.errors import FieldProblem, ValuesRefusedError
from guanxi.kit.ids import new_id
from guanxi.kit.text import Text
from guanxi.metadata.draft_field import (
    UNKNOWN_OBJECT,
    FieldDrafting,
    plain,
    refuse_second_stage,
    refuse_second_tree,
)
from guanxi.metadata.draft_filling import keeps_of, refuse_in_match_rule, refuse_in_unique_rule
from guanxi.metadata.draft_formula import check_formulas
from guanxi.metadata.draft_layout import moved, new_layout, with_new_field
from guanxi.metadata.draft_rules import check_rules, new_validations
from guanxi.metadata.draft_sub_table import check_sub_tables
from guanxi.metadata.errors import StepRefusedError
from guanxi.metadata.made import Drafted, FieldChanged, FieldMade, Made, ObjectChanged, ObjectMade
from guanxi.metadata.match_rules import new_match_rules
from guanxi.metadata.model import Catalog, FieldDefinition, Layout, ObjectDefinition
from guanxi.metadata.naming import (
    free_name,
    is_reserved_object_name,
    name_from_label,
    problem_of_name,
)
from guanxi.metadata.rules import nodes_of
from guanxi.metadata.steps import (
    AddField,
    AddObject,
    ChangeField,
    ChangeObject,
    MoveField,
    RestoreField,
    RestoreObject,
    RetireField,
    RetireObject,
    Step,
)
from guanxi.metadata.system_fields import FieldTypes, leading_fields, trailing_fields
from guanxi.metadata.unique_rules import new_unique_rules

_NOT_RETIRED_OBJECT = Text(
    zh="没有名为“{name}”的已停用对象。", en="No retired object is named “{name}”."
)
_UNKNOWN_FIELD = Text(
    zh="「{object}」没有在用的字段“{name}”。", en="“{object}” has no field “{name}” in use."
)
_NOT_RETIRED_FIELD = Text(
    zh="「{object}」没有已停用的字段“{name}”。", en="“{object}” has no retired field “{name}”."
)
_SYSTEM_FIELD = Text(
    zh="“{name}”是系统字段，不能停用。", en="“{name}” belongs to the platform and stays."
)
_TARGET_RETIRED = Text(
    zh="它关联的对象“{name}”已停用，请先恢复那个对象。",
    en="It links to “{name}”, which is retired. Restore that object first.",
)


class _Draft:
    """The design as it will be after the steps so far."""

    def __init__(
        self,
        catalog: Catalog,
        drafting: FieldDrafting,
        relations: Collection[str],
        now: datetime,
    ) -> None:
        self.objects = dict(catalog.objects)
        self._drafting = drafting
        self._relations = relations
        self._now = now

    def take(self, step: Step) -> Made:
        match step:
            case AddObject():
                return self._add_object(step)
            case ChangeObject():
                return self._change_object(step)
            case RetireObject():
                before = self._object(step.object)
                return self._replaced(before, replace(before, retired_at=self._now))
            case RestoreObject():
                before = self._object(step.object, retired=True)
                return self._replaced(before, replace(before, retired_at=None))
            case AddField():
                return self._add_field(step)
            case ChangeField():
                return self._change_field(step)
            case RetireField():
                return self._retire_field(step)
            case RestoreField():
                return self._restore_field(step)
            case MoveField():
                before = self._object(step.object)
                self._field(before, step.field)
                layout = moved(before, step.field, step.group, step.before)
                self.objects[before.name] = after = replace(before, layout=layout)
                return ObjectChanged(before, after, moved=step.field)

    def _add_object(self, step: AddObject) -> ObjectMade:
        wish = step.object
        name = self._name_of_object(step)
        types = self._drafting.types
        fields = (*leading_fields(types, name), *trailing_fields(types, name))
        definition = ObjectDefinition(
            id=new_id(),
            name=name,
            label=plain(wish.label),
            plural_label=plain(wish.plural_label or wish.label),
            icon=wish.icon,
            color=wish.color,
            app=wish.app,
            description=plain(wish.description) if wish.description else None,
            fields={one.name: one for one in fields},
            position=len(self.objects),
            origin=self._drafting.origin,
        )
        self.objects[name] = definition
        return ObjectMade(definition, tuple(dict.fromkeys(wish.grant_roles)))

    def _name_of_object(self, step: AddObject) -> str:
        wish = step.object
        if wish.name is None:
            return free_name(
                name_from_label(wish.label, fallback="object"),
                is_free=lambda one: (
                    one not in self.objects and not is_reserved_object_name(one, self._relations)
                ),
            )
        is_new = wish.name not in self.objects
        problem = problem_of_name(
            wish.name,
            reserved=is_new and is_reserved_object_name(wish.name, self._relations),
            taken=self.objects,
        )
        if problem is not None:
            raise StepRefusedError("/object/name", "invalid_name", problem)
        return wish.name

    def _change_object(self, step: ChangeObject) -> ObjectChanged:
        before, changes = self._object(step.object), step.changes
        given: dict[str, Any] = {}
        for name in changes.model_fields_set & {"label", "plural_label", "icon", "color"}:
            value = getattr(changes, name)
            given[name] = value if isinstance(value, str) else plain(value)
        after = replace(before, **given)
        if "description" in changes.model_fields_set:
            description = plain(changes.description) if changes.description else None
            after = replace(after, description=description)
        if "layout" in changes.model_fields_set:
            after = replace(after, layout=new_layout(before, changes.layout))
        if "validations" in changes.model_fields_set:
            validations = new_validations(self.objects, before, changes.validations)
            after = replace(after, validations=validations)
        if "unique_rules" in changes.model_fields_set:
            unique_rules = new_unique_rules(self.objects, before, changes.unique_rules)
            after = replace(after, unique_rules=unique_rules)
        if "match_rules" in changes.model_fields_set:
            match_rules = new_match_rules(self.objects, before, changes.match_rules)
            after = replace(after, match_rules=match_rules)
        return self._replaced(before, after)

    def _add_field(self, step: AddField) -> FieldMade:
        definition = self._object(step.object)
        field = self._drafting.add(self.objects, definition, step.field)
        layout = with_new_field(definition, field.name, step.field.group)
        fields = {**definition.fields, field.name: field}
        self._keep(definition, layout, fields=fields)
        return FieldMade(definition, field, layout)

    def _change_field(self, step: ChangeField) -> FieldChanged:
        definition = self._object(step.object)
        before = self._field(definition, step.field)
        after = self._drafting.change(self.objects, definition, before, step.changes)
        keeps = takes_back = None
        retired = dict(definition.retired_fields)
        # What records were called before stands in their history; the column that everything names them by stays.
        is_retyped = before.type.name != after.type.name and step.changes.values != "before"
        is_computed = before.formula is None and after.formula is not None
        if (is_computed and not before.system) or is_retyped:
            self._drafting.refuse_too_many(definition)
            keeps = keeps_of(definition, before, self._now)
            retired[keeps.name] = keeps
        elif after.formula is None and step.changes.values == "before":
            takes_back = definition.values_kept_of(before.name)
            retired = {name: one for name, one in retired.items() if one is not takes_back}
        if keeps is not None or takes_back is not None:
            refuse_in_unique_rule(definition, before.name)
        if before.type.name != after.type.name:
            refuse_in_match_rule(self.objects, definition, before.name)
        fields = {**definition.fields, before.name: after}
        self._keep(definition, None, fields=fields, retired_fields=retired)
        return FieldChanged(definition, before, after, keeps=keeps, takes_back=takes_back)

    def _retire_field(self, step: RetireField) -> FieldChanged:
        definition = self._object(step.object)
        before = self._field(definition, step.field)
        if before.system:
            raise StepRefusedError("/field", "system_field", _SYSTEM_FIELD.fill(name=before.name))
        after = replace(before, retired_at=self._now)
        fields = {name: one for name, one in definition.fields.items() if name != before.name}
        retired = {**definition.retired_fields, before.name: after}
        self._keep(definition, None, fields=fields, retired_fields=retired)
        return FieldChanged(definition, before, after)

    def _restore_field(self, step: RestoreField) -> FieldChanged:
        definition = self._object(step.object)
        before = definition.retired_fields.get(step.field)
        if before is None:
            message = _NOT_RETIRED_FIELD.fill(object=definition.name, name=step.field[:60])
            raise StepRefusedError("/field", "unknown_field", message)
        refuse_second_stage(definition, before.name, before.options, "/field")
        refuse_second_tree(definition, before.name, before.options, "/field")
        target = self.objects.get(before.target or before.listed_target or "")
        if target is not None and target.retired_at is not None:
            message = _TARGET_RETIRED.fill(name=target.name)
            raise StepRefusedError("/field", "target_retired", message)
        after = replace(before, retired_at=None, kept_of=None)
        retired = {
            name: one for name, one in definition.retired_fields.items() if name != before.name
        }
        fields = {**definition.fields, before.name: after}
        layout = with_new_field(definition, before.name, None)
        self._keep(definition, layout, fields=fields, retired_fields=retired)
        return FieldChanged(definition, before, after, layout)

    def _object(self, name: str, *, retired: bool = False) -> ObjectDefinition:
        found = self.objects.get(name)
        if found is None or found.built_in or (found.retired_at is not None) is not retired:
            message = _NOT_RETIRED_OBJECT if retired else UNKNOWN_OBJECT
            raise StepRefusedError("/object", "unknown_object", message.fill(name=name[:60]))
        return found

    def _field(self, definition: ObjectDefinition, name: str) -> FieldDefinition:
        found = definition.fields.get(name)
        if found is None:
            message = _UNKNOWN_FIELD.fill(object=definition.name, name=name[:60])
            raise StepRefusedError("/field", "unknown_field", message)
        return found

    def _replaced(self, before: ObjectDefinition, after: ObjectDefinition) -> ObjectChanged:
        self.objects[before.name] = after
        return ObjectChanged(before, after)

    def _keep(
        self,
        definition: ObjectDefinition,
        layout: Layout | None,
        *,
        fields: Mapping[str, FieldDefinition],
        retired_fields: Mapping[str, FieldDefinition] | None = None,
    ) -> None:
        self.objects[definition.name] = replace(
            definition,
            fields=fields,
            layout=layout or definition.layout,
            retired_fields=(
                definition.retired_fields if retired_fields is None else retired_fields
            ),
        )


def draft(
    catalog: Catalog,
    types: FieldTypes,
    steps: Sequence[Step],
    *,
    zone: ZoneInfo,
    relations: Collection[str],
    origin: str | None = None,
    now: datetime | None = None,
) -> Drafted:
    """What the steps make, in order. `relations` are the tables and indexes that are there; what is retired is retired
    at `now`, which is this moment unless given.

    Raises ValuesRefusedError with the first problem of each step.
    """
    drafting = FieldDrafting(types, zone, origin)
    design = _Draft(catalog, drafting, relations, now or SystemClock().now())
    made: list[Made] = []
    problems: list[FieldProblem] = []
    for place, step in enumerate(steps):
        try:
            made.append(design.take(step))
        except StepRefusedError as refused:
            problem = refused.problem
            problems.append(replace(problem, pointer=f"/steps/{place}{problem.pointer}"))
    if not problems:
        try:
            check_formulas(design.objects)
            check_rules(design.objects)
            check_sub_tables(design.objects)
            _check_calendars(catalog, design.objects)
        except StepRefusedError as refused:
            problems.append(replace(refused.problem, pointer=f"/steps/{len(steps) - 1}"))
    if problems:
        raise ValuesRefusedError(problems)
    return Drafted(made, design.objects)


def _check_calendars(before: Catalog, after: Mapping[str, ObjectDefinition]) -> None:
    """What the steps wrote asks for calendars that are there. Raises StepRefusedError."""
    known = before.calendars.names
    for name, definition in after.items():
        old = before.objects.get(name)
        if definition is old:
            continue
        kept = {id(node) for node in nodes_of(old)} if old is not None else set()
        for node in nodes_of(definition):
            if id(node) in kept:
                continue
            try:
                check_calendar_names(node, known)
            except FormulaError as error:
                raise StepRefusedError("", error.code, error.message) from error
