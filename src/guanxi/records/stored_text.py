"""Stored values as the text that statements and the change log take."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import orjson

from guanxi.db.wire import array_text
from guanxi.query.values import text_form


def change_text(values: dict[str, Any]) -> str:
    """Stored values as the JSON text of the change log: exact decimals as strings, references as ids."""
    return orjson.dumps(values, default=_json_form).decode()


def _json_form(value: object) -> str:
    """What orjson does not write by itself; UUIDs and dates it does."""
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"No JSON form for {type(value).__name__}.")


def cell_text(value: object) -> str | None:
    """A stored value as the text that PostgreSQL casts to its column's type."""
    if isinstance(value, list):
        if value and isinstance(value[0], Mapping):
            return orjson.dumps(value).decode()
        return array_text(text_form(one) for one in value)
    return text_form(value)
