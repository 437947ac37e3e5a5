"""What the rights on a record give on its lines: those of a role that says nothing of the lines follow it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid5

from guanxi.formula.errors import FormulaError
from guanxi.formula.parse import parse
from guanxi.formula.tree import Call, Field, Items, Node
from guanxi.formula.write import write
from guanxi.kit.remembered import Remembered
from guanxi.metadata.computed import typed_formula
from guanxi.metadata.formula_scope import ApiNames
from guanxi.metadata.model import Catalog
from guanxi.metadata.sub_tables import SubTable, sub_tables
from guanxi.permissions.model import Action, Grant, Rights, Scope

#: Who may change a record may change its lines, and take some away.
_ON_LINES: Mapping[Action, frozenset[Action]] = {
    Action.SEE: frozenset({Action.SEE}),
    Action.CREATE: frozenset({Action.CREATE}),
    Action.EDIT: frozenset({Action.CREATE, Action.EDIT, Action.DELETE}),
    Action.DELETE: frozenset(),
    Action.IMPORT: frozenset({Action.IMPORT}),
    Action.EXPORT: frozenset({Action.EXPORT}),
}
_READING = frozenset({Action.SEE, Action.EXPORT})


def with_lines(rights: Rights, catalog: Catalog) -> Rights:
    """The rights with those on the lines of sub-tables. A role's own grants on lines take the place of what would follow."""
    if rights.is_administrator or not sub_tables(catalog).by_lines:
        return rights
    known = _known.of(rights)
    found = known.get(catalog.version)
    if found is None:
        known.clear()
        found = known[catalog.version] = _with_lines(rights, catalog)
    return found


def _with_lines(rights: Rights, catalog: Catalog) -> Rights:
    grants = list(rights.grants)
    given = {(grant.role, grant.object) for grant in grants}
    # Lines of lines follow what was given on the lines: two levels, so twice.
    for _ in range(2):
        for grant in tuple(grants):
            for table in sub_tables(catalog).of(grant.object):
                if (grant.role, table.lines.name) in given:
                    continue
                following = _on_lines(grant, table, catalog)
                if following is not None:
                    grants.append(following)
        given = {(grant.role, grant.object) for grant in grants}
    return replace(rights, grants=tuple(grants))


def _on_lines(grant: Grant, table: SubTable, catalog: Catalog) -> Grant | None:
    right = grant.field_right(table.field.name)
    actions = frozenset(one for action in grant.actions for one in _ON_LINES[action])
    if right == "read":
        actions &= _READING
    if right == "none" or not actions:
        return None
    condition = None
    if grant.scope is Scope.CONDITION:
        try:
            condition = _from_lines(grant.condition, table, catalog)
        except FormulaError:
            # What no longer reads gives nothing, on the record and on its lines.
            return None
    return replace(
        grant,
        id=uuid5(grant.id, table.lines.name),
        object=table.lines.name,
        actions=actions,
        condition=condition,
        field_default=right,
        field_except={},
    )


def _from_lines(raw: Any, table: SubTable, catalog: Catalog) -> Any:
    """A condition on a record as one on its lines: every field is reached over the link."""
    link = table.link.name
    if not isinstance(raw, Mapping):
        return raw
    changed = dict(raw)
    for word in ("and", "or"):
        if word in changed:
            changed[word] = [_from_lines(part, table, catalog) for part in changed[word]]
    if "not" in changed:
        changed["not"] = _from_lines(changed["not"], table, catalog)
    if "field" in changed:
        changed["field"] = f"{link}.{changed['field']}"
    if "formula" in changed:
        tree = _over(link, parse(str(changed["formula"])))
        typed = typed_formula(catalog.objects, table.lines, tree)
        changed["formula"] = write(typed, ApiNames(), "en")
    return changed


def _over(link: str, node: Node) -> Node:
    if isinstance(node, Field):
        return Field((link, *node.names))
    if isinstance(node, Call):
        return Call(node.function, tuple(_over(link, one) for one in node.arguments))
    if isinstance(node, Items):
        return Items(tuple(_over(link, one) for one in node.items))
    return node


_known: Remembered[Rights, dict[int, Rights]] = Remembered(lambda _: {}, most=2000)
