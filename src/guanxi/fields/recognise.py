"""Recognising how a column of a file is written, from a sample of its cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from guanxi.fields.field_type import FieldOptions, FieldType, InvalidValueError, ReadingContext


@dataclass(frozen=True, slots=True)
class Recognised:
    """The formats that read a sample best, likeliest first, and the share of its cells they read.

    More than one format means that the sample does not decide: 3/4/2026 is two days.
    """

    formats: tuple[str, ...]
    share: float


def recognise(
    field_type: FieldType[Any],
    options: FieldOptions,
    context: ReadingContext,
    cells: Sequence[str],
) -> Recognised:
    """How the cells would be read as values of a field. Empty cells say nothing.

    Days and months that cannot be decide between date formats. A type with one way of writing has no formats,
    only a share.
    """
    filled = [cell for cell in dict.fromkeys(cells) if cell.strip()]
    if not filled:
        return Recognised(formats=(), share=0.0)
    names: list[str | None] = [one.name for one in field_type.formats(options)] or [None]
    counts = {name: _readable(field_type, options, context, filled, name) for name in names}
    most = max(counts.values())
    best = tuple(
        name for name, count in counts.items() if name is not None and count == most and most > 0
    )
    return Recognised(formats=best, share=most / len(filled))


def _readable(
    field_type: FieldType[Any],
    options: FieldOptions,
    context: ReadingContext,
    cells: Sequence[str],
    format_name: str | None,
) -> int:
    count = 0
    for cell in cells:
        try:
            field_type.read_text(cell, options, context, format_name)
        except InvalidValueError:
            continue
        count += 1
    return count
