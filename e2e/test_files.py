"""Files on records: chosen, saved with the record, looked at, taken out again."""

import io

from e2e.conftest import Visits, sign_in
from PIL import Image
from playwright.sync_api import expect


def picture() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (600, 400), "teal").save(written, "PNG")
    return written.getvalue()


def test_photographs_and_drawings_are_kept_with_a_record(visit: Visits) -> None:
    page = visit("/o/crm_account")
    headers = {"X-CSRF-Token": sign_in(page, "admin@example.com")}
    base = page.request.get("/api/v1/objects").json()["design_version"]
    added = [
        {
            "action": "add_field",
            "object": "crm_account",
            "field": {"name": name, "label": {"en": label, "zh-CN": label}, "type": type_},
        }
        for name, label, type_ in (("site_photos", "Photos", "image"), ("files", "Files", "file"))
    ]
    body = {"base_version": base, "steps": added}
    assert page.request.post("/api/v1/design/apply", data=body, headers=headers).ok
    made = page.request.post(
        "/api/v1/records/crm_account", data={"name": "Files Ltd"}, headers=headers
    ).json()
    page.goto(f"/o/crm_account/{made['id']}")
    page.get_by_role("button", name="Edit", exact=True).click()
    chosen = page.locator("input[type=file]")
    chosen.nth(0).set_input_files(
        {"name": "hall.png", "mimeType": "image/png", "buffer": picture()}
    )
    chosen.nth(1).set_input_files(
        {"name": "offer.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )
    expect(page.get_by_role("button", name="Remove hall.png")).to_be_visible()
    expect(page.get_by_role("button", name="Remove offer.pdf")).to_be_visible()
    page.get_by_role("button", name="Save", exact=False).first.click()
    expect(page.get_by_role("button", name="Edit", exact=True)).to_be_visible()
    page.get_by_role("tab", name="Details").click()
    link = page.get_by_role("link", name="offer.pdf", exact=True).last
    expect(link).to_be_visible()
    address = link.get_attribute("href") or ""
    assert page.request.get(address).body() == b"%PDF-1.7"
    page.get_by_role("button", name="Look at hall.png").last.click()
    shown = page.get_by_role("dialog").get_by_role("img", name="hall.png")
    expect(shown).to_be_visible()
    assert shown.evaluate("img => img.complete && img.naturalWidth") in (600, False)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Edit", exact=True).click()
    page.get_by_role("button", name="Remove offer.pdf").click()
    page.get_by_role("button", name="Save", exact=False).first.click()
    expect(page.get_by_role("button", name="Edit", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="offer.pdf", exact=True)).to_have_count(0)
    assert page.request.get(address).status == 404
