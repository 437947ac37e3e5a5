"""SQL of people, departments and the lines above them.

Statements that may meet a duplicate return a row: in a pipelined transaction only a result that is awaited raises.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from psycopg import errors as pg
from psycopg.types.json import Jsonb

from guanxi.auth.errors import EmailTakenError
from guanxi.auth.model import Department, Named, Person, PersonProfile, RoleName, Workspace
from guanxi.db.names import quoted
from guanxi.db.unit_of_work import Row, UnitOfWork

_PERSON = """
select p.id, p.name, p.email, coalesce(p.locale, (select locale from setting)), p.active, p.department,
       array(select descendant from department_path where ancestor = p.department),
       array(select descendant from person_path where ancestor = p.id),
       array(select role from person_role where person = p.id order by role),
       exists(select from person_role pr join role r on r.id = pr.role
               where pr.person = p.id and r.is_administrator),
       array(select distinct unnest(r.rights) from person_role pr join role r on r.id = pr.role
              where pr.person = p.id),
       p.preferences, p.has_initial_password
  from person p where p.id = %s
"""


async def load_person(work: UnitOfWork, person: UUID) -> Person | None:
    """A person with all that decides on their rights, also one who is no longer active."""
    row = await work.row(_PERSON, [person])
    if row is None:
        return None
    return Person(
        id=row[0],
        name=row[1],
        email=row[2],
        locale=row[3] or "zh-CN",
        active=row[4],
        department=row[5],
        department_and_below=tuple(row[6]),
        subordinates=tuple(row[7]),
        roles=tuple(row[8]),
        is_administrator=row[9],
        workspace_rights=frozenset(row[10]),
        preferences=row[11],
        has_initial_password=row[12],
    )


async def bump_rights(work: UnitOfWork) -> int:
    """Tells all processes that people, departments, roles or grants are no longer what they remember."""
    return cast("int", await work.value("update epoch set rights = rights + 1 returning rights"))


# People

_PROFILES = """
select p.id, p.name, p.email, d.id, d.name, m.id, m.name, p.active, p.locale, p.last_seen_at,
       coalesce(r.ids, '{{}}'), coalesce(r.names, '{{}}'), coalesce(r.is_administrator, false)
  from person p
  left join department d on d.id = p.department
  left join person m on m.id = p.manager
  left join lateral (
    select array_agg(role.id order by role.id) as ids, array_agg(role.name order by role.id) as names,
           bool_or(role.is_administrator) as is_administrator
      from person_role pr join role on role.id = pr.role where pr.person = p.id
  ) r on true
 where {where}
 order by p.name, p.id
 limit %(limit)s
