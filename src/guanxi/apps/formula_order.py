"""The computed fields of an application, each after those its formula names: files need no order."""

from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from guanxi.formula.errors import FormulaError
from guanxi.formula.parse import parse
from guanxi.formula.tree import Field, Node, Row, walk
from guanxi.metadata.formula_scope import BACKWARDS
from guanxi.metadata.steps import AddField, NewField

Key = tuple[str, str]

SUB_TABLE = "sub_table"


def in_order(fields: Sequence[AddField]) -> list[AddField]:
    """Plain fields as they stand, then those with a formula. Where formulas hang on one another in a circle, as they stand."""
    by_key = {(one.object, one.field.name or ""): one for one in fields}
    sorter = TopologicalSorter[Key]()
    for key, one in by_key.items():
        if one.field.type == SUB_TABLE:
            sorter.add(key, *(other for other in _lines_of(one.field) if other in by_key))
        elif one.field.formula is not None:
            sorter.add(key, *(set(_named(key[0], one.field.formula, by_key)) - {key}))
    try:
        sorted_ = [by_key[key] for key in sorter.static_order()]
    except CycleError:
        sorted_ = list(by_key.values())
    plain = [one for one in fields if not _is_computed(one.field)]
    return plain + [one for one in sorted_ if _is_computed(one.field)]


def _is_computed(field: NewField) -> bool:
    return field.formula is not None or field.type == SUB_TABLE


def _lines_of(field: NewField) -> Iterator[Key]:
    """The fields a sub-table shows of its lines."""
    for name in field.options.get("columns", ()):
        yield str(field.options.get("object")), str(name)


def _named(object_name: str, formula: str, by_key: Mapping[Key, AddField]) -> Iterator[Key]:
    """The application's fields a formula names; none of one that cannot be read, which is told elsewhere."""
    try:
        tree = parse(formula)
    except FormulaError:
        return
    come_to = {object_name}
    for key in _along(object_name, tree, by_key, come_to):
        if key in by_key:
            yield key
    for one in walk(tree):
        # A row may be of any object the formula comes to.
        if isinstance(one, Row):
            for name in come_to:
                yield from (key for key in _walked(name, one.names, by_key) if key in by_key)


def _along(
    object_name: str, tree: Node, by_key: Mapping[Key, AddField], come_to: set[str]
) -> Iterator[Key]:
    for one in walk(tree):
        if isinstance(one, Field):
            for key in _walked(object_name, one.names, by_key):
                come_to.add(key[0])
                yield key


def _walked(
    object_name: str, names: Sequence[str], by_key: Mapping[Key, AddField]
) -> Iterator[Key]:
    """Every field on the way, with the object it is of; `""` for the records at the end of a link."""
    here = object_name
    for name in names:
        field = by_key.get((here, name))
        yield here, name
        target = field.field.options.get("target") if field is not None else None
        here = str(target) if target else name.partition(BACKWARDS)[0]
    yield here, ""
