"""Rules act while one types: a lost deal asks why, options follow the stage, contacts follow the account, and what a
designer writes on the design page holds the moment it is published."""

import re
from urllib.parse import quote
from uuid import uuid4

import pytest
from e2e.conftest import Visits
from e2e.sales_records import Desk, new_name
from playwright.sync_api import Locator, Page, expect

ADMIN = "admin@example.com"
REP = "rep1@example.com"


def test_a_lost_deal_asks_why_and_offers_the_reasons_of_a_loss(visit: Visits) -> None:
    page = visit("/", as_=REP)
    deal = Desk(page, REP).create("crm_opportunity", name=new_name("Lathe line"), stage="proposal")
    page.goto(f"/o/crm_opportunity/{deal['id']}")
    form = _edit(page)
    expect(form.get_by_label("Not won because")).to_be_hidden()
    _pick(page, form, "Stage", "Lost")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_text("Choose “Not won because”").first).to_be_visible()
    form.get_by_label("Not won because").click()
    expect(page.get_by_title("Price", exact=True)).to_be_visible()
    expect(page.get_by_title("Entered twice", exact=True)).to_have_count(0)
    page.get_by_title("Price", exact=True).click()

    # What goes with a loss does not go with a deal that was void from the start; nothing typed is lost by going back.
    _pick(page, form, "Stage", "Void")
    misfit = form.get_by_text("“Price” does not go with the record as it is now.")
    expect(misfit).to_be_visible()
    _pick(page, form, "Stage", "Lost")
    expect(misfit).to_have_count(0)
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_role("form")).to_have_count(0)
    expect(page.get_by_text("Price", exact=True).first).to_be_visible()


def test_the_path_of_stages_asks_what_a_stage_needs_and_a_contact_made_in_place_is_of_the_account(
    visit: Visits,
) -> None:
    page = visit("/", as_=REP)
    desk = Desk(page, REP)
    account = desk.create("crm_account", name=new_name("Mill"))
    deal = desk.create("crm_opportunity", name=new_name("Roller"), stage="proposal", account=account["id"])  # fmt: skip
    page.goto(f"/o/crm_opportunity/{deal['id']}")
    form = _edit(page)
    name = new_name("Carla")
    form.get_by_label("Main contact").click()
    page.keyboard.type(name)
    page.get_by_role("button", name=re.compile(f"New Contact.*{name}")).click()
    contact = page.get_by_role("form", name="New Contact")
    expect(contact.locator("[data-field=account]")).to_contain_text(account["name"])
    contact.get_by_role("button", name="Create and go back").click()
    form.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("form")).to_have_count(0)

    page.get_by_role("button", name="Close", exact=True).click()
    page.get_by_role("menuitem", name="Lost").click()
    dialog = page.get_by_role("dialog", name="Fill these in to move it to “Lost”")
    dialog.get_by_role("combobox").click()
    page.get_by_title("Price", exact=True).click()
    dialog.get_by_role("button", name="Save and move").click()
    expect(page.get_by_text("Moved to “Lost”")).to_be_visible()
    expect(page.get_by_text("Price", exact=True).first).to_be_visible()


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_only_contacts_of_the_chosen_account_can_be_chosen(visit: Visits, size: str) -> None:
    page = visit("/", as_=REP, size=size)  # type: ignore[arg-type]
    desk = Desk(page, REP)
    mine, other = (desk.create("crm_account", name=new_name("Works")) for _ in range(2))
    anna = desk.create("crm_contact", name=new_name("Anna"), account=mine["id"])
    bert = desk.create("crm_contact", name=new_name("Bert"), account=other["id"])
    deal = desk.create("crm_opportunity", name=new_name("Press"), account=mine["id"])
    page.goto(f"/o/crm_opportunity/{deal['id']}")
    form = _edit(page)
    form.get_by_label("Main contact").click()
    expect(page.get_by_text(anna["name"]).first).to_be_visible()
    expect(page.get_by_text(bert["name"])).to_have_count(0)
    page.get_by_text(anna["name"]).first.click()

    form.get_by_label(re.compile("^Account")).click()
    page.keyboard.type(other["name"])
    page.get_by_text(other["name"]).first.click()
    expect(form.get_by_text("The record chosen does not go with this one")).to_be_visible()
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_text("The record chosen for “Main contact” does not fit")).to_have_count(2)
    form.get_by_label("Main contact").click()
    page.get_by_text(bert["name"]).first.click()
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_role("form")).to_have_count(0)


def test_what_was_sent_is_closed_in_lists_and_forms_before_anybody_saves(visit: Visits) -> None:
    page = visit("/", as_=REP)
    desk = Desk(page, REP)
    asked = page.request.get("/api/v1/records/crm_quote_line?limit=1&fields=quote,quantity")
    [line] = asked.json()["records"]
    desk.change("crm_quote", line["quote"]["id"], state="sent")
    page.goto(f"/o/crm_quote_line/{line['id']}")
    expect(page.get_by_role("button", name="Edit Quantity")).to_have_count(0)
    page.get_by_role("button", name="Edit", exact=True).first.click()
    quantity = page.get_by_role("form").get_by_label(re.compile("^Quantity"))
    expect(quantity).to_be_disabled()
    expect(page.get_by_text("“Quantity” cannot be changed as the record is now.")).to_be_visible()

    of_quote = quote(f'{{"field":"quote","op":"eq","value":"{line["quote"]["id"]}"}}')
    page.goto(f"/o/crm_quote_line?filter={of_quote}")
    heads = page.get_by_role("columnheader")
    expect(heads.filter(has_text="Quantity")).to_be_visible()
    place = next(at for at in range(heads.count()) if "Quantity" in heads.nth(at).inner_text())
    cell = page.locator("[data-row]").first.get_by_role("gridcell").nth(place - 1)
    cell.click()
    expect(cell).to_have_attribute("aria-readonly", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_text("“Quantity” cannot be changed as the record is now.")).to_be_visible()
    expect(cell.get_by_role("textbox")).to_have_count(0)


