"""The workspace's own settings."""

from fastapi import APIRouter

from guanxi.api.access import SignedIn
from guanxi.api.schemas.body import plain
from guanxi.api.schemas.people import WorkspaceAnswer, WorkspaceChangesBody
from guanxi.auth.workspace import name_workspace, workspace_now
from guanxi.permissions.require import require_administrator

router = APIRouter(prefix="/workspace", tags=["workspace"])


@router.get("", operation_id="get_workspace")
async def get_workspace(access: SignedIn) -> WorkspaceAnswer:
    """What is true of the whole workspace."""
    async with access.platform.gate.write(access.credential) as (work, _):
        return WorkspaceAnswer.model_validate(await workspace_now(work))


@router.patch("", operation_id="change_workspace")
async def patch_workspace(access: SignedIn, body: WorkspaceChangesBody) -> WorkspaceAnswer:
    """Names the workspace; for administrators."""
    async with access.platform.gate.write(access.credential) as (work, viewer):
        require_administrator(viewer)
        return WorkspaceAnswer.model_validate(await name_workspace(work, plain(body.label)))
