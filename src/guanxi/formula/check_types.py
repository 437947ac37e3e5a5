"""Gives every node its type, every call its overload, and puts conversions where the language has them."""

from dataclasses import dataclass, replace
from difflib import get_close_matches

from guanxi.formula import unify
from guanxi.formula.errors import Fix, FormulaError
from guanxi.formula.function import Function, Functions, Overload, Parameter
from guanxi.formula.scope import Scope, Unknown
from guanxi.formula.tree import Call, Field, Items, Literal, Node, Row, Span
from guanxi.formula.typed import Typed
from guanxi.formula.types import BOOLEAN, NOTHING, NUMBER, TEXT, Type
from guanxi.kit.text import Text

NO_FUNCTION = Text(zh="没有名为“{name}”的函数。", en="There is no function “{name}”.")
NO_FIELD = Text(zh="没有名为“{name}”的字段。", en="There is no field “{name}”.")
NO_ROW = Text(
    zh="“当前行”只能写在 FILTER、MAP、COUNTIF 等函数的条件里。",
    en="CurrentValue stands only in the conditions of FILTER, MAP, COUNTIF and their like.",
)
NO_ROW_FIELDS = Text(
    zh="这个列表的每一项都是单个值，没有字段。",
    en="The items of this list are plain values without fields.",
)
TOO_FEW = Text(
    zh="函数 {name} 还缺参数“{parameter}”。", en="{name} also needs its argument “{parameter}”."
)
TOO_MANY = Text(zh="函数 {name} 的参数太多。", en="{name} has too many arguments.")
NOT_CONSTANT = Text(
    zh="函数 {name} 的参数“{parameter}”必须直接写出来。",
    en="The argument “{parameter}” of {name} must be written out.",
)
NOT_A_FIELD = Text(
    zh="函数 {name} 的参数“{parameter}”要写一个字段。",
    en="The argument “{parameter}” of {name} must be a field.",
)
DID_YOU_MEAN = Text(zh="改成“{name}”", en="Make it “{name}”")


def check(
    node: Node, scope: Scope, functions: Functions, source: str = "", row: Type | None = None
) -> Typed:
    """The typed tree; its `node` is the form to store, with unchanging names. Raises FormulaError.

    `source` is the text the node was read from; with it the errors bring fixes. `row` is what the formula is asked of
    besides the record: the row at hand.
    """
    return _Checker(scope, functions, source).typed(node, row)


