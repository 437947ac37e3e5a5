"""The palette finds records by pinyin initials, opens them, and the keyboard alone is enough."""

from e2e.conftest import Visits
from playwright.sync_api import expect


def test_initials_and_enter_open_a_record(visit: Visits) -> None:
    page = visit("/settings/me", as_="rep1@example.com", locale="zh-CN")
    expect(page.get_by_role("heading", name="我的设置")).to_be_visible()
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name="搜索或跳转")
    expect(field).to_be_focused()
    page.keyboard.type("sz")
    records = page.get_by_role("group", name="记录")
    first = records.get_by_role("option").first
    expect(first).to_contain_text("苏州")
    page.keyboard.press("Enter")
    expect(field).to_have_count(0)
    page.wait_for_url("**/o/crm_*/*")


def test_what_was_opened_comes_back_as_recent(visit: Visits) -> None:
    page = visit("/", as_="rep1@example.com", locale="zh-CN")
    record = page.request.get("/api/v1/records/crm_account?limit=1&fields=name").json()["records"][
        0
    ]
    page.goto(f"/o/crm_account/{record['id']}")
    expect(page.get_by_role("heading", name=record["name"]).first).to_be_visible()
    page.keyboard.press("Control+k")
    recent = page.get_by_role("group", name="最近打开")
    expect(recent.get_by_role("option").first).to_contain_text(record["name"])


def test_deeds_only_and_pages_one_may_open(visit: Visits) -> None:
    page = visit("/settings/me", as_="rep1@example.com", locale="zh-CN")
    expect(page.get_by_role("heading", name="我的设置")).to_be_visible()
    page.keyboard.press("Control+k")
    page.keyboard.type("角色")
    expect(page.get_by_text("没有找到“角色”")).to_be_visible()
    page.get_by_role("combobox", name="搜索或跳转").fill(">商机")
    expect(page.get_by_role("option", name="新建商机")).to_be_visible()
    expect(page.get_by_role("group", name="页面")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.get_by_role("combobox", name="搜索或跳转")).to_have_count(0)
