"""What the platform itself sets on every record: defaults, owner and department, auto-numbers, search words."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.fields.field_type import ReadingContext
from guanxi.fields.number_pattern import read_pattern
from guanxi.fields.types.auto_number import AutoNumberOptions
from guanxi.kit.clock import Clock
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.permissions.viewer import Viewer
from guanxi.query.lexemes import lexemes, name_key
from guanxi.records.draft import RecordDraft

_TAKE_NUMBERS = """
insert into auto_number as a (object, field, period, value) values (%s, %s, %s, %s)
on conflict (object, field, period) do update set value = a.value + excluded.value returning value
"""
_DEPARTMENTS = "select id, department from person where id = any(%s)"


def set_defaults(
    viewer: Viewer, definition: ObjectDefinition, drafts: Sequence[RecordDraft]
) -> None:
    """Fills fields nobody sent by their plain defaults; those whose default is a formula wait for it."""
    for field in definition.fields.values():
        value = usual_value(viewer, field) if field.rules.default is None else None
        if value is None:
            continue
        for draft in drafts:
            if field.name not in draft.values:
                draft.values[field.name] = value


def usual_value(viewer: Viewer, field: FieldDefinition) -> object | None:
    """The field's plain default, or the value of types that are never empty."""
    if field.default is not None:
        return field.type.parse(field.default, field.options, ReadingContext(viewer.zone))
    return field.type.never_empty


async def set_owner_and_department(
    work: UnitOfWork, viewer: Viewer, drafts: Sequence[RecordDraft]
) -> None:
    """A new record belongs to who made it; a record stands in the department of its owner unless told otherwise."""
    moved: list[RecordDraft] = []
    for draft in drafts:
        is_new = draft.version == 0
        if is_new and "owner" not in draft.values and viewer.person_id is not None:
            draft.values["owner"] = viewer.person_id
        if draft.changes("owner") and "department" not in draft.values:
            moved.append(draft)
    owners = {draft.values["owner"] for draft in moved} - {None}
    known: dict[UUID, UUID | None] = {}
    if viewer.person is not None and viewer.person.id in owners:
        known[viewer.person.id] = viewer.person.department
        owners.discard(viewer.person.id)
    if owners:
        known |= {row[0]: row[1] for row in await work.rows(_DEPARTMENTS, [list(owners)])}
    for draft in moved:
        draft.values["department"] = known.get(draft.values["owner"])


async def set_auto_numbers(
    work: UnitOfWork,
    viewer: Viewer,
    clock: Clock,
    definition: ObjectDefinition,
    drafts: Sequence[RecordDraft],
) -> None:
    """Draws the numbers of new records, as many as needed in one statement per field and period; without gaps."""
    now = clock.now()
    for field in definition.fields.values():
        if not isinstance(field.options, AutoNumberOptions):
            continue
        pattern = read_pattern(field.options.pattern)
        waiting: dict[str, list[tuple[date, RecordDraft]]] = {}
        for draft in drafts:
            if draft.values.get(field.name) is None:
                day = (draft.at or now).astimezone(viewer.zone).date()
                waiting.setdefault(pattern.period(day), []).append((day, draft))
        for period, waiters in waiting.items():
            last = await take_numbers(work, definition, field, period, len(waiters))
            for place, (day, draft) in enumerate(waiters):
                draft.values[field.name] = pattern.write(day, last - len(waiters) + 1 + place)


async def take_numbers(
    work: UnitOfWork,
    definition: ObjectDefinition,
    field: FieldDefinition,
    period: str,
    count: int,
) -> int:
    """Draws so many numbers of a period; returns the last of them."""
    parameters = [definition.name, field.name, period, count]
    return int(await work.value(_TAKE_NUMBERS, parameters))


def set_search_words(definition: ObjectDefinition, drafts: Sequence[RecordDraft]) -> None:
    """Makes the search words and the sort key anew where a searchable field changed."""
    fields = [field for field in definition.searchable_fields if field.name != "name"]
    names = {"name", *(field.name for field in fields)}
    for draft in drafts:
        if draft.version and not names & draft.values.keys():
            continue
        name = draft.value("name") or ""
        texts = (
            field.type.search_text(value, field.options)
            for field in fields
            if (value := draft.value(field.name)) is not None
        )
        draft.values["search"] = lexemes(name, texts)
        draft.values["name_key"] = name_key(name)
