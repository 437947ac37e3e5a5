"""One record at a time: made with errors first, changed by two people, followed to what hangs on it."""

import re

from e2e.conftest import Visits
from e2e.sales_records import Desk, new_name
from playwright.sync_api import expect

ADMIN = "admin@example.com"


def test_an_opportunity_is_made_from_the_form_with_errors_first(visit: Visits) -> None:
    page = visit("/o/crm_opportunity", as_=ADMIN)
    name = new_name("Made by form")
    page.get_by_role("button", name="New Opportunity").first.click()
    form = page.get_by_role("dialog", name="New Opportunity")
    form.get_by_label("Amount").fill("-5")
    form.get_by_role("button", name="Create", exact=True).click()
    summary = form.get_by_role("alert").first
    expect(summary).to_contain_text("Enter “Opportunity name”.")
    expect(summary).to_contain_text("Amount")
    expect(form.get_by_label("Opportunity name")).to_be_focused()
    summary.get_by_role("button", name="Amount").click()
    expect(form.get_by_label("Amount")).to_be_focused()

    form.get_by_label("Amount").fill("250,000")
    form.get_by_label("Opportunity name").fill(name)
    form.get_by_role("button", name="Create", exact=True).click()
    record = page.get_by_role("dialog")
    expect(record.get_by_role("heading", name=name, exact=True).last).to_be_visible()
    expect(record).to_contain_text("¥250,000")


def test_a_form_closed_by_mistake_keeps_what_was_typed(visit: Visits) -> None:
    page = visit("/o/crm_opportunity", as_=ADMIN)
    page.get_by_role("button", name="New Opportunity").first.click()
    page.get_by_role("dialog").get_by_label("Opportunity name").fill("Half done")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="New Opportunity").first.click()
    expect(page.get_by_role("dialog").get_by_label("Opportunity name")).to_have_value("Half done")
    page.get_by_role("button", name="Discard and start over").click()
    expect(page.get_by_role("dialog").get_by_label("Opportunity name")).to_have_value("")


def test_two_people_changing_one_amount_choose_which_stays(visit: Visits) -> None:
    page = visit("/", as_=ADMIN)
    made = Desk(page, ADMIN).create("crm_opportunity", name=new_name("Wanted by two"), amount=1000)
    page.goto(f"/o/crm_opportunity/{made['id']}")
    page.get_by_role("tab", name="Details").click()
    amount = page.get_by_role("button", name="Edit Amount", exact=True)
    expect(amount).to_contain_text("¥1,000")
    amount.click()
    other = visit("/sign-in")
    Desk(other, ADMIN).change("crm_opportunity", made["id"], amount=2000)
    box = page.get_by_role("textbox", name="Amount", exact=True)
    box.fill("3000")
    box.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("¥2,000")
    dialog.get_by_role("radio", name=re.compile("My change")).check()
    dialog.get_by_role("button", name="Save as chosen").click()
    expect(amount).to_contain_text("¥3,000")
    page.get_by_role("tab", name="Activity").click()
    expect(page.get_by_role("tabpanel")).to_contain_text(
        re.compile(r"Amount\s*¥2,000\s*→\s*¥3,000")
    )


def test_changes_of_different_fields_are_merged_without_a_question(visit: Visits) -> None:
    page = visit("/", as_=ADMIN)
    made = Desk(page, ADMIN).create("crm_opportunity", name=new_name("Merged"), amount=1000)
    page.goto(f"/o/crm_opportunity/{made['id']}")
    page.get_by_role("tab", name="Details").click()
    page.get_by_role("button", name="Edit Amount", exact=True).click()
    Desk(visit("/sign-in"), ADMIN).change("crm_opportunity", made["id"], next_step="Call them")
    box = page.get_by_role("textbox", name="Amount", exact=True)
    box.fill("5000")
    box.press("Enter")
    panel = page.get_by_role("tabpanel")
    expect(panel).to_contain_text("¥5,000")
    expect(panel).to_contain_text("Call them")


def test_an_account_lists_its_opportunities_and_a_new_one_belongs_to_it(visit: Visits) -> None:
    page = visit("/", as_=ADMIN)
    desk = Desk(page, ADMIN)
    account = desk.create("crm_account", name=new_name("Account"))
    first = desk.create("crm_opportunity", name=new_name("First"), account=account["id"])
    page.goto(f"/o/crm_account/{account['id']}")
    page.get_by_role("tab", name="Opportunities 1").click()
    expect(page.get_by_role("tabpanel").get_by_role("link", name=first["name"])).to_be_visible()

    page.get_by_role("tabpanel").get_by_role("button", name="New Opportunity").click()
    form = page.get_by_role("dialog", name="New Opportunity")
    expect(form).to_contain_text(account["name"])
    second = new_name("Second")
    form.get_by_label("Opportunity name").fill(second)
    form.get_by_role("button", name="Create and go back").click()
    expect(page.get_by_role("tab", name="Opportunities 2")).to_be_visible()
    page.get_by_role("tabpanel").get_by_role("link", name=second).click()
    expect(page.get_by_role("heading", name=second, exact=True)).to_be_visible()
    expect(page.get_by_role("link", name=account["name"]).first).to_be_visible()


def test_a_deleted_record_is_brought_back_by_undo(visit: Visits) -> None:
    page = visit("/", as_=ADMIN)
    name = new_name("Not for the bin")
    made = Desk(page, ADMIN).create("crm_opportunity", name=name)
    page.goto(f"/o/crm_opportunity/{made['id']}")
    page.get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(page).to_have_url(re.compile("/o/crm_opportunity$"))
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text(f"Restored “{name}”")).to_be_visible()
    page.goto(f"/o/crm_opportunity/{made['id']}")
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()


def test_a_stage_is_changed_on_the_path(visit: Visits) -> None:
    page = visit("/", as_=ADMIN)
    made = Desk(page, ADMIN).create("crm_opportunity", name=new_name("On its way"))
    page.goto(f"/o/crm_opportunity/{made['id']}")
    path = page.get_by_role("list", name="Stage")
    path.get_by_role("button", name="Proposal").click()
    expect(path.locator('[aria-current="step"]')).to_contain_text("Proposal")
    page.get_by_role("main").get_by_role("button", name="Close", exact=True).click()
    page.get_by_role("menuitem", name="Won").click()
    expect(path.locator('[aria-current="step"]')).to_contain_text("Won")


def test_what_others_change_shows_up_in_an_open_record(visit: Visits) -> None:
    page = visit("/", as_=ADMIN)
    made = Desk(page, ADMIN).create("crm_opportunity", name=new_name("Alive"), amount=1000)
    page.goto(f"/o/crm_opportunity/{made['id']}")
    page.get_by_role("tab", name="Details").click()
    expect(page.get_by_role("tabpanel")).to_contain_text("¥1,000")
    Desk(visit("/sign-in"), ADMIN).change("crm_opportunity", made["id"], amount=7000)
    expect(page.get_by_role("tabpanel")).to_contain_text("¥7,000")


def test_on_a_phone_a_record_is_a_page_with_deeds_under_the_thumb(visit: Visits) -> None:
    page = visit("/", as_=ADMIN, size="phone")
    made = Desk(page, ADMIN).create("crm_contact", name=new_name("Somebody"), mobile="13812345678")
    page.goto(f"/o/crm_contact/{made['id']}")
    call = page.get_by_role("link", name="Call")
    expect(call).to_have_attribute("href", re.compile("^tel:"))
    box = call.bounding_box()
    assert box is not None
    assert box["height"] >= 44
