"""Fits arguments to the parameters of an overload: variables get one type, conversions are put around."""

import re
from collections.abc import Sequence

from guanxi.formula.conversions import AS_DATE_TIME, AS_NOTHING, AS_TEXT, conversion
from guanxi.formula.errors import Fix, FormulaError
from guanxi.formula.function import Function, Overload, Parameter
from guanxi.formula.tree import Items, Literal
from guanxi.formula.typed import Typed
from guanxi.formula.types import DATE_TIME, NOTHING, TEXT, Choices, Kind, Type
from guanxi.kit.text import Text

WRONG_TYPE = Text(
    zh="{name} 的参数“{parameter}”要{wanted}，这里是{got}。",
    en="The argument “{parameter}” of {name} must be {wanted}, but this is {got}.",
)
DIFFERENT_TYPES = Text(
    zh="这里的值类型不一致：{first}和{second}。",
    en="The values here are of different types: {first} and {second}.",
)
NO_OPTION = Text(
    zh="没有名为“{value}”的选项。可选：{options}。",
    en="There is no option “{value}”. Options: {options}.",
)
READ_AS_NUMBER = Text(zh="用 VALUE 转成数字", en="Read it as a number with VALUE")
WRITE_AS_TEXT = Text(zh="用 TEXT 转成文本", en="Write it as text with TEXT")
READ_AS_DATE = Text(zh="用 TODATE 转成日期", en="Read it as a date with TODATE")
SUM_LIST = Text(zh="用 SUM 求和", en="Add the list up with SUM")
FIRST_OF_LIST = Text(zh="用 FIRST 取第一个", en="Take the first with FIRST")

KINDS: dict[Kind, Text] = {
    Kind.NUMBER: Text(zh="数字", en="a number"),
    Kind.TEXT: Text(zh="文本", en="text"),
    Kind.BOOLEAN: Text(zh="是/否", en="yes or no"),
    Kind.DATE: Text(zh="日期", en="a date"),
    Kind.DATE_TIME: Text(zh="日期时间", en="a date with time"),
    Kind.CHOICE: Text(zh="选项", en="an option"),
    Kind.RECORD: Text(zh="记录", en="a record"),
    Kind.NOTHING: Text(zh="空值", en="nothing"),
}
LISTS = Text(zh="{kind}的列表", en="a list ({kind})")
MOMENT = Text(zh="日期或日期时间", en="a date or a date with time")
ANY = Text(zh="单个值", en="a single value")

#: A number as formulas write it.
_PLAIN_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
VARIABLES = frozenset({"T", "U"})
_KIND_NAMES = frozenset(kind.value for kind in Kind)
#: Records as results: of the object every workspace has, or of any, whose fields are not told.
RECORDS = {"person": Type(Kind.RECORD, object="person"), "reference": Type(Kind.RECORD)}
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_PLURALS = {"numbers": "number", "texts": "as_text", "values": "any", "dates": "date",
            "date_times": "date_time", "booleans": "boolean"}  # fmt: skip


def fit(
    function: Function,
    overload: Overload,
    places: Sequence[Parameter],
    arguments: Sequence[Typed],
    *,
    exactly: bool,
    source: str,
) -> tuple[tuple[Typed, ...], Type]:
    """The arguments as the overload wants them, and the type of the result. Raises FormulaError.

    `exactly` allows no conversion: overloads that need none are tried first.
    """
    names = {_variable(place.pattern) for place in places} & VARIABLES
    bound = {
        name: _join([a for p, a in zip(places, arguments, strict=True) if _binds(p, name)], source)
        for name in sorted(names)
    }
    fitted = tuple(
        _fitted(function, place, argument, bound, exactly=exactly, source=source)
        for place, argument in zip(places, arguments, strict=True)
    )
    return fitted, _result(overload.result, bound, fitted)


def as_items(node: Items, items: Sequence[Typed], source: str) -> Typed:
    """A written list: its items get one type. Of records only the ids are known then, not their fields."""
    joined = _join(items, source)
    if joined.kind is Kind.RECORD:
        joined = Type(Kind.RECORD)
    fitted = tuple(_converted(one, joined) or one for one in items)
    stored = Items(tuple(one.stored for one in fitted), node.span)
    return Typed(stored, joined.listed, fitted)


def as_text(typed: Typed) -> Typed:
    """A value turned into its text."""
    return conversion(AS_TEXT, typed, TEXT)


def as_type(typed: Typed, wanted: Type) -> Typed | None:
    """The value as of a type, converted where the language does so by itself; None where it does not."""
    return _converted(typed, wanted)


def _variable(pattern: str) -> str:
    return pattern.removeprefix("list ")


def _binds(place: Parameter, name: str) -> bool:
    return _variable(place.pattern) == name


