"""The contract of a function of the expression language."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from guanxi.kit.text import Text


class Family(StrEnum):
    """The shelves of the function help."""

    OPERATORS = "operators"
    LOGIC = "logic"
    NUMBERS = "numbers"
    TEXT = "text"
    DATES = "dates"
    LISTS = "lists"
    SYSTEM = "system"
    #: Conversions the type checker puts in; nobody writes them.
    INTERNAL = "internal"


class Volatility(StrEnum):
    """What a value hangs on besides the record."""

    PURE = "pure"
    #: The time at which one looks: never stored, always computed.
    CLOCK = "clock"
    #: Who looks: only in defaults, visibility and filters.
    PERSON = "person"


@dataclass(frozen=True)
class Parameter:
    """A place for an argument.

    `pattern` is a kind of value (`number`), `moment` (a date or a time), `as_text` (anything, turned into text),
    `any` (a single value), `anything`, a variable (`T`: all its places get one type), each perhaps as a list
    (`list number`, `list T`) or as either (`numbers`: single numbers and lists of them, in any mixture).
    """

    name: Text
    pattern: str
    optional: bool = False
    #: Stands for any number of arguments; several such in a row repeat as a group.
    repeats: bool = False
    #: Computed for each item of the first argument, which it calls CurrentValue.
    per_row: bool = False
    #: Must be written down, so that it is known before any record is.
    constant: bool = False
    #: What may be written for a constant, or some of it.
    samples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Overload:
    """One way to call a function, and what it then does in Python and in SQL."""

    parameters: tuple[Parameter, ...]
    result: str
    #: Given the values of the arguments; when `lazy`, the environment and the arguments unevaluated.
    python: Callable[..., Any]
    #: Given the compiler and the arguments as SqlValues; returns an SqlValue.
    sql: Callable[..., Any]
    lazy: bool = False
    #: Whether `python` is given the environment (zone, now) first.
    in_environment: bool = False
    #: Whether `python` is given the types of the arguments, and returns what is then given their values.
    by_type: bool = False
    #: Looks at constant arguments; raises FormulaError when they make no sense.
    check_constants: Callable[..., None] | None = None


@dataclass(frozen=True)
class Example:
    """A formula and what comes of it; None is empty. Each is a vector all engines must agree on."""

    formula: str
    value: str | bool | None


@dataclass(frozen=True)
class Function:
    """Something a formula can call."""

    name: str
    family: Family
    #: What it is called in Chinese, as people of other products know it.
    chinese: str | None
    #: What it does, in a sentence or two.
    help: Text
    overloads: tuple[Overload, ...]
    examples: tuple[Example, ...]
    aliases: tuple[str, ...] = ()
    volatility: Volatility = Volatility.PURE
    #: Whether it asks a work calendar: what is stored is computed anew when calendars change.
    asks_calendar: bool = False
    #: Inside it, what is empty stays empty: functions do what `empty_kept` says.
    keeps_empty: bool = False
    #: The field it is another word for: of the record, or with an argument of the person that is there.
    stands_for: str | None = None
    #: What it does inside such a function, where that is something else; an overload for each.
    empty_kept: tuple[Overload, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        chinese = () if self.chinese is None else (self.chinese,)
        return (self.name, *chinese, *self.aliases)

    def joined(self, other: "Function") -> "Function":
        """One function that can be called in the ways of both: parts of it may be told by different files."""
        if (self.names, self.family) != (other.names, other.family):
            raise ValueError(f"Two functions are named '{self.name}'.")
        told = (self.help, other.help)
        return replace(
            self,
            help=Text(zh="".join(one.zh for one in told), en=" ".join(one.en for one in told)),
            overloads=(*self.overloads, *other.overloads),
            examples=(*self.examples, *other.examples),
        )


def parameter(zh: str, en: str, pattern: str, **more: Any) -> Parameter:
    return Parameter(Text(zh=zh, en=en), pattern, **more)


def overload(
    parameters: Sequence[Parameter],
    result: str,
    *,
    python: Callable[..., Any],
    sql: Callable[..., Any],
    **more: Any,
) -> Overload:
    return Overload(tuple(parameters), result, python, sql, **more)


class Functions:
    """All functions, found by any of their names in any case."""

    def __init__(self, functions: Sequence[Function]) -> None:
        self._by_name: dict[str, Function] = {}
        named: dict[str, Function] = {}
        for one in functions:
            named[one.name] = named[one.name].joined(one) if one.name in named else one
        self._all = tuple(named.values())
        for function in self._all:
            for name in function.names:
                if self._by_name.setdefault(name.upper(), function) is not function:
                    raise ValueError(f"Two functions are named '{name}'.")

    def find(self, name: str) -> Function | None:
        return self._by_name.get(name.upper())

    @cached_property
    def keeping_empty(self) -> "Functions":
        """The same functions inside one that keeps empty values empty."""
        return Functions([replace(one, overloads=one.empty_kept or one.overloads) for one in self])

    def __iter__(self) -> Iterator[Function]:
        return iter(self._all)
