"""SQL of roles and their grants."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from guanxi.db.names import quoted
from guanxi.db.unit_of_work import Row, UnitOfWork
from guanxi.kit.ids import new_ids
from guanxi.permissions.role import GrantWish, Role

_ROLES = """
select r.id, r.name, r.description, r.system, r.is_administrator, r.rights,
       (select count(*) from person_role pr join person p on p.id = pr.person
         where pr.role = r.id and p.active),
       coalesce((select json_agg(json_build_array(g.object, g.actions, g.scope, g.condition,
                         g.field_default, g.field_except) order by g.position, g.id)
                   from role_grant g where g.role = r.id), '[]')::jsonb
  from role r where %(id)s::uuid is null or r.id = %(id)s
 order by r.is_administrator desc, r.created_at, r.id
"""


async def roles(work: UnitOfWork, id_: UUID | None = None) -> list[Role]:
    """All roles, or the one with the id, with their grants."""
    return [_role(row) for row in await work.rows(_ROLES, {"id": id_})]


async def insert_role(
    work: UnitOfWork,
    id_: UUID,
    *,
    name: Mapping[str, str],
    description: Mapping[str, str] | None,
    rights: Sequence[str],
) -> None:
    await work.execute(
        "insert into role (id, name, description, rights) values (%s, %s, %s, %s)",
        [id_, Jsonb(dict(name)), _json(description), list(rights)],
    )


async def update_role(work: UnitOfWork, id_: UUID, changes: Mapping[str, Any]) -> None:
    """`changes` has column names of `role` for keys."""
    values = {
        name: list(value) if name == "rights" else _json(value) for name, value in changes.items()
    }
    settings = ", ".join(f"{quoted(name)} = %({name})s" for name in values)
    await work.execute(f"update role set {settings} where id = %(_id)s", {**values, "_id": id_})


async def replace_grants(
    work: UnitOfWork, role: UUID, grants: Sequence[tuple[UUID, GrantWish]]
) -> None:
    await work.execute("delete from role_grant where role = %s", [role])
    await _insert_grants(work, role, grants)


async def add_grants(work: UnitOfWork, role: UUID, grants: Sequence[GrantWish]) -> None:
    """More of what a role gives, behind what it gives already."""
    await _insert_grants(work, role, list(zip(new_ids(len(grants)), grants, strict=True)))


async def _insert_grants(
    work: UnitOfWork, role: UUID, grants: Sequence[tuple[UUID, GrantWish]]
) -> None:
    for position, (id_, grant) in enumerate(grants):
        await work.execute(
            "insert into role_grant (id, role, position, object, actions, scope, condition,"
            " field_default, field_except) values (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                id_,
                role,
                position,
                grant.object,
                [str(action) for action in grant.actions],
                str(grant.scope),
                _json(grant.condition),
                grant.field_default,
                Jsonb(dict(grant.field_except)),
            ],
        )


async def known_roles(work: UnitOfWork, ids: Sequence[UUID]) -> frozenset[UUID]:
    """Those of the ids that are roles."""
    rows = await work.rows("select id from role where id = any(%s)", [list(ids)])
    return frozenset(row[0] for row in rows)


async def roles_by_object(work: UnitOfWork) -> dict[str, list[UUID]]:
    """The roles that may see each object; administrators see all of them and are not named."""
    rows = await work.rows(
        "select object, array_agg(distinct role) from role_grant where 'see' = any(actions)"
        " group by object"
    )
    return {name: list(roles) for name, roles in rows}


async def delete_role(work: UnitOfWork, id_: UUID) -> None:
    await work.execute("delete from role where id = %s", [id_])


def _json(value: Mapping[str, Any] | None) -> Jsonb | None:
    return None if value is None else Jsonb(dict(value))


def _role(row: Row) -> Role:
    return Role(
        id=row[0],
        name=row[1],
        description=row[2],
        system=row[3],
        is_administrator=row[4],
        rights=tuple(row[5]),
        people=row[6],
        grants=tuple(GrantWish(*grant) for grant in row[7]),
    )
