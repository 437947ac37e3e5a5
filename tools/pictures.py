"""Takes the pictures of the README anew, from a demo that is running: `python -m tools.pictures http://localhost:8000`."""

import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import APIResponse, Browser, sync_playwright

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
BROWSER = "/usr/bin/chromium"
SIZE = {"width": 1120, "height": 700}
SETTLED_MS = 6000
LANGUAGES = {"zh": "zh-CN", "en": "en"}
EMAIL, PASSWORD = "admin@example.com", "guanxi-demo"

FILE = """商机名称,商机编号,产品,阶段,金额,预计成交
华东泵业 二期产线,X-1001,HMC-630 卧式加工中心,赢单,1380000,2026/3/1
Deccan Turbine spindle line,X-1002,HMC630 卧式加工中心,需求确认,1250000,2026/4/15
江川轴承 换线改造,X-1003,HMC-630 卧式加工中心,初步接洽,960000,2026/5/9
"""


def take(address: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        for short, locale in LANGUAGES.items():
            _in_language(browser, address, short, locale)
        browser.close()


def _in_language(browser: Browser, address: str, short: str, locale: str) -> None:
    context = browser.new_context(viewport=SIZE, locale=locale, base_url=address)  # type: ignore[arg-type]
    page = context.new_page()
    me = _told(page.request.post("/api/v1/session", data={"email": EMAIL, "password": PASSWORD}))
    head = {"X-CSRF-Token": str(me["csrf_token"])}
    _told(page.request.patch("/api/v1/me", data={"locale": locale}, headers=head))
    page.add_init_script(f"localStorage.setItem('guanxi.locale', '{locale}')")
    views = _told(page.request.get("/api/v1/views?object=crm_opportunity"))["views"]
    board = next(one["id"] for one in views if one["kind"] == "board")
    won = {
        "filter": {"field": "stage", "op": "eq", "value": "won"},
        "sort": ["-amount"],
        "limit": 1,
    }
    found = page.request.post("/api/v1/records/crm_opportunity/query", data=won, headers=head)
    record = _told(found)["records"][0]["id"]
    upload = page.request.post(
        "/api/v1/imports",
        multipart={
            "object": "crm_opportunity",
            "file": {"name": "deals.csv", "mimeType": "text/csv", "buffer": FILE.encode()},
        },
        headers=head,
    )
    import_ = _told(upload)["id"]
    for name, path in {
        "table": "/o/crm_opportunity",
        "board": f"/o/crm_opportunity?view={board}",
        "record": f"/o/crm_opportunity/{record}",
        "object": "/settings/objects/crm_opportunity",
        "import": f"/imports/{import_}",
    }.items():
        page.goto(path)
        # Live events never end, so the network is never idle; the slowest page is there by then.
        page.wait_for_selector("h1")
        page.wait_for_timeout(SETTLED_MS)
        page.screenshot(path=FOLDER / f"{name}.{short}.png")
    page.request.delete(f"/api/v1/imports/{import_}", headers=head)
    context.close()


def _told(answer: APIResponse) -> Any:
    if not answer.ok:
        raise SystemExit(f"{answer.url}: {answer.status} {answer.text()}")
    return answer.json()


if __name__ == "__main__":
    take(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000")