def _join(arguments: Sequence[Typed], source: str) -> Type:
    """The one type all of these can have. Raises FormulaError."""
    found = NOTHING
    for one in arguments:
        item = one.type.item
        if item.kind is Kind.NOTHING or item == found:
            continue
        if found.kind is Kind.NOTHING:
            found = item
            continue
        joined = _two(found, item)
        if joined is None:
            problem = DIFFERENT_TYPES.fill(first=KINDS[found.kind], second=KINDS[item.kind])
            raise FormulaError("different_types", problem, one.node.span, _fix(one, found, source))
        found = joined
    if found.kind is Kind.RECORD:
        for one in arguments:
            if not _refers(one):
                problem = DIFFERENT_TYPES.fill(first=KINDS[found.kind], second=KINDS[one.type.kind])
                raise FormulaError("different_types", problem, one.node.span)
    if found.kind is Kind.CHOICE and not all(_chooses(one) for one in arguments):
        return TEXT
    return found


def _two(first: Type, second: Type) -> Type | None:
    kinds = {first.kind, second.kind}
    if kinds == {Kind.DATE, Kind.DATE_TIME}:
        return DATE_TIME
    if kinds == {Kind.CHOICE, Kind.TEXT}:
        return first if first.kind is Kind.CHOICE else second
    if kinds == {Kind.RECORD} and None in (first.object, second.object):
        return Type(Kind.RECORD)
    if kinds == {Kind.RECORD, Kind.TEXT}:
        return first if first.kind is Kind.RECORD else second
    return TEXT if kinds == {Kind.CHOICE} else None


def _chooses(one: Typed) -> bool:
    """Whether it is an option already, or written down so that it can be looked up among them."""
    if one.type.kind in (Kind.CHOICE, Kind.NOTHING) or isinstance(one.node, Literal):
        return True
    return isinstance(one.node, Items) and all(_chooses(item) for item in one.arguments)


def _refers(one: Typed) -> bool:
    """Whether it is a record, or the id of one written down."""
    if one.type.kind in (Kind.RECORD, Kind.NOTHING):
        return True
    if isinstance(one.node, Items):
        return all(_refers(item) for item in one.arguments)
    value = one.node.value if isinstance(one.node, Literal) else None
    return isinstance(value, str) and _UUID.fullmatch(value) is not None


def _wanted(pattern: str, bound: dict[str, Type]) -> Type | None:
    """The type a pattern stands for; None when it takes several."""
    single = _variable(pattern)
    if single in VARIABLES:
        found = bound[single]
    elif single in RECORDS:
        found = RECORDS[single]
    elif single in _KIND_NAMES and single not in (Kind.RECORD, Kind.CHOICE):
        found = Type(Kind(single))
    else:
        return None
    return found.listed if pattern.startswith("list ") else found


def _fitted(
    function: Function,
    place: Parameter,
    argument: Typed,
    bound: dict[str, Type],
    *,
    exactly: bool,
    source: str,
) -> Typed:
    pattern = place.pattern
    if pattern in _PLURALS:
        pattern = ("list " if argument.type.is_list else "") + _PLURALS[pattern]
    if pattern == "anything":
        return argument
    wanted = _wanted(pattern, bound)
    if wanted is None:
        if fits := _special(pattern, argument):
            return fits
    elif _same(argument.type, wanted):
        return _of_type(argument, wanted)
    elif (fits := _converted(argument, wanted)) and (not exactly or _is_free(argument, wanted)):
        return fits
    problem = WRONG_TYPE.fill(
        name=function.name,
        parameter=place.name,
        wanted=_in_words(pattern, wanted),
        got=in_words(argument.type),
    )
    raise FormulaError("wrong_type", problem, argument.node.span, _fix(argument, wanted, source))


def _special(pattern: str, argument: Typed) -> Typed | None:
    is_list, single = pattern.startswith("list "), _variable(pattern)
    if argument.type.is_list != is_list:
        return None
    kind = argument.type.kind
    if single == "moment":
        return argument if kind in (Kind.DATE, Kind.DATE_TIME, Kind.NOTHING) else None
    if single in (Kind.RECORD, Kind.CHOICE):
        return argument if kind in (single, Kind.NOTHING) else None
    if single == "as_text":
        if kind in (Kind.TEXT, Kind.NOTHING):
            return _of_type(argument, TEXT.listed if is_list else TEXT)
        return conversion(AS_TEXT, argument, TEXT.listed if is_list else TEXT)
    return argument if single == "any" else None


def _same(got: Type, wanted: Type) -> bool:
    if got.is_list != wanted.is_list:
        return False
    return (
        got.kind is Kind.NOTHING
        or wanted.kind is Kind.NOTHING
        or got == wanted
        or (got.kind is wanted.kind is not Kind.CHOICE and wanted.object in (None, got.object))
    )


def _of_type(argument: Typed, wanted: Type) -> Typed:
    """Nothing, where it stands for a value of some kind, is of that kind; a yes or no is never empty."""
    if argument.type.kind is not Kind.NOTHING or wanted.kind is Kind.NOTHING:
        return argument
    if isinstance(argument.node, Literal):
        value = False if wanted.kind is Kind.BOOLEAN else None
        return Typed(Literal(value, argument.node.span), wanted)
    if isinstance(argument.node, Items):
        items = tuple(_of_type(one, wanted.item) for one in argument.arguments)
        return Typed(argument.node, wanted, items)
    return conversion(AS_NOTHING, argument, wanted)


