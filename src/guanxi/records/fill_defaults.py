"""Fills fields of new records that nobody sent by the formulas of their defaults."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.fields.field_type import InvalidValueError, ReadingContext
from guanxi.fields.options_of_choice import ChoicesOptions
from guanxi.fields.stored_text import text_form
from guanxi.formula.unify import option_named
from guanxi.metadata.formula_scope import type_of
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.metadata.rules import Rule, rules_of_object
from guanxi.permissions.viewer import Viewer
from guanxi.query.compile_computed import held
from guanxi.records.draft import RecordDraft
from guanxi.records.own import usual_value
from guanxi.records.rule_answers import answers_of


async def fill_defaults(
    work: UnitOfWork,
    viewer: Viewer,
    definition: ObjectDefinition,
    drafts: Sequence[RecordDraft],
    now: datetime,
) -> None:
    """Each after those it looks at. Where a formula gives nothing the field has its plain default."""
    for layer in _layers(rules_of_object(viewer.catalog, definition.name).defaults):
        waiting = [(rule, [draft for draft in drafts if _wants(draft, rule)]) for rule in layer]
        answers = await answers_of(work, viewer, definition, waiting, now)
        for rule, some in waiting:
            if rule.field is not None:
                for draft in some:
                    value = _stored(viewer, rule.field, answers.of(rule, draft))
                    if value is None:
                        value = usual_value(viewer, rule.field)
                    if value is not None:
                        draft.values[rule.field.name] = value


def _wants(draft: RecordDraft, rule: Rule) -> bool:
    """Whether nobody sent a value. What lies behind a link that may not be followed is not looked at."""
    is_free = rule.field is not None and rule.field.name not in draft.values
    return is_free and (rule.is_local or not draft.problems)


def _layers(defaults: Sequence[Rule]) -> list[list[Rule]]:
    """Defaults that look at none of one another together, so that one statement answers them."""
    layers: list[list[Rule]] = []
    depth: dict[str, int] = {}
    for rule in defaults:
        own = max((depth[name] + 1 for name in rule.looks_at if name in depth), default=0)
        if rule.field is not None:
            depth[rule.field.name] = own
        if own == len(layers):
            layers.append([])
        layers[own].append(rule)
    return layers


def _stored(viewer: Viewer, field: FieldDefinition, value: Any) -> Any:
    """A default as the field stores it; nothing where the field cannot hold it: a default refuses no record."""
    if value is None or value == "":
        return None
    if isinstance(value, Decimal):
        value = held(field, value)
    elif isinstance(field.options, ChoicesOptions) and isinstance(value, str):
        choices = type_of(field).choices
        value = option_named(value, choices) if choices is not None else value
    elif isinstance(value, list | tuple):
        value = list(value)
    wire = value if isinstance(value, bool | list) else text_form(value)
    try:
        return field.type.parse(wire, field.options, ReadingContext(viewer.zone))
    except InvalidValueError:
        return None