"""


async def profile(work: UnitOfWork, person: UUID) -> PersonProfile | None:
    found = await _profiles(work, "p.id = %(id)s", {"id": person, "limit": 1})
    return found[0] if found else None


async def profiles(
    work: UnitOfWork, *, words: str | None, department: UUID | None, active: bool | None, limit: int
) -> list[PersonProfile]:
    """People by name; `words` are looked for in name and e-mail, `department` includes those below it."""
    where = ["true"]
    if words:
        where.append("(p.name ilike %(pattern)s or p.email ilike %(pattern)s)")
    if department is not None:
        where.append(
            "p.department in (select descendant from department_path where ancestor = %(department)s)"
        )
    if active is not None:
        where.append("p.active = %(active)s")
    values = {
        "pattern": f"%{_escaped(words or '')}%",
        "department": department,
        "active": active,
        "limit": limit,
    }
    return await _profiles(work, " and ".join(where), values)


async def _profiles(
    work: UnitOfWork, where: str, values: Mapping[str, object]
) -> list[PersonProfile]:
    return [_profile(row) for row in await work.rows(_PROFILES.format(where=where), values)]


def _profile(row: Row) -> PersonProfile:
    return PersonProfile(
        id=row[0],
        name=row[1],
        email=row[2],
        department=None if row[3] is None else Named(row[3], row[4]),
        manager=None if row[5] is None else Named(row[5], row[6]),
        active=row[7],
        locale=row[8],
        last_seen_at=row[9],
        roles=tuple(RoleName(id_, name) for id_, name in zip(row[10], row[11], strict=True)),
        is_administrator=row[12],
    )


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


async def insert_person(work: UnitOfWork, values: Mapping[str, object]) -> None:
    names = ", ".join(quoted(name) for name in values)
    places = ", ".join(f"%({name})s" for name in values)
    try:
        await work.value(f"insert into person ({names}) values ({places}) returning id", values)
    except pg.UniqueViolation:
        raise EmailTakenError(email=values["email"]) from None


async def update_person(work: UnitOfWork, person: UUID, changes: Mapping[str, object]) -> None:
    """`changes` has column names of `person` for keys."""
    settings = ", ".join(f"{quoted(name)} = %({name})s" for name in changes)
    try:
        await work.value(
            f"update person set {settings} where id = %(_id)s returning id",
            {**changes, "_id": person},
        )
    except pg.UniqueViolation:
        raise EmailTakenError(email=changes["email"]) from None


async def merge_preferences(
    work: UnitOfWork, person: UUID, preferences: Mapping[str, Any]
) -> dict[str, Any]:
    """Sets some preferences, removes those given as null, and returns all."""
    return cast(
        "dict[str, Any]",
        await work.value(
            "update person set preferences = jsonb_strip_nulls(preferences || %s) where id = %s"
            " returning preferences",
            [Jsonb(dict(preferences)), person],
        ),
    )


async def preferences_of(work: UnitOfWork, person: UUID) -> dict[str, Any]:
    return cast(
        "dict[str, Any]",
        await work.value("select preferences from person where id = %s", [person]) or {},
    )


async def person_locked(work: UnitOfWork, person: UUID) -> dict[str, Any] | None:
    """Locks a person's row and returns what a change of it must know."""
    found = await work.dicts(
        "select id, identity, name, email, department, manager, active from person where id = %s for update",
        [person],
    )
    return found[0] if found else None


async def person_exists(work: UnitOfWork, person: UUID) -> bool:
    return bool(await work.value("select exists(select from person where id = %s)", [person]))


async def person_by_email(work: UnitOfWork, email: str) -> UUID | None:
    """The person with an address in its stored form (`auth.emails.parse_email`)."""
    found: UUID | None = await work.value("select id from person where email = %s", [email])
    return found


async def any_person(work: UnitOfWork) -> bool:
    return bool(await work.value("select exists(select from person)"))


# Roles of people


async def set_roles(work: UnitOfWork, person: UUID, roles: Sequence[UUID]) -> None:
    await work.execute(
        "delete from person_role where person = %s and role <> all(%s)", [person, list(roles)]
    )
    await work.execute(
        "insert into person_role (person, role) select %s, unnest(%s::uuid[]) on conflict do nothing",
        [person, list(roles)],
    )


async def unknown_roles(work: UnitOfWork, roles: Sequence[UUID]) -> list[UUID]:
    rows = await work.rows(
        "select one from unnest(%s::uuid[]) one where not exists (select from role where id = one)",
        [list(roles)],
    )
    return [row[0] for row in rows]


async def power_of_roles(work: UnitOfWork, roles: Sequence[UUID]) -> tuple[bool, frozenset[str]]:
    """Whether any of the roles administers, and the workspace rights they give together."""
    [row] = await work.rows(
        "select coalesce(bool_or(is_administrator), false),"
        " array(select distinct unnest(r.rights) from role r where r.id = any(%(roles)s))"
        " from role where id = any(%(roles)s)",
        {"roles": list(roles)},
    )
    return row[0], frozenset(row[1])


async def roles_of(work: UnitOfWork, person: UUID) -> list[UUID]:
    return [
        row[0]
        for row in await work.rows("select role from person_role where person = %s", [person])
    ]


async def other_administrators(work: UnitOfWork, person: UUID) -> int:
    """How many active administrators there are besides the person; their rows are locked until the end."""
    rows = await work.rows(
        "select p.id from person p where p.active and p.id <> %s and exists ("
        " select from person_role pr join role r on r.id = pr.role"
        " where pr.person = p.id and r.is_administrator) order by p.id for update of p",
        [person],
    )
    return len(rows)


# Identities


