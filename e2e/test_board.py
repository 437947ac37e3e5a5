"""A forecast one can touch: cards dragged from stage to stage."""

import re

from e2e.conftest import Visits
from e2e.sales_records import Desk, new_name
from playwright.sync_api import Locator, Page, expect

BOARD = "/o/crm_opportunity?kind=board"
ADMIN = "admin@example.com"


def _board_of(visit: Visits, page: Page, name: str) -> Page:
    """The board narrowed to one name, so that its totals are known."""
    page.goto(f"{BOARD}&q={name.rsplit(' ', 1)[-1]}")
    return page


def _column(page: Page, stage: str) -> Locator:
    return page.locator(f'[data-column="{stage}"]')


def _drag(page: Page, card: Locator, target: Locator) -> None:
    """As a hand does: press, move a little, move over, let go."""
    card.hover()
    page.mouse.down()
    box = target.bounding_box()
    start = card.bounding_box()
    assert box is not None
    assert start is not None
    page.mouse.move(start["x"] + 40, start["y"] + 30, steps=3)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + min(200, box["height"] / 2), steps=8)
    expect(target).to_have_attribute("data-over", "true")
    page.mouse.up()


def test_a_card_dragged_to_another_stage_changes_totals_and_history(visit: Visits) -> None:
    page = visit("/", as_=ADMIN)
    desk = Desk(page, ADMIN)
    name = new_name("Dragged")
    made = desk.create("crm_opportunity", name=name, amount=120000, stage="prospecting")
    _board_of(visit, page, name)
    expect(_column(page, "prospecting")).to_contain_text("¥120k")
    _drag(page, page.get_by_text(name).first, _column(page, "engaging"))
    expect(_column(page, "engaging")).to_contain_text(name)
    expect(_column(page, "engaging")).to_contain_text("¥120k")
    expect(_column(page, "prospecting")).not_to_contain_text("¥120k")

    page.goto(f"/o/crm_opportunity/{made['id']}")
    page.get_by_role("tab", name="Activity").click()
    expect(page.get_by_role("tabpanel")).to_contain_text(
        re.compile(r"Stage\s*Prospecting\s*→\s*Engaging")
    )


def test_a_card_is_won_by_the_place_below_and_brought_back_by_undo(visit: Visits) -> None:
    page = visit("/", as_=ADMIN)
    name = new_name("Nearly won")
    Desk(page, ADMIN).create("crm_opportunity", name=name, amount=50000, stage="negotiation")
    _board_of(visit, page, name)
    card = page.get_by_text(name).first
    card.hover()
    page.mouse.down()
    page.mouse.move(500, 400, steps=4)
    place = page.locator('[data-place="won"]')
    expect(place).to_be_visible()
    box = place.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 20, steps=6)
    expect(place).to_have_attribute("data-over", "true")
    page.mouse.up()
    expect(_column(page, "negotiation")).not_to_contain_text(name)
    page.get_by_role("button", name="Undo").click()
    expect(_column(page, "negotiation")).to_contain_text(name)


def test_a_card_moves_by_keys_alone_and_says_so(visit: Visits) -> None:
    page = visit("/", as_=ADMIN)
    name = new_name("By keys")
    Desk(page, ADMIN).create("crm_opportunity", name=name, stage="prospecting")
    _board_of(visit, page, name)
    card = page.locator("[data-card]")
    card.focus()
    page.keyboard.press("Space")
    expect(page.get_by_text(f"Lifted “{name}” from “Prospecting”.")).to_be_attached()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text(re.compile(f"“{name}” is over “Engaging”"))).to_be_attached()
    page.keyboard.press("Space")
    expect(_column(page, "engaging")).to_contain_text(name)
    expect(page.locator("[data-card]")).to_be_focused()


def test_a_card_lifted_by_keys_goes_back_by_escape(visit: Visits) -> None:
    page = visit("/", as_=ADMIN)
    name = new_name("Put back")
    Desk(page, ADMIN).create("crm_opportunity", name=name, stage="prospecting")
    _board_of(visit, page, name)
    page.locator("[data-card]").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(page.get_by_text(f"“{name}” was put back.")).to_be_attached()
    expect(_column(page, "prospecting")).to_contain_text(name)


def test_what_somebody_else_moves_moves_on_my_board(visit: Visits) -> None:
    page = visit("/", as_=ADMIN)
    name = new_name("Elsewhere")
    made = Desk(page, ADMIN).create("crm_opportunity", name=name, stage="prospecting")
    _board_of(visit, page, name)
    expect(_column(page, "prospecting")).to_contain_text(name)
    other = visit("/sign-in")
    Desk(other, ADMIN).change("crm_opportunity", made["id"], stage="proposal")
    expect(_column(page, "proposal")).to_contain_text(name)
    expect(_column(page, "prospecting")).not_to_contain_text(name)


def test_on_a_phone_one_stage_is_shown_and_tabs_lead_to_the_others(visit: Visits) -> None:
    page = visit("/", as_=ADMIN, size="phone")
    name = new_name("On the way")
    Desk(page, ADMIN).create("crm_opportunity", name=name, amount=120000, stage="proposal")
    _board_of(visit, page, name)
    page.get_by_role("tab", name=re.compile("Proposal")).tap()
    expect(page.get_by_role("tabpanel")).to_contain_text(name)
    expect(page.get_by_role("tabpanel")).to_contain_text("¥120k")
