"""Formulas that keep what their field holds while something is so: `IF({state} = "draft", {cost} * 1.4, {price})`.

A formula may name its own field where that is the whole result, so that computing it twice comes to the same, and may ask
whether it holds anything yet. Anywhere else the field hangs on itself.
"""

from guanxi.formula.tree import Call, Field, Node, walk


def keeps_its_value(formula: Node, own: str) -> bool:
    """Whether the formula of the field names the field, and only where it keeps what is there."""
    return _names(formula, own) and _keeps(formula, own)


def _keeps(node: Node, own: str) -> bool:
    if not _names(node, own) or _is(node, own):
        return True
    if not isinstance(node, Call):
        return False
    if node.function == "IF":
        condition, *results = node.arguments
        return _only_asks(condition, own) and all(_keeps(one, own) for one in results)
    if node.function == "KEEPEMPTY":
        return all(_keeps(one, own) for one in node.arguments)
    if node.function == "IFBLANK":
        first, *others = node.arguments
        return _is(first, own) and not any(_names(one, own) for one in others)
    return False


def _only_asks(condition: Node, own: str) -> bool:
    """Whether a condition looks at the field only to know that it is empty."""
    if not _names(condition, own):
        return True
    if not isinstance(condition, Call) or _is(condition, own):
        return False
    if condition.function == "ISBLANK":
        return all(_is(one, own) for one in condition.arguments)
    return all(_only_asks(one, own) for one in condition.arguments)


def _is(node: Node, own: str) -> bool:
    return isinstance(node, Field) and node.names == (own,)


def _names(node: Node, own: str) -> bool:
    return any(_is(one, own) for one in walk(node))
