"""The design is shown as far as the reader may see it."""

from guanxi.testing.browser import Browser


async def test_an_administrator_sees_all_objects(admin: Browser) -> None:
    answer = (await admin.get("/objects")).json()
    assert [one["name"] for one in answer["objects"]] == ["crm_account", "crm_opportunity"]
    account, opportunity = answer["objects"]
    assert opportunity["stage_field"] == "stage"
    assert {"object": "crm_opportunity", "field": "account"}.items() <= account["related"][
        -1
    ].items()
    fields = {one["name"]: one for one in opportunity["fields"]}
    assert next(iter(fields)) == "name"
    assert list(fields)[-1] == "id"
    assert fields["number"]["access"] == "read"
    assert fields["amount"]["access"] == "write"
    assert "sum" in fields["amount"]["aggregates"]
    assert "kind_in" in fields["stage"]["operators"]
    assert fields["account"]["options"]["target"] == "crm_account"
    assert all(opportunity["rights"].values())


async def test_one_object_and_its_fields(admin: Browser) -> None:
    one = (await admin.get("/objects/crm_account")).json()
    fields = (await admin.get("/objects/crm_account/fields")).json()
    assert one["fields"] == fields["fields"]


async def test_without_a_role_there_is_nothing_to_see(admin: Browser, clerk: Browser) -> None:
    assert (await clerk.get("/objects")).json()["objects"] == []
    hidden = await clerk.get("/objects/crm_account")
    missing = await clerk.get("/objects/nowhere")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.json()["code"] == missing.json()["code"]


async def test_what_may_not_be_read_is_not_named(admin: Browser, clerk: Browser) -> None:
    role = await admin.post(
        "/roles",
        {
            "name": {"en": "Reader"},
            "rights": [],
            "grants": [
                {
                    "object": "crm_opportunity",
                    "actions": ["see"],
                    "rows": {"scope": "all"},
                    "fields": {"default": "read", "except": {"amount": "none", "stage": "none"}},
                }
            ],
        },
    )
    assert role.status_code == 201, role.text
    given = await admin.patch(f"/people/{clerk.person}", {"roles": [role.json()["id"]]})
    assert given.status_code == 200, given.text
    (opportunity,) = (await clerk.get("/objects")).json()["objects"]
    fields = {one["name"]: one for one in opportunity["fields"]}
    assert not {"amount", "stage"} & fields.keys()
    assert opportunity["stage_field"] is None
    assert {one["access"] for one in fields.values()} == {"read"}
    assert [action for action, given in opportunity["rights"].items() if given] == ["see"]


async def test_field_types_are_for_those_signed_in(admin: Browser, visitor: Browser) -> None:
    assert (await visitor.get("/field-types")).status_code == 401
    assert (await visitor.get("/objects")).status_code == 401
    types = {one["name"]: one for one in (await admin.get("/field-types")).json()["types"]}
    assert types["number"]["options_schema"]["properties"]["decimals"]
