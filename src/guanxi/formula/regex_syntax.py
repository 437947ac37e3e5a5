"""Regular expressions: the part of them that means the same everywhere, read into a tree.

Of the texts that match from one place on, the longest is taken, as POSIX and PostgreSQL have it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from guanxi.formula.errors import FormulaError
from guanxi.kit.text import Text

NO_REGEX = Text(
    zh="正则表达式第 {place} 个字符有问题：{reason}",
    en="The regular expression is wrong at character {place}: {reason}",
)
REGEX_ENDS = Text(zh="没有写完。", en="it ends early.")
NOTHING_HERE = Text(zh="这里缺少内容。", en="something is missing here.")
NOTHING_TO_REPEAT = Text(zh="前面没有可以重复的内容。", en="there is nothing to repeat.")
NOT_LAZY = Text(
    zh="不支持 *?、+?、*+ 等，匹配总是取最长的。",
    en="there is no lazy or possessive repeating; the longest match is taken.",
)
WRONG_COUNT = Text(
    zh="重复次数写作 {{2}}、{{2,}} 或 {{2,5}}，最多 255。",
    en="write {{2}}, {{2,}} or {{2,5}}, up to 255.",
)
NOT_HERE = Text(
    zh="^ 只能在开头，$ 只能在结尾。", en="^ stands only at the beginning and $ only at the end."
)
NO_SPECIAL_GROUP = Text(
    zh="只支持 (…) 和 (?:…)，不支持断言和命名分组。",
    en="only (…) and (?:…) are known, not assertions and named groups.",
)
NO_ESCAPE = Text(
    zh="不支持 \\{sign}；可用 \\d \\w \\s \\t \\n \\uXXXX 和转义的符号。",
    en="\\{sign} is not known; there are \\d \\w \\s \\t \\n \\uXXXX and escaped signs.",
)
BARE_SIGN = Text(zh="“{sign}”要写成 \\{sign}。", en="write \\{sign}.")
WRONG_RANGE = Text(zh="范围的起点大于终点。", en="the range ends before it begins.")
TOO_LARGE = Text(zh="表达式太大了。", en="it is too large.")

LAST = 0x10FFFF
MOST_SIGNS = 500
MOST_TIMES = 255
#: Characters of text the tree may speak of, repetitions written out.
MOST_PLACES = 300
MOST_DEPTH = 20

Range = tuple[int, int]


@dataclass(frozen=True)
class Some:
    """One character out of these, in order and apart."""

    ranges: tuple[Range, ...]


@dataclass(frozen=True)
class Row:
    """One after the other."""

    parts: "tuple[Regex, ...]"


@dataclass(frozen=True)
class Either:
    """One of them."""

    parts: "tuple[Regex, ...]"


@dataclass(frozen=True)
class Times:
    """So many times; without end when `most` is None."""

    part: "Regex"
    least: int
    most: int | None


@dataclass(frozen=True)
class Group:
    """Something in brackets, with its number among those that are counted."""

    part: "Regex"
    number: int | None


Regex = Some | Row | Either | Times | Group


@dataclass(frozen=True)
class Branch:
    """An alternative of the whole: what it matches, and whether only at the ends of the text."""

    row: Row
    at_start: bool
    at_end: bool


class RegexError(ValueError):
    """Where a regular expression is wrong, counted from 0, and why."""

    def __init__(self, place: int, reason: Text) -> None:
        self.place = place
        self.reason = reason
        super().__init__(reason.en)

    def at(self, start: int, end: int, written: str) -> FormulaError:
        """As an error about the text that stands there in a formula."""
        # With doubled quotes or escapes the places inside are not known.
        inside = end - start == len(written) + 2 and self.place < len(written)
        span = (start + 1 + self.place, start + 2 + self.place) if inside else (start, end)
        problem = NO_REGEX.fill(place=self.place + 1, reason=self.reason)
        return FormulaError("no_regex", problem, span)


@lru_cache(maxsize=1000)
def read_regex(written: str) -> tuple[Branch, ...]:
    """Raises RegexError."""
    return _Reader(written).whole()


def joined(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """In order, those that touch as one."""
    found: list[Range] = []
    for first, last in sorted(ranges):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return tuple(found)


def others(ranges: tuple[Range, ...]) -> tuple[Range, ...]:
    """All characters but these."""
    found, start = [], 0
    for first, last in ranges:
        if first > start:
            found.append((start, first - 1))
        start = last + 1
    return (*found, (start, LAST)) if start <= LAST else tuple(found)


_DIGITS: tuple[Range, ...] = ((48, 57),)
_WORD: tuple[Range, ...] = ((48, 57), (65, 90), (95, 95), (97, 122))
_BLANKS: tuple[Range, ...] = (
    (9, 13), (28, 32), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029),
    (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000),
)  # fmt: skip
_CLASSES = {
    "d": _DIGITS, "D": others(_DIGITS), "w": _WORD, "W": others(_WORD), "s": _BLANKS, "S": others(_BLANKS),
}  # fmt: skip
_CONTROLS = {"t": 9, "n": 10, "r": 13}
_SIGNS = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ ")


class _Reader:
    def __init__(self, written: str) -> None:
        self._written = written
        self._place = 0
        self._groups = 0
        self._depth = 0
        self._any_case = False

    def whole(self) -> tuple[Branch, ...]:
        if len(self._written) > MOST_SIGNS:
            raise RegexError(MOST_SIGNS, TOO_LARGE)
        if self._written.startswith("(?i)"):
            self._any_case, self._place = True, 4
        branches = [self._branch()]
        while self._took("|"):
            branches.append(self._branch())
        if self._place < len(self._written):
            raise RegexError(self._place, BARE_SIGN.fill(sign=self._now))
        if sum(places_in(one.row) for one in branches) > MOST_PLACES:
            raise RegexError(0, TOO_LARGE)
        return tuple(branches)

    def _branch(self) -> Branch:
        at_start = self._took("^")
        row = self._row(may_be_empty=True)
        at_end = self._took("$")
        if not row.parts and not (at_start or at_end):
            raise RegexError(self._place, NOTHING_HERE)
        if self._now and self._now not in "|)":
            raise RegexError(self._place, NOT_HERE)
        return Branch(row, at_start, at_end)

    def _row(self, *, may_be_empty: bool) -> Row:
        parts: list[Regex] = []
        while self._now and self._now not in "|)$":
            parts.append(self._repeated(self._one()))
        if not parts and not may_be_empty:
            raise RegexError(self._place, NOT_HERE if self._now == "$" else NOTHING_HERE)
        return Row(tuple(parts))

    def _one(self) -> Regex:
        sign, at = self._now, self._place
        if sign == "(":
            return self._group()
        self._place += 1
        if sign == "[":
            return self._set(at)
        if sign == ".":
            return Some(((0, LAST),))
        if sign == "\\":
            return self._some(self._escaped())
        if sign in "*+?":
            raise RegexError(at, NOTHING_TO_REPEAT)
        if sign == "^":
            raise RegexError(at, NOT_HERE)
        if sign in "{}]":
            raise RegexError(at, BARE_SIGN.fill(sign=sign))
        return self._some(((ord(sign), ord(sign)),))

    def _group(self) -> Group:
        at, number = self._place, None
        self._place += 1
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise RegexError(at, TOO_LARGE)
        if self._took("?"):
            if not self._took(":"):
                raise RegexError(at, NO_SPECIAL_GROUP)
        else:
            self._groups += 1
            number = self._groups
        parts: list[Regex] = [self._row(may_be_empty=False)]
        while self._took("|"):
            parts.append(self._row(may_be_empty=False))
        if self._now == "$":
            raise RegexError(self._place, NOT_HERE)
        if not self._took(")"):
            raise RegexError(self._place, REGEX_ENDS)
        self._depth -= 1
        return Group(parts[0] if len(parts) == 1 else Either(tuple(parts)), number)

    def _repeated(self, part: Regex) -> Regex:
        at = self._place
        least: int
        most: int | None
        if self._took("*"):
            least, most = 0, None
        elif self._took("+"):
            least, most = 1, None
        elif self._took("?"):
            least, most = 0, 1
        elif self._took("{"):
            least, most = self._counted(at)
        else:
            return part
        if self._now and self._now in "*+?{":
            raise RegexError(self._place, NOT_LAZY)
        return _times(part, least, most)

    def _counted(self, at: int) -> tuple[int, int | None]:
        end = self._written.find("}", self._place)
        least, comma, most = self._written[self._place : max(end, 0)].partition(",")
        given = (least, most) if most else (least,)
        if end < 0 or not all(one.isascii() and one.isdigit() and len(one) <= 3 for one in given):
            raise RegexError(at, WRONG_COUNT)
        self._place = end + 1
        highest = int(most) if most else None if comma else int(least)
        largest = int(least) if highest is None else highest
        if not 1 <= largest <= MOST_TIMES and not (highest is None and largest == 0):
            raise RegexError(at, WRONG_COUNT)
        if int(least) > largest:
            raise RegexError(at, WRONG_COUNT)
        return int(least), highest

    def _set(self, at: int) -> Some:
        is_negated = self._took("^")
        found: list[Range] = []
        while self._now != "]":
            found += self._item()
        if not found:
            raise RegexError(at, NOTHING_HERE)
        self._place += 1
        ranges = self._some(joined(found)).ranges
        return Some(others(ranges) if is_negated else ranges)

    def _item(self) -> tuple[Range, ...]:
        at = self._place
        first = self._character()
        rest = self._written[self._place : self._place + 2]
        if not rest.startswith("-") or rest == "-]" or not _is_one(first):
            return first
        self._place += 1
        last = self._character()
        if not _is_one(last) or last[0][0] < first[0][0]:
            raise RegexError(at, WRONG_RANGE)
        return ((first[0][0], last[0][0]),)

    def _character(self) -> tuple[Range, ...]:
        sign = self._now
        if not sign:
            raise RegexError(self._place, REGEX_ENDS)
        if sign == "[":
            raise RegexError(self._place, BARE_SIGN.fill(sign=sign))
        self._place += 1
        return self._escaped() if sign == "\\" else ((ord(sign), ord(sign)),)

    def _escaped(self) -> tuple[Range, ...]:
        sign = self._now
        if not sign:
            raise RegexError(self._place, REGEX_ENDS)
        self._place += 1
        if sign in _CLASSES:
            return _CLASSES[sign]
        if sign in _CONTROLS:
            return ((_CONTROLS[sign],) * 2,)
        if sign in _SIGNS:
            return ((ord(sign),) * 2,)
        if sign == "u":
            digits = self._written[self._place : self._place + 4]
            if len(digits) == 4 and all(one in "0123456789abcdefABCDEF" for one in digits):
                self._place += 4
                return ((int(digits, 16),) * 2,)
        raise RegexError(self._place - 1, NO_ESCAPE.fill(sign=sign))

    def _some(self, ranges: tuple[Range, ...]) -> Some:
        """In both cases where case does not count; for the letters of ASCII."""
        if not self._any_case:
            return Some(ranges)
        found = list(ranges)
        for first, last in ranges:
            for start, end, step in ((65, 90, 32), (97, 122, -32)):
                low, high = max(first, start), min(last, end)
                if low <= high:
                    found.append((low + step, high + step))
        return Some(joined(found))

    @property
    def _now(self) -> str:
        return self._written[self._place : self._place + 1]

    def _took(self, sign: str) -> bool:
        if self._now != sign:
            return False
        self._place += 1
        return True


def _is_one(ranges: tuple[Range, ...]) -> bool:
    return len(ranges) == 1 and ranges[0][0] == ranges[0][1]


def may_be_nothing(regex: Regex) -> bool:
    """Whether it matches the empty text too."""
    if isinstance(regex, Some):
        return False
    if isinstance(regex, Times):
        return regex.least == 0 or may_be_nothing(regex.part)
    if isinstance(regex, Group):
        return may_be_nothing(regex.part)
    whether = all if isinstance(regex, Row) else any
    return whether(may_be_nothing(one) for one in regex.parts)


def _times(part: Regex, least: int, most: int | None) -> Times:
    """What may be nothing is repeated as if it were something: engines take long over options in options."""
    something = _something(part) if may_be_nothing(part) else None
    return Times(part, least, most) if something is None else Times(something, 0, most)


def _something(regex: Regex) -> Regex | None:
    """The same without the empty text; None where that would have to be written out."""
    if not may_be_nothing(regex):
        return regex
    if isinstance(regex, Times):
        return None if may_be_nothing(regex.part) else Times(regex.part, 1, regex.most)
    if isinstance(regex, Group):
        part = _something(regex.part)
        return part and Group(part, regex.number)
    if isinstance(regex, Either):
        parts = [_something(one) for one in regex.parts]
        given = tuple(one for one in parts if one is not None)
        return Either(given) if len(given) == len(parts) else None
    return _something(regex.parts[0]) if isinstance(regex, Row) and len(regex.parts) == 1 else None


def places_in(regex: Regex) -> int:
    """How many characters it speaks of, repetitions written out."""
    if isinstance(regex, Some):
        return 1
    if isinstance(regex, Times):
        times = max(regex.least, 1) if regex.most is None else regex.most
        return places_in(regex.part) * times
    return sum(places_in(one) for one in branches_of(regex))


def branches_of(regex: Row | Either | Group) -> "tuple[Regex, ...]":
    """What it is made of."""
    return (regex.part,) if isinstance(regex, Group) else regex.parts