def _is_free(argument: Typed, wanted: Type) -> bool:
    """Whether the conversion only reads a written option."""
    return wanted.kind in (Kind.CHOICE, Kind.RECORD) and isinstance(argument.node, Literal | Items)


def _converted(argument: Typed, wanted: Type) -> Typed | None:
    got = argument.type
    if _same(got, wanted):
        return _of_type(argument, wanted)
    if wanted.is_list and not got.is_list and got.kind is not Kind.RECORD:
        inner = _converted(argument, wanted.item)
        if inner is None:
            return None
        return Typed(Items((inner.node,), argument.node.span), wanted, (inner,), inner=argument)
    if got.is_list != wanted.is_list:
        return None
    if wanted.kind is Kind.CHOICE:
        return _as_choice(argument, wanted)
    if wanted.kind is Kind.RECORD:
        return _as_record(argument, wanted)
    if wanted.kind is Kind.DATE_TIME and got.kind is Kind.DATE:
        return conversion(AS_DATE_TIME, argument, wanted)
    if wanted.kind is Kind.TEXT and got.kind is Kind.CHOICE:
        return conversion(AS_TEXT, argument, wanted)
    return None


def _as_choice(argument: Typed, wanted: Type) -> Typed | None:
    if isinstance(argument.node, Items):
        items = tuple(_as_choice(one, wanted.item) or one for one in argument.arguments)
        stored = Items(tuple(one.stored for one in items), argument.node.span)
        return Typed(stored, wanted, items)
    if (
        wanted.choices is None
        or not isinstance(argument.node, Literal)
        or not isinstance(argument.node.value, str)
    ):
        return argument if argument.type.kind is Kind.NOTHING else None
    value = option_named(argument.node.value, wanted.choices)
    if value is None:
        known = "、".join(_label(one) for one in wanted.choices.labels.values())
        problem = NO_OPTION.fill(value=argument.node.value, options=known)
        raise FormulaError("no_option", problem, argument.node.span)
    return Typed(Literal(value, argument.node.span), wanted)


def _as_record(argument: Typed, wanted: Type) -> Typed | None:
    """The id of a record, written down."""
    if not _refers(argument):
        return None
    if isinstance(argument.node, Items):
        items = tuple(_as_record(one, wanted.item) or one for one in argument.arguments)
        stored = Items(tuple(one.stored for one in items), argument.node.span)
        return Typed(stored, wanted, items)
    if not isinstance(argument.node, Literal) or not isinstance(argument.node.value, str):
        return None
    return Typed(Literal(argument.node.value.lower(), argument.node.span), wanted)


def _label(labels: object) -> str:
    return next(iter(labels.values()), "") if isinstance(labels, dict) else ""


def option_named(written: str, choices: Choices) -> str | None:
    """The value of the option that is written so, or labelled so in any language."""
    if written in choices.labels:
        return written
    folded = written.casefold()
    for value, labels in choices.labels.items():
        if any(label.casefold() == folded for label in labels.values()):
            return value
    return None


def _result(pattern: str, bound: dict[str, Type], fitted: Sequence[Typed]) -> Type:
    if pattern == "same":
        return fitted[0].type
    wanted = _wanted(pattern, bound)
    if wanted is None:
        raise ValueError(f"The result '{pattern}' is no type.")
    return wanted


def in_words(type_: Type) -> Text:
    kind = KINDS[type_.kind]
    return LISTS.fill(kind=kind) if type_.is_list else kind


def _in_words(pattern: str, wanted: Type | None) -> Text:
    if wanted is not None:
        return in_words(wanted)
    single = {
        "moment": MOMENT,
        "as_text": KINDS[Kind.TEXT],
        "record": KINDS[Kind.RECORD],
        "choice": KINDS[Kind.CHOICE],
    }.get(_variable(pattern), ANY)
    return LISTS.fill(kind=single) if pattern.startswith("list ") else single


def _fix(argument: Typed, wanted: Type | None, source: str) -> Fix | None:
    """A call to put around an argument so that it fits."""
    start, end = argument.node.span
    written = source[start:end]
    if not written or wanted is None:
        return None
    got = argument.type
    if got.is_list and not wanted.is_list:
        if got.kind is Kind.NUMBER is wanted.kind:
            return Fix(SUM_LIST, (start, end), f"SUM({written})")
        return Fix(FIRST_OF_LIST, (start, end), f"FIRST({written})")
    if got.kind is Kind.TEXT and wanted.kind is Kind.NUMBER:
        if isinstance(argument.node, Literal):
            plain = written.strip('"“”')
            is_number = _PLAIN_NUMBER.fullmatch(plain)
            return Fix(READ_AS_NUMBER, (start, end), plain) if is_number else None
        return Fix(READ_AS_NUMBER, (start, end), f"VALUE({written})")
    if got.kind is Kind.TEXT and wanted.kind in (Kind.DATE, Kind.DATE_TIME):
        return Fix(READ_AS_DATE, (start, end), f"TODATE({written})")
    if wanted.kind is Kind.TEXT and not got.is_list:
        return Fix(WRITE_AS_TEXT, (start, end), f"TEXT({written})")
    return None
