"""The web app's files: built once, cached for ever by their hashed names, compressed ahead when they were built."""

from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse
from starlette.exceptions import HTTPException

#: Vite names these by their content.
_HASHED = "assets/"
_FOREVER = "public, max-age=31536000, immutable"
_ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".map": "application/json",
    ".txt": "text/plain; charset=utf-8",
}
_NOT_BUILT = """<!doctype html><meta charset="utf-8"><title>Guanxi</title>
<p>网页尚未构建，请运行 scripts/run。 The web app is not built yet; run scripts/run.</p>"""


def web_app_routes(folder: Path) -> APIRouter:
    """Serves the folder; addresses of pages, which are no files, get `index.html`."""
    router = APIRouter(include_in_schema=False)
    root = folder.resolve()

    @router.api_route("/{path:path}", methods=["GET", "HEAD"])
    async def web_app(request: Request, path: str) -> Response:
        if path == "api" or path.startswith("api/"):
            raise HTTPException(404)
        file = _file_of(root, path)
        if file is None:
            if path.startswith(_HASHED):
                raise HTTPException(404)
            return _page(request, root)
        return _answer(request, file, forever=path.startswith(_HASHED))

    return router


def _file_of(root: Path, path: str) -> Path | None:
    """The file of an address, never outside of the folder."""
    if not path or "\x00" in path:
        return None
    try:
        file = (root / path).resolve()
        is_inside = file.is_relative_to(root) and file.is_file()
    except OSError:
        return None
    return file if is_inside else None


def _page(request: Request, root: Path) -> Response:
    index = root / "index.html"
    if not index.is_file():
        return Response(_NOT_BUILT, media_type="text/html; charset=utf-8", status_code=503)
    return _answer(request, index, forever=False)


def _answer(request: Request, file: Path, *, forever: bool) -> Response:
    headers = {
        "Cache-Control": _FOREVER if forever else "no-cache",
        "Vary": "Accept-Encoding",
    }
    media_type = _TYPES.get(file.suffix, "application/octet-stream")
    accepted = request.headers.get("accept-encoding", "")
    for encoding, suffix in _ENCODINGS:
        packed = file.with_name(file.name + suffix)
        if encoding in accepted and packed.is_file():
            headers["Content-Encoding"] = encoding
            return FileResponse(packed, media_type=media_type, headers=headers)
    return FileResponse(file, media_type=media_type, headers=headers)
