"""A small world for formulas: every kind of field, a link to one, a link to many, and rows full of traps."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from guanxi.formula.environment import RowValue
from guanxi.formula.scope import Reached, Scope, Unknown
from guanxi.formula.sql_value import Column, SqlList
from guanxi.formula.types import BOOLEAN, DATE, DATE_TIME, NUMBER, TEXT, Choices, Kind, Type

STAGE = Choices(
    {
        "open": {"zh-CN": "进行中", "en": "Open"},
        "won": {"zh-CN": "赢单", "en": "Won"},
        "lost": {"zh-CN": "输单", "en": "Lost"},
    },
    "stage",
    {"open": "open", "won": "won"},
)
CHOICE = Type(Kind.CHOICE, choices=STAGE)
PERSON = Type(Kind.RECORD, object="person")
LINES = Type(Kind.RECORD, is_list=True, object="line")

DEAL: Mapping[str, Type] = {
    "n1": NUMBER, "n2": NUMBER, "n3": NUMBER, "t1": TEXT, "t2": TEXT, "b1": BOOLEAN, "b2": BOOLEAN,
    "d1": DATE, "d2": DATE, "z1": DATE_TIME, "z2": DATE_TIME, "c1": CHOICE, "c2": CHOICE,
    "p1": PERSON, "p2": PERSON,
}  # fmt: skip
ACCOUNT: Mapping[str, Type] = {"n": NUMBER, "t": TEXT, "d": DATE}
LINE: Mapping[str, Type] = {
    "n": NUMBER,
    "m": NUMBER,
    "t": TEXT,
    "d": DATE,
    "b": BOOLEAN,
    "c": CHOICE,
}


class WorldScope:
    """The fields of the deal, `account.x` of its one account, `lines` and `lines.x` of its many lines."""

    def __init__(self, object_name: str = "deal") -> None:
        self._object = object_name

    def find(self, names: tuple[str, ...]) -> Reached | Unknown:
        first, *rest = names
        if self._object == "line":
            return _field(LINE, names) if not rest else Unknown(rest[0])
        if first == "account" and len(rest) == 1:
            return _field(ACCOUNT, names)
        if first == "lines":
            if not rest:
                return Reached(names, LINES)
            found = _field(LINE, names)
            return Reached(names, found.type.listed) if isinstance(found, Reached) else found
        return _field(DEAL, names)

    def inside(self, object_name: str) -> Scope:
        return WorldScope(object_name)


def _field(fields: Mapping[str, Type], names: tuple[str, ...]) -> Reached | Unknown:
    type_ = fields.get(names[-1])
    return Unknown(names[-1], tuple(fields)[:1]) if type_ is None else Reached(names, type_)


# --- rows -----------------------------------------------------------------------------------------------------

TEXTS = (
    None, "a", "A", "abc", "ABC ", " x  y ", "10", "-2.50", "1,234", "中文字符", "人民币", "é", "ß", "İ", "a\u0301",
    "😀b", "won", "进行中", "2026-01-31", "true", "%_\\", "a.b*c", "\uffff", "\U00010000", "zz", "0", "ab ab ab",
)  # fmt: skip
NUMBERS = (
    None, "0", "1", "-1", "2", "3", "7", "10", "0.5", "-0.5", "1.5", "2.5", "-2.5", "0.1", "0.2", "0.3333333333",
    "100", "1000.01", "-99.995", "12345678901234567890.12", "0.0000000001", "9999999999999999999999999999",
    "29.99", "1e6", "31", "60", "365",
)  # fmt: skip
DATES = (
    None, "2026-01-31", "2024-02-29", "2023-02-28", "2025-12-31", "2026-11-25", "1970-01-01", "0001-01-01",
    "9999-12-30", "9999-12-31", "0001-01-02", "0001-01-03", "2023-12-31", "1999-12-31", "2000-02-29", "2026-02-16", "2026-10-01", "1900-03-01", "2027-01-01",
)  # fmt: skip
MOMENTS = (
    None, "2026-11-25T02:30:15.123456+00:00", "2026-11-24T16:00:00+00:00", "2026-11-24T15:59:59.999999+00:00",
    "1970-01-01T00:00:00+00:00", "2024-02-28T16:30:00+00:00", "2026-03-29T01:30:00+00:00", "1991-09-14T17:30:00+00:00",
    "2026-12-31T23:59:59+00:00", "2000-01-01T12:00:00+00:00", "1986-05-03T18:00:00+00:00", "2026-11-01T05:30:00+00:00",
    "0001-01-02T00:00:00+00:00", "9999-12-30T23:59:59.999999+00:00", "1986-09-13T15:30:00+00:00",
)  # fmt: skip

PEOPLE = tuple(f"00000000-0000-7000-8000-{place:012d}" for place in range(4))
#: Who asks, they and who reports to them, and their departments.
ASKER, TEAM, DEPARTMENTS = PEOPLE[0], PEOPLE[:3], PEOPLE[3:]

NOW = datetime(2026, 11, 25, 3, 4, 5, 678901, tzinfo=UTC)


@dataclass(frozen=True)
class WorldRow:
    """One deal with its account and lines; values in Python form."""

    deal: Mapping[str, Any]
    account: Mapping[str, Any] | None
    lines: tuple[Mapping[str, Any], ...]
    place: int

    def environment_fields(self) -> dict[tuple[str, ...], Any]:
        fields: dict[tuple[str, ...], Any] = {(name,): value for name, value in self.deal.items()}
        for name in ACCOUNT:
            fields["account", name] = self.account[name] if self.account else None
        fields["lines",] = tuple(
            RowValue(line_id(self.place, place), {(name,): value for name, value in line.items()})
            for place, line in enumerate(self.lines)
        )
        for name in LINE:
            fields["lines", name] = tuple(line[name] for line in self.lines)
        return fields


def line_id(deal: int, place: int) -> str:
    return f"00000000-0000-0000-0000-{deal * 100 + place:012d}"


def random_rows(seed: int, count: int) -> list[WorldRow]:
    chance = random.Random(seed)  # noqa: S311 - repeatable, no secret

    def some(fields: Mapping[str, Type]) -> dict[str, Any]:
        return {name: _random(type_, chance) for name, type_ in fields.items()}

    return [
        WorldRow(
            some(DEAL),
            some(ACCOUNT) if chance.random() < 0.8 else None,
            tuple(some(LINE) for _ in range(chance.choice((0, 1, 2, 3, 5)))),
            place,
        )
        for place in range(count)
    ]


def _random(type_: Type, chance: random.Random) -> Any:
    if type_.kind is Kind.NUMBER:
        raw = chance.choice(NUMBERS)
        if chance.random() < 0.3:
            raw = f"{chance.randint(-10_000_000, 10_000_000)}e{-chance.randint(0, 8)}"
        return None if raw is None else Decimal(raw)
    if type_.kind is Kind.TEXT:
        return chance.choice(TEXTS)
    if type_.kind is Kind.BOOLEAN:
        return chance.random() < 0.5
    if type_.kind is Kind.CHOICE:
        return chance.choice((None, "open", "won", "lost"))
    if type_.kind is Kind.RECORD:
        return chance.choice((None, *PEOPLE))
    if type_.kind is Kind.DATE:
        raw = chance.choice(DATES)
        if chance.random() < 0.5:
            return date(2020, 1, 1) + timedelta(days=chance.randint(0, 4000))
        return None if raw is None else date.fromisoformat(raw)
    raw = chance.choice(MOMENTS)
    if chance.random() < 0.4:
        return datetime(2020, 1, 1, tzinfo=UTC) + timedelta(
            seconds=chance.randint(0, 200_000_000),
            microseconds=chance.choice((0, 0, 1, 500_000, 999_999)),
        )
    return None if raw is None else datetime.fromisoformat(raw)


# --- the same in SQL --------------------------------------------------------------------------------------------

_COLUMNS: dict[Kind, sa.types.TypeEngine[Any]] = {
    Kind.NUMBER: sa.Numeric(38, 10), Kind.TEXT: sa.Text(), Kind.BOOLEAN: sa.Boolean(), Kind.CHOICE: sa.Text(),
    Kind.RECORD: sa.Uuid(), Kind.DATE: sa.Date(), Kind.DATE_TIME: sa.DateTime(timezone=True),
}  # fmt: skip


def _table(name: str, fields: Mapping[str, Type], *more: str) -> sa.Table:
    columns = [sa.Column(one, _COLUMNS[type_.kind]) for one, type_ in fields.items()]
    return sa.Table(
        name,
        sa.MetaData(),
        *(
            sa.Column(one, sa.Uuid() if one == "id" and name == "line" else sa.Integer())
            for one in ("id", *more)
        ),
        *columns,
    )


DEALS = _table("deal", DEAL, "account")
ACCOUNTS = _table("account", ACCOUNT)
LINE_TABLE = _table("line", LINE, "deal", "place")


class WorldSource:
    """Columns of the world's tables, for the SQL compiler."""

    def __init__(self) -> None:
        self._aliases = 0

    def column(self, names: tuple[str, ...]) -> Column:
        return ACCOUNTS.c[names[1]] if names[0] == "account" else DEALS.c[names[0]]

    def many(self, names: tuple[str, ...], type_: Type) -> SqlList:
        self._aliases += 1
        lines = LINE_TABLE.alias(f"w{self._aliases}")
        item = lines.c[names[1]] if len(names) > 1 else lines.c["id"]
        conditions = (lines.c["deal"] == DEALS.c["id"],)
        order = (lines.c["place"],)
        return SqlList(
            type_, lines, item, order, conditions, row=lambda names, _: lines.c[names[0]]
        )
