"""The files of the web app."""

from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from guanxi.api.web_app import web_app_routes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    dist = tmp_path / "dist"
    (dist / "assets").mkdir(parents=True)
    (dist / "index.html").write_text("<!doctype html>page")
    (dist / "assets" / "app-1a2b.js").write_text("plain")
    (dist / "assets" / "app-1a2b.js.br").write_bytes(b"brotli")
    (dist / "favicon.svg").write_text("<svg/>")
    (tmp_path / "secret.txt").write_text("secret")
    return dist


def client(folder: Path) -> httpx.AsyncClient:
    app = FastAPI()
    app.include_router(web_app_routes(folder))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://guanxi.test")


async def test_pages_are_answered_by_the_index(folder: Path) -> None:
    async with client(folder) as http:
        for path in ("/", "/crm_account/123", "/settings/roles"):
            answer = await http.get(path)
            assert answer.text == "<!doctype html>page"
            assert answer.headers["cache-control"] == "no-cache"


async def test_hashed_files_are_kept_for_ever_and_packed_ones_preferred(folder: Path) -> None:
    async with client(folder) as http:
        packed = await http.get("/assets/app-1a2b.js", headers={"Accept-Encoding": "x-none, br"})
        assert packed.headers["content-encoding"] == "br"
        assert packed.headers["content-type"].startswith("text/javascript")
        assert "immutable" in packed.headers["cache-control"]
        plain = await http.get("/assets/app-1a2b.js", headers={"Accept-Encoding": "gzip"})
        assert plain.text == "plain"
        assert "content-encoding" not in plain.headers


async def test_missing_files_and_unknown_api_addresses_are_no_pages(folder: Path) -> None:
    async with client(folder) as http:
        for path in ("/assets/app-old.js", "/api/v1/nothing", "/api"):
            assert (await http.get(path)).status_code == 404


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt", "/%00"]
)
async def test_nothing_outside_of_the_folder_is_served(folder: Path, path: str) -> None:
    async with client(folder) as http:
        assert "secret" not in (await http.get(path)).text


async def test_a_missing_build_says_what_to_do(tmp_path: Path) -> None:
    async with client(tmp_path / "nowhere") as http:
        answer = await http.get("/")
        assert answer.status_code == 503
        assert "scripts/run" in answer.text
