"""Applying a design: all steps or none, one design at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from psycopg.errors import LockNotAvailable
from psycopg.types.json import Jsonb

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.metadata import ddl
from guanxi.metadata.draft import FieldMade, Made, ObjectMade, draft
from guanxi.metadata.errors import DesignBusyError, DesignChangedError
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.metadata.steps import Step
from guanxi.metadata.store import bump_design, layout_document, load_catalog, relation_names
from guanxi.metadata.system_fields import FieldTypes

#: Longer than this nobody who works with a table waits behind a change of its design.
LOCK_TIMEOUT = "2s"

_INSERT_OBJECT = """
insert into object (id, name, label, plural_label, icon, color, app, description, layout, position, origin)
values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_INSERT_FIELD = """
insert into field (id, object, name, label, type, options, required, is_unique, indexed, help, default_value, position,
                   origin)
values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


@dataclass(frozen=True, slots=True)
class AppliedDesign:
    """The design version after the steps and what they made."""

    version: int
    made: Sequence[Made]


async def apply_steps(
    work: UnitOfWork,
    types: FieldTypes,
    steps: Sequence[Step],
    *,
    base_version: int,
    actor: UUID | None,
    zone: ZoneInfo,
    origin: str | None = None,
) -> AppliedDesign:
    """Does all steps in the transaction of `work`, which must be rolled back when this raises.

    Raises DesignChangedError, DesignBusyError, ValuesRefusedError. Rights are the caller's business.
    """
    current = await work.value("select design from epoch for update")
    if current != base_version:
        raise DesignChangedError(base=base_version, current=current)
    made = draft(
        await load_catalog(work, types),
        types,
        steps,
        zone=zone,
        relations=await relation_names(work),
        origin=origin,
    )
    if not made:
        return AppliedDesign(current, made)
    await work.execute("select set_config('lock_timeout', %s, true)", [LOCK_TIMEOUT])
    try:
        for one in made:
            await _make(work, one)
    except LockNotAvailable as error:
        raise DesignBusyError from error
    version = await bump_design(work)
    documents = [step.model_dump(mode="json", exclude_defaults=False) for step in steps]
    await work.execute(
        "insert into design_change (version, actor, steps) values (%s, %s, %s)",
        [version, actor, Jsonb(documents)],
    )
    return AppliedDesign(version, made)


async def _make(work: UnitOfWork, one: Made) -> None:
    if isinstance(one, ObjectMade):
        await _make_object(work, one.definition)
    elif isinstance(one, FieldMade):
        await _make_field(work, one.definition, one.field)


async def _make_object(work: UnitOfWork, definition: ObjectDefinition) -> None:
    for statement in ddl.create_table(definition):
        await work.execute(statement)
    await work.execute(
        _INSERT_OBJECT,
        [
            definition.id,
            definition.name,
            Jsonb(definition.label),
            Jsonb(definition.plural_label),
            definition.icon,
            definition.color,
            definition.app,
            Jsonb(definition.description) if definition.description else None,
            Jsonb(layout_document(definition.layout)),
            definition.position,
            definition.origin,
        ],
    )


async def _make_field(
    work: UnitOfWork, definition: ObjectDefinition, field: FieldDefinition
) -> None:
    await work.execute(ddl.add_column(definition, field))
    if field.target:
        # The column is new and empty: there is nothing to validate.
        await work.execute(ddl.add_foreign_key(definition, field, validated=True))
    index = ddl.create_field_index(definition, field, concurrently=False)
    if index is not None:
        await work.execute(index)
    await work.execute(
        _INSERT_FIELD,
        [
            field.id,
            definition.id,
            field.name,
            Jsonb(field.label),
            field.type.name,
            Jsonb(field.options.model_dump(mode="json")),
            field.required,
            field.unique,
            field.indexed,
            Jsonb(field.help) if field.help else None,
            Jsonb(field.default) if field.default is not None else None,
            field.position,
            field.origin,
        ],
    )
