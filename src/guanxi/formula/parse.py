"""Formula text → tree, by Pratt's top-down operator precedence (POPL 1973)."""

from collections.abc import Mapping
from decimal import Decimal

from guanxi.formula.errors import Fix, FormulaError
from guanxi.formula.json_form import TOO_MUCH
from guanxi.formula.tokens import Token, tokens_of
from guanxi.formula.tree import (
    MOST_DEPTH,
    MOST_NODES,
    Call,
    Field,
    Items,
    Literal,
    Node,
    Row,
    Span,
)
from guanxi.kit.money import EXACT
from guanxi.kit.text import Text

#: How tightly an operator binds to what stands before it.
BINDING: Mapping[str, int] = {
    "||": 1, "&&": 2,
    "=": 3, "<>": 3, "<": 3, "<=": 3, ">": 3, ">=": 3, "in": 3,
    "&": 4, "+": 5, "-": 5, "*": 6, "/": 6, "%": 6, "^": 7,
}  # fmt: skip
COMPARISON = 3
POWER = 7
_NAMES = {"||": "OR", "&&": "AND", "in": "IN"}

#: What the row at hand is called inside FILTER and its like.
ROW_WORDS = frozenset({"currentvalue", "row", "当前行", "当前值"})
_CONSTANTS: Mapping[str, bool] = {"TRUE": True, "FALSE": False, "真": True, "假": False}

EMPTY_FORMULA = Text(zh="公式是空的。", en="The formula is empty.")
UNEXPECTED = Text(zh="这里不该出现“{word}”。", en="“{word}” cannot stand here.")
ENDS_EARLY = Text(
    zh="公式没有写完，这里还缺一个值。", en="The formula ends early: a value is missing here."
)
MISSING = Text(zh="这里缺少“{sign}”。", en="A “{sign}” is missing here.")
ADD_SIGN = Text(zh="补上“{sign}”", en="Add “{sign}”")
CHAINED = Text(
    zh="比较不能连写，请写成 a < b && b < c。",
    en="Comparisons cannot be chained; write a < b && b < c.",
)
BARE_NAME = Text(
    zh="“{name}”是函数就要加括号，是字段就写成 {{{name}}}。",
    en="A function needs brackets; if “{name}” is a field, write {{{name}}}.",
)
AS_FIELD = Text(zh="改成字段 {{{name}}}", en="Make it the field {{{name}}}")
NO_FIELD_NAME = Text(zh="花括号里要写字段名。", en="The braces need the name of a field.")
BIG_NUMBER = Text(zh="数字太长。", en="The number has too many digits.")


