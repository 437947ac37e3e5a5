"""Which work calendars a formula asks, and whether there are such."""

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from guanxi.formula.builtin import builtin_functions
from guanxi.formula.errors import Fix, FormulaError
from guanxi.formula.tree import Call, Literal, Node, Span, walk
from guanxi.formula.work_calendar import STANDARD
from guanxi.kit.text import Text

NO_CALENDAR = Text(
    zh="没有名为“{name}”的工作日历。可选：{names}。",
    en="There is no work calendar “{name}”. Calendars: {names}.",
)
USE_CALENDAR = Text(zh="改成“{name}”", en="Make it “{name}”")


def asked_calendars(node: Node) -> Iterator[tuple[str, Span]]:
    """The calendars the calls of a formula name, each with its place; the standard one where they name none."""
    for call in walk(node):
        function = builtin_functions().find(call.function) if isinstance(call, Call) else None
        if function is None or not function.asks_calendar or not isinstance(call, Call):
            continue
        place = next(
            place
            for place, one in enumerate(function.overloads[0].parameters)
            if one.name.en == "calendar"
        )
        given = call.arguments[place] if place < len(call.arguments) else None
        name = given.value if isinstance(given, Literal) else None
        yield (str(name) if name else STANDARD), (call.span if given is None else given.span)


def check_calendar_names(node: Node, known: Collection[str]) -> None:
    """Raises FormulaError at a calendar that is not there."""
    for name, span in asked_calendars(node):
        if name == STANDARD or name in known:
            continue
        near = get_close_matches(name, sorted(known), 1)
        fix = Fix(USE_CALENDAR.fill(name=near[0]), span, f'"{near[0]}"') if near else None
        problem = NO_CALENDAR.fill(name=name, names="、".join(sorted(known)))
        raise FormulaError("no_calendar", problem, span, fix)
