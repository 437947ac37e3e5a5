"""The stored form of field rules and validations."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from guanxi.formula.json_form import from_json, to_json
from guanxi.metadata.model import FieldRules, Validation

RULE_NAMES = tuple(one.name for one in fields(FieldRules))


def rules_document(rules: FieldRules) -> dict[str, Any]:
    """Only the rules there are, as trees by their names."""
    return {
        name: to_json(node) for name in RULE_NAMES if (node := getattr(rules, name)) is not None
    }


def rules_of(raw: Mapping[str, Any]) -> FieldRules:
    """Stored rules; see `rules_document`."""
    return FieldRules(**{name: from_json(raw[name]) for name in RULE_NAMES if name in raw})


def validation_document(one: Validation) -> dict[str, Any]:
    """A validation as it is stored."""
    return {
        "name": one.name,
        "condition": to_json(one.condition),
        "message": dict(one.message),
        "field": one.field,
    }


def validation_of(raw: Mapping[str, Any]) -> Validation:
    """A stored validation; see `validation_document`."""
    return Validation(
        raw["name"], from_json(raw["condition"]), raw["message"], raw.get("field") or None
    )
