"""What a newer version of an application computes otherwise, as steps of a design.

A field follows where the workspace left its formula, or that it has none, as the application had brought it; so does the
name of records.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from guanxi.apps.manifest import Application
from guanxi.formula.errors import FormulaError
from guanxi.formula.parse import parse
from guanxi.formula.tree import Node
from guanxi.metadata.computed import typed_formula
from guanxi.metadata.model import Catalog, ObjectDefinition
from guanxi.metadata.steps import ChangeField, FieldChanges, NewField, RulesPart
from guanxi.metadata.system_fields import NAME

#: What goes with a formula and comes with being filled in by people.
_FILLED_IN = frozenset({"required", "unique", "default", *RulesPart.model_fields})


def formula_changes(
    application: Application, base: Mapping[str, Any], catalog: Catalog
) -> Iterator[ChangeField]:
    """`base` is the application as it was installed last."""
    brought = dict(said for one in base.get("objects", ()) for said in _brought(one["definition"]))
    for one in application.objects:
        known = catalog.find(one.definition.name)
        if known is None:
            continue
        title = known.fields[NAME]
        name = NewField(
            name=NAME,
            label=dict(title.label),
            type=title.type.name,
            formula=one.definition.name_formula,
        )
        for field in (*one.definition.fields, name):
            key = one.definition.name, field.name
            if (
                key in brought
                and field.formula != brought[key]
                and _is_as_brought(catalog, known, field, brought[key])
            ):
                yield ChangeField(
                    object=known.name, field=field.name or "", changes=_changes(field)
                )


def _brought(definition: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], str | None]]:
    """The formulas an application said its fields and names have."""
    yield (definition["name"], NAME), definition.get("name_formula")
    for field in definition.get("fields", ()):
        yield (definition["name"], field["name"]), field.get("formula")


def _is_as_brought(
    catalog: Catalog, definition: ObjectDefinition, field: NewField, text: str | None
) -> bool:
    present = definition.fields.get(field.name or "")
    if present is None or present.type.name != field.type:
        return False
    return present.formula == (None if text is None else _tree(catalog, definition, text))


def _tree(catalog: Catalog, definition: ObjectDefinition, text: str) -> Node | None:
    """None for a formula whose fields are gone: then the workspace has another one."""
    try:
        return typed_formula(catalog.objects, definition, parse(text), text).stored
    except FormulaError:
        return None


def _changes(field: NewField) -> FieldChanges:
    if field.formula is not None:
        return FieldChanges(formula=field.formula)
    said = field.model_dump(include=set(_FILLED_IN & field.model_fields_set))
    return FieldChanges(formula=None, **said)
