"""SQL of views."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from guanxi.db.names import quoted
from guanxi.db.unit_of_work import Row, UnitOfWork
from guanxi.views.model import View, ViewConfig

_SELECT = """
select v.id, v.object, v.name, v.kind, v.config, v.shared, v.is_default, v.position, v.owner, p.name, v.version,
       v.origin
  from view v left join person p on p.id = v.owner
"""
_OF_OBJECT = f"""{_SELECT} where v.object = %(object)s and (v.shared or v.owner = %(person)s)
 order by v.shared desc, v.position, v.created_at, v.id"""
_SHARED = f"{_SELECT} where v.object = %s and v.shared order by v.position, v.created_at, v.id"
_ONE = f"{_SELECT} where v.id = %(id)s and (v.shared or v.owner = %(person)s)"
_INSERT = """
insert into view (id, object, name, kind, config, owner, shared, is_default, position, origin)
values (%(id)s, %(object)s, %(name)s, %(kind)s, %(config)s, %(owner)s, %(shared)s, %(is_default)s,
        coalesce(%(position)s, (select count(*) from view where object = %(object)s)), %(origin)s)
"""


async def views_of(work: UnitOfWork, object_name: str, person: UUID | None) -> list[View]:
    """The shared views of an object, and the person's own."""
    rows = await work.rows(_OF_OBJECT, {"object": object_name, "person": person})
    return [_view(row) for row in rows]


async def shared_views_of(work: UnitOfWork, object_name: str) -> list[View]:
    return [_view(row) for row in await work.rows(_SHARED, [object_name])]


async def find(work: UnitOfWork, id_: UUID, person: UUID | None) -> View | None:
    row = await work.row(_ONE, {"id": id_, "person": person})
    return None if row is None else _view(row)


async def lock(work: UnitOfWork, id_: UUID) -> None:
    await work.execute("select id from view where id = %s for no key update", [id_])


async def has_origin(work: UnitOfWork, origin: str) -> bool:
    return bool(await work.value("select exists (select from view where origin = %s)", [origin]))


async def insert(
    work: UnitOfWork,
    id_: UUID,
    *,
    object_name: str,
    name: Mapping[str, str] | str,
    kind: str,
    config: ViewConfig,
    owner: UUID | None,
    shared: bool,
    is_default: bool = False,
    position: int | None = None,
    origin: str | None = None,
) -> None:
    await work.execute(
        _INSERT,
        {
            "id": id_,
            "object": object_name,
            "name": Jsonb(name if isinstance(name, str) else dict(name)),
            "kind": kind,
            "config": _config(config),
            "owner": owner,
            "shared": shared,
            "is_default": is_default,
            "position": position,
            "origin": origin,
        },
    )


async def update(work: UnitOfWork, id_: UUID, changes: Mapping[str, Any]) -> None:
    """`changes` has column names of `view` for keys."""
    values = {name: _stored(value) for name, value in changes.items()}
    settings = ", ".join(f"{quoted(name)} = %({name})s" for name in values)
    await work.execute(
        f"update view set {settings}, version = version + 1, updated_at = now() where id = %(_id)s",
        {**values, "_id": id_},
    )


async def clear_default(work: UnitOfWork, object_name: str, *, owner: UUID | None) -> None:
    """Leaves the shared views of an object without a default, or those of one person."""
    await work.execute(
        "update view set is_default = false where object = %(object)s and is_default"
        " and (shared and %(owner)s::uuid is null or not shared and owner = %(owner)s)",
        {"object": object_name, "owner": owner},
    )


async def delete(work: UnitOfWork, id_: UUID) -> None:
    await work.execute("delete from view where id = %s", [id_])


def _stored(value: Any) -> Any:
    if isinstance(value, ViewConfig):
        return _config(value)
    return Jsonb(value) if isinstance(value, dict | str) else value


def _config(config: ViewConfig) -> Jsonb:
    return Jsonb(config.model_dump(mode="json", exclude_defaults=True))


def _view(row: Row) -> View:
    return View(
        id=row[0],
        object=row[1],
        name=row[2],
        kind=row[3],
        config=ViewConfig.model_validate(row[4]),
        shared=row[5],
        is_default=row[6],
        position=row[7],
        owner=row[8],
        owner_name=row[9],
        version=row[10],
        origin=row[11],
    )
