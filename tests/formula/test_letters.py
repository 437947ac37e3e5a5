"""Capital and small letters are the same in Python and PostgreSQL, for every letter both know."""

import sys
import unicodedata

import psycopg

from guanxi.formula.functions.text_search import in_small_letters

#: Every character but halves of pairs.
CODES = [code for code in range(1, sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]


def test_every_letter_has_the_same_capital_and_small_letters(conninfo: str, schema: str) -> None:
    with psycopg.connect(conninfo, options=f"-c search_path={schema}") as connection:
        found = connection.execute(
            """
            select one, full_upper(one), full_lower(one), single_lower(one)
            from (select chr(code) as one from unnest(%s::int[]) as code) t
            where one <> full_upper(one) or one <> full_lower(one)
            """,
            (CODES,),
        ).fetchall()
    known = [row for row in found if all(map(_is_known, "".join(row)))]
    assert len(known) > 2500
    assert [(one, one.upper(), one.lower(), in_small_letters(one)) for one, *_ in known] == known


def _is_known(character: str) -> bool:
    """Newer letters than this Python has are not compared."""
    return unicodedata.category(character) != "Cn"
