"""What goes into the trash with a record, and comes out with it: the records whose links say so."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from psycopg import sql

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.db.wire import array_text
from guanxi.metadata.model import Catalog, FieldDefinition, ObjectDefinition

#: Records by their object, in the order they were come to.
Taken = Mapping[str, Sequence[UUID]]

#: Locked in the order of their ids; whoever made one of them meanwhile is waited for.
_LIVING = """
select id from {table} where {link} = any(%(ids)s::uuid[]) and deleted_at is null order by id for no key update"""

#: Those that went with it: records that were in the trash before have another moment.
_GONE_WITH = """
select part.id from {table} part join {whole} whole on whole.id = part.{link}
 where whole.id = any(%(ids)s::uuid[]) and part.deleted_at = whole.deleted_at order by part.id for no key update of part"""


async def living_parts(
    work: UnitOfWork, catalog: Catalog, definition: ObjectDefinition, ids: Sequence[UUID]
) -> Taken:
    """The records that records to be deleted take along, themselves among them; their rows are locked."""
    return await _taken(work, catalog, definition, ids, _LIVING)


async def parts_gone_with(
    work: UnitOfWork, catalog: Catalog, definition: ObjectDefinition, ids: Sequence[UUID]
) -> Taken:
    """The records that went into the trash with records still there, themselves among them; their rows are locked."""
    return await _taken(work, catalog, definition, ids, _GONE_WITH)


def goes_along(field: FieldDefinition) -> bool:
    """Whether a record goes into the trash with the one it links to."""
    return getattr(field.options, "on_delete", None) == "cascade"


async def _taken(
    work: UnitOfWork,
    catalog: Catalog,
    definition: ObjectDefinition,
    ids: Sequence[UUID],
    statement: str,
) -> Taken:
    taken: dict[str, dict[UUID, None]] = {definition.name: dict.fromkeys(ids)}
    waiting: list[tuple[ObjectDefinition, Sequence[UUID]]] = [(definition, ids)]
    while waiting:
        whole, some = waiting.pop(0)
        for part, link in catalog.links_to(whole.name):
            if not goes_along(link):
                continue
            text = (
                sql.SQL(statement)
                .format(
                    table=sql.Identifier(part.name),
                    whole=sql.Identifier(whole.name),
                    link=sql.Identifier(link.name),
                )
                .as_string(None)
            )
            found = await work.rows(text, {"ids": array_text(str(one) for one in some)})
            known = taken.setdefault(part.name, {})
            new = [id_ for (id_,) in found if id_ not in known]
            known.update(dict.fromkeys(new))
            if new:
                waiting.append((part, new))
    return {name: list(known) for name, known in taken.items() if known}