def test_a_designer_writes_a_validation_and_sees_it_act(visit: Visits) -> None:
    word = f"nobody-{uuid4().hex[:6]}"
    page = visit("/settings/objects/crm_material?tab=validations", as_=ADMIN)
    page.get_by_role("button", name="Add a validation").click()
    rule = page.get_by_role("region", name="Validation 1")
    expect(rule.get_by_text("It joins the changes once")).to_be_visible()
    rule.get_by_role("textbox", name="The condition that must hold").click()
    page.keyboard.type(f'{{unit}} <> "{word}"')
    rule.get_by_label("What to say when it does not (English)").fill("No such unit.")
    expect(page.get_by_text("Draft · 1 change", exact=True)).to_be_visible()
    rule.get_by_label("Said at").click()
    page.get_by_title("Priced per", exact=True).click()
    _publish(page)

    page.goto("/o/crm_material")
    page.get_by_role("button", name=re.compile("^New")).first.click()
    form = page.get_by_role("dialog")
    form.get_by_label(re.compile("^Material")).first.fill(new_name("Steel"))
    form.get_by_label("Priced per").fill(word)
    form.get_by_role("button", name="Create", exact=True).click()
    expect(form.get_by_text("No such unit.").first).to_be_visible()
    form.get_by_label("Priced per").fill("kg")
    form.get_by_role("button", name="Create", exact=True).click()
    expect(page.get_by_text(re.compile("^Created"))).to_be_visible()


def test_a_designer_offers_options_by_condition(visit: Visits) -> None:
    page = visit("/settings/objects/crm_contact?panel=field:decision_role", as_=ADMIN)
    page.get_by_role("button", name="Options by condition").click()
    group = page.get_by_role("region", name="Group of options 1")
    group.get_by_label("These options").click()
    page.get_by_title("Guards", exact=True).click()
    page.keyboard.press("Escape")
    group.get_by_role("textbox", name="Offered when").click()
    page.keyboard.type("{is_primary}")
    expect(page.get_by_text("Draft · 1 change", exact=True)).to_be_visible()
    _publish(page)

    page.goto("/o/crm_contact")
    page.get_by_role("button", name=re.compile("^New")).first.click()
    form = page.get_by_role("dialog")
    form.get_by_label("Decision role").click()
    expect(page.get_by_title("Decides", exact=True)).to_be_visible()
    expect(page.get_by_title("Guards", exact=True)).to_have_count(0)
    page.keyboard.press("Escape")
    form.get_by_label("Main contact").click()
    form.get_by_label("Decision role").click()
    expect(page.get_by_title("Guards", exact=True)).to_be_visible()


def test_a_unique_rule_counts_what_is_alike_before_it_is_published(visit: Visits) -> None:
    page = visit("/", as_=ADMIN)
    desk = Desk(page, ADMIN)
    unit = f"u-{uuid4().hex[:6]}"
    name = new_name("Bronze")
    for _ in range(2):
        desk.create("crm_material", name=name, unit=unit)
    page.goto("/settings/objects/crm_material?tab=validations")
    page.get_by_role("button", name="Add a unique rule").click()
    rule = page.get_by_role("region", name="Unique rule 1")
    rule.get_by_label("These fields together are unique").click()
    page.locator(".ant-select-item").get_by_text("Priced per", exact=True).click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name=re.compile("^Preview 1 change")).click()
    expect(
        page.get_by_text(re.compile(r"“Priced per”: \d+ values occur more than once")).first
    ).to_be_visible()
    rule.get_by_role("button", name="Compare some records only").click()
    rule.get_by_role("textbox", name="Only such records are compared").click()
    page.keyboard.type(f'{{name}} = "{name} new"')
    _publish(page)

    desk.create("crm_material", name=f"{name} new", unit=unit)
    page.goto("/o/crm_material")
    page.get_by_role("button", name=re.compile("^New")).first.click()
    form = page.get_by_role("dialog")
    form.get_by_label(re.compile("^Material")).first.fill(f"{name} new")
    form.get_by_label("Priced per").fill(unit)
    form.get_by_role("button", name="Create", exact=True).click()
    expect(form.get_by_text(f"“{name} new” has the same Priced per already").first).to_be_visible()


def _edit(page: Page) -> Locator:
    page.get_by_role("button", name="Edit", exact=True).first.click()
    form = page.get_by_role("form")
    expect(form).to_be_visible()
    return form


def _pick(page: Page, form: Locator, field: str, option: str) -> None:
    form.get_by_label(re.compile(f"^{field}")).click()
    page.get_by_title(option, exact=True).click()


def _publish(page: Page) -> None:
    preview = page.get_by_role("button", name=re.compile("^Preview 1 change"))
    if preview.is_visible():
        preview.click()
    page.get_by_role("button", name="Publish 1 change", exact=True).click(timeout=30_000)
    expect(page.get_by_text(re.compile(r"^Published, now v\d+"))).to_be_visible(timeout=30_000)
