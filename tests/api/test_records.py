"""Single records through the API."""

from guanxi.testing.browser import PASSWORD, Browser, browser_of


async def _seller_in(admin: Browser, app: object) -> Browser:
    """Somebody signed in who sees and edits what is their own."""
    grant = {
        "object": "crm_account",
        "actions": ["see", "create", "edit", "delete"],
        "rows": {"scope": "own"},
        "fields": {"default": "write", "except": {}},
    }
    role = {"name": {"en": "Seller"}, "rights": [], "grants": [grant]}
    role_id = (await admin.post("/roles", role)).json()["id"]
    person = {
        "name": "Seller",
        "email": "seller@example.com",
        "password": PASSWORD,
        "roles": [role_id],
    }
    made = (await admin.post("/people", person)).json()
    browser = browser_of(app)
    browser.person = made["id"]
    await browser.sign_in("seller@example.com")
    return browser


async def test_a_record_can_be_handed_over_out_of_ones_own_sight(
    admin: Browser, app: object
) -> None:
    seller = await _seller_in(admin, app)
    made = (await seller.post("/records/crm_account", {"name": "Acme"})).json()
    assert made["owner"]["id"] == seller.person
    answer = await seller.patch(
        f"/records/crm_account/{made['id']}",
        {"owner": str(admin.person)},
        headers={"If-Match": '"1"'},
    )
    assert answer.status_code == 200, answer.text
    assert answer.json() == {"id": made["id"], "version": 2, "hidden": True}
    assert answer.headers["etag"] == '"2"'
    assert (await seller.get(f"/records/crm_account/{made['id']}")).status_code == 404
    seen = (await admin.get(f"/records/crm_account/{made['id']}")).json()
    assert seen["owner"]["id"] == str(admin.person)
    await seller.http.aclose()
