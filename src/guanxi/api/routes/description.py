"""The machine-readable description of the API."""

from functools import lru_cache

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse

from guanxi.api.access import credential_of, platform_of
from guanxi.api.openapi import Document, describe, with_objects
from guanxi.auth.errors import NotSignedInError

router = APIRouter(include_in_schema=False)


@router.get("/api/openapi.json")
async def get_description(request: Request) -> JSONResponse:
    """For whoever is signed in with the workspace's own objects, for others without."""
    document = _described(request.app)
    try:
        viewer = await platform_of(request).gate.viewer(credential_of(request))
    except NotSignedInError:
        return JSONResponse(document)
    return JSONResponse(with_objects(document, viewer))


@lru_cache(maxsize=1)
def _described(app: FastAPI) -> Document:
    return describe(app)
