"""The description of the API."""

from guanxi.testing.browser import Browser


async def test_visitors_get_the_routes_only(visitor: Browser) -> None:
    document = (await visitor.http.get("/api/openapi.json")).json()
    assert document["openapi"].startswith("3.1")
    assert "/api/v1/records/{object_name}" in document["paths"]
    assert "/api/v1/records/crm_account" not in document["paths"]
    assert "crm_account" not in document["components"]["schemas"]


async def test_every_operation_has_a_name_of_its_own_and_tells_its_problems(
    admin: Browser,
) -> None:
    document = (await admin.http.get("/api/openapi.json")).json()
    operations = [one for path in document["paths"].values() for one in path.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(names) == len(set(names))
    assert all("4XX" in operation["responses"] for operation in operations)
    assert "HTTPValidationError" not in str(document)


async def test_people_find_their_own_objects_and_fields(admin: Browser, clerk: Browser) -> None:
    grant = {
        "object": "crm_account",
        "actions": ["see"],
        "rows": {"scope": "own"},
        "fields": {"default": "read", "except": {"phone": "none"}},
    }
    role = (await admin.post("/roles", {"name": {"en": "Own"}, "grants": [grant]})).json()
    await admin.patch(f"/people/{clerk.person}", {"roles": [role["id"]]})
    all_ = (await admin.http.get("/api/openapi.json")).json()
    some = (await clerk.http.get("/api/openapi.json")).json()
    account = all_["components"]["schemas"]["crm_account"]["properties"]
    assert {"industry", "phone", "owner"} <= account.keys()
    amount = all_["components"]["schemas"]["crm_opportunity__values"]["properties"]["amount"]
    assert amount["type"] == ["number", "null"]
    assert "/api/v1/records/crm_opportunity/{record_id}" in all_["paths"]
    [name] = all_["paths"]["/api/v1/records/{object_name}/count"]["post"]["parameters"][:1]
    assert name["schema"]["enum"] == ["crm_account", "crm_opportunity"]
    assert "crm_opportunity" not in some["components"]["schemas"]
    assert "phone" not in some["components"]["schemas"]["crm_account"]["properties"]
    assert some["components"]["schemas"]["crm_account__values"]["properties"] == {}
