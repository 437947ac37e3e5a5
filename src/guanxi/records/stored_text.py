"""Stored values as the text that the change log takes."""

from decimal import Decimal
from typing import Any

import orjson


def change_text(values: dict[str, Any]) -> str:
    """Stored values as the JSON text of the change log: exact decimals as strings, references as ids."""
    return orjson.dumps(values, default=_json_form).decode()


def _json_form(value: object) -> str:
    """What orjson does not write by itself; UUIDs and dates it does."""
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"No JSON form for {type(value).__name__}.")
