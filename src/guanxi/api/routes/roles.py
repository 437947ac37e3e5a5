"""Roles and what they give."""

from uuid import UUID

from fastapi import APIRouter, Response

from guanxi.api.access import SignedIn
from guanxi.api.answering import answered
from guanxi.api.idempotency import Idempotent
from guanxi.api.schemas.body import plain
from guanxi.api.schemas.roles import NewRoleBody, RoleAnswer, RoleChangesBody, RolesAnswer
from guanxi.permissions.roles import RoleChanges, change_role, create_role, delete_role, list_roles

router = APIRouter(prefix="/roles", tags=["roles"])


@router.get("", operation_id="list_roles")
async def get_roles(access: SignedIn) -> RolesAnswer:
    """All roles with their grants."""
    async with access.platform.gate.write(access.credential) as (work, _):
        return RolesAnswer(roles=[RoleAnswer.of(role) for role in await list_roles(work)])


@router.post("", operation_id="create_role", status_code=201)
async def post_role(access: SignedIn, idempotent: Idempotent, body: NewRoleBody) -> Response:
    """Makes a role."""
    async with access.platform.gate.write(access.credential) as (work, viewer):
        replayed = await idempotent.replayed(work, viewer)
        if replayed is not None:
            return replayed
        role = await create_role(
            work,
            viewer,
            name=plain(body.name),
            description=plain(body.description) if body.description else None,
            rights=body.rights,
            grants=[grant.as_wish() for grant in body.grants],
        )
        return await idempotent.keep(work, viewer, answered(RoleAnswer.of(role), status=201))


@router.patch("/{role_id}", operation_id="change_role")
async def patch_role(
    access: SignedIn, idempotent: Idempotent, role_id: UUID, body: RoleChangesBody
) -> Response:
    """Changes what is given; grants are replaced as a whole."""
    changes: RoleChanges = {}
    given = body.model_fields_set
    if "name" in given:
        changes["name"] = plain(body.name)
    if "description" in given:
        changes["description"] = plain(body.description) if body.description else None
    if "rights" in given:
        changes["rights"] = body.rights
    if "grants" in given:
        changes["grants"] = [grant.as_wish() for grant in body.grants]
    async with access.platform.gate.write(access.credential) as (work, viewer):
        replayed = await idempotent.replayed(work, viewer)
        if replayed is not None:
            return replayed
        role = await change_role(work, viewer, role_id, changes)
        return await idempotent.keep(work, viewer, answered(RoleAnswer.of(role)))


@router.delete("/{role_id}", operation_id="delete_role", status_code=204)
async def remove_role(access: SignedIn, idempotent: Idempotent, role_id: UUID) -> Response:
    """Refused for roles that come with an application and while people have it."""
    async with access.platform.gate.write(access.credential) as (work, viewer):
        replayed = await idempotent.replayed(work, viewer)
        if replayed is not None:
            return replayed
        await delete_role(work, viewer, role_id)
        return await idempotent.keep(work, viewer, Response(status_code=204))
