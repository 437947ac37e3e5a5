"""Saved views."""

from uuid import UUID

from fastapi import APIRouter, Response

from guanxi.api.access import SignedIn
from guanxi.api.answering import answered
from guanxi.api.idempotency import Idempotent
from guanxi.api.if_match import IfMatch, expected_version
from guanxi.api.schemas.body import plain
from guanxi.api.schemas.views import NewViewBody, ViewAnswer, ViewChangesBody, ViewsAnswer
from guanxi.views.change import ViewChanges, change_view, delete_view
from guanxi.views.create import create_view
from guanxi.views.find import views_of

router = APIRouter(prefix="/views", tags=["views"])


@router.get("", operation_id="list_views")
async def list_views(access: SignedIn, object: str) -> ViewsAnswer:  # noqa: A002 -- the name of the contract
    """The shared views of an object and the person's own, as far as they may use them."""
    async with access.platform.gate.write(access.credential) as (work, viewer):
        found = await views_of(work, viewer, object)
        return ViewsAnswer(views=[ViewAnswer.of(view, viewer) for view in found])


@router.post("", operation_id="create_view", status_code=201)
async def post_view(access: SignedIn, idempotent: Idempotent, body: NewViewBody) -> Response:
    """Saves a view."""
    async with access.platform.gate.write(access.credential) as (work, viewer):
        replayed = await idempotent.replayed(work, viewer)
        if replayed is not None:
            return replayed
        view = await create_view(
            work,
            viewer,
            object_name=body.object,
            name=body.name,
            kind=body.kind,
            config=body.config,
            shared=body.shared,
        )
        return await idempotent.keep(
            work, viewer, answered(ViewAnswer.of(view, viewer), status=201)
        )


@router.patch("/{view_id}", operation_id="change_view")
async def patch_view(
    access: SignedIn,
    idempotent: Idempotent,
    view_id: UUID,
    body: ViewChangesBody,
    if_match: IfMatch = None,
) -> Response:
    """Changes a view; sharing and shared views need the right to design."""
    version = expected_version(if_match)
    changes = ViewChanges()
    given = body.model_fields_set
    if "name" in given:
        changes["name"] = body.name if isinstance(body.name, str) else plain(body.name)
    if "config" in given:
        changes["config"] = body.config
    if "shared" in given:
        changes["shared"] = body.shared
    if "is_default" in given:
        changes["is_default"] = body.is_default
    if "position" in given:
        changes["position"] = body.position
    async with access.platform.gate.write(access.credential) as (work, viewer):
        replayed = await idempotent.replayed(work, viewer)
        if replayed is not None:
            return replayed
        view = await change_view(work, viewer, view_id, changes, version=version)
        return await idempotent.keep(work, viewer, answered(ViewAnswer.of(view, viewer)))


@router.delete("/{view_id}", operation_id="delete_view", status_code=204)
async def remove_view(
    access: SignedIn, idempotent: Idempotent, view_id: UUID, if_match: IfMatch = None
) -> Response:
    """Deletes a view."""
    version = expected_version(if_match)
    async with access.platform.gate.write(access.credential) as (work, viewer):
        replayed = await idempotent.replayed(work, viewer)
        if replayed is not None:
            return replayed
        await delete_view(work, viewer, view_id, version=version)
        return await idempotent.keep(work, viewer, Response(status_code=204))
