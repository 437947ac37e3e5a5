"""An administrator gives the workspace a new kind of data and a field, and sees them everywhere at once."""

import re
from uuid import uuid4

import pytest
from e2e.conftest import Visits
from playwright.sync_api import Page, expect

ADMIN = "admin@example.com"

#: Tells what one run adds from what an earlier run left in the same workspace.
RUN = uuid4().hex[:4]
HOIST = f"Hoist {RUN}"
NICKNAME = f"Nickname {RUN}"
DISCONTINUED = f"Discontinued {RUN}"


def test_a_new_kind_of_data_with_a_field_is_everywhere_once_it_is_published(visit: Visits) -> None:
    page = visit("/settings/objects", as_=ADMIN)
    # Somebody else looks at the workspace meanwhile and does not reload.
    other = visit("/imports/new", as_=ADMIN)
    expect(other.get_by_role("radio", name="Account", exact=True)).to_be_visible()

    page.get_by_role("button", name="New kind of data").click()
    page.get_by_label("Name in English").fill(HOIST)
    page.get_by_label("Name in Chinese").fill("吊机")
    page.get_by_label("Plural name").fill(f"{HOIST}s")
    page.get_by_role("radio", name="wrench").click()
    page.get_by_role("button", name="Add to draft").click()
    expect(page.get_by_text("Draft · 1 change", exact=True)).to_be_visible()
    _publish(page, 1)

    page.get_by_role("main").get_by_role("link", name=re.compile(f"^{HOIST}")).click()
    _add_field(page, "number", "Capacity", "起重量")
    _publish(page, 1)
    expect(page.get_by_role("row", name=re.compile("Capacity"))).to_be_visible()

    # The navigation and the import of the one who only watched know it too.
    expect(other.get_by_role("link", name=f"{HOIST}s")).to_be_visible()
    expect(other.get_by_role("radio", name=HOIST, exact=True)).to_be_visible()

    other.get_by_role("link", name=f"{HOIST}s").click()
    expect(other).to_have_url(re.compile(r"/o/\w*hoist"))
    address = other.url
    other.get_by_role("button", name=re.compile("^New")).first.click()
    form = other.get_by_role("dialog")
    form.get_by_label(re.compile("^Name")).fill("LTM 1500")
    form.get_by_label("Capacity").fill("500")
    form.get_by_role("button", name=re.compile("Save|Create")).first.click()
    expect(other.get_by_text("LTM 1500").first).to_be_visible()
    other.goto(address)
    expect(other.get_by_role("columnheader", name=re.compile("Capacity"))).to_be_visible()
    expect(other.get_by_text("500", exact=True).first).to_be_visible()


def test_removing_a_field_that_is_used_says_by_what_and_can_be_taken_back(visit: Visits) -> None:
    page = visit("/settings/objects/crm_opportunity", as_=ADMIN)
    page.get_by_role("button", name="Actions for “Amount”").click()
    page.get_by_role("menuitem", name="Remove").click()
    page.get_by_role("button", name=re.compile("^Preview 1 change")).click()
    expect(
        page.get_by_role("button", name=re.compile(r"^Publish \(\d+ to settle\)"))
    ).to_be_disabled()
    expect(page.get_by_text("To settle").first).to_be_visible()
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_text("Nothing to publish")).to_be_visible()
    expect(page.get_by_text("Draft ·")).to_have_count(0)


def test_a_draft_survives_a_reload_and_is_undone_by_keys(visit: Visits) -> None:
    page = visit("/settings/objects/crm_account?panel=field:website", as_=ADMIN)
    page.get_by_label("Name in English").fill("Home page")
    expect(page.get_by_text("Draft · 1 change", exact=True)).to_be_visible()
    page.reload()
    expect(page.get_by_role("row", name=re.compile("Home page"))).to_be_visible()
    page.get_by_role("tab", name=re.compile("Fields")).focus()
    while page.get_by_role("button", name="Undo", exact=True).is_enabled():
        page.keyboard.press("Control+z")
    expect(page.get_by_text("Draft ·")).to_have_count(0)
    expect(page.get_by_role("row", name=re.compile("Home page"))).to_have_count(0)


def test_two_administrators_do_not_overwrite_each_other(visit: Visits) -> None:
    first = visit("/settings/objects/crm_contact", as_=ADMIN)
    second = visit("/settings/objects/crm_product", as_=ADMIN)
    _add_field(first, "text", NICKNAME, "昵称")
    _add_field(second, "date", DISCONTINUED, "停产日期")
    _publish(second, 1)
    expect(first.get_by_text("Somebody has just published.")).to_be_visible()
    _publish(first, 1)
    first.goto("/settings/objects/crm_product")
    expect(first.get_by_role("row", name=re.compile(DISCONTINUED))).to_be_visible()
    first.goto("/settings/objects/crm_contact")
    expect(first.get_by_role("row", name=re.compile(NICKNAME))).to_be_visible()


@pytest.mark.parametrize("person", ["rep1@example.com", "manager@example.com"])
def test_others_are_told_who_may_change_the_design(visit: Visits, person: str) -> None:
    page = visit("/settings/objects", as_=person)
    expect(page.get_by_text("Only those who may change the design can see this.")).to_be_visible()


def test_on_a_phone_one_may_look(visit: Visits) -> None:
    page = visit("/settings/objects/crm_opportunity", as_=ADMIN, size="phone")
    expect(page.get_by_text("To change data and fields, use a computer.")).to_be_visible()
    expect(page.get_by_text("Amount", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Add field")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def _add_field(page: Page, type_: str, english: str, chinese: str) -> None:
    page.get_by_role("button", name="Add field").click()
    page.locator(f"[data-type={type_}]").click()
    page.get_by_label("Name in English").fill(english)
    page.get_by_label("Name in Chinese").fill(chinese)
    page.get_by_role("button", name="Add to draft").click()
    expect(page.get_by_role("row", name=re.compile(english))).to_be_visible()


def _publish(page: Page, changes: int) -> None:
    many = "1 change" if changes == 1 else f"{changes} changes"
    page.get_by_role("button", name=f"Publish {many}", exact=True).click(timeout=30_000)
    expect(page.get_by_text(re.compile(r"^Published, now v\d+"))).to_be_visible(timeout=30_000)
