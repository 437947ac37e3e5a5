"""Conditions on what a link may point to: formulas over the candidate, which is the row at hand, and over the record."""

from guanxi.formula.builtin import builtin_functions
from guanxi.formula.check_types import check, places_of
from guanxi.formula.tree import Call, Field, Items, Node, Row
from guanxi.formula.typed import Typed
from guanxi.formula.types import Kind, Type
from guanxi.metadata.formula_scope import CatalogScope, Objects
from guanxi.metadata.model import FieldDefinition, ObjectDefinition


def candidate_of(field: FieldDefinition) -> Type:
    """What a candidate of a link is to formulas."""
    return Type(Kind.RECORD, object=field.target)


def typed_candidates(
    objects: Objects,
    definition: ObjectDefinition,
    field: FieldDefinition,
    node: Node,
    source: str = "",
) -> Typed:
    """The condition as it is written, checked. Raises FormulaError."""
    scope = CatalogScope(objects, definition)
    return check(node, scope, builtin_functions(), source, row=candidate_of(field))


def of_chosen(typed: Typed, link: str) -> Node:
    """The condition asked of a record that has chosen: the candidate is what its link points to."""
    if typed.inner is not None:
        return of_chosen(typed.inner, link)
    node = typed.node
    if isinstance(node, Row):
        return Field((link, *node.names), node.span)
    if isinstance(node, Items):
        return Items(tuple(of_chosen(one, link) for one in typed.arguments), node.span)
    if not isinstance(node, Call) or typed.function is None:
        return node
    arguments = tuple(
        # Inside FILTER and its like the row at hand is another one.
        one.stored if place.per_row else of_chosen(one, link)
        for place, one in zip(places_of(typed.function, typed), typed.arguments, strict=True)
    )
    return Call(node.function, arguments, node.span)
