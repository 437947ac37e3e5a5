"""Colouring: records stand out by rules one writes; a legend, a tooltip and a label say why, on the desktop and on a phone."""

import re
from uuid import uuid4

from e2e.conftest import Visits
from e2e.sales_records import Desk, new_name
from playwright.sync_api import Page, expect

OPPORTUNITIES = "/o/crm_opportunity"


def test_a_rule_colours_records_and_says_why(visit: Visits) -> None:
    """The rule is written by keyboard and saved with a view of one's own; it follows a change of the record."""
    page = visit(OPPORTUNITIES, as_="admin@example.com", locale="en")
    name = new_name("Coloured")
    desk = Desk(page, "admin@example.com")
    made = desk.create("crm_opportunity", name=name, amount=7)
    page.goto(f"{OPPORTUNITIES}?q={name.split()[1]}&colors=&filter=")
    row = page.locator(f"[data-row='{made['id']}']")
    expect(row).to_be_visible()
    expect(row).not_to_have_attribute("data-paint", re.compile("."))

    page.get_by_role("button", name="Colours", exact=True).press("Enter")
    panel = page.get_by_role("dialog", name="Colours")
    panel.get_by_role("button", name="Add rule").press("Enter")
    panel.get_by_role("button", name="Add condition", exact=True).press("Enter")
    panel.get_by_role("combobox", name="Field").click()
    page.keyboard.type("Amount")
    page.keyboard.press("Enter")
    panel.get_by_role("textbox").first.fill("5")
    panel.get_by_role("textbox", name=re.compile("What it means")).fill("Worth a look")
    page.keyboard.press("Escape")

    expect(row).to_have_attribute("data-paint", "red")
    expect(row.get_by_text("Worth a look")).to_have_count(1)
    expect(row.locator("[data-column='0']")).to_have_attribute("title", "Worth a look")
    expect(page.get_by_role("list", name="What the colours mean")).to_have_text("Worth a look")
    desk.change("crm_opportunity", made["id"], amount=2)
    page.reload()
    expect(row).not_to_have_attribute("data-paint", re.compile("."))
    _is_saved_with_a_view(page)


def _is_saved_with_a_view(page: Page) -> None:
    view = f"Seen {uuid4().hex[:6]}"
    page.get_by_role("button", name="Save as").click()
    page.get_by_label("Name of the view").fill(view)
    page.keyboard.press("Enter")
    expect(page.get_by_role("tab", name=view)).to_have_attribute("aria-selected", "true")
    page.reload()
    expect(page.get_by_role("list", name="What the colours mean")).to_have_text("Worth a look")


def test_overdue_opportunities_stand_out_on_a_phone(visit: Visits) -> None:
    """The CRM's own rule: the reason is written on the card, never left to the colour."""
    page = visit(OPPORTUNITIES, as_="manager@example.com", locale="zh-CN", size="phone")
    expect(page.get_by_role("list", name="颜色说明")).to_contain_text("已过成交日期")
    late = page.locator("button[data-paint='red']").first
    expect(late).to_contain_text("已过成交日期")