async def insert_identity(
    work: UnitOfWork, identity: UUID, email: str, password_hash: str | None
) -> None:
    try:
        await work.value(
            "insert into guanxi.identity (id, email, password_hash) values (%s, %s, %s) returning id",
            [identity, email, password_hash],
        )
    except pg.UniqueViolation:
        raise EmailTakenError(email=email) from None


async def change_identity_email(work: UnitOfWork, identity: UUID, email: str) -> None:
    try:
        await work.value(
            "update guanxi.identity set email = %s, changed_at = now() where id = %s returning id",
            [email, identity],
        )
    except pg.UniqueViolation:
        raise EmailTakenError(email=email) from None


async def set_password_hash(work: UnitOfWork, identity: UUID, password_hash: str) -> None:
    await work.execute(
        "update guanxi.identity set password_hash = %s, changed_at = now() where id = %s",
        [password_hash, identity],
    )


async def identity_of(work: UnitOfWork, person: UUID) -> tuple[UUID | None, str | None]:
    """The identity of a person and its password hash, locked; None for what there is not."""
    row = await work.row(
        "select i.id, i.password_hash from person p join guanxi.identity i on i.id = p.identity"
        " where p.id = %s for update of i",
        [person],
    )
    return (None, None) if row is None else (row[0], row[1])


# Departments


async def departments(work: UnitOfWork) -> list[Department]:
    """All departments, by position and name."""
    rows = await work.rows(
        "select d.id, d.name, d.parent, d.position,"
        " (select count(*) from person p where p.department = d.id and p.active)"
        " from department d order by d.position, d.name, d.id"
    )
    return [Department(*row) for row in rows]


async def department(work: UnitOfWork, department: UUID) -> Department | None:
    row = await work.row(
        "select d.id, d.name, d.parent, d.position,"
        " (select count(*) from person p where p.department = d.id and p.active)"
        " from department d where d.id = %s",
        [department],
    )
    return None if row is None else Department(*row)


async def insert_department(
    work: UnitOfWork, id_: UUID, name: str, parent: UUID | None, position: int | None
) -> None:
    await work.execute(
        "insert into department (id, name, parent, position) values (%(id)s, %(name)s, %(parent)s,"
        " coalesce(%(position)s, (select coalesce(max(position), 0) + 1 from department"
        " where parent is not distinct from %(parent)s)))",
        {"id": id_, "name": name, "parent": parent, "position": position},
    )


async def update_department(work: UnitOfWork, id_: UUID, changes: Mapping[str, object]) -> None:
    settings = ", ".join(f"{quoted(name)} = %({name})s" for name in changes)
    await work.execute(
        f"update department set {settings} where id = %(_id)s", {**changes, "_id": id_}
    )


async def department_contents(work: UnitOfWork, id_: UUID) -> tuple[int, int]:
    """How many people and departments are directly in it."""
    [row] = await work.rows(
        "select (select count(*) from person where department = %(id)s),"
        " (select count(*) from department where parent = %(id)s)",
        {"id": id_},
    )
    return row[0], row[1]


async def delete_department(work: UnitOfWork, id_: UUID) -> None:
    await work.execute("delete from department where id = %s", [id_])


# The workspace


async def read_workspace(work: UnitOfWork) -> Workspace | None:
    row = await work.row(
        "select name, time_zone, currency, locale,"
        " coalesce(label, jsonb_build_object('zh-CN', name, 'en', name)) from setting"
    )
    return None if row is None else Workspace(*row)


async def insert_workspace(work: UnitOfWork, workspace: Workspace) -> None:
    """Does nothing when the workspace has its settings already."""
    await work.execute(
        "insert into setting (name, time_zone, currency, locale) values (%s, %s, %s, %s)"
        " on conflict do nothing",
        [workspace.name, workspace.time_zone, workspace.currency, workspace.locale],
    )


async def set_workspace_label(work: UnitOfWork, label: Mapping[str, str]) -> None:
    await work.execute("update setting set label = %s", [Jsonb(dict(label))])


async def set_setup_code_hash(work: UnitOfWork, code_hash: bytes | None) -> None:
    await work.execute("update setting set setup_code_hash = %s", [code_hash])


async def setup_code_hash(work: UnitOfWork) -> bytes | None:
    return cast("bytes | None", await work.value("select setup_code_hash from setting"))
