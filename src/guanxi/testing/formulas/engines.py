"""Runs typed formulas over the rows of the world in each engine and writes the results in one form."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg
import sqlalchemy as sa
from psycopg import sql

from guanxi.calendars.model import CalendarDefinition
from guanxi.calendars.store import filling
from guanxi.calendars.tables import work_calendar, work_day, work_line, work_stretch
from guanxi.db.readings import text_functions
from guanxi.db.wire import array_text
from guanxi.formula.compile_sql import SqlCompiler
from guanxi.formula.environment import Environment, RowValue
from guanxi.formula.evaluate import evaluator, result_of
from guanxi.formula.typed import Typed
from guanxi.kit.money import plain
from guanxi.query.cache import sql_text
from guanxi.testing.formulas.calendars import CALENDARS, definitions
from guanxi.testing.formulas.world import (
    ACCOUNTS,
    ASKER,
    DEALS,
    DEPARTMENTS,
    LINE_TABLE,
    NOW,
    TEAM,
    WorldRow,
    WorldSource,
    line_id,
)

ZONE = "Asia/Shanghai"
#: East and west of Greenwich, with and without summer time, at its odd and at its even hours.
ZONES = (ZONE, "America/New_York", "Pacific/Apia", "Europe/Dublin", "Asia/Kathmandu")


def written(value: Any) -> Any:
    """A result as the vectors write it: numbers and days as text, records by their id."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, datetime):
        return value.astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [written(one) for one in value]
    if isinstance(value, UUID):
        return str(value)
    return value.id if isinstance(value, RowValue) else value


def in_python(typed: Typed, rows: Sequence[WorldRow], zone: str = ZONE) -> list[Any]:
    evaluate = evaluator(typed)
    results = []
    for row in rows:
        environment = Environment(
            row.environment_fields(),
            NOW,
            ZoneInfo(zone),
            ASKER,
            team=TEAM,
            departments=DEPARTMENTS,
            calendars=CALENDARS,
        )
        results.append(written(result_of(evaluate, environment)))
    return results


def store(connection: psycopg.Connection[Any], rows: Sequence[WorldRow]) -> None:
    """The world's tables with these rows, its calendars and functions."""
    for statement in text_functions(connection.info.server_version):
        connection.execute(statement.encode())
    store_calendars(connection, definitions())
    for table in (DEALS, ACCOUNTS, LINE_TABLE):
        connection.execute(_text(sa.schema.CreateTable(table)))
    for place, row in enumerate(rows):
        _insert(
            connection,
            DEALS.name,
            {"id": place, "account": place if row.account else None, **row.deal},
        )
        if row.account:
            _insert(connection, ACCOUNTS.name, {"id": place, **row.account})
        for number, line in enumerate(row.lines):
            _insert(
                connection,
                LINE_TABLE.name,
                {"id": line_id(place, number), "deal": place, "place": number, **line},
            )


def store_calendars(
    connection: psycopg.Connection[Any], given: Iterable[CalendarDefinition]
) -> None:
    for table in (work_calendar, work_day, work_stretch, work_line):
        connection.execute(_text(sa.schema.CreateTable(table)))
        for index in table.indexes:
            connection.execute(_text(sa.schema.CreateIndex(index)))
    for one in given:
        _insert(connection, work_calendar.name, {"name": one.name, "definition": "{}"})
        for text, parameters in filling(one):
            connection.execute(text, parameters)


def in_postgresql(connection: psycopg.Connection[Any], typed: Typed, zone: str = ZONE) -> list[Any]:
    compiler = SqlCompiler(WorldSource())
    value = compiler.whole(typed)
    statement = (
        sa.select(value.label("v"))
        .select_from(DEALS.outerjoin(ACCOUNTS, ACCOUNTS.c.id == DEALS.c.account))
        .order_by(DEALS.c.id)
    )
    today = NOW.astimezone(ZoneInfo(zone)).date().isoformat()
    clock = {
        "formula_now": NOW.isoformat(),
        "formula_zone": zone,
        "formula_today": today,
        "formula_person": ASKER,
        "my_people": array_text(TEAM),
        "my_departments": array_text(DEPARTMENTS),
    }
    parameters = {**clock, **compiler.parameters}
    rows = connection.execute(sql_text(statement).encode(), parameters).fetchall()
    return [written(row[0]) for row in rows]


def _text(statement: Any) -> bytes:
    return sql_text(statement).encode()


def _insert(connection: psycopg.Connection[Any], table: str, values: dict[str, Any]) -> None:
    names = sql.SQL(", ").join(map(sql.Identifier, values))
    places = sql.SQL(", ").join(sql.Placeholder() * len(values))
    statement = sql.SQL("insert into {} ({}) values ({})").format(
        sql.Identifier(table), names, places
    )
    connection.execute(statement, list(values.values()))
