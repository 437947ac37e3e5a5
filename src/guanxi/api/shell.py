"""What surrounds every request: its id, the limit of its body, safe headers, its place in the figures."""

import re
import time
from uuid import uuid4

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from guanxi.api.access import USED_CREDENTIAL
from guanxi.api.errors import answer_defect
from guanxi.api.metrics import Metrics
from guanxi.api.uses import Uses
from guanxi.db.patience import statement_limit

#: Where the API begins.
PREFIX = "/api/v1"

MOST_BODY_BYTES = 5 * 1024 * 1024

#: Ant Design writes its styles into the page; scripts come from our own files only.
_CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_SAFE_HEADERS = (
    (b"content-security-policy", _CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(self), microphone=()"),
)
_OF_FILES = frozenset((b"content-security-policy", b"x-frame-options"))
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")

#: Uploads are read in a stream and have a limit of their own.
_UPLOADS = re.compile(rf"{PREFIX}/(?:imports|files)/?")


class Shell:
    """The outermost layer. Plain ASGI: it costs microseconds and does not buffer."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        metrics: Metrics,
        uses: Uses,
        upload_limit_bytes: int,
        statement_seconds: int,
    ) -> None:
        self._app = app
        self._uses = uses
        self._metrics = metrics
        self._upload_limit_bytes = upload_limit_bytes
        self._statement_limit = str(statement_seconds * 1000)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.perf_counter()
        patience = statement_limit.set(self._statement_limit)
        headers = Headers(scope=scope)
        request_id = _request_id(headers.get("x-request-id"))
        scope["guanxi.request_id"] = request_id
        status = 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _complete(message, scope["path"], request_id)
            await send(message)

        limit = self._limit(scope)
        try:
            await self._app(scope, _limited(receive, headers, limit), send_with_headers)
        except Exception as error:
            if status:
                raise
            response = await answer_defect(Request(scope), error)
            await response(scope, receive, send_with_headers)
        finally:
            statement_limit.reset(patience)
            credential = scope.get(USED_CREDENTIAL)
            if credential is not None and status != 401:
                self._uses.note(credential)
            self._metrics.count(scope["method"], _route(scope), status, time.perf_counter() - begun)

    def _limit(self, scope: Scope) -> int:
        if scope["method"] == "POST" and _UPLOADS.fullmatch(scope["path"]):
            return self._upload_limit_bytes
        return MOST_BODY_BYTES


def _route(scope: Scope) -> str:
    """The pattern of the address. FastAPI leaves the prefix of an included router out of it."""
    path = getattr(scope.get("route"), "path", None)
    if path is None:
        return "(none)"
    return f"{PREFIX}{path}" if scope["path"].startswith(PREFIX) else str(path)


def _request_id(given: str | None) -> str:
    return given if given and _REQUEST_ID.fullmatch(given) else uuid4().hex


def _complete(message: Message, path: str, request_id: str) -> None:
    """Adds our headers; written on raw pairs, for it happens to every answer."""
    headers: list[tuple[bytes, bytes]] = message["headers"]
    headers.append((b"x-request-id", request_id.encode()))
    if any(name == b"content-security-policy" for name, _ in headers):
        # A file is closed tighter than a page, and says so itself.
        headers.extend(one for one in _SAFE_HEADERS if one[0] not in _OF_FILES)
    else:
        headers.extend(_SAFE_HEADERS)
    if path.startswith("/api/") and not any(name == b"cache-control" for name, _ in headers):
        headers.append((b"cache-control", b"no-store"))


def _limited(receive: Receive, headers: Headers, limit: int) -> Receive:
    """Refuses a body that is or says it is too long, before it is held in memory."""
    announced = headers.get("content-length", "0")
    seen = 0

    async def receive_within_limit() -> Message:
        nonlocal seen
        if announced.isdigit() and int(announced) > limit:
            raise HTTPException(413)
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            if seen > limit:
                raise HTTPException(413)
        return message

    return receive_within_limit
