"""The HTTP application: every route, what surrounds them, and what runs along with them."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path

from fastapi import APIRouter, FastAPI
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from guanxi.api import errors
from guanxi.api.metrics import Metrics
from guanxi.api.routes import (
    apps,
    calendars,
    description,
    design,
    duplicates,
    events,
    exports,
    files,
    imports,
    lines,
    me,
    merges,
    objects,
    operations,
    people,
    people_access,
    records,
    roles,
    search,
    session,
    views,
    workspace,
)
from guanxi.api.shell import PREFIX, Shell
from guanxi.api.uses import Uses
from guanxi.api.web_app import web_app_routes
from guanxi.bootstrap import Platform
from guanxi.db.database import Statement
from guanxi.db.notify import Relay
from guanxi.events.live import LiveHub, Watch

#: Every router of the API, the busiest first: the routes are tried one after the other, at 3 µs each.
ROUTERS: tuple[APIRouter, ...] = (
    records.router,
    duplicates.router,
    lines.router,
    merges.router,
    search.router,
    exports.router,
    session.router,
    me.router,
    objects.router,
    design.router,
    views.router,
    apps.router,
    people.router,
    people_access.router,
    roles.router,
    calendars.router,
    workspace.router,
    imports.router,
    files.router,
    events.router,
)

#: What people can follow besides records.
WATCHES = (
    Watch(
        "import",
        Statement(
            "select id, created_by, jsonb_build_object('id', id, 'status', status,"
            " 'progress', jsonb_build_object('done', done, 'total', total)) from import_file"
            " where finished_at is null or finished_at > now() - interval '1 minute'"
            " order by created_at desc limit 200"
        ),
    ),
)

#: Each holds a connection to the database for as long as it is written.
EXPORTS_AT_ONCE = 2

#: Less is not worth the time.
LEAST_COMPRESSED_BYTES = 2048
COMPRESSION = 4


def create_app(
    platform: Platform,
    *,
    web_app: Path | None = None,
    alongside: Sequence[AbstractAsyncContextManager[object]] = (),
) -> FastAPI:
    """The application of an open platform. `web_app` is the folder of the built front end; what is given in
    `alongside` (a worker) lives as long as the application.
    """
    metrics = Metrics()
    hub = LiveHub(platform.database, platform.schema, watches=WATCHES)
    uses = Uses(platform.database, platform.schema)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        relay = Relay(platform.database, platform.schema)
        async with AsyncExitStack() as stack:
            await relay.start()
            stack.push_async_callback(relay.stop)
            await hub.start()
            stack.push_async_callback(hub.stop)
            stack.push_async_callback(uses.finish)
            for companion in alongside:
                await stack.enter_async_context(companion)
            yield

    app = FastAPI(
        title="Guanxi",
        version="1",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        middleware=[
            Middleware(
                Shell,
                metrics=metrics,
                uses=uses,
                upload_limit_bytes=platform.settings.upload_limit_mb * 1024 * 1024,
                statement_seconds=platform.settings.statement_seconds,
            ),
            Middleware(
                GZipMiddleware, minimum_size=LEAST_COMPRESSED_BYTES, compresslevel=COMPRESSION
            ),
        ],
    )
    app.state.platform = platform
    app.state.metrics = metrics
    app.state.live_hub = hub
    app.state.exports_at_once = asyncio.Semaphore(EXPORTS_AT_ONCE)
    errors.install(app)
    for router in ROUTERS:
        app.include_router(router, prefix=PREFIX)
    app.include_router(operations.router)
    app.include_router(description.router)
    if web_app is not None:
        app.include_router(web_app_routes(web_app))
    return app
