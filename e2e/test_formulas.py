"""A condition is written as a formula by taps on a phone."""

import re

from e2e.conftest import Visits
from playwright.sync_api import expect

ADMIN = "admin@example.com"


def test_a_formula_is_put_together_by_taps_on_a_phone(visit: Visits) -> None:
    page = visit("/o/crm_account", as_=ADMIN, size="phone")
    page.get_by_role("button", name=re.compile("^Filter")).first.tap()
    page.get_by_text("Formula", exact=True).tap()
    page.get_by_role("button", name="Field", exact=True).tap()
    page.locator("[data-field=employees]").tap()
    page.get_by_role("button", name=">", exact=True).tap()
    page.keyboard.type("50")
    expect(page.get_by_role("status").filter(has_text="Comes to yes or no")).to_be_visible()
    box = page.locator("body").evaluate("body => body.scrollWidth")
    assert box <= 390
