"""Lists: find, order and keep a view; change a cell where it stands; see one's own; work on a phone."""

import json
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
    first = page.url
    page.get_by_role("button", name="下一条").tap()
    expect(page).not_to_have_url(first)
    page.get_by_role("button", name="上一条").tap()
    expect(page).to_have_url(first)


def test_cells_go_to_a_spreadsheet_and_come_back(visit: Visits) -> None:
    """A range is copied as a sheet; of what comes from one, what fits is pasted, the rest says why; Undo takes it back."""
    page = visit(OPPORTUNITIES, as_="admin@example.com", locale="zh-CN")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    expect(amounts(page).nth(7)).to_contain_text("¥")
    old = [amounts(page).nth(row).inner_text() for row in (5, 6, 7)]
    amounts(page).nth(5).click()
    for key in ("Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowRight", "Control+c"):
        page.keyboard.press(key)
    expect(page.get_by_text("已复制 6 格")).to_be_visible()
    sheet = page.evaluate("navigator.clipboard.readText()")
    assert [line.split("\t")[0] for line in sheet.split("\n")] == old

    page.evaluate("navigator.clipboard.writeText('111,000\\n22万\\nabc')")
    amounts(page).nth(5).click()
    page.keyboard.press("Control+v")
    expect(page.get_by_text("已粘贴 2 格 · 1 格没有粘贴")).to_be_visible()
    expect(amounts(page).nth(5)).to_have_text("¥111,000")
    expect(amounts(page).nth(6)).to_have_text("¥220,000")
    expect(amounts(page).nth(7)).to_have_attribute("data-refused", "true")
    page.get_by_role("button", name="撤销").click()
    for row, text in zip((5, 6), old[:2], strict=True):
        expect(amounts(page).nth(row)).to_have_text(text)


def test_everything_that_matches_is_changed_and_put_back(visit: Visits) -> None:
    """More than is loaded can be meant; what will happen is said first; Undo puts every value back."""
    page = visit("/o/crm_account", as_="admin@example.com", locale="zh-CN")
    page.get_by_label("选择全部已加载的记录").click()
    bar = page.get_by_role("region", name="已选记录")
    bar.get_by_role("button", name="选择全部符合的").click()
    expect(bar).to_contain_text("已选全部符合的")
    count = re.sub(r"\D", "", bar.get_by_text("已选全部符合的").inner_text())
    assert int(count) > 100
    bar.get_by_role("button", name="批量改").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox").click()
    page.keyboard.type("地区")
    page.keyboard.press("Enter")
    dialog.get_by_label("新值").fill("故事乡")
    expect(dialog.get_by_text(f"{count} 条会改")).to_be_visible()
    dialog.get_by_role("button", name=f"修改 {count} 条").click()
    expect(page.get_by_text(f"已修改 {count} 条")).to_be_visible()
    assert _counted(page, "故事乡") == int(count)
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_text(f"已恢复 {count} 条")).to_be_visible()
    assert _counted(page, "故事乡") == 0


def _counted(page: Page, region: str) -> int:
    """How many accounts are in a region."""
    asked = json.dumps({"field": "region", "op": "eq", "value": region})
    answer = page.request.get(
        "/api/v1/records/crm_account", params={"filter": asked, "limit": 500, "fields": "id"}
    )
    assert answer.ok, answer.text()
    return len(answer.json()["records"])


def test_records_of_others_wait_until_one_asks(visit: Visits) -> None:
    """Nothing moves under one's hands: what others add is counted above the table and comes at a click."""
    page = visit(OPPORTUNITIES, as_="admin@example.com", locale="zh-CN")
    expect(amounts(page).first).to_contain_text("¥")
    top = page.locator("[data-row]").first.get_attribute("data-row")
    other = visit("/", as_="admin@example.com", locale="zh-CN")
    token = sign_in(other, "admin@example.com")
    name = f"刚来的 {uuid4().hex[:6]}"
    made = other.request.post(
        "/api/v1/records/crm_opportunity",
        data={"name": name, "stage": "proposal", "close_date": "2020-01-01"},
        headers={"X-CSRF-Token": token},
    )
    assert made.ok, made.text()
    waiting = page.get_by_role("button", name="1 条新记录")
    expect(waiting).to_be_visible()
    assert page.locator("[data-row]").first.get_attribute("data-row") == top
    waiting.click()
    expect(page.get_by_role("rowheader").first).to_contain_text(name)
    other.request.delete(
        f"/api/v1/records/crm_opportunity/{made.json()['id']}",
        headers={"If-Match": "*", "X-CSRF-Token": token},
    )


def test_what_is_changed_without_a_network_is_saved_when_it_is_back(visit: Visits) -> None:
    """The list stays with its time, the change waits and says so, and goes out by itself."""
    page = visit(OPPORTUNITIES, as_="admin@example.com", locale="zh-CN")
    cell = amounts(page).nth(9)
    expect(cell).to_contain_text("¥")
    old = re.sub(r"\D", "", cell.inner_text())
    page.context.set_offline(True)
    expect(page.get_by_text("网络断开，显示的是")).to_be_visible()
    cell.click()
    page.keyboard.type("4321")
    page.keyboard.press("Enter")
    waiting = page.get_by_role("status").filter(has_text="1 处修改等网络恢复后保存")
    expect(waiting).to_have_count(1)
    expect(cell).to_have_text("¥4,321")
    with page.expect_response(lambda answer: answer.request.method == "PATCH") as saved:
        page.context.set_offline(False)
    assert saved.value.ok
    expect(page.get_by_text("网络断开，显示的是")).to_be_hidden()
    cell.click()
    page.keyboard.type(old)
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        page.keyboard.press("Enter")


def test_a_second_drawer_takes_the_place_of_the_first(visit: Visits) -> None:
    """A new record beside an open one: one drawer at a time, and Esc leads back. A year has no commas."""
    page = visit("/o/crm_account", as_="admin@example.com", locale="zh-CN")
    name = page.locator("[data-open]").first.inner_text()
    page.locator("[data-open]").first.click()
    drawer = page.get_by_role("dialog")
    founded = drawer.get_by_text("成立年份", exact=True).locator("xpath=../..")
    expect(founded).to_contain_text(re.compile(r"(19|20)\d\d"))
    page.keyboard.press("c")
    expect(drawer).to_have_count(1)
    expect(drawer).to_contain_text("新建客户")
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(1)
    expect(drawer).to_contain_text(name)


def amounts(page: Page) -> Locator:
    """The cells of the column of amounts, from the top."""
    return page.locator('[role=gridcell][data-column="3"]')
