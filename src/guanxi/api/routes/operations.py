"""For those who run the installation: is it up, is it ready, how is it doing."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from guanxi.api.access import platform_of
from guanxi.api.metrics import Metrics
from guanxi.db.failures import AnyFailure
from guanxi.db.migrations.upgrade import is_current

router = APIRouter(tags=["operations"])


@router.get("/healthz", operation_id="get_health")
async def get_health() -> dict[str, str]:
    """The process is up."""
    return {"status": "ok"}


@router.get("/readyz", operation_id="get_readiness")
async def get_readiness(request: Request) -> Response:
    """The database answers and its tables are current; 503 when not."""
    platform = platform_of(request)
    try:
        current = await is_current(platform.database, platform.settings.workspace)
    except AnyFailure:
        return JSONResponse({"status": "database away"}, status_code=503)
    if not current:
        return JSONResponse({"status": "tables outdated"}, status_code=503)
    return JSONResponse({"status": "ready"})


@router.get("/metrics", operation_id="get_metrics", response_class=Response)
async def get_metrics(request: Request) -> Response:
    """Figures for Prometheus."""
    metrics: Metrics = request.app.state.metrics
    body = await metrics.text(platform_of(request))
    return Response(body, media_type="text/plain; version=0.0.4; charset=utf-8")
