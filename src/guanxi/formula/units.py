"""The units in which days and time are counted, and the words for them."""

from collections.abc import Mapping

from guanxi.formula.errors import FormulaError
from guanxi.formula.tree import Literal, Node, Span
from guanxi.kit.text import Text

#: Months in a unit of the calendar.
MONTHS: Mapping[str, int] = {"Y": 12, "Q": 3, "M": 1}
#: Days in one.
DAYS: Mapping[str, int] = {"W": 7, "D": 1}
#: Seconds in a unit of the clock.
SECONDS: Mapping[str, int] = {"H": 3600, "MIN": 60, "S": 1}
CALENDAR = (*MONTHS, *DAYS)
CLOCK = tuple(SECONDS)
#: What can be counted between two days: also months beyond the years and days beyond the months.
BETWEEN = ("Y", "Q", "M", "W", "D", "YM", "MD", "H", "MIN", "S")

WORDS: Mapping[str, tuple[str, ...]] = {
    "Y": ("YEAR", "YEARS", "年"),
    "Q": ("QUARTER", "QUARTERS", "季度"),
    "M": ("MONTH", "MONTHS", "月"),
    "W": ("WEEK", "WEEKS", "周"),
    "D": ("DAY", "DAYS", "日", "天"),
    "H": ("HOUR", "HOURS", "小时", "时"),
    "MIN": ("MINUTE", "MINUTES", "分钟", "分"),
    "S": ("SECOND", "SECONDS", "秒"),
}
_BY_WORD = {word: unit for unit, words in WORDS.items() for word in words}

NO_UNIT = Text(
    zh="这里没有“{unit}”这个单位。可选：{units}。",
    en="There is no unit “{unit}” here. Units: {units}.",
)


def unit_named(word: str) -> str:
    """The unit a word stands for; of an unknown word itself."""
    upper = word.strip().upper()
    return _BY_WORD.get(upper, upper)


def check_unit(units: tuple[str, ...], place: int, span: Span, nodes: tuple[Node, ...]) -> None:
    """Raises FormulaError unless the argument at this place, if there is one, names one of the units."""
    node = nodes[place] if place < len(nodes) else None
    if not isinstance(node, Literal):
        return
    written = node.value if isinstance(node.value, str) else ""
    if unit_named(written) not in units:
        problem = NO_UNIT.fill(unit=written, units="、".join(units))
        raise FormulaError("no_unit", problem, node.span)
