"""SQL of values that are kept while their field is computed or has another type, and of their way back.

The column keeps its values under another name, so that it takes no longer for a million records than for ten.
"""

from guanxi.db.names import quoted
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.metadata import ddl
from guanxi.metadata.model import FieldDefinition, ObjectDefinition


async def keep_values(
    work: UnitOfWork,
    definition: ObjectDefinition,
    before: FieldDefinition,
    after: FieldDefinition,
    kept: FieldDefinition,
) -> None:
    """Gives a field that is to be computed, or to have another type, a column of its own, and leaves its values to another field.

    No row is written for it.
    """
    await _drop_index(work, definition, before)
    await work.execute(ddl.rename_column(definition, before.name, kept.name))
    await work.execute(ddl.add_column(definition, after))


async def take_values_back(
    work: UnitOfWork,
    definition: ObjectDefinition,
    before: FieldDefinition,
    kept: FieldDefinition,
    *,
    with_new: bool,
) -> None:
    """Gives a field the values back it had before; with new ones, records made since keep what they have now."""
    if with_new:
        table, now, earlier = quoted(definition.name), quoted(before.name), quoted(kept.name)
        await work.execute(
            f"update {table} set {earlier} = {now} where created_at > %s", [kept.retired_at]
        )
    await _drop_index(work, definition, before)
    await work.execute(ddl.drop_column(definition, before))
    await work.execute(ddl.rename_column(definition, kept.name, before.name))
    await work.execute("delete from field where id = %s", [kept.id])


async def _drop_index(
    work: UnitOfWork, definition: ObjectDefinition, field: FieldDefinition
) -> None:
    index = ddl.index_of(definition, field)
    if index is not None:
        await work.execute(ddl.drop_index(index))
