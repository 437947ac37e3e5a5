"""A designer lets formulas fill fields and names; work calendars tell which days they count."""

import re
from uuid import uuid4

from e2e.conftest import Visits
from playwright.sync_api import Page, expect

ADMIN = "admin@example.com"
RUN = uuid4().hex[:4]


def _publish(page: Page) -> None:
    page.get_by_role("button", name="Publish 1 change", exact=True).click(timeout=30_000)
    told = page.get_by_text(re.compile(r"^Published, now v\d+")).last
    expect(told).to_be_visible(timeout=30_000)
    expect(page.get_by_text("Nothing to publish")).to_be_visible()


def _write(page: Page, formula: str) -> None:
    """Types over what stands in the editor; brackets close themselves."""
    page.get_by_role("textbox", name="Formula").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(formula)


def test_a_computed_field_is_written_mended_and_published(visit: Visits) -> None:
    label = f"Double price {RUN}"
    page = visit("/settings/objects/crm_product", as_=ADMIN)
    page.get_by_role("button", name="Add field").click()
    page.locator("[data-type=number]").click()
    page.get_by_label("Name in English").fill(label)
    page.get_by_label("Name in Chinese").fill("双倍价格")
    page.get_by_text("Computed by a formula", exact=True).click()
    _write(page, "ROUNDD({list_price} * 2, 0)")
    section = page.get_by_test_id("field-formula")
    section.get_by_role("button", name=re.compile("ROUND")).first.click()
    expect(section.get_by_role("status").filter(has_text="Comes to a number")).to_be_visible()
    expect(section.get_by_role("option").first).to_be_visible()
    page.get_by_role("button", name="Add to draft").click()
    _publish(page)

    products = page.request.get("/api/v1/records/crm_product?limit=5").json()["records"]
    name = next(key for key in products[0] if key.startswith("double_price"))
    priced = [one for one in products if one["list_price"] is not None]
    assert priced
    assert all(one[name] == round(one["list_price"] * 2) for one in priced)


def test_names_of_records_are_filled_by_a_formula(visit: Visits) -> None:
    page = visit("/settings/objects", as_=ADMIN)
    page.get_by_role("button", name="New kind of data").click()
    page.get_by_label("Name in English").fill(f"Visit {RUN}")
    page.get_by_label("Name in Chinese").fill("拜访")
    page.get_by_label("Plural name").fill(f"Visits {RUN}")
    page.get_by_role("button", name="Add to draft").click()
    _publish(page)
    page.get_by_role("main").get_by_role("link", name=re.compile(f"^Visit {RUN}")).click()
    page.get_by_role("button", name="Add field").click()
    page.locator("[data-type=text]").click()
    page.get_by_label("Name in English").fill("Place")
    page.get_by_label("Name in Chinese").fill("地点")
    page.get_by_role("button", name="Add to draft").click()
    _publish(page)
    page.get_by_role("row", name=re.compile("^Name|Name Text")).first.click()
    page.get_by_text("Computed by a formula", exact=True).click()
    _write(page, '"To " & {place}')
    expect(page.get_by_text("Draft · 1 change", exact=True)).to_be_visible()
    page.get_by_role("button", name=re.compile("^Preview 1 change")).click()
    _publish(page)

    page.get_by_role("link", name=f"Visits {RUN}").click()
    page.get_by_role("button", name=re.compile("^New")).first.click()
    form = page.get_by_role("dialog")
    form.get_by_label("Place").fill("Suzhou")
    form.get_by_role("button", name=re.compile("Create")).first.click()
    expect(page.get_by_text("To Suzhou").first).to_be_visible()


def test_a_calendar_gets_a_holiday_a_history_and_goes(visit: Visits) -> None:
    name = f"Depot {RUN}"
    page = visit("/settings/calendar", as_=ADMIN)
    page.get_by_role("button", name="New calendar").click()
    form = page.get_by_role("dialog")
    form.get_by_label(re.compile("^Name")).fill(name)
    form.get_by_label(re.compile("^Code")).fill(f"depot_{RUN}")
    form.get_by_role("button", name="Save").click()
    expect(form).to_have_count(0)
    page.get_by_label("Calendar", exact=True).click()
    page.get_by_title(name, exact=True).last.click()
    day = page.locator("[data-day$='-06-10']")
    before = day.get_attribute("data-rests")
    day.click()
    form = page.get_by_role("dialog")
    form.get_by_text("Off" if before == "false" else "Worked", exact=True).click()
    form.get_by_role("textbox", name=re.compile("^Name")).fill("Stocktaking")
    form.get_by_role("button", name="Save").click()
    expect(day).not_to_have_attribute("data-rests", before or "")
    expect(page.get_by_role("button", name=re.compile("Stocktaking")).first).to_be_visible()
    expect(page.get_by_text("Version 2").first).to_be_visible()
    page.get_by_role("button", name="Delete calendar").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete calendar").click()
    expect(page.get_by_text("Calendar deleted")).to_be_visible()
    gone = page.request.get("/api/v1/calendars").json()["calendars"]
    assert name not in [one["label"].get("en") for one in gone]
