"""Our own rules find what they are for, and leave alone what is right."""

import ast

import pytest
from tools.lint.__main__ import findings_in
from tools.lint.source import Source

SENTENCE = '"""What it is for."""\n'


def rules_broken(path: str, code: str) -> list[str]:
    source = Source(path, ast.parse(code))
    return [one.rule for one in findings_in([source])]


@pytest.mark.parametrize("name", ["utils", "helpers", "manager", "base", "service", "common"])
def test_a_file_named_by_being_useful_is_found(name: str) -> None:
    assert rules_broken(f"src/guanxi/records/{name}.py", SENTENCE) == ["file-name"]


def test_a_module_that_does_not_say_what_it_is_for_is_found() -> None:
    assert rules_broken("src/guanxi/kit/clock.py", "x = 1\n") == ["module-sentence"]


@pytest.mark.parametrize("line", ["import sqlalchemy as sa", "from psycopg import sql"])
@pytest.mark.parametrize(
    ("path", "broken"),
    [
        ("src/guanxi/records/create.py", ["database-place"]),
        ("src/guanxi_crm/extension.py", ["database-place"]),
        ("src/guanxi/records/store.py", []),
        ("src/guanxi/auth/closure_store.py", []),
        ("src/guanxi/records/import_tables.py", []),
        ("src/guanxi/fields/types/text.py", []),
        ("tests/records/test_export.py", []),
    ],
)
def test_the_database_is_reached_from_its_places_only(
    line: str, path: str, broken: list[str]
) -> None:
    assert rules_broken(path, f"{SENTENCE}{line}\n") == broken


@pytest.mark.parametrize(
    "code",
    [
        'f"select * from t where id = {id_}"',
        '"delete from t where id = " + id_',
        '"update t set x = %s" % x',
        '"insert into t values ({})".format(x)',
    ],
)
def test_sql_with_something_put_into_it_is_found(code: str) -> None:
    assert rules_broken("src/guanxi/records/create.py", SENTENCE + code) == ["sql-from-text"]


@pytest.mark.parametrize(
    "code",
    [
        'f"select {COLUMNS} from t"',
        'f"{count} records were selected from the list"',
        'sql.SQL("drop table {}").format(name)',
        '"select 1 " "from t"',
    ],
)
def test_constants_builders_and_other_sentences_are_left_alone(code: str) -> None:
    assert rules_broken("src/guanxi/records/create.py", SENTENCE + code) == []


def test_even_a_store_puts_no_value_between_quotes() -> None:
    path = "src/guanxi/records/store.py"
    assert rules_broken(path, SENTENCE + "f\"select * from {name} where x = 'a'\"") == []
    found = rules_broken(path, SENTENCE + "f\"select * from t where x = '{value}'\"")
    assert found == ["sql-from-text"]
