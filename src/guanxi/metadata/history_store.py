"""Writes the history of the design."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from psycopg.types.json import Jsonb

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.text import Text
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.metadata.store import bump_design


async def write_change(
    work: UnitOfWork, version: int, actor: UUID | None, steps: Sequence[Mapping[str, object]]
) -> None:
    """Notes what was done to the design at a version."""
    await work.execute(
        "insert into design_change (version, actor, steps) values (%s, %s, %s)",
        [version, actor, Jsonb(steps)],
    )


async def write_own_change(
    work: UnitOfWork, steps: Sequence[tuple[str, ObjectDefinition, FieldDefinition, Text]]
) -> None:
    """Notes what the platform did to fields by itself: action, object, field, sentence; tells every process."""
    await write_change(
        work,
        await bump_design(work),
        None,
        [
            {
                "action": action,
                "object": definition.name,
                "field": field.name,
                "sentence": sentence.as_label(),
                "step": {"action": action, "object": definition.name, "field": field.name},
            }
            for action, definition, field, sentence in steps
        ],
    )
