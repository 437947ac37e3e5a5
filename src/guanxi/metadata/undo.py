"""What is needed to take a step of a design back: kept beside the step, and what was done since that stands in the way."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.formula.json_form import to_json
from guanxi.kit.errors import ConflictError, NotFoundError
from guanxi.kit.text import Text
from guanxi.metadata.made import FieldChanged, Made, ObjectChanged
from guanxi.metadata.model import ObjectDefinition
from guanxi.metadata.rules_json import (
    match_document,
    rules_document,
    unique_document,
    validation_document,
)
from guanxi.metadata.steps import ChangeField, ChangeObject, MoveField, RulesPart, Step
from guanxi.metadata.store import layout_document

#: What takes a step back that says nothing of how things were.
OPPOSITES = {
    "add_object": "retire_object",
    "retire_object": "restore_object",
    "restore_object": "retire_object",
    "add_field": "retire_field",
    "retire_field": "restore_field",
    "restore_field": "retire_field",
}
_PLAIN_OF_FIELD = frozenset({"label", "help", "required", "unique", "indexed", "default"})
_PLAIN_OF_OBJECT = frozenset({"label", "plural_label", "icon", "color", "description"})
RULES = frozenset(RulesPart.model_fields)


class NoSuchStepError(NotFoundError):
    """The history has no such step."""

    code = "no_such_step"
    title = Text(zh="没有这一步", en="No such step")
    sentence = Text(zh="设计历史里没有这一步。", en="There is no such step in the history.")


class StepInTheWayError(ConflictError):
    """A later step speaks of the same."""

    code = "step_in_the_way"
    title = Text(zh="之后又改过", en="Changed again since")
    sentence = Text(
        zh="第 {version} 版又改了同一处（{sentence}），请先撤销那一步。",
        en="Version {version} changed the same thing again ({sentence}) Take that step back first.",
    )


class CannotUndoError(ConflictError):
    """Nothing was kept of how it was, or it is gone."""

    code = "cannot_undo"
    title = Text(zh="不能撤销", en="That cannot be taken back")
    sentence = Text(zh="这一步不能撤销：{reason}", en="This step cannot be taken back: {reason}")


NOT_KEPT = Text(zh="历史里没有记下之前的样子。", en="the history does not say how it was before.")
BY_ITSELF = Text(zh="它是平台自己做的。", en="the platform did it by itself.")


def before_of(step: Step, made: Made) -> dict[str, Any] | None:
    """How things were that the step changes; None where its opposite says enough."""
    if isinstance(step, MoveField) and isinstance(made, ObjectChanged):
        return _place_of(made.before, step.field)
    if isinstance(step, ChangeObject) and isinstance(made, ObjectChanged):
        return _of_object(made.before, step.changes.model_fields_set)
    if isinstance(step, ChangeField) and isinstance(made, FieldChanged):
        return _of_field(made, step.changes.model_fields_set)
    return None


def _place_of(definition: ObjectDefinition, name: str) -> dict[str, Any]:
    """Where the field stood; the layout as it was when it stood nowhere."""
    for place, group in enumerate(definition.layout.groups):
        if name in group.fields:
            behind = group.fields[group.fields.index(name) + 1 :]
            return {"group": place, "before": behind[0] if behind else None}
    return {"layout": layout_document(definition.layout)}


def _of_object(before: ObjectDefinition, given: Iterable[str]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for name in given:
        if name in _PLAIN_OF_OBJECT:
            value = getattr(before, name)
            said[name] = dict(value) if isinstance(value, Mapping) else value
        elif name == "layout":
            said[name] = layout_document(before.layout)
        elif name == "validations":
            said[name] = [validation_document(one) for one in before.validations]
        elif name == "unique_rules":
            said[name] = [unique_document(one) for one in before.unique_rules]
        elif name == "match_rules":
            said[name] = [match_document(one) for one in before.match_rules]
    return said


def _of_field(made: FieldChanged, given: Iterable[str]) -> dict[str, Any]:
    before = made.before
    said: dict[str, Any] = {}
    for name in given:
        if name in _PLAIN_OF_FIELD:
            value = getattr(before, name)
            said[name] = dict(value) if isinstance(value, Mapping) else value
        elif name == "options":
            said[name] = before.options.model_dump(mode="json")
        elif name in RULES:
            said["rules"] = rules_document(before.rules)
    if made.keeps is not None:
        # What it was asked and began with comes back with its values.
        said = {name: said[name] for name in said if name in ("label", "help")}
        said["values"] = "before"
        if before.type.name == made.field.type.name:
            said["formula"] = None
    elif made.takes_back is not None and made.is_retyped:
        said |= {"type": before.type.name, "options": before.options.model_dump(mode="json")}
    elif "formula" in given:
        said["formula"] = None if before.formula is None else to_json(before.formula)
    return said


async def step_done(
    work: UnitOfWork, version: int, place: int
) -> tuple[Mapping[str, Any], Sequence[tuple[int, Mapping[str, Any]]]]:
    """A step of the history, and the steps that were done after it. Raises NoSuchStepError."""
    rows = await work.rows(
        "select version, steps from design_change where version >= %s order by version", [version]
    )
    if not rows or rows[0][0] != version or place >= len(rows[0][1]):
        raise NoSuchStepError
    steps = rows[0][1]
    later = [(version, one) for one in steps[place + 1 :]]
    later += [(number, one) for number, some in rows[1:] for one in some]
    return steps[place], later


def refuse_in_the_way(
    done: Mapping[str, Any], later: Sequence[tuple[int, Mapping[str, Any]]]
) -> None:
    """Raises StepInTheWayError naming the last step since that speaks of the same."""
    for version, one in reversed(later):
        if _meet(done, one):
            sentence = one.get("sentence") or {}
            raise StepInTheWayError(
                version=version,
                sentence=Text(zh=sentence.get("zh-CN") or "", en=sentence.get("en") or ""),
            )


def _meet(done: Mapping[str, Any], later: Mapping[str, Any]) -> bool:
    if done["object"] != later.get("object"):
        return False
    whole = later["action"] in OPPOSITES and later.get("field") == done.get("field")
    if later["action"] in ("retire_object", "restore_object"):
        return (done.get("field") is None and done["action"] not in ("add_object",)) or whole
    if done.get("field") != later.get("field"):
        return False
    if done["action"] in OPPOSITES or whole:
        # What was made or put away may be changed since; but not put away or brought back again.
        return whole
    return done["action"] == later["action"] and bool(_members(done) & _members(later))


def _members(document: Mapping[str, Any]) -> set[str]:
    """What a step says something of; how a field is filled is one thing."""
    step = document.get("step") or {}
    said = set(step.get("changes") or {"place"})
    if said & {"formula", "type", "values"}:
        said |= {"formula", "type", "values"}
    return said
