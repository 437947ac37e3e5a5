"""The step that takes a step of the history back, as a designer would ask for it now."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from guanxi.api.schemas.formulas import formula_text, rule_texts, unique_texts, validation_texts
from guanxi.formula.errors import FormulaError
from guanxi.formula.json_form import from_json
from guanxi.metadata.model import ObjectDefinition
from guanxi.metadata.rules_json import rules_of, unique_of, validation_of
from guanxi.metadata.undo import BY_ITSELF, NOT_KEPT, OPPOSITES, RULES, CannotUndoError
from guanxi.permissions.viewer import Viewer


def opposite_of(viewer: Viewer, done: Mapping[str, Any]) -> dict[str, Any]:
    """Raises CannotUndoError."""
    action, object_name, field = done["action"], done["object"], done.get("field")
    if action in OPPOSITES:
        named = {"field": field} if field else {}
        return {"action": OPPOSITES[action], "object": object_name, **named}
    before, definition = done.get("before"), viewer.catalog.find(object_name)
    if action not in ("change_object", "change_field", "move_field"):
        raise CannotUndoError(reason=BY_ITSELF)
    if before is None or definition is None:
        raise CannotUndoError(reason=NOT_KEPT)
    try:
        if "layout" in before and action == "move_field":
            return {"action": "change_object", "object": object_name, "changes": before}
        if action == "move_field":
            return {"action": action, "object": object_name, "field": field, **before}
        if action == "change_object":
            changes = _object_changes(viewer, definition, before)
            return {"action": action, "object": object_name, "changes": changes}
        changes = _field_changes(viewer, definition, str(field), done, before)
    except FormulaError as error:
        raise CannotUndoError(reason=error.message) from error
    return {"action": action, "object": object_name, "field": field, "changes": changes}


def _object_changes(
    viewer: Viewer, definition: ObjectDefinition, before: Mapping[str, Any]
) -> dict[str, Any]:
    changes = dict(before)
    if "validations" in changes:
        told = tuple(validation_of(one) for one in changes["validations"])
        changes["validations"] = validation_texts(viewer, replace(definition, validations=told))
    if "unique_rules" in changes:
        rules = tuple(unique_of(one) for one in changes["unique_rules"])
        changes["unique_rules"] = unique_texts(viewer, replace(definition, unique_rules=rules))
    return changes


def _field_changes(
    viewer: Viewer,
    definition: ObjectDefinition,
    name: str,
    done: Mapping[str, Any],
    before: Mapping[str, Any],
) -> dict[str, Any]:
    changes = dict(before)
    if changes.get("formula") is not None:
        changes["formula"] = formula_text(viewer, definition, from_json(changes["formula"]))
    if "rules" in changes:
        given = RULES & set(done["step"]["changes"])
        field = replace(definition.fields[name], rules=rules_of(changes.pop("rules")))
        texts = rule_texts(viewer, definition, field)
        changes |= {rule: texts.get(rule) for rule in given}
    return changes
