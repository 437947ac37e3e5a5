"""Decisions about an import by the headers of its columns, as a command line or a test writes them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from guanxi.kit.text import Text
from guanxi.metadata.model import FieldDefinition
from guanxi.records.import_errors import InvalidMappingError
from guanxi.records.import_mapping import NOT_MADE, field_named
from guanxi.records.import_model import Column, ColumnWish, Import, LinkWish
from guanxi.records.import_words import folded
from guanxi.records.importing import is_of_people

Wish = TypeVar("Wish")

NO_SUCH_HEADER = Text(
    zh="文件没有“{header}”这一列。有：{known}。",
    en="The file has no column “{header}”. It has: {known}.",
)


@dataclass(frozen=True)
class HeaderWishes:
    """What is decided about columns, by header; what is missing stays as it is guessed."""

    #: None leaves the column out.
    fields: Mapping[str, str | None] = field(default_factory=dict)
    formats: Mapping[str, str] = field(default_factory=dict)
    #: By which field of its records a link column names them.
    match_by: Mapping[str, str] = field(default_factory=dict)
    #: What cells mean something else than they say.
    values: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)
    #: Makes the records that link columns name and nobody has.
    create_links: bool = False


def column_wishes(
    import_: Import, wishes: HeaderWishes, fields: Mapping[str, FieldDefinition]
) -> list[ColumnWish]:
    """The decisions by column. Raises InvalidMappingError."""
    found = {
        column.index: _wish(import_, column, wishes, fields)
        for header in (*wishes.fields, *wishes.formats, *wishes.match_by, *wishes.values)
        for column in (_column(import_, header),)
    }
    if wishes.create_links:
        for column in import_.columns:
            found.setdefault(column.index, _wish(import_, column, wishes, fields))
    return [found[index] for index in sorted(found)]


def _wish(
    import_: Import, column: Column, wishes: HeaderWishes, fields: Mapping[str, FieldDefinition]
) -> ColumnWish:
    name = _of(column, wishes.fields, column.field)
    link = None
    field = None if name is None else field_named(name, fields)
    target = None if field is None else field.target or field.listed_target
    if target is not None:
        is_made = wishes.create_links and (target not in NOT_MADE or is_of_people(import_))
        match_by = _of(column, wishes.match_by, "name")
        link = LinkWish(match_by=match_by or "name", create_missing=is_made)
    return ColumnWish(
        column=column.index,
        field=name,
        format=_of(column, wishes.formats, None),
        link=link,
        values=_of(column, wishes.values, None),
    )


def _of(column: Column, wishes: Mapping[str, Wish], otherwise: Wish | None) -> Wish | None:
    """What is decided about a column."""
    return next((wish for header, wish in wishes.items() if _is_named(column, header)), otherwise)


def _column(import_: Import, header: str) -> Column:
    found = next((one for one in import_.columns if _is_named(one, header)), None)
    if found is None:
        known = ", ".join(one.header or one.letter for one in import_.columns[:50])
        raise InvalidMappingError(NO_SUCH_HEADER.fill(header=header, known=known))
    return found


def _is_named(column: Column, header: str) -> bool:
    """By its header; a column without one by its letter."""
    if not column.header:
        return column.letter == header
    return folded(column.header) == folded(header)
