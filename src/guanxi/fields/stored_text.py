"""Stored values as the text that PostgreSQL casts to their column's type."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import orjson

from guanxi.db.wire import array_text


def text_form(value: object) -> str | None:
    """A stored value as PostgreSQL reads it."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID | int):
        return str(value)
    raise TypeError(f"No text form for {type(value).__name__}.")


def cell_text(value: object) -> str | None:
    """A stored value as the text that PostgreSQL casts to its column's type."""
    if isinstance(value, list):
        if value and isinstance(value[0], Mapping):
            return orjson.dumps(value).decode()
        return array_text(text_form(one) for one in value)
    return text_form(value)
