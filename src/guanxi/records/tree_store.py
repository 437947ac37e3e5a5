"""SQL of trees: whether records would come to lie below themselves."""

from collections.abc import Mapping
from uuid import UUID

from psycopg import sql

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.db.wire import array_text
from guanxi.metadata.model import FieldDefinition, ObjectDefinition

#: Walks up from each record by the links as they will be; `union` leaves out what was come to before, so that it ends.
_IN_CIRCLES = """
with recursive n as (select * from unnest(%(ids)s::uuid[], %(above)s::uuid[]) as n(id, above)),
up as (
  select id as start, above as id from n where above is not null
  union
  select up.start, case when n.id is null then t.{link} else n.above end
    from up join {table} t on t.id = up.id left join n on n.id = t.id)
select distinct start from up where start = id
"""


async def in_circles(
    work: UnitOfWork,
    definition: ObjectDefinition,
    link: FieldDefinition,
    above: Mapping[UUID, UUID | None],
) -> set[UUID]:
    """Those of some records that would lie below themselves, were they below these."""
    text = sql.SQL(_IN_CIRCLES).format(
        link=sql.Identifier(link.name), table=sql.Identifier(definition.name)
    )
    rows = await work.rows(
        text.as_string(None),
        {
            "ids": array_text(map(str, above)),
            "above": array_text(None if one is None else str(one) for one in above.values()),
        },
    )
    return {id_ for (id_,) in rows}
