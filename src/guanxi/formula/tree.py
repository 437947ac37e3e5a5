"""What a formula is once it is read: a tree that names fields by their unchanging names."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

#: Where a node stands in the text it was read from: first character and the one after the last.
Span = tuple[int, int]
NOWHERE: Final[Span] = (0, 0)

MOST_CHARACTERS = 8192
MOST_NODES = 500
MOST_DEPTH = 64

LiteralValue = str | Decimal | bool | None


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written down; None is empty."""

    value: LiteralValue
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the record, or one reached over links: `("account", "industry")`."""

    names: tuple[str, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Row:
    """Inside FILTER, MAP and their like: the row at hand, or a field of it."""

    names: tuple[str, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Items:
    """A list written down."""

    items: "tuple[Node, ...]"
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function at work. Operators are functions that go by their sign; `-` with one argument is NEGATE."""

    function: str
    arguments: "tuple[Node, ...]"
    span: Span = field(default=NOWHERE, compare=False)


Node = Literal | Field | Row | Items | Call


def children(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Call):
        return node.arguments
    return node.items if isinstance(node, Items) else ()


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, parents first."""
    yield node
    for child in children(node):
        yield from walk(child)


def paths_in(node: Node) -> Iterator[tuple[str, ...]]:
    """The fields of the record a formula looks at, as often as it does."""
    for one in walk(node):
        if isinstance(one, Field):
            yield one.names


def texts_in(node: Node) -> frozenset[str]:
    """The texts written in a formula, options among them."""
    literals = (one for one in walk(node) if isinstance(one, Literal))
    return frozenset(one.value for one in literals if isinstance(one.value, str))
