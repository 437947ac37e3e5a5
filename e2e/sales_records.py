"""What stories about records share: a record made through the API by the person of a page."""

from typing import Any
from uuid import uuid4

from e2e.conftest import sign_in
from playwright.sync_api import Page


class Desk:
    """Somebody at work beside the browser, through the API."""

    def __init__(self, page: Page, email: str) -> None:
        self._page = page
        self._token = sign_in(page, email)

    def create(self, object_name: str, **values: Any) -> dict[str, Any]:
        return self._sent("POST", f"/api/v1/records/{object_name}", values, {})

    def change(self, object_name: str, id_: str, **values: Any) -> dict[str, Any]:
        return self._sent(
            "PATCH", f"/api/v1/records/{object_name}/{id_}", values, {"If-Match": "*"}
        )

    def _sent(
        self, method: str, path: str, values: dict[str, Any], headers: dict[str, str]
    ) -> dict[str, Any]:
        answer = self._page.request.fetch(
            path, method=method, data=values, headers={"X-CSRF-Token": self._token, **headers}
        )
        assert answer.ok, answer.text()
        record: dict[str, Any] = answer.json()
        return record


def new_name(what: str) -> str:
    """A name no other story uses."""
    return f"{what} {uuid4().hex[:6]}"
