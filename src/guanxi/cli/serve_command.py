"""`guanxi serve`: the web app, the API and the worker in one process."""

import asyncio
import socket
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer
import uvicorn

from guanxi.api.app import create_app
from guanxi.auth.demo import DEMO_EMAILS, DEMO_PASSWORD
from guanxi.auth.setup import new_setup_code
from guanxi.bootstrap import Platform
from guanxi.cli.opening import opened
from guanxi.cli.running import CommandError, DataDir, run, settings_with
from guanxi.events.live import LiveHub
from guanxi.kit.settings import Settings
from guanxi.worker.running import working

#: Open pages (live events) are given so long to end when the server stops.
GRACE_SECONDS = 2

#: Where the built web app lies: in a checkout, else in the package.
_WEB_APPS = (
    Path(__file__).parents[3] / "frontend" / "dist",
    Path(__file__).parents[1] / "web",
)


def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to serve on. [env: GUANXI_HOST]")
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="Port to serve on. [env: GUANXI_PORT]", min=0, max=65535)
    ] = None,
    data_dir: DataDir = None,
    demo: Annotated[
        bool | None, typer.Option(help="Demonstration data and sign-ins. [env: GUANXI_DEMO]")
    ] = None,
    with_worker: Annotated[
        bool, typer.Option("--worker/--no-worker", help="Do background work in this process.")
    ] = True,
) -> None:
    """Serve the web app and the API, and do the background work.

    Examples:
        guanxi serve

        guanxi serve --port 9000 --data-dir /var/lib/guanxi --no-demo

    """
    settings = settings_with(host=host, port=port, data_dir=data_dir, demo=demo)
    run(lambda: _serve(settings, with_worker=with_worker))


async def _serve(settings: Settings, *, with_worker: bool) -> None:
    listener = _listen(settings.host, settings.port)
    try:
        async with opened(settings) as platform:
            companions: Sequence[AbstractAsyncContextManager[object]] = (
                (working(platform),) if with_worker else ()
            )
            app = create_app(platform, web_app=_web_app(), alongside=companions)
            await _welcome(platform, listener)
            server = _Server(
                uvicorn.Config(
                    app,
                    log_level="debug" if settings.log_level == "debug" else "warning",
                    access_log=False,
                    loop="none",
                    http="httptools",
                    ws="none",
                    timeout_graceful_shutdown=GRACE_SECONDS,
                    server_header=False,
                ),
                app.state.live_hub,
            )
            await server.serve(sockets=[listener])
    finally:
        listener.close()


class _Server(uvicorn.Server):
    """Ends open pages' live events as soon as it is told to stop; they would hold it up else."""

    def __init__(self, config: uvicorn.Config, hub: LiveHub) -> None:
        super().__init__(config)
        self._hub = hub

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        asyncio.get_running_loop().call_soon_threadsafe(self._hub.end_subscriptions)
        super().handle_exit(sig, frame)


def _listen(host: str, port: int) -> socket.socket:
    """The socket to serve on, taken before anything else is begun. Raises CommandError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise CommandError(
            f"Cannot serve on {host}:{port} ({error.strerror}). Choose another port with --port."
        ) from None
    return listener


def _web_app() -> Path:
    return next((folder for folder in _WEB_APPS if folder.is_dir()), _WEB_APPS[0])


async def _welcome(platform: Platform, listener: socket.socket) -> None:
    """Says where to go, and how to get in for the first time."""
    host, port = listener.getsockname()[:2]
    shown = "localhost" if host in ("0.0.0.0", "::", "127.0.0.1", "::1") else host  # noqa: S104
    lines = [f"Guanxi: http://{shown}:{port}"]
    async with platform.database.begin(platform.schema) as work:
        code = await new_setup_code(work)
    if code is not None:
        lines.append(f"First visit: the set-up code is {code}")
    elif platform.settings.demo:
        lines.append(f"Demo sign-ins, password {DEMO_PASSWORD}: {', '.join(DEMO_EMAILS)}")
    typer.echo("\n".join(lines))
