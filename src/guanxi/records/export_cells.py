"""Stored values as cells of a file."""

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from guanxi.fields.capabilities import ValueKind
from guanxi.fields.dates import wall_time
from guanxi.fields.held_references import joined_names
from guanxi.kit.text import Locale
from guanxi.query.condition import Path

#: What a spreadsheet takes for the beginning of a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

ToCell = Callable[[object], object]


def defused(text: str) -> str:
    """The text with an apostrophe ahead when a spreadsheet would run it as a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def rearmed(text: str) -> str:
    """The text as it was before `defused`, so that what was exported is imported as the same."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(FORMULA_STARTS) else text


def is_number(path: Path) -> bool:
    return path.field.type.value_kind is ValueKind.NUMBER


def text_writers(fields: Sequence[Path], locale: Locale, zone: ZoneInfo) -> list[ToCell]:
    """For each column what turns a stored value that is not empty into text; references come as names already."""
    return [_text_writer(path, locale, zone) for path in fields]


def _text_writer(path: Path, locale: Locale, zone: ZoneInfo) -> ToCell:
    field = path.field
    kind = field.type.value_kind
    if kind is ValueKind.REFERENCE:
        return str
    if kind is ValueKind.REFERENCES:
        return lambda names: joined_names(names, locale)
    if kind is ValueKind.DATE_TIME:
        return lambda value: str(wall_time(value, zone))
    return lambda value: field.type.to_text(value, field.options, locale)
