"""Capital and small letters are the same in Python and PostgreSQL, for every letter both know."""

import sys
import unicodedata

import psycopg

from guanxi.formula.functions.text_search import in_small_letters

#: Every character but halves of pairs.
CODES = [code for code in range(1, sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]


def test_every_letter_has_the_same_capital_and_small_letters(conninfo: str) -> None:
    with psycopg.connect(conninfo) as connection:
        found = connection.execute(
            """
            select chr(code), upper(chr(code) collate pg_unicode_fast), lower(chr(code) collate pg_unicode_fast),
                lower(chr(code) collate pg_c_utf8)
            from unnest(%s::int[]) as code where chr(code) <> upper(chr(code) collate pg_unicode_fast)
                or chr(code) <> lower(chr(code) collate pg_unicode_fast)
            """,
            (CODES,),
        ).fetchall()
    known = [row for row in found if all(map(_is_known, "".join(row)))]
    assert len(known) > 2500
    assert [(one, one.upper(), one.lower(), in_small_letters(one)) for one, *_ in known] == known


def _is_known(character: str) -> bool:
    """Newer letters than this Python has are not compared."""
    return unicodedata.category(character) != "Cn"