def parse(text: str) -> Node:
    """The tree of a formula, with the names as they were written. Raises FormulaError with the place."""
    return _Parser(tokens_of(text)).whole()


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._place = 0
        self._nodes = 0
        self._depth = 0

    def whole(self) -> Node:
        if self._now.kind == "end":
            raise FormulaError("empty_formula", EMPTY_FORMULA)
        node = self._expression(0)
        if self._now.kind != "end":
            raise self._unexpected(self._now)
        return node

    @property
    def _now(self) -> Token:
        return self._tokens[self._place]

    def _step(self) -> Token:
        token = self._tokens[self._place]
        self._place += 1
        return token

    def _count(self, span: Span) -> None:
        self._nodes += 1
        if self._nodes > MOST_NODES or self._depth > MOST_DEPTH:
            raise FormulaError("too_large", TOO_MUCH.fill(nodes=MOST_NODES, depth=MOST_DEPTH), span)

    def _expression(self, least: int) -> Node:
        self._depth += 1
        self._count(self._now.span)
        left = self._unary()
        while (binding := self._binding(self._now)) > least:
            left = self._infix(left, binding)
        self._depth -= 1
        return left

    def _binding(self, token: Token) -> int:
        if token.kind == "sign" or (token.kind == "name" and token.value.lower() == "in"):
            return BINDING.get(token.value.lower(), 0)
        return 0

    def _infix(self, left: Node, binding: int) -> Node:
        operator = self._step()
        right = self._expression(binding - 1 if binding == POWER else binding)
        if binding == COMPARISON and self._binding(self._now) == COMPARISON:
            raise FormulaError("chained_comparison", CHAINED, self._now.span)
        word = operator.value.lower()
        return Call(_NAMES.get(word, word), (left, right), (left.span[0], right.span[1]))

    def _unary(self) -> Node:
        if self._now.kind == "sign" and self._now.value == "-":
            return self._negative()
        return self._postfix(self._primary())

    def _negative(self) -> Node:
        sign = self._step()
        self._depth += 1
        self._count(sign.span)
        inner = self._unary()
        self._depth -= 1
        span = (sign.span[0], inner.span[1])
        if isinstance(inner, Literal) and isinstance(inner.value, Decimal) and inner.value:
            return Literal(-inner.value, span)
        return Call("NEGATE", (inner,), span)

    def _postfix(self, node: Node) -> Node:
        while self._now.kind == "sign" and self._now.value == ".":
            self._step()
            token = self._step()
            if token.kind == "field":
                node = self._reached(node, token)
            elif token.kind == "name":
                self._expect("(")
                arguments = self._arguments(")")
                node = Call(token.value, (node, *arguments), (node.span[0], self._end))
                self._count(node.span)
            else:
                raise self._unexpected(token)
        return node

    def _reached(self, node: Node, token: Token) -> Node:
        """`{a}.{b}` is the path a.b; `FILTER(…).{b}` takes the field of each row."""
        names, span = _names(token), (node.span[0], token.span[1])
        if isinstance(node, Field):
            return Field(node.names + names, span)
        if isinstance(node, Row):
            return Row(node.names + names, span)
        self._count(token.span)
        return Call("MAP", (node, Row(names, token.span)), span)

    @property
    def _end(self) -> int:
        return self._tokens[self._place - 1].span[1]

    def _primary(self) -> Node:
        token = self._step()
        if token.kind == "number":
            return _number(token)
        if token.kind == "text":
            return Literal(token.value or None, token.span)
        if token.kind == "field":
            return _field(token)
        if token.kind == "name":
            return self._named(token)
        if token.kind == "end":
            raise FormulaError("ends_early", ENDS_EARLY, token.span)
        if token.value == "(":
            inner = self._expression(0)
            self._expect(")")
            return inner
        if token.value == "[":
            items = self._arguments("]")
            return Items(items, (token.span[0], self._end))
        raise self._unexpected(token)

    def _named(self, token: Token) -> Node:
        if self._now.kind == "sign" and self._now.value == "(":
            self._step()
            arguments = self._arguments(")")
            return Call(token.value, arguments, (token.span[0], self._end))
        constant = _CONSTANTS.get(token.value.upper())
        if constant is not None:
            return Literal(constant, token.span)
        name = token.value
        fix = Fix(AS_FIELD.fill(name=name), token.span, f"{{{name}}}")
        raise FormulaError("bare_name", BARE_NAME.fill(name=name), token.span, fix)

    def _arguments(self, closing: str) -> tuple[Node, ...]:
        found: list[Node] = []
        if self._now.value == closing and self._now.kind == "sign":
            self._step()
            return ()
        while True:
            found.append(self._expression(0))
            if self._now.kind == "sign" and self._now.value == ",":
                self._step()
                continue
            self._expect(closing)
            return tuple(found)

    def _expect(self, sign: str) -> None:
        token = self._step()
        if token.kind == "sign" and token.value == sign:
            return
        place = self._tokens[max(self._place - 2, 0)].span[1]
        fix = Fix(ADD_SIGN.fill(sign=sign), (place, place), sign)
        raise FormulaError("missing_sign", MISSING.fill(sign=sign), token.span, fix)

    def _unexpected(self, token: Token) -> FormulaError:
        if token.kind == "end":
            return FormulaError("ends_early", ENDS_EARLY, token.span)
        word = f"{{{token.value}}}" if token.kind == "field" else token.value
        return FormulaError("unexpected", UNEXPECTED.fill(word=word), token.span)


def _number(token: Token) -> Literal:
    value = EXACT.create_decimal(token.value)
    if len(value.as_tuple().digits) > 38 or abs(value.adjusted()) > 28:
        raise FormulaError("big_number", BIG_NUMBER, token.span)
    return Literal(value, token.span)


def _names(token: Token) -> tuple[str, ...]:
    names = tuple(part.strip() for part in token.value.split("."))
    if not all(names):
        raise FormulaError("no_field_name", NO_FIELD_NAME, token.span)
    return names


def _field(token: Token) -> Node:
    names = _names(token)
    if names[0].lower() in ROW_WORDS:
        return Row(names[1:], token.span)
    return Field(names, token.span)
