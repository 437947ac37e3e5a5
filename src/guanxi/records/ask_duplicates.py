"""Asks, while somebody types, which records the one in the form may be."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.fields.field_type import InvalidValueError, ReadingContext
from guanxi.kit.ids import new_id
from guanxi.metadata.match_rules import match_rules_of
from guanxi.permissions.asking import Asking
from guanxi.permissions.viewer import Viewer
from guanxi.records.draft import RecordDraft
from guanxi.records.duplicates import Duplicate, KnownDuplicate, duplicates_of, known_duplicates
from guanxi.records.rights import object_to_fill_in


async def ask_duplicates(
    work: UnitOfWork,
    viewer: Viewer,
    asking: Asking,
    object_name: str,
    values: Mapping[str, Any],
    *,
    record: UUID | None,
) -> list[KnownDuplicate]:
    """The most alike first; values that cannot be read yet are not compared. Raises ObjectNotFoundError."""
    definition = object_to_fill_in(viewer, object_name)
    draft = RecordDraft(place=0, id=record or new_id())
    context = ReadingContext(viewer.zone)
    best: dict[tuple[str, UUID], Duplicate] = {}
    rules = match_rules_of(viewer.catalog.objects, definition)
    for name in {name for match in rules for name in match.looks_at}:
        field = definition.fields[name]
        if name not in values or not viewer.may_read(definition.name, name):
            continue
        try:
            draft.values[name] = field.type.parse(values[name], field.options, context)
        except InvalidValueError:
            continue
    for match in rules:
        found = await duplicates_of(work, match, [draft], definition.name)
        for one in found.get(0, ()):
            if one.id is None:
                continue
            key = (one.object, one.id)
            if key not in best or (best[key].is_blocking, best[key].score) < (
                one.is_blocking,
                one.score,
            ):
                best[key] = one
    order = sorted(best.values(), key=lambda one: (not one.is_blocking, -one.score))
    return await known_duplicates(work, viewer, asking, order)