@dataclass(frozen=True)
class _Checker:
    scope: Scope
    functions: Functions
    source: str

    def typed(self, node: Node, row: Type | None) -> Typed:
        if isinstance(node, Literal):
            return Typed(node, _type_of_literal(node))
        if isinstance(node, Field):
            return self._field(node)
        if isinstance(node, Row):
            return self._row(node, row)
        if isinstance(node, Items):
            items = tuple(self.typed(one, row) for one in node.items)
            return unify.as_items(node, items, self.source)
        return self._call(node, row)

    def _field(self, node: Field) -> Typed:
        found = self.scope.find(node.names)
        if isinstance(found, Unknown):
            raise self._no_field(found, node.names, node.span)
        return Typed(Field(found.names, node.span), found.type)

    def _row(self, node: Row, row: Type | None) -> Typed:
        if row is None:
            raise FormulaError("no_row", NO_ROW, node.span)
        if not node.names:
            return Typed(node, row)
        if row.object is None:
            raise FormulaError("no_row_fields", NO_ROW_FIELDS, node.span)
        found = self.scope.inside(row.object).find(node.names)
        if isinstance(found, Unknown):
            raise self._no_field(found, node.names, node.span)
        return Typed(Row(found.names, node.span), found.type)

    def _no_field(self, found: Unknown, names: tuple[str, ...], span: Span) -> FormulaError:
        fix = None
        if found.suggestions:
            better = found.suggestions[0]
            mended = [better if one == found.name else one for one in names]
            fix = Fix(DID_YOU_MEAN.fill(name=better), span, "{" + ".".join(mended) + "}")
        return FormulaError("no_field", NO_FIELD.fill(name=found.name), span, fix)

    def _call(self, node: Call, row: Type | None) -> Typed:
        function = self.functions.find(node.function)
        if function is None:
            raise self._no_function(node)
        if function.stands_for is not None:
            return self.typed(_field_meant(function, function.stands_for, node), row)
        problem: FormulaError | None = None
        unsuited: FormulaError | None = None
        known: dict[tuple[int, Type | None], Typed] = {}
        for exactly in (True, False):
            for overload in function.overloads:
                try:
                    typed = self._as(function, overload, node, row, known, exactly=exactly)
                except FormulaError as error:
                    problem = problem or error
                    continue
                try:
                    if overload.check_constants is not None:
                        overload.check_constants(node.span, *(one.node for one in typed.arguments))
                except FormulaError as error:
                    # Its arguments fit: what it says of them is more to the point.
                    unsuited = unsuited or error
                    continue
                return typed
        raise (
            unsuited
            or problem
            or FormulaError("no_function", NO_FUNCTION.fill(name=node.function), node.span)
        )

    def _no_function(self, node: Call) -> FormulaError:
        name = node.function
        known = [one for function in self.functions for one in function.names]
        near = get_close_matches(name.upper(), known, 1)
        start = node.span[0]
        fix = None
        if near and self.source[start : start + len(name)] == name:
            span = (start, start + len(name))
            fix = Fix(DID_YOU_MEAN.fill(name=near[0]), span, near[0])
        return FormulaError("no_function", NO_FUNCTION.fill(name=name), node.span, fix)

    def _as(
        self,
        function: Function,
        overload: Overload,
        node: Call,
        row: Type | None,
        known: dict[tuple[int, Type | None], Typed],
        *,
        exactly: bool,
    ) -> Typed:
        """`known` keeps the arguments typed for an earlier overload: else deep formulas would take for ever."""
        places = _places(function, overload, node)
        within = self
        if function.keeps_empty:
            within = replace(self, functions=self.functions.keeping_empty)
        arguments: list[Typed] = []
        for index, (place, argument) in enumerate(zip(places, node.arguments, strict=True)):
            inner = arguments[0].type.item if place.per_row and arguments else row
            if (index, inner) not in known:
                known[index, inner] = within.typed(argument, inner)
            arguments.append(known[index, inner])
            if place.constant and not isinstance(argument, Literal):
                problem = NOT_CONSTANT.fill(name=function.name, parameter=place.name)
                raise FormulaError("not_constant", problem, argument.span)
        fitted, result = unify.fit(
            function, overload, places, arguments, exactly=exactly, source=self.source
        )
        stored = Call(function.name, tuple(one.stored for one in fitted), node.span)
        return Typed(stored, result, fitted, function, overload)


def places_of(function: Function, typed: Typed) -> list[Parameter]:
    """The parameter of each argument of a typed call."""
    if typed.overload is None or not isinstance(typed.node, Call):
        return []
    return _places(function, typed.overload, typed.node)


def _field_meant(function: Function, name: str, node: Call) -> Field | Row:
    """The field that is meant by another word for it. Raises FormulaError."""
    places = _places(function, function.overloads[0], node)
    if not places:
        return Field((name,), node.span)
    (given,) = node.arguments
    if not isinstance(given, Field | Row):
        problem = NOT_A_FIELD.fill(name=function.name, parameter=places[0].name)
        raise FormulaError("not_a_field", problem, given.span)
    return replace(given, names=(*given.names, name), span=node.span)


def _type_of_literal(node: Literal) -> Type:
    if node.value is None:
        return NOTHING
    if isinstance(node.value, bool):
        return BOOLEAN
    return TEXT if isinstance(node.value, str) else NUMBER


def _places(function: Function, overload: Overload, node: Call) -> list[Parameter]:
    """The parameter of each argument. Raises FormulaError when there are too few or too many."""
    given = len(node.arguments)
    before = [one for one in overload.parameters if not one.repeats]
    group = [one for one in overload.parameters if one.repeats]
    if not group:
        places = list(overload.parameters)
    else:
        first = overload.parameters.index(group[0])
        head, tail = before[:first], before[first:]
        times = max((given - len(head)) // len(group), 1)
        rest = given - len(head) - times * len(group)
        places = head + group * times + tail[: max(rest, 0)]
    if given > len(places):
        raise FormulaError("too_many", TOO_MANY.fill(name=function.name), node.span)
    for missing in places[given:]:
        if not missing.optional:
            problem = TOO_FEW.fill(name=function.name, parameter=missing.name)
            raise FormulaError("too_few", problem, node.span)
    return places[:given]
