"""The application with bare endpoints beside it, as a process of its own: `python -m benchmarks.bare_server`.

Bare endpoints do the same query through psycopg, or nothing at all, and pass the same bytes.
"""

import json
import sys
from pathlib import Path

import uvicorn
import uvloop
from fastapi import FastAPI, Response

from guanxi.api.app import create_app
from guanxi.bootstrap import open_platform
from guanxi.db.database import Statement
from guanxi.kit.settings import Settings


async def serve(conninfo: str, port: int, asked: dict[str, dict[str, object]]) -> None:
    """`asked` holds statements by name: `{"text", "parameters"}`."""
    platform = await open_platform(Settings(locale="en", data_dir=Path()), conninfo)
    app = create_app(platform)
    bare = FastAPI(openapi_url=None)
    kept: dict[str, bytes] = {}

    async def query(name: str) -> bytes:
        one = asked[name]
        statement = Statement(str(one["text"]), dict(one["parameters"]))  # type: ignore[call-overload]
        rows = await platform.database.read(platform.schema, statement)
        return bytes(rows[0][0][0])

    @bare.get("/query/{name}")
    async def same_query(name: str) -> Response:
        body = b'{"records":' + await query(name) + b',"next_cursor":null}'
        return Response(body, media_type="application/json")

    @bare.get("/bytes/{name}")
    async def same_bytes(name: str) -> Response:
        if name not in kept:
            kept[name] = await query(name)
        return Response(kept[name], media_type="application/json")

    app.mount("/bare", bare)
    config = uvicorn.Config(
        app, port=port, log_level="warning", access_log=False, loop="uvloop", http="httptools"
    )
    await uvicorn.Server(config).serve()
    await platform.database.close()


if __name__ == "__main__":
    conninfo, port, asked = sys.argv[1:4]
    uvloop.run(serve(conninfo, int(port), json.loads(asked)))
