"""Addresses, options in levels, secrets, places and signatures on a record."""

from e2e.conftest import Visits, sign_in
from playwright.sync_api import expect

LEVELS = {
    "choices": [
        {"value": "goods", "label": {"en": "Goods", "zh-CN": "货物"}},
        {"value": "phone", "label": {"en": "Phone", "zh-CN": "手机"}, "parent": "goods"},
    ]
}


def test_values_with_a_shape_of_their_own_are_written_shown_and_found(visit: Visits) -> None:
    page = visit("/o/crm_account")
    headers = {"X-CSRF-Token": sign_in(page, "admin@example.com")}
    base = page.request.get("/api/v1/objects").json()["design_version"]
    added = [
        {
            "action": "add_field",
            "object": "crm_account",
            "field": {
                "name": name,
                "label": {"en": label, "zh-CN": label},
                "type": type_,
                "options": options,
            },
        }
        for name, label, type_, options in (
            ("kind_of_goods", "Category", "cascade_choice", LEVELS),
            ("bank_code", "Bank code", "secret", {}),
            ("receipt", "Receipt", "signature", {}),
            ("offer_text", "Offer text", "rich_text", {}),
        )
    ]
    body = {"base_version": base, "steps": added}
    assert page.request.post("/api/v1/design/apply", data=body, headers=headers).ok
    values = {
        "name": "Values Ltd",
        "address": "310119 南汇 1 号",
        "kind_of_goods": "Goods / Phone",
        "bank_code": "hunter2",
    }
    answer = page.request.post("/api/v1/records/crm_account", data=values, headers=headers)
    made = answer.json()
    page.goto(f"/o/crm_account/{made['id']}")
    page.get_by_role("tab", name="Details").click()
    expect(page.get_by_text("region no longer used").last).to_be_visible()
    expect(page.get_by_text("Goods / Phone").last).to_be_visible()
    expect(page.get_by_text("hunter2")).to_have_count(0)
    page.get_by_role("button", name="Show", exact=True).last.click()
    expect(page.get_by_text("hunter2").last).to_be_visible()

    page.get_by_role("button", name="Edit", exact=True).click()
    writing = page.get_by_role("textbox", name="Offer text")
    writing.click()
    page.keyboard.press("Control+b")
    page.keyboard.type("Thirty days")
    sheet = page.get_by_role("img", name="Sign here")
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 60)
    page.mouse.down()
    for step in range(10):
        page.mouse.move(box["x"] + 50 + step * 12, box["y"] + (40 if step % 2 else 90))
    page.mouse.up()
    page.get_by_role("button", name="Use this signature").click()
    expect(page.get_by_role("img", name="Signed").last).to_be_visible()
    page.get_by_role("button", name="Save", exact=False).first.click()
    expect(page.get_by_role("button", name="Edit", exact=True)).to_be_visible()
    read = page.request.get(f"/api/v1/records/crm_account/{made['id']}").json()
    assert read["offer_text"] == "<p><strong>Thirty days</strong></p>"
    assert read["receipt"][0]["type"] == "image/png"
    page.get_by_role("tab", name="Activity").click()
    expect(page.get_by_text("looked at a secret: Bank code")).to_be_visible()

    page.goto("/o/crm_account?group=address")
    expect(page.get_by_text("上海市").filter(visible=True).first).to_be_visible()
