"""Applications and the navigation through them."""

from typing import Any

from fastapi import APIRouter

from guanxi.api.access import SignedIn
from guanxi.apps.navigation import NavigationApp, navigation_of

router = APIRouter(prefix="/apps", tags=["apps"])


@router.get("", operation_id="list_apps")
async def list_apps(access: SignedIn) -> dict[str, Any]:
    """The applications with their groups, as far as the person may see what stands in them."""
    async with access.platform.gate.write(access.credential) as (work, viewer):
        return {"apps": [_answer(one) for one in await navigation_of(work, viewer)]}


def _answer(one: NavigationApp) -> dict[str, Any]:
    return {
        "name": one.app.name,
        "label": dict(one.app.label),
        "description": dict(one.app.description) if one.app.description else None,
        "icon": one.app.icon,
        "version": one.app.version,
        "navigation": [
            {"label": dict(group.label), "items": [{"object": name} for name in group.objects]}
            for group in one.groups
        ],
    }
