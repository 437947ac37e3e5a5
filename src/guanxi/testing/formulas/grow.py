"""Random formulas that the type checker accepts, grown from the registry: a new function is tried at once."""

import random
from collections.abc import Sequence
from decimal import Decimal

from guanxi.formula.function import Family, Function, Functions, Overload, Parameter
from guanxi.formula.tree import Call, Field, Items, Literal, Node, Row
from guanxi.formula.types import BOOLEAN, DATE, DATE_TIME, NUMBER, TEXT, Kind, Type
from guanxi.testing.formulas.calendars import CALENDAR_NAMES
from guanxi.testing.formulas.world import ACCOUNT, CHOICE, DEAL, LINE, LINES, PEOPLE, PERSON

SINGLES: tuple[Type, ...] = (NUMBER, TEXT, BOOLEAN, DATE, DATE_TIME, CHOICE, PERSON)
_NUMBERS = ("0", "1", "2", "3", "-1", "0.5", "10", "7", "100", "1.005", "-2.5", "12", "2026")
_TEXTS = ("a", "b", "ab", " ", "中", "1", "-", "ß", "won", "B c", "2026-02-28", ",",
          "2026年1月31日 9:30", "20240229", "2026-02-30", "2026-11-01T05:30:00Z")  # fmt: skip


class Grower:
    """Grows formulas; equal seeds grow equal ones."""

    def __init__(self, functions: Functions, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - repeatable, no secret
        self._overloads: list[tuple[Function, Overload]] = [
            (function, overload)
            for function in functions
            if function.family is not Family.INTERNAL and function.stands_for is None
            for overload in function.overloads
        ]

    def formula(self, depth: int) -> Node:
        return self.node(self._chance.choice(SINGLES), depth, None)

    def calling(self, function: Function, overload: Overload, depth: int) -> Node:
        """A call of this very overload."""
        return self._call(function, overload, self._variables(), depth, None)

    def node(self, wanted: Type, depth: int, row: Type | None) -> Node:
        if wanted.kind is Kind.DATE_TIME and self._chance.random() < 0.2:
            # Where a time may stand, a date may.
            return self.node(DATE.listed if wanted.is_list else DATE, depth, row)
        if depth <= 0 or self._chance.random() < 0.15:
            return self._leaf(wanted, row)
        fitting = [
            (function, overload)
            for function, overload in self._overloads
            if _gives(overload.result, wanted)
        ]
        if not fitting:
            return self._leaf(wanted, row)
        function, overload = self._chance.choice(fitting)
        variables = self._variables()
        if overload.result in ("T", "list T"):
            variables["T"] = wanted.item
        return self._call(function, overload, variables, depth, row)

    def _variables(self) -> dict[str, Type]:
        return {"T": self._chance.choice(SINGLES), "U": self._chance.choice(SINGLES)}

    def _call(
        self,
        function: Function,
        overload: Overload,
        variables: dict[str, Type],
        depth: int,
        row: Type | None,
    ) -> Node:
        arguments: list[Node] = []
        of_rows = any(place.per_row for place in overload.parameters)
        rows = self._chance.random() < 0.7
        for place in self._places(overload.parameters):
            if place.constant:
                arguments.append(self._constant(place))
            elif place.per_row:
                item = LINES.item if rows else variables["T"]
                arguments.append(self.node(self._of(place.pattern, variables), depth - 1, item))
            elif of_rows and not arguments and rows:
                arguments.append(Field(("lines",)))
            else:
                arguments.append(self.node(self._of(place.pattern, variables), depth - 1, row))
        return Call(function.name, tuple(arguments))

    def _constant(self, place: Parameter) -> Node:
        if place.pattern == "number":
            return Literal(Decimal(self._chance.choice(place.samples or ("0", "1", "2", "3"))))
        if place.name.en == "calendar":
            return Literal(self._chance.choice(CALENDAR_NAMES))
        return Literal(self._chance.choice(place.samples or _TEXTS))

    def _places(self, parameters: Sequence[Parameter]) -> list[Parameter]:
        group = [one for one in parameters if one.repeats]
        places: list[Parameter] = []
        for place in parameters:
            if place.repeats:
                if place is group[0]:
                    places += group * self._chance.choice((1, 1, 2, 3))
            elif place.optional and self._chance.random() < 0.4:
                break
            else:
                places.append(place)
        return places

    def _of(self, pattern: str, variables: dict[str, Type]) -> Type:
        if pattern in _MIXED:
            kind = _MIXED[pattern] or self._chance.choice(SINGLES)
            return kind.listed if self._chance.random() < 0.5 else kind
        is_list, single = pattern.startswith("list "), pattern.removeprefix("list ")
        if single in variables:
            found = variables[single]
        elif single == "moment":
            found = self._chance.choice((DATE, DATE_TIME))
        elif single == "record":
            found = LINES.item
        elif single in ("any", "as_text", "anything"):
            found = self._chance.choice(SINGLES)
        else:
            found = Type(Kind(single))
        return found.listed if is_list else found

    def _leaf(self, wanted: Type, row: Type | None) -> Node:
        if wanted.is_list:
            return self._list(wanted, row)
        if row is not None and self._chance.random() < 0.6:
            if row.object is not None:
                names = [name for name, type_ in LINE.items() if type_.kind is wanted.kind]
                if names:
                    return Row((self._chance.choice(names),))
            elif row.kind is wanted.kind:
                return Row(())
        chance = self._chance.random()
        if chance < 0.04:
            return Literal(None)
        if chance < 0.3 and (literal := self._literal(wanted)):
            return literal
        paths: list[tuple[str, ...]] = [
            (name,) for name, type_ in DEAL.items() if type_.kind is wanted.kind
        ]
        paths += [("account", name) for name, type_ in ACCOUNT.items() if type_.kind is wanted.kind]
        return Field(self._chance.choice(paths)) if paths else Literal(None)

    def _list(self, wanted: Type, row: Type | None) -> Node:
        if wanted.kind is Kind.RECORD and wanted.object != "person":
            return Field(("lines",))
        names = [name for name, type_ in LINE.items() if type_.kind is wanted.kind]
        if names and self._chance.random() < 0.6:
            return Field(("lines", self._chance.choice(names)))
        count = self._chance.randint(1, 3)
        return Items(tuple(self._leaf(wanted.item, row) for _ in range(count)))

    def _literal(self, wanted: Type) -> Node | None:
        if wanted.kind is Kind.NUMBER:
            return Literal(Decimal(self._chance.choice(_NUMBERS)))
        if wanted.kind is Kind.TEXT:
            return Literal(self._chance.choice(_TEXTS))
        if wanted.kind is Kind.BOOLEAN:
            return Literal(self._chance.random() < 0.5)
        if wanted.kind is Kind.CHOICE:
            return Literal(self._chance.choice(("open", "won", "lost")))
        if wanted.kind is Kind.RECORD:
            return Literal(self._chance.choice(PEOPLE))
        return None


_MIXED: dict[str, Type | None] = {
    "numbers": NUMBER, "texts": None, "values": None, "dates": DATE, "date_times": DATE_TIME, "booleans": BOOLEAN,
    "anything": None,
}  # fmt: skip


def _gives(result: str, wanted: Type) -> bool:
    if result == "same":
        return False
    is_list, single = result.startswith("list "), result.removeprefix("list ")
    if is_list != wanted.is_list:
        return False
    if single in ("T", "U"):
        return single == "T" and wanted.kind is not Kind.RECORD
    return single in (wanted.kind.value, wanted.object)
