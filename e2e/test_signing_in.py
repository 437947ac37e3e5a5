"""Somebody comes in by the front door."""

import pytest
from e2e.conftest import Size, Visits
from playwright.sync_api import expect

from guanxi.auth.demo import DEMO_PASSWORD


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_wrong_password_is_refused_and_the_right_one_leads_where_one_wanted_to_go(
    visit: Visits, size: Size
) -> None:
    page = visit("/o/crm_account", size=size)
    expect(page).to_have_url(f"{visit.address}/sign-in?next=%2Fo%2Fcrm_account")
    page.get_by_label("E-mail").fill("rep1@example.com")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in", exact=True).click()
    refusal = page.locator("#password-error")
    expect(refusal).not_to_be_empty()
    page.get_by_label("Password").fill(DEMO_PASSWORD)
    page.get_by_label("Password").press("Enter")
    expect(page).to_have_url(f"{visit.address}/o/crm_account")


def test_the_door_speaks_the_language_of_the_browser(visit: Visits) -> None:
    page = visit("/sign-in", locale="zh-CN")
    expect(page.get_by_role("heading", name="登录", exact=True)).to_be_visible()
    expect(page.get_by_label("邮箱")).to_be_focused()


def test_a_demo_sign_in_takes_one_click(visit: Visits) -> None:
    page = visit("/sign-in")
    page.get_by_role("button", name="manager@example.com").click()
    expect(page).not_to_have_url(f"{visit.address}/sign-in")
    expect(page.get_by_role("navigation").first).to_be_visible()
