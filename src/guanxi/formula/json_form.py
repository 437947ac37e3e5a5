"""The stored form of a tree: short JSON arrays, told apart by their first word."""

import re
from collections.abc import Callable
from decimal import Decimal

from guanxi.formula.errors import FormulaError
from guanxi.formula.tree import (
    MOST_DEPTH,
    MOST_NODES,
    Call,
    Field,
    Items,
    Literal,
    Node,
    Row,
)
from guanxi.kit.text import Text

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")

BROKEN = Text(zh="公式的存储形式已损坏。", en="The stored form of the formula is broken.")
TOO_MUCH = Text(
    zh="公式太大：最多 {nodes} 个部分、嵌套 {depth} 层。请拆成几个计算字段。",
    en="The formula is too large: at most {nodes} parts nested {depth} deep. Split it into several computed fields.",
)


def to_json(node: Node) -> list[object]:
    """`["number","1.5"]`, `["text","a"]`, `["boolean",true]`, `["empty"]`, `["field","account","name"]`,
    `["row","amount"]`, `["list",…]`, `["call","SUM",…]`.
    """
    if isinstance(node, Literal):
        return _literal(node)
    if isinstance(node, Field):
        return ["field", *node.names]
    if isinstance(node, Row):
        return ["row", *node.names]
    if isinstance(node, Items):
        return ["list", *(to_json(one) for one in node.items)]
    return ["call", node.function, *(to_json(one) for one in node.arguments)]


def _literal(node: Literal) -> list[object]:
    value = node.value
    if value is None:
        return ["empty"]
    if isinstance(value, bool):
        return ["boolean", value]
    if isinstance(value, Decimal):
        return ["number", format(value, "f")]
    return ["text", value]


def from_json(raw: object) -> Node:
    """The tree of a stored form. Raises FormulaError when it is none, or larger than formulas may be."""
    budget = [MOST_NODES]
    return _read(raw, budget, 1)


def _read(raw: object, budget: list[int], depth: int) -> Node:
    budget[0] -= 1
    if budget[0] < 0 or depth > MOST_DEPTH:
        raise FormulaError("too_large", TOO_MUCH.fill(nodes=MOST_NODES, depth=MOST_DEPTH))
    if not isinstance(raw, list) or not raw or not isinstance(raw[0], str):
        raise FormulaError("broken", BROKEN)
    word, rest = raw[0], raw[1:]
    if word == "list":
        return Items(tuple(_read(one, budget, depth + 1) for one in rest))
    if word == "call" and rest and isinstance(rest[0], str):
        return Call(rest[0], tuple(_read(one, budget, depth + 1) for one in rest[1:]))
    reader = _LEAVES.get(word)
    leaf = reader(rest) if reader else None
    if leaf is None:
        raise FormulaError("broken", BROKEN)
    return leaf


def _number(rest: list[object]) -> Node | None:
    written = rest[0] if len(rest) == 1 else None
    if not isinstance(written, str) or not _NUMBER.fullmatch(written) or len(written) > 100:
        return None
    return Literal(Decimal(written))


def _text(rest: list[object]) -> Node | None:
    return Literal(rest[0]) if len(rest) == 1 and isinstance(rest[0], str) else None


def _boolean(rest: list[object]) -> Node | None:
    return Literal(rest[0]) if len(rest) == 1 and isinstance(rest[0], bool) else None


def _empty(rest: list[object]) -> Node | None:
    return None if rest else Literal(None)


def _names(rest: list[object]) -> tuple[str, ...] | None:
    names = tuple(one for one in rest if isinstance(one, str))
    return names if len(names) == len(rest) <= 10 else None


def _field(rest: list[object]) -> Node | None:
    names = _names(rest)
    return Field(names) if names else None


def _row(rest: list[object]) -> Node | None:
    names = _names(rest)
    return None if names is None else Row(names)


_LEAVES: dict[str, Callable[[list[object]], Node | None]] = {
    "number": _number,
    "text": _text,
    "boolean": _boolean,
    "empty": _empty,
    "field": _field,
    "row": _row,
}
