"""Formulas of fields and objects as answers: trees for forms that evaluate them, texts for those who write them."""

from collections.abc import Iterator, Mapping
from typing import Any

from guanxi.formula.json_form import to_json
from guanxi.formula.tree import Call, Field, Node, Row
from guanxi.formula.write import write
from guanxi.metadata.candidates import candidate_of
from guanxi.metadata.computed import CheckedFormula, paths_of, typed_formula
from guanxi.metadata.draft_rules import MEMBERS, OPTIONS
from guanxi.metadata.formula_scope import CatalogScope
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.metadata.rules import RuleKind, rules_in, rules_of_object, typed_rule
from guanxi.permissions.viewer import Viewer

Document = dict[str, Any]


def known_formulas(
    viewer: Viewer, definition: ObjectDefinition, field: FieldDefinition
) -> Document:
    """What a field is computed from and its rules, as trees; those that look at what the viewer may not read stay out."""
    formulas = {
        kind.value: node for kind, node in rules_in(field) if kind is not RuleKind.CANDIDATES
    }
    if field.formula is not None:
        formulas["formula"] = field.formula
    return {
        name: to_json(node)
        for name, node in formulas.items()
        if _may_know(viewer, definition, node)
    }


def known_offers(
    viewer: Viewer, definition: ObjectDefinition, field: FieldDefinition
) -> list[Document]:
    """When the options of a field are offered. Conditions that look at what the viewer may not read are left out with
    all others that name the same options: what hangs on them only the save can tell.
    """
    open_ = {
        value
        for one in field.rules.options_when
        if not _may_know(viewer, definition, one.condition)
        for value in one.options
    }
    known = (
        ([value for value in one.options if value not in open_], one.condition)
        for one in field.rules.options_when
    )
    return [{"options": some, "condition": to_json(node)} for some, node in known if some]


def candidates_look_at(
    viewer: Viewer, definition: ObjectDefinition, field: FieldDefinition
) -> list[str] | None:
    """The fields of the record that tell which records a link may point to; None where it may point to any."""
    rule = rules_of_object(viewer.catalog, definition.name).of(RuleKind.CANDIDATES, field.name)
    if rule is None:
        return None
    names = rule.looks_at - {field.name}
    return sorted(name for name in names if viewer.may_read(definition.name, name))


def candidates_give(
    viewer: Viewer, definition: ObjectDefinition, field: FieldDefinition
) -> dict[str, str]:
    """What a record made for a link starts with: fields of the candidate that its condition sets equal to fields of the
    record.
    """
    rule = rules_of_object(viewer.catalog, definition.name).of(RuleKind.CANDIDATES, field.name)
    if rule is None or rule.written is None or field.target is None:
        return {}
    return {
        theirs: ours
        for theirs, ours in _equated(rule.written.stored)
        if viewer.may_read(field.target, theirs) and viewer.may_read(definition.name, ours)
    }


def _equated(node: Node) -> Iterator[tuple[str, str]]:
    if not isinstance(node, Call):
        return
    if node.function in ("AND", "OR"):
        for one in node.arguments:
            yield from _equated(one)
    elif node.function == "=":
        rows = [one.names for one in node.arguments if isinstance(one, Row)]
        fields = [one.names for one in node.arguments if isinstance(one, Field)]
        if len(rows) == len(fields) == 1 and len(rows[0]) == len(fields[0]) == 1:
            yield rows[0][0], fields[0][0]


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
    texts: Document = {
        member: _rule_text(viewer, definition, kind, field, node)
        for member, kind in MEMBERS.items()
        if (node := getattr(field.rules, kind.value)) is not None
    }
    if field.rules.options_when:
        texts[OPTIONS] = [
            {
                "options": list(one.options),
                "condition": formula_text(viewer, definition, one.condition),
            }
            for one in field.rules.options_when
        ]
    return texts


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


def unique_texts(viewer: Viewer, definition: ObjectDefinition) -> list[Document]:
    """The unique rules of an object as its designer reads them."""
    return [
        {
            "name": one.name,
            "fields": list(one.fields),
            "condition": None
            if one.condition is None
            else formula_text(viewer, definition, one.condition),
        }
        for one in definition.unique_rules
    ]


def formula_text(viewer: Viewer, definition: ObjectDefinition, node: Node) -> str:
    """A formula with the names fields have now, in the viewer's language."""
    objects = viewer.catalog.objects
    typed = typed_formula(objects, definition, node)
    return write(typed, CatalogScope(objects, definition), viewer.locale)


def _rule_text(
    viewer: Viewer,
    definition: ObjectDefinition,
    kind: RuleKind,
    field: FieldDefinition,
    node: Node,
) -> str:
    objects = viewer.catalog.objects
    typed = typed_rule(objects, definition, kind, field, node)
    scope = CatalogScope(objects, definition)
    return write(typed, scope, viewer.locale, candidate_of(field))


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
