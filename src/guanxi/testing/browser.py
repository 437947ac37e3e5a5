"""Somebody who uses the API as a browser does: keeps the cookie, sends the CSRF token."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx

#: Everybody's password in tests.
PASSWORD = "correct horse"  # noqa: S105 -- of a test world


@dataclass
class Browser:
    """Somebody with a browser, signed in or not."""

    http: httpx.AsyncClient
    person: UUID | None = None

    async def sign_in(self, email: str, password: str = PASSWORD) -> httpx.Response:
        answer = await self.http.post(
            "/api/v1/session", json={"email": email, "password": password}
        )
        if answer.status_code == 200:
            self.http.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
        return answer

    async def get(self, path: str, **more: Any) -> httpx.Response:
        return await self.http.get(f"/api/v1{path}", **more)

    async def post(self, path: str, body: Any = None, **more: Any) -> httpx.Response:
        return await self.http.post(f"/api/v1{path}", json=body, **more)

    async def patch(self, path: str, body: Any = None, **more: Any) -> httpx.Response:
        return await self.http.patch(f"/api/v1{path}", json=body, **more)

    async def put(self, path: str, body: Any = None, **more: Any) -> httpx.Response:
        return await self.http.put(f"/api/v1{path}", json=body, **more)

    async def delete(self, path: str, **more: Any) -> httpx.Response:
        return await self.http.delete(f"/api/v1{path}", **more)


def browser_of(app: Any) -> Browser:
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    return Browser(
        httpx.AsyncClient(
            transport=transport, base_url="http://guanxi.test", headers={"Accept-Language": "en"}
        )
    )
