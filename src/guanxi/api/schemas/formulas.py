"""Formulas of fields and objects as answers: trees for forms that evaluate them, texts for those who write them."""

from collections.abc import Mapping
from typing import Any

from guanxi.formula.json_form import to_json
from guanxi.formula.tree import Node
from guanxi.formula.write import write
from guanxi.metadata.computed import CheckedFormula, paths_of, typed_formula
from guanxi.metadata.draft_rules import MEMBERS
from guanxi.metadata.formula_scope import CatalogScope
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.metadata.rules import rules_in
from guanxi.permissions.viewer import Viewer

Document = dict[str, Any]


def known_formulas(
    viewer: Viewer, definition: ObjectDefinition, field: FieldDefinition
) -> Document:
    """What a field is computed from and its rules, as trees; those that look at what the viewer may not read stay out."""
    formulas = {kind.value: node for kind, node in rules_in(field)}
    if field.formula is not None:
        formulas["formula"] = field.formula
    return {
        name: to_json(node)
        for name, node in formulas.items()
        if _may_know(viewer, definition, node)
    }


def known_validations(viewer: Viewer, definition: ObjectDefinition) -> list[Document]:
    """What must hold of every record, as far as the viewer may read what it looks at."""
    return [
        {
            "name": one.name,
            "condition": to_json(one.condition),
            "message": dict(one.message),
            "field": one.field,
        }
        for one in definition.validations
        if _may_know(viewer, definition, one.condition)
        and (one.field is None or viewer.may_read(definition.name, one.field))
    ]


def rule_texts(viewer: Viewer, definition: ObjectDefinition, field: FieldDefinition) -> Document:
    """The rules of a field as its designer reads them, by their names in steps."""
    return {
        member: formula_text(viewer, definition, node)
        for member, kind in MEMBERS.items()
        if (node := getattr(field.rules, kind.value)) is not None
    }


def validation_texts(viewer: Viewer, definition: ObjectDefinition) -> list[Document]:
    """The validations of an object as its designer reads them."""
    return [
        {
            "name": one.name,
            "condition": formula_text(viewer, definition, one.condition),
            "message": dict(one.message),
            "field": one.field,
        }
        for one in definition.validations
    ]


def formula_text(viewer: Viewer, definition: ObjectDefinition, node: Node) -> str:
    """A formula with the names fields have now, in the viewer's language."""
    objects = viewer.catalog.objects
    typed = typed_formula(objects, definition, node)
    return write(typed, CatalogScope(objects, definition), viewer.locale)


_known: dict[int, tuple[Node, frozenset[tuple[str, str]]]] = {}
MOST_KNOWN = 2000


def _may_know(viewer: Viewer, definition: ObjectDefinition, node: Node) -> bool:
    return all(viewer.may_read(*key) for key in _fields_in(viewer, definition, node))


def _fields_in(
    viewer: Viewer, definition: ObjectDefinition, node: Node
) -> frozenset[tuple[str, str]]:
    """Every field a formula looks at, with its object; worked out once per tree."""
    found = _known.get(id(node))
    if found is None or found[0] is not node:
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        objects: Mapping[str, ObjectDefinition] = viewer.catalog.objects
        typed = typed_formula(objects, definition, node)
        formula = CheckedFormula(definition.name, typed, paths_of(objects, definition, typed))
        found = (node, frozenset(key for _, key in formula.sources()))
        _known[id(node)] = found
    return found[1]
