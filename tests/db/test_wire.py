"""Lists of texts arrive in PostgreSQL as they were."""

import psycopg

from guanxi.db.wire import array_text


def test_a_list_of_texts_arrives_whatever_it_holds(conninfo: str) -> None:
    items = [
        "",
        " ",
        "NULL",
        "null",
        None,
        'a "b" c',
        "back\\slash\\",
        "{x,y}",
        "é 中文 😀",
        "\t\n",
    ]
    with psycopg.connect(conninfo) as connection:
        row = connection.execute(
            "select %s::text[], %s::text[]", [array_text(items), array_text([])]
        ).fetchone()
    assert row == (items, [])
