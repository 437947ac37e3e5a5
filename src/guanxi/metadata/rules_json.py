"""The stored form of field rules, validations, unique rules and duplicate rules."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from guanxi.formula.json_form import from_json, to_json
from guanxi.metadata.model import (
    FieldRules,
    MatchCondition,
    MatchRule,
    OptionRule,
    UniqueRule,
    Validation,
)

_OPTIONS = "options_when"
_FORMULAS = tuple(one.name for one in fields(FieldRules) if one.name != _OPTIONS)


def rules_document(rules: FieldRules) -> dict[str, Any]:
    """Only the rules there are, as trees by their names."""
    document: dict[str, Any] = {
        name: to_json(node) for name in _FORMULAS if (node := getattr(rules, name)) is not None
    }
    if rules.options_when:
        document[_OPTIONS] = [
            {"options": list(one.options), "condition": to_json(one.condition)}
            for one in rules.options_when
        ]
    return document


def rules_of(raw: Mapping[str, Any]) -> FieldRules:
    """Stored rules; see `rules_document`."""
    formulas = {name: from_json(raw[name]) for name in _FORMULAS if name in raw}
    options = tuple(
        OptionRule(tuple(one["options"]), from_json(one["condition"]))
        for one in raw.get(_OPTIONS, ())
    )
    return FieldRules(**formulas, options_when=options)


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


def unique_document(one: UniqueRule) -> dict[str, Any]:
    """A unique rule as it is stored."""
    condition = None if one.condition is None else to_json(one.condition)
    return {"name": one.name, "fields": list(one.fields), "condition": condition}


def unique_of(raw: Mapping[str, Any]) -> UniqueRule:
    """A stored unique rule; see `unique_document`."""
    condition = None if raw["condition"] is None else from_json(raw["condition"])
    return UniqueRule(raw["name"], tuple(raw["fields"]), condition)


def match_document(one: MatchRule) -> dict[str, Any]:
    """A duplicate rule as it is stored, and as designers read it."""
    return {**asdict(one), "conditions": [asdict(each) for each in one.conditions]}


def match_of(raw: Mapping[str, Any]) -> MatchRule:
    """A stored duplicate rule; see `match_document`."""
    conditions = tuple(MatchCondition(**one) for one in raw["conditions"])
    return MatchRule(**{**raw, "conditions": conditions})
