"""Lists: find, order and keep a view; change a cell where it stands; see one's own; work on a phone."""

import re
from uuid import uuid4

from e2e.conftest import Visits, sign_in
from playwright.sync_api import Locator, Page, expect

OPPORTUNITIES = "/o/crm_opportunity"


def test_a_view_is_filtered_sorted_saved_and_found_again(visit: Visits) -> None:
    """What one set is in the address, is saved under a name, and is there after a reload."""
    page = visit(OPPORTUNITIES, as_="manager@example.com", locale="zh-CN")
    expect(page.get_by_role("grid")).to_be_visible()
    page.get_by_role("button", name="筛选 1").click()
    builder = page.get_by_role("dialog", name="筛选")
    builder.get_by_role("button", name="添加条件", exact=True).click()
    builder.get_by_role("combobox", name="字段").last.click()
    page.keyboard.type("金额")
    page.keyboard.press("Enter")
    builder.get_by_role("textbox").last.fill("200万")
    page.keyboard.press("Escape")
    expect(page.get_by_role("list", name="筛选")).to_contain_text("金额 ≥ ¥2,000,000")

    page.get_by_role("columnheader", name="金额").get_by_role("button").click()
    page.get_by_role("menuitem", name="降序").click()
    expect(page).to_have_url(re.compile(r"sort=-amount"))
    expect(amounts(page).first).to_contain_text("¥")
    expect(page.get_by_role("columnheader", name="金额")).to_have_attribute(
        "aria-sort", "descending"
    )

    name = f"大单 {uuid4().hex[:6]}"
    page.get_by_role("button", name="另存为").click()
    page.get_by_label("视图名称").fill(name)
    page.keyboard.press("Enter")
    expect(page.get_by_role("tab", name=name)).to_have_attribute("aria-selected", "true")
    expect(page.get_by_text("视图有未保存的改动")).to_be_hidden()

    page.reload()
    expect(page.get_by_role("tab", name=name)).to_have_attribute("aria-selected", "true")
    expect(amounts(page).first).to_contain_text("¥")
    figures = [int(re.sub(r"\D", "", text)) for text in amounts(page).all_inner_texts()]
    assert figures == sorted(figures, reverse=True)
    assert min(figures) >= 2_000_000


def test_a_cell_is_changed_where_it_stands(visit: Visits) -> None:
    """Typing opens the cell with the old value beneath; Enter saves and goes down; Ctrl+Z takes it back; the history tells both."""
    page = visit(OPPORTUNITIES, as_="admin@example.com", locale="zh-CN")
    cell = amounts(page).nth(1)
    expect(cell).to_contain_text("¥")
    old = cell.inner_text()
    name = page.get_by_role("rowheader").nth(1).inner_text().splitlines()[0]
    cell.click()
    page.keyboard.type("123456")
    expect(page.get_by_text(f"原值 {old}")).to_be_visible()
    with page.expect_response(lambda answer: answer.request.method == "PATCH") as saved:
        page.keyboard.press("Enter")
    assert saved.value.ok
    expect(cell).to_have_text("¥123,456")
    expect(amounts(page).nth(2)).to_have_attribute("data-active", "true")

    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        page.keyboard.press("Control+z")
    expect(cell).to_have_text(old)

    page.get_by_role("button", name=name, exact=True).click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_role("tab", name="动态").click()
    expect(drawer.get_by_text("¥123,456").first).to_be_visible()


def test_a_refused_change_stays_open_and_says_why(visit: Visits) -> None:
    """Nothing typed is lost: the cell keeps it, with the reason, until it is mended or dropped."""
    page = visit(OPPORTUNITIES, as_="admin@example.com", locale="zh-CN")
    cell = amounts(page).first
    expect(cell).to_contain_text("¥")
    old = cell.inner_text()
    cell.click()
    page.keyboard.type("-5")
    page.keyboard.press("Enter")
    expect(page.get_by_role("grid").get_by_role("alert")).to_have_text("不能小于 0。")
    expect(cell.get_by_role("textbox")).to_have_value("-5")
    expect(cell.get_by_role("textbox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(cell).to_have_text(old)


def test_a_change_meets_somebody_elses_and_asks(visit: Visits) -> None:
    """Who saves second sees what the first one put there, and decides."""
    page = visit(OPPORTUNITIES, as_="admin@example.com", locale="zh-CN")
    cell = amounts(page).nth(3)
    expect(cell).to_contain_text("¥")
    record = page.get_by_role("row").nth(4).get_attribute("data-row")
    # The page must not hear of it before it saves.
    page.route("**/api/v1/events", lambda route: route.abort())
    page.reload()
    expect(cell).to_contain_text("¥")
    cell.click()
    page.keyboard.type("777")
    other = visit("/", as_="admin@example.com", locale="zh-CN")
    token = sign_in(other, "admin@example.com")
    changed = other.request.patch(
        f"/api/v1/records/crm_opportunity/{record}",
        data={"amount": 888},
        headers={"If-Match": "*", "X-CSRF-Token": token},
    )
    assert changed.ok, changed.text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("grid").get_by_role("alert")).to_contain_text("¥888")
    expect(cell.get_by_role("textbox")).to_have_value("777")
    page.keyboard.press("Enter")
    expect(cell).to_have_text("¥777")


def test_two_sign_ins_see_different_rows(visit: Visits) -> None:
    """A salesperson sees the own opportunities, the manager everybody's below."""
    counts = []
    for email in ("manager@example.com", "rep1@example.com", "rep2@example.com"):
        page = visit(f"{OPPORTUNITIES}?filter=", as_=email, locale="zh-CN")
        expect(page.get_by_role("grid")).to_be_visible()
        expect(amounts(page).first).to_contain_text("¥")
        counts.append(int(page.get_by_role("grid").get_attribute("aria-rowcount") or 0))
    manager, first, second = counts
    assert first < manager
    assert second < manager


def test_records_are_deleted_together_and_brought_back(visit: Visits) -> None:
    """The bar counts what is selected; deleting asks, and can be undone."""
    page = visit("/o/crm_contact", as_="admin@example.com", locale="zh-CN")
    grid = page.get_by_role("grid")
    expect(grid).to_be_visible()
    before = grid.get_attribute("aria-rowcount") or ""
    record = page.locator("[data-row]").first.get_attribute("data-row")
    page.locator('[role=gridcell][data-column="1"]').first.click()
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Space")
    bar = page.get_by_role("region", name="已选记录")
    expect(bar).to_contain_text("已选 2 条")
    bar.get_by_role("button", name="删除").click()
    page.get_by_role("button", name="删除 2 条").click()
    expect(page.get_by_text("已删除 2 条")).to_be_visible()
    expect(page.locator(f'[data-row="{record}"]')).to_have_count(0)
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_text("已恢复 2 条")).to_be_visible()
    expect(grid).to_have_attribute("aria-rowcount", before)


def test_a_phone_shows_two_lines_and_opens_a_page(visit: Visits) -> None:
    """Name and figure, account and date; groups with their sums; a tap opens the record as a page."""
    page = visit(
        f"{OPPORTUNITIES}?group=stage", as_="rep1@example.com", size="phone", locale="zh-CN"
    )
    rows = page.get_by_role("listitem").filter(has_text="¥")
    expect(rows.first).to_be_visible()
    expect(page.get_by_text("合计")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    rows.nth(1).get_by_role("button").tap()
    expect(page).to_have_url(re.compile(r"/o/crm_opportunity/[0-9a-f-]{36}"))


def amounts(page: Page) -> Locator:
    """The cells of the column of amounts, from the top."""
    return page.locator('[role=gridcell][data-column="3"]')
