"""The workspace is called as its administrators say."""

from guanxi.testing.browser import Browser

NAME = {"zh-CN": "衡川机床", "en": "Hengchuan Machine Tools"}


async def test_an_administrator_names_it_and_everybody_reads_it(
    admin: Browser, clerk: Browser
) -> None:
    assert (await clerk.get("/me")).json()["workspace"]["label"] == {"zh-CN": "main", "en": "main"}
    changed = await admin.patch("/workspace", {"label": NAME})
    assert changed.status_code == 200, changed.text
    assert (await clerk.get("/me")).json()["workspace"]["label"] == NAME
    assert (await clerk.get("/workspace")).json()["label"] == NAME


async def test_one_language_is_enough_and_none_is_refused(admin: Browser) -> None:
    changed = await admin.patch("/workspace", {"label": {"en": "Hengchuan"}})
    assert changed.json()["label"] == {"en": "Hengchuan"}
    for label in ({}, {"en": "  "}, {"fr": "Hengchuan"}):
        refused = await admin.patch("/workspace", {"label": label})
        assert refused.status_code == 422, refused.text
    assert (await admin.get("/workspace")).json()["label"] == {"en": "Hengchuan"}


async def test_others_may_not_name_it(admin: Browser, clerk: Browser) -> None:
    made = await admin.post("/roles", {"name": {"en": "Designer"}, "rights": ["design"]})
    await admin.patch(f"/people/{clerk.person}", {"roles": [made.json()["id"]]})
    refused = await clerk.patch("/workspace", {"label": NAME})
    assert (refused.status_code, refused.json()["code"]) == (403, "administrator_needed")
