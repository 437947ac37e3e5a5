"""`guanxi serve`: the web app, the API and the worker in one process."""

import asyncio
import socket
from collections.abc import Iterator, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from guanxi.api.app import create_app
from guanxi.auth.demo import DEMO_EMAILS, DEMO_PASSWORD
from guanxi.auth.setup import new_setup_code
from guanxi.bootstrap import Platform, fill_demo
from guanxi.cli.language import spoken
from guanxi.cli.log import configure_log
from guanxi.cli.opening import opened
from guanxi.cli.running import CommandError, DataDir, on_signals, run, settings_with
from guanxi.events.live import LiveHub
from guanxi.kit.settings import Settings
from guanxi.kit.tasks import end_tasks
from guanxi.kit.text import Text
from guanxi.query.lexemes import name_key
from guanxi.worker.running import working

#: Open pages (live events) are given so long to end when the server stops.
GRACE_SECONDS = 2

PORT_TAKEN = Text(
    zh="不能在 {place} 上提供服务（{reason}）。请用 --port 换一个端口。",
    en="Cannot serve on {place} ({reason}). Choose another port with --port.",
)
NOT_STARTED = Text(
    zh="服务没有启动，原因见上面的日志。", en="The server did not start; the log above says why."
)
SETUP_CODE = Text(zh="首次访问：设置码是 {code}", en="First visit: the set-up code is {code}")
DEMO_SIGN_INS = Text(
    zh="演示账号（密码 {password}）：{emails}",
    en="Demo sign-ins (password {password}): {emails}",
)

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
    configure_log(settings)
    listener = _listen(settings.host, settings.port)
    try:
        async with opened(settings) as platform:
            if settings.demo:
                await fill_demo(platform)
            companions: Sequence[AbstractAsyncContextManager[object]] = (
                (working(platform),) if with_worker else ()
            )
            app = create_app(platform, web_app=web_app_folder(), alongside=companions)
            await _welcome(platform, listener)
            server = _Server(
                uvicorn.Config(
                    app,
                    log_config=None,
                    access_log=False,
                    loop="none",
                    http="httptools",
                    ws="none",
                    timeout_graceful_shutdown=GRACE_SECONDS,
                    server_header=False,
                ),
                app.state.live_hub,
            )
            warming = asyncio.create_task(_warm_up(server))
            await server.serve(sockets=[listener])
            await end_tasks(warming)
            if not server.started:
                raise CommandError(NOT_STARTED)
    finally:
        listener.close()


async def _warm_up(server: uvicorn.Server) -> None:
    """Loads what the first save would wait for, once nobody waits for the start any more."""
    while not server.started:  # noqa: ASYNC110 -- uvicorn tells nobody
        await asyncio.sleep(0.1)
    await asyncio.to_thread(name_key, "关系")


class _Server(uvicorn.Server):
    """Ends open pages' live events as soon as it is told to stop; they would hold it up else.

    Uvicorn would raise the signal anew when it has stopped, and so kill the process before it has closed its database.
    """

    def __init__(self, config: uvicorn.Config, hub: LiveHub) -> None:
        super().__init__(config)
        self._hub = hub

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        on_signals(self._stop)
        yield

    def _stop(self) -> None:
        self._hub.end_subscriptions()
        self.should_exit = True


def _listen(host: str, port: int) -> socket.socket:
    """The socket to serve on, taken before anything else is begun. Raises CommandError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        reason = error.strerror or str(error)
        raise CommandError(PORT_TAKEN.fill(place=f"{host}:{port}", reason=reason)) from None
    return listener


def web_app_folder() -> Path:
    """Where the built web app lies, or would lie."""
    return next((folder for folder in _WEB_APPS if folder.is_dir()), _WEB_APPS[0])


async def _welcome(platform: Platform, listener: socket.socket) -> None:
    """Says where to go, and how to get in for the first time."""
    host, port = listener.getsockname()[:2]
    shown = "localhost" if host in ("0.0.0.0", "::", "127.0.0.1", "::1") else host  # noqa: S104
    lines = [f"Guanxi: http://{f'[{shown}]' if ':' in shown else shown}:{port}"]
    async with platform.database.begin(platform.schema) as work:
        code = await new_setup_code(work)
    if code is not None:
        lines.append(spoken(SETUP_CODE.fill(code=code)))
    elif platform.settings.demo:
        lines.append(
            spoken(DEMO_SIGN_INS.fill(password=DEMO_PASSWORD, emails=", ".join(DEMO_EMAILS)))
        )
    typer.echo("\n".join(lines))
