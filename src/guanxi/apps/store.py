"""SQL of installed applications and of what they bring."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from guanxi.apps.manifest import AppFile, RoleFile
from guanxi.apps.model import InstalledApp
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.ids import new_id

_KEEP_APP = """
insert into app (name, version, label, description, icon, navigation, base, position)
values (%(name)s, %(version)s, %(label)s, %(description)s, %(icon)s, %(navigation)s, %(base)s,
        (select count(*) from app))
on conflict (name) do update set version = excluded.version, base = excluded.base, upgraded_at = now()
 where (app.version, app.base) is distinct from (excluded.version, excluded.base)
"""
_ADD_ROLE = """
insert into role (id, name, description, system, rights, origin) values (%s, %s, %s, true, %s, %s)
on conflict (origin) do nothing returning id
"""


async def installed_apps(work: UnitOfWork) -> list[InstalledApp]:
    rows = await work.rows(
        "select name, version, label, description, icon, navigation from app order by position, name"
    )
    return [InstalledApp(*row) for row in rows]


async def base_of(work: UnitOfWork, name: str) -> dict[str, Any] | None:
    """An application as it was packaged when it was last installed; None when it never was."""
    found: dict[str, Any] | None = await work.value("select base from app where name = %s", [name])
    return found


async def keep_app(work: UnitOfWork, app: AppFile, document: Mapping[str, Any]) -> None:
    """Notes the application as packaged; a navigation that is there stays as it is."""
    navigation = [
        {"label": dict(group.label), "objects": list(group.objects)} for group in app.navigation
    ]
    await work.execute(
        _KEEP_APP,
        {
            "name": app.name,
            "version": app.version,
            "label": Jsonb(dict(app.label)),
            "description": Jsonb(dict(app.description)),
            "icon": app.icon,
            "navigation": Jsonb(navigation),
            "base": Jsonb(dict(document)),
        },
    )


async def add_role(work: UnitOfWork, origin: str, role: RoleFile) -> UUID | None:
    """The id of the new role; None when it is there."""
    values = [
        new_id(),
        Jsonb(dict(role.name)),
        Jsonb(dict(role.description)),
        [right.value for right in role.rights],
        origin,
    ]
    found: UUID | None = await work.value(_ADD_ROLE, values)
    return found


async def roles_by_origin(work: UnitOfWork, prefix: str) -> dict[str, UUID]:
    """The roles of an application by what follows the prefix of their origin."""
    rows = await work.rows(
        "select substr(origin, length(%s) + 1), id from role where starts_with(origin, %s)",
        [prefix, prefix],
    )
    return dict(rows)
