"""One real Guanxi with its demo for each test process, and browsers that look at it as people do: by desktop or phone, in their language."""

import os
import re
import shutil
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

from guanxi.auth.demo import DEMO_PASSWORD
from guanxi.cli.serve_command import web_app_folder
from guanxi.testing.serving import Serving

ROOT = Path(__file__).parents[1]

#: Pictures of pages whose story failed.
RESULTS = ROOT / "test-results"

Size = Literal["desktop", "phone"]
SIZES: dict[Size, ViewportSize] = {
    "desktop": {"width": 1440, "height": 900},
    "phone": {"width": 390, "height": 844},
}
#: A busy machine may take this long to show something.
PATIENCE_MS = 15_000
expect.set_options(timeout=PATIENCE_MS)

_FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remembers that a story failed, for the picture that is taken when its browser closes."""
    report = yield
    if report.when == "call":
        item.stash[_FAILED] = report.failed
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the stories. Those of one file may build on one another: `--dist loadfile` keeps them together."""
    for item in items:
        item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where a Guanxi with demo data answers: `GUANXI_E2E_ADDRESS`, else one started for this run."""
    given = os.environ.get("GUANXI_E2E_ADDRESS")
    if given:
        yield given
        return
    if not (web_app_folder() / "index.html").is_file():
        pytest.fail("The web app is not built: scripts/test --only web-app")
    with TemporaryDirectory(prefix="guanxi-stories-") as name:
        Path(name).chmod(0o755)
        serving = Serving(Path(name), demo=True)
        try:
            yield serving.start().address
        finally:
            serving.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, else the one Playwright brought."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next((found for name in names if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield launched
        launched.close()


@dataclass
class Visits:
    """Opens pages, each in a browser of its own, with its own cookies."""

    browser: Browser
    address: str
    contexts: list[BrowserContext] = field(default_factory=list)

    def __call__(
        self,
        path: str = "/",
        *,
        as_: str | None = None,
        size: Size = "desktop",
        locale: str = "en",
        theme: Literal["light", "dark"] = "light",
    ) -> Page:
        """A page at a path, signed in as somebody of the demo when `as_` names one (`rep1@example.com`)."""
        context = self.browser.new_context(
            base_url=self.address,
            viewport=SIZES[size],
            has_touch=size == "phone",
            is_mobile=size == "phone",
            locale=locale,
            color_scheme=theme,
            timezone_id="Asia/Shanghai",
            accept_downloads=True,
            service_workers="block",
        )
        context.set_default_timeout(PATIENCE_MS)
        self.contexts.append(context)
        page = context.new_page()
        if as_ is not None:
            sign_in(page, as_)
        page.goto(path)
        return page


def sign_in(page: Page, email: str, password: str = DEMO_PASSWORD) -> str:
    """Signs in by the API: the page has the cookie afterwards. Returns the CSRF token for further calls."""
    answer = page.request.post("/api/v1/session", data={"email": email, "password": password})
    assert answer.ok, answer.text()
    token: str = answer.json()["csrf_token"]
    return token


@pytest.fixture
def visit(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Visits]:
    """Opens pages; those of a story that failed are kept as pictures in `test-results`."""
    visits = Visits(browser, address)
    yield visits
    if request.node.stash.get(_FAILED, False):
        _take_pictures(visits, request.node.name)
    for context in visits.contexts:
        context.close()


def _take_pictures(visits: Visits, story: str) -> None:
    RESULTS.mkdir(exist_ok=True)
    name = re.sub(r"[^\w-]+", "_", story)
    pages: list[Any] = [page for context in visits.contexts for page in context.pages]
    for place, page in enumerate(pages):
        page.screenshot(path=RESULTS / f"{name}_{place}.png", full_page=True)
