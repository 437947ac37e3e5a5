"""Several people on a record: whoever is named on it sees it."""

from e2e.conftest import Visits, sign_in
from playwright.sync_api import expect


def test_a_collaborator_is_chosen_and_sees_the_record(visit: Visits) -> None:
    page = visit("/o/crm_opportunity")
    headers = {"X-CSRF-Token": sign_in(page, "rep1@example.com")}
    made = page.request.post(
        "/api/v1/records/crm_opportunity", data={"name": "Shared line"}, headers=headers
    ).json()
    address = f"/o/crm_opportunity/{made['id']}"
    page.goto(address)
    page.get_by_role("button", name="Edit", exact=True).click()
    box = page.get_by_label("Collaborators", exact=True).last
    box.click()
    box.fill("王海峰")
    page.locator(".ant-select-dropdown:visible").get_by_text("王海峰", exact=True).click()
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Save", exact=False).first.click()
    expect(page.get_by_role("button", name="Edit", exact=True)).to_be_visible()
    sign_in(page, "rep2@example.com")
    page.goto(address)
    expect(page.get_by_text("Shared line").first).to_be_visible()
    expect(page.get_by_text("王海峰").first).to_be_visible()
