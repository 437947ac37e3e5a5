"""Drops the columns of fields that were removed long ago; until then a removed field can be restored."""

import logging
from datetime import timedelta

from psycopg.errors import DeadlockDetected, LockNotAvailable

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.clock import Clock
from guanxi.kit.text import Text, text_of
from guanxi.metadata import ddl
from guanxi.metadata.apply import LOCK_TIMEOUT, current_version
from guanxi.metadata.draft_layout import without_field
from guanxi.metadata.history_store import write_own_change
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.metadata.store import load_catalog, set_layout
from guanxi.metadata.system_fields import FieldTypes

#: So long a removed field can be restored; the web app counts the same days down.
KEPT = timedelta(days=30)

_PURGED = Text(
    zh="「{object}」的字段「{field}」已移除满 30 天，它和它的值不能再恢复。",
    en="The field “{field}” of “{object}” was removed 30 days ago; it and its values are gone for good.",
)

_log = logging.getLogger(__name__)


async def purge_retired_fields(work: UnitOfWork, types: FieldTypes, clock: Clock) -> int:
    """How many fields are gone. One whose table is in use waits for the next time."""
    await current_version(work)
    catalog = await load_catalog(work, types)
    due = [
        (definition, field)
        for definition in catalog.objects.values()
        for field in definition.retired_fields.values()
        if field.retired_at is not None and field.retired_at + KEPT <= clock.now()
    ]
    gone = [
        (definition, field) for definition, field in due if await _purge(work, definition, field)
    ]
    if gone:
        await _forget_in_layouts(work, gone)
        await write_own_change(
            work,
            [
                (
                    "purge_field",
                    definition,
                    field,
                    _PURGED.fill(object=text_of(definition.label), field=text_of(field.label)),
                )
                for definition, field in gone
            ],
        )
    return len(gone)


async def _purge(work: UnitOfWork, definition: ObjectDefinition, field: FieldDefinition) -> bool:
    """False when others use the table right now."""
    try:
        async with work.connection.transaction():
            await work.execute("select set_config('lock_timeout', %s, true)", [LOCK_TIMEOUT])
            await work.execute(ddl.drop_column(definition, field))
    except (LockNotAvailable, DeadlockDetected):
        _log.info("%s.%s: its column has to wait.", definition.name, field.name)
        return False
    place = [definition.name, field.name]
    await work.execute("delete from design_pending where object = %s and field = %s", place)
    await work.execute("delete from auto_number where object = %s and field = %s", place)
    await work.execute("update field set purged_at = now() where id = %s", [field.id])
    return True


async def _forget_in_layouts(
    work: UnitOfWork, gone: list[tuple[ObjectDefinition, FieldDefinition]]
) -> None:
    layouts = {definition.name: definition.layout for definition, _ in gone}
    for definition, field in gone:
        layouts[definition.name] = without_field(layouts[definition.name], field.name)
    for name, layout in layouts.items():
        await set_layout(work, name, layout)
