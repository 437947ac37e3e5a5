"""The oldest PostgreSQL that Guanxi runs on: workspaces are made there, and formulas come to the same."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo
from tests.formula.test_engines_agree import ROWS, SEEDS, grown
from tests.formula.test_vectors import VECTORS

from guanxi.db.database import Database
from guanxi.db.embedded import FORGETFUL, start_embedded
from guanxi.db.migrations.upgrade import is_current, migrate
from guanxi.formula.builtin import builtin_functions
from guanxi.formula.check_types import check
from guanxi.formula.json_form import to_json
from guanxi.formula.parse import parse
from guanxi.testing.formulas.engines import ZONES, in_postgresql, in_python, store
from guanxi.testing.formulas.world import WorldScope, random_rows

#: Letters that became longer, shorter or end words; 16 is given the mapping, 18 has it.
LETTERS = "straße ŉ ﬁ İstanbul ΌΔΟΣ ΣΑΣ Σ A\u00adΣ ǅ ᾳ ÿ 中文 😀 K"


@pytest.fixture(scope="module")
def old_server() -> Iterator[str]:
    """A database of PostgreSQL 16, for this process alone."""
    folder = Path(tempfile.gettempdir()) / f"guanxi-test-server-16-{os.geteuid()}"
    embedded = start_embedded(folder, 16, max_connections="50", **FORGETFUL)
    name = f"guanxi_test_{os.getpid()}"
    with psycopg.connect(embedded.conninfo, autocommit=True) as connection:
        drop = sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
        connection.execute(drop)
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        yield make_conninfo(embedded.conninfo, dbname=name)
        connection.execute(drop)
    embedded.stop()


def test_it_is_16(old_server: str) -> None:
    with psycopg.connect(old_server) as connection:
        assert connection.info.server_version // 10_000 == 16


async def test_a_workspace_is_made(old_server: str) -> None:
    database = Database(old_server, pool_size=1)
    await database.open()
    assert await migrate(database, "old")
    assert await is_current(database, "old")
    await database.close()


def test_formulas_come_to_what_was_written_down(old_server: str) -> None:
    typed = {one: check(parse(one), WorldScope(), builtin_functions()) for one in VECTORS}
    with psycopg.connect(old_server) as connection:
        store(connection, random_rows(0, 1))
        found = {one: in_postgresql(connection, formula)[0] for one, formula in typed.items()}
        connection.rollback()
    assert found == VECTORS


def test_letters_are_mapped_as_in_python(old_server: str) -> None:
    with psycopg.connect(old_server) as connection:
        store(connection, [])
        found = connection.execute(
            "select full_upper(%(t)s), full_lower(%(t)s)", {"t": LETTERS}
        ).fetchone()
        connection.rollback()
    assert found == (LETTERS.upper(), LETTERS.lower())


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in SEEDS[1:])]
)
def test_random_formulas_come_to_the_same_as_in_python(seed: int, old_server: str) -> None:
    rows, zone = random_rows(seed, ROWS), ZONES[seed % len(ZONES)]
    formulas = grown(seed)
    with psycopg.connect(old_server) as connection:
        store(connection, rows)
        for typed in formulas:
            expected = in_python(typed, rows, zone)
            assert in_postgresql(connection, typed, zone) == expected, to_json(typed.stored)
        connection.rollback()
