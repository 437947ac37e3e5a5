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


async def test_a_dry_run_of_many_answers_as_if_and_changes_nothing(admin: Browser) -> None:
    path = "/records/crm_account"
    ids = [(await admin.post(path, {"name": name})).json()["id"] for name in ("Acme", "Bolt")]
    unknown = "01890000-0000-7000-8000-000000000000"
    change = {"action": "update", "ids": [*ids, unknown], "values": {"industry": "Steel"}}
    tried = (await admin.post(f"{path}/bulk", {**change, "dry_run": True})).json()
    assert [row["status"] for row in tried["results"]] == ["done", "done", "refused"]
    for id_ in ids:
        record = (await admin.get(f"{path}/{id_}")).json()
        assert (record["industry"], record["version"]) == (None, 1)
        assert len((await admin.get(f"{path}/{id_}/history")).json()["changes"]) == 1
    done = (await admin.post(f"{path}/bulk", change)).json()
    assert done["done"] == tried["done"] == 2


async def test_a_preview_tells_what_a_save_would_come_to_and_saves_nothing(
    admin: Browser,
) -> None:
    formula = {"name": "double", "label": {"en": "Double"}, "type": "money", "formula": "{amount} * 2"}  # fmt: skip
    assert (await admin.post("/objects/crm_opportunity/fields", formula)).status_code == 201
    path = "/records/crm_opportunity"
    made = (await admin.post(path, {"name": "A", "amount": 5})).json()
    preview = f"{path}/preview"
    changed = await admin.post(preview, {"id": made["id"], "values": {"amount": 7}})
    assert (changed.json()["double"], changed.json()["amount"]) == (14, 7)
    new = await admin.post(preview, {"values": {"name": "B", "amount": 3}})
    assert (new.status_code, new.json()["double"]) == (200, 6)
    refused = await admin.post(preview, {"values": {"amount": 3}})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/name")
    listed = (await admin.get(path)).json()["records"]
    assert [(one["name"], one["double"]) for one in listed] == [("A", 10)]
