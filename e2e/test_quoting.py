"""The machinery maker's quotation: what is typed is priced at once, and saved at that price."""

from urllib.parse import quote

from e2e.conftest import Visits, sign_in
from playwright.sync_api import expect

WITH_MATERIAL = quote('{"field":"material","op":"is_not_empty"}')


def test_a_parameter_shows_its_price_while_one_types_and_the_same_once_saved(
    visit: Visits,
) -> None:
    page = visit("/")
    headers = {"X-CSRF-Token": sign_in(page, "rep1@example.com"), "If-Match": "*"}
    lines = page.request.get(f"/api/v1/records/crm_quote_line?limit=1&filter={WITH_MATERIAL}")
    line = lines.json()["records"][0]
    # What was sent keeps its price; back in draft it is priced anew.
    offer = f"/api/v1/records/crm_quote/{line['quote']['id']}"
    assert page.request.patch(offer, data={"state": "draft"}, headers=headers).ok
    line = page.request.get(f"/api/v1/records/crm_quote_line/{line['id']}").json()
    page.goto(f"/o/crm_quote_line/{line['id']}")
    page.get_by_role("button", name="Edit", exact=True).first.click()
    form = page.get_by_role("form", name="Edit Quotation line")
    total = form.locator("[data-field=total] output")
    before = total.inner_text().splitlines()[0]
    form.get_by_label("Extra travel (m)").fill("1.75")
    expect(total).not_to_contain_text(before)
    expect(total).not_to_have_attribute("data-behind", "true")
    shown = total.inner_text().splitlines()[0]
    assert page.request.get(f"/api/v1/records/crm_quote_line/{line['id']}").json()["total"] == line["total"]  # fmt: skip

    form.get_by_role("button", name="Save", exact=True).click()
    expect(form).to_have_count(0)
    saved = page.request.get(f"/api/v1/records/crm_quote_line/{line['id']}").json()
    assert shown == f"¥{saved['total']:,.2f}".removesuffix(".00")
    # Those who sell see the price, and not what it is made of.
    assert "unit_cost" not in saved


def test_a_condition_no_sentence_says_applies_as_a_formula(visit: Visits) -> None:
    page = visit("/o/crm_quote", as_="admin@example.com")
    page.get_by_role("button", name="Filter", exact=True).click()
    page.get_by_text("Formula", exact=True).click()
    page.get_by_role("textbox", name="Condition as a formula").click()
    page.keyboard.type("{net} > {cost} * 1.5")
    expect(page.get_by_text("it applies as a formula")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("list", name="Filter").get_by_text("Formula")).to_be_visible()
    found = page.request.get("/api/v1/records/crm_quote?limit=500").json()["records"]
    count = sum(1 for one in found if one["net"] > one["cost"] * 1.5)
    assert 0 < count < len(found)
    expect(page.get_by_text(f"{count} records").first).to_be_visible()
