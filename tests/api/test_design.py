"""Designers plan, apply, take back and read designs by the API."""

import asyncio
from typing import Any

import httpx
import pytest

from guanxi.bootstrap import Platform
from guanxi.testing.browser import Browser


async def version_of(browser: Browser) -> int:
    return int((await browser.get("/objects")).json()["design_version"])


async def plan(browser: Browser, *steps: dict[str, Any]) -> dict[str, Any]:
    body = {"base_version": await version_of(browser), "steps": list(steps)}
    answer = await browser.post("/design/plan", body)
    assert answer.status_code == 200, answer.text
    planned: dict[str, Any] = answer.json()
    return planned


async def try_apply(
    browser: Browser, *steps: dict[str, Any], base: int | None = None
) -> httpx.Response:
    base = await version_of(browser) if base is None else base
    return await browser.post("/design/apply", {"base_version": base, "steps": list(steps)})


async def apply(browser: Browser, *steps: dict[str, Any]) -> dict[str, Any]:
    answer = await try_apply(browser, *steps)
    assert answer.status_code == 200, answer.text
    applied: dict[str, Any] = answer.json()
    return applied


async def object_of(browser: Browser, name: str) -> dict[str, Any]:
    found: dict[str, Any] = (await browser.get(f"/objects/{name}")).json()
    return found


async def field_names(browser: Browser, name: str) -> list[str]:
    fields = (await browser.get(f"/objects/{name}/fields")).json()["fields"]
    return [one["name"] for one in fields if not one["system"]]


def add_field(name: str, type_: str = "text", **more: Any) -> dict[str, Any]:
    field = {"name": name, "label": {"en": name.title()}, "type": type_, **more}
    return {"action": "add_field", "object": "crm_account", "field": field}


def change_field(name: str, object_name: str = "crm_account", **changes: Any) -> dict[str, Any]:
    return {
        "action": "change_field",
        "object": object_name,
        "field": name,
        "changes": changes,
    }


def retire_field(name: str, object_name: str = "crm_account") -> dict[str, Any]:
    return {"action": "retire_field", "object": object_name, "field": name}


async def make_account(browser: Browser, **values: Any) -> str:
    answer = await browser.post("/records/crm_account", {"name": "Acme", **values})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def test_a_plan_says_in_both_languages_what_it_would_do_and_changes_nothing(
    admin: Browser,
) -> None:
    before = await version_of(admin)
    await make_account(admin)
    planned = await plan(
        admin,
        {"action": "add_object", "object": {"label": {"zh-CN": "水泵", "en": "Pump"}}},
        {
            "action": "add_field",
            "object": "crm_account",
            "field": {"label": {"zh-CN": "等级"}, "type": "text", "required": True},
        },
    )
    object_step, field_step = planned["steps"]
    assert object_step["object"] == "pump"
    assert object_step["sentence"] == {
        "zh-CN": "新建对象「水泵」。",
        "en": "Add the object “Pump”.",
    }
    assert "administrators" in object_step["warnings"][0]["en"]
    assert field_step["field"] == "deng_ji"
    assert (field_step["lock"], field_step["rows"], field_step["loss"]) == ("brief", 1, None)
    assert field_step["warnings"][0]["en"].startswith("1 records have it empty")
    assert planned["blockers"] == []
    assert await version_of(admin) == before


async def test_a_new_field_is_there_at_once_for_forms_lists_and_records(admin: Browser) -> None:
    await apply(
        admin,
        {
            "action": "change_object",
            "object": "crm_account",
            "changes": {"layout": {"groups": [{"label": {"en": "Basics"}, "fields": ["name"]}]}},
        },
        add_field("level", help={"en": "1 is best"}),
    )
    account = await object_of(admin, "crm_account")
    assert account["layout"]["groups"][0]["fields"] == ["name", "level"]
    id_ = await make_account(admin, level="A")
    page = (await admin.get("/records/crm_account?fields=name,level")).json()
    assert page["records"][0]["level"] == "A"
    assert (await admin.get(f"/records/crm_account/{id_}")).json()["level"] == "A"


async def test_one_field_can_be_added_by_itself(admin: Browser) -> None:
    answer = await admin.post(
        "/objects/crm_account/fields", {"label": {"zh-CN": "客户等级"}, "type": "text"}
    )
    assert answer.status_code == 201
    assert answer.json()["steps"][0]["field"] == "ke_hu_deng_ji"
    assert "ke_hu_deng_ji" in await field_names(admin, "crm_account")
    unknown = await admin.post("/objects/nowhere/fields", {"label": {"en": "X"}, "type": "text"})
    assert unknown.status_code == 422


async def test_a_repeated_request_changes_the_design_once(admin: Browser) -> None:
    body = {"label": {"en": "Level"}, "type": "text"}
    headers = {"Idempotency-Key": "once"}
    first = await admin.post("/objects/crm_account/fields", body, headers=headers)
    second = await admin.post("/objects/crm_account/fields", body, headers=headers)
    assert first.json() == second.json()
    assert second.headers["idempotency-replayed"] == "true"
    assert (await field_names(admin, "crm_account")).count("level") == 1


async def test_retired_fields_disappear_everywhere_and_come_back_with_their_values(
    admin: Browser,
) -> None:
    id_ = await make_account(admin, industry="Pumps")
    planned = await plan(admin, retire_field("industry"))
    assert "1 records" in planned["steps"][0]["warnings"][0]["en"]
    await apply(admin, retire_field("industry"))
    assert "industry" not in await field_names(admin, "crm_account")
    assert "industry" not in (await admin.get(f"/records/crm_account/{id_}")).json()
    asked = await admin.get("/records/crm_account?fields=industry")
    assert asked.status_code in (400, 422)
    written = await admin.post("/records/crm_account", {"name": "B", "industry": "X"})
    assert written.status_code == 422
    taken = await try_apply(admin, add_field("industry"))
    assert taken.json()["errors"][0]["pointer"] == "/steps/0/field/name"
    await apply(admin, {"action": "restore_field", "object": "crm_account", "field": "industry"})
    record = (await admin.get(f"/records/crm_account/{id_}")).json()
    assert record["industry"] == "Pumps"


async def test_retired_objects_disappear_and_come_back(admin: Browser) -> None:
    await apply(admin, {"action": "add_object", "object": {"name": "pump", "label": {"en": "P"}}})
    await admin.post("/records/pump", {"name": "One"})
    await apply(admin, {"action": "retire_object", "object": "pump"})
    assert "pump" not in [one["name"] for one in (await admin.get("/objects")).json()["objects"]]
    assert (await admin.get("/records/pump")).status_code == 404
    designed = {one["name"]: one for one in (await admin.get("/design/objects")).json()["objects"]}
    assert designed["pump"]["retired_at"] is not None
    refused = await try_apply(
        admin, {"action": "add_object", "object": {"name": "pump", "label": {"en": "P"}}}
    )
    assert refused.status_code == 422
    await apply(admin, {"action": "restore_object", "object": "pump"})
    records = await admin.get("/records/pump")
    assert [one["name"] for one in records.json()["records"]] == ["One"], records.text


async def test_an_object_others_link_to_is_not_retired(admin: Browser) -> None:
    step = {"action": "retire_object", "object": "crm_account"}
    planned = await plan(admin, step)
    (blocker,) = planned["blockers"]
    assert [one["name"]["en"] for one in blocker["used_by"]] == ["crm_opportunity · account"]
    refused = await try_apply(admin, step)
    assert (refused.status_code, refused.json()["code"]) == (409, "design_blocked")
    both = [retire_field("account", "crm_opportunity"), step]
    assert (await plan(admin, *both))["blockers"] == []


async def test_a_field_of_a_shared_view_is_not_retired(admin: Browser) -> None:
    config = {"columns": [{"field": "name"}], "filter": {"field": "industry", "op": "is_empty"}}
    body = {"object": "crm_account", "name": "Mine", "shared": True, "config": config}
    assert (await admin.post("/views", body)).status_code == 201
    planned = await plan(admin, retire_field("industry"))
    (blocker,) = planned["blockers"]
    assert [(one["kind"], one["name"]) for one in blocker["used_by"]] == [("view", "Mine")]
    refused = await try_apply(admin, retire_field("industry"))
    assert "Mine" in refused.json()["errors"][0]["message"]
    designed = (await admin.get("/design/objects")).json()["objects"]
    account = next(one for one in designed if one["name"] == "crm_account")
    industry = next(one for one in account["fields"] if one["name"] == "industry")
    assert [one["name"] for one in industry["used_by"]] == ["Mine"]


async def test_a_field_of_a_personal_view_is_retired_with_a_warning(admin: Browser) -> None:
    config = {"columns": [{"field": "industry"}]}
    body = {"object": "crm_account", "name": "Secret", "config": config}
    assert (await admin.post("/views", body)).status_code == 201
    planned = await plan(admin, retire_field("industry"))
    assert planned["blockers"] == []
    assert "1 personal views" in planned["steps"][0]["warnings"][-1]["en"]
    assert "Secret" not in (await admin.get("/design/objects")).text


async def test_a_field_and_a_stage_of_a_grants_condition_are_kept(admin: Browser) -> None:
    grant = {
        "object": "crm_opportunity",
        "actions": ["see"],
        "rows": {
            "scope": "condition",
            "condition": {
                "and": [
                    {"field": "stage", "op": "in", "value": ["won"]},
                    {"field": "account.industry", "op": "eq", "value": "Pumps"},
                ]
            },
        },
        "fields": {"default": "read", "except": {}},
    }
    role = await admin.post("/roles", {"name": {"en": "Reader"}, "grants": [grant]})
    assert role.status_code == 201, role.text
    opportunity = await object_of(admin, "crm_opportunity")
    stage = next(one for one in opportunity["fields"] if one["name"] == "stage")

    def retired(value: str) -> dict[str, Any]:
        choices = [{**one, "retired": one["value"] == value} for one in stage["options"]["choices"]]
        return change_field("stage", "crm_opportunity", options={"choices": choices})

    planned = await plan(
        admin,
        retire_field("stage", "crm_opportunity"),
        retire_field("account", "crm_opportunity"),
        retire_field("industry"),
    )
    assert [one["step"] for one in planned["blockers"]] == [0, 1, 2]
    assert [user["kind"] for user in planned["blockers"][0]["used_by"]] == ["role"]
    assert len((await plan(admin, retired("won")))["blockers"]) == 1
    assert (await plan(admin, retired("lost")))["blockers"] == []


async def test_choices_are_added_renamed_reordered_and_retired_but_not_removed(
    admin: Browser,
) -> None:
    one = {"value": "a", "label": {"en": "A"}}
    two = {"value": "b", "label": {"en": "B"}}
    await apply(admin, add_field("level", "choice", options={"choices": [one, two]}))
    id_ = await make_account(admin, level="b")
    choices = [
        {"value": "c", "label": {"en": "C"}, "color": "red"},
        {**two, "retired": True},
        {**one, "label": {"zh-CN": "甲", "en": "Alpha"}},
    ]
    planned = await plan(admin, change_field("level", options={"choices": choices}))
    assert "1 records hold the retired option" in planned["steps"][0]["warnings"][0]["en"]
    await apply(admin, change_field("level", options={"choices": choices}))
    record = (await admin.get(f"/records/crm_account/{id_}")).json()
    assert record["level"] == "b"
    refused = await try_apply(admin, change_field("level", options={"choices": [one]}))
    assert refused.json()["errors"][0]["code"] == "option_removed"
    default = await try_apply(admin, change_field("level", default="b"))
    assert default.json()["errors"][0]["code"] == "retired_default"


async def test_limits_that_old_values_break_are_told_not_forced(admin: Browser) -> None:
    await apply(admin, add_field("size", "number"), add_field("note", "text"))
    await make_account(admin, size=1.25, note="long enough")
    planned = await plan(
        admin,
        change_field("size", options={"decimals": 1, "maximum": 1}),
        change_field("note", options={"max_length": 4}),
        change_field("industry", required=True),
    )
    size, note, industry = (
        [warning["en"] for warning in step["warnings"]] for step in planned["steps"]
    )
    told = [text.split(" records ")[1].split()[0] for text in size]
    assert told == ["hold", "lie"]
    assert note[0].startswith("1 records hold more than 4 characters")
    assert industry[0].startswith("1 records have it empty")


async def test_unique_is_refused_while_values_occur_twice(admin: Browser) -> None:
    first = await make_account(admin, industry="Pumps")
    await make_account(admin, industry="Pumps")
    planned = await plan(admin, change_field("industry", unique=True))
    assert planned["blockers"][0]["message"]["en"].startswith("1 values occur more than once")
    assert (await try_apply(admin, change_field("industry", unique=True))).status_code == 409
    await admin.delete(f"/records/crm_account/{first}", headers={"If-Match": "*"})
    await apply(admin, change_field("industry", unique=True))
    again = await admin.post("/records/crm_account", {"name": "C", "industry": "Pumps"})
    assert again.status_code in (409, 422)
    assert again.json()["errors"][0]["field"] == "industry"
    await apply(admin, change_field("industry", unique=False))
    await make_account(admin, industry="Pumps")


async def test_fields_are_moved_within_the_layout(admin: Browser) -> None:
    layout = {
        "groups": [
            {"label": {"en": "One"}, "fields": ["name", "industry"]},
            {"label": {"en": "Two"}, "fields": ["phone"]},
        ],
        "highlights": ["industry"],
        "card": ["phone"],
    }

    def move(field: str, group: int, before: str | None) -> dict[str, Any]:
        return {
            "action": "move_field",
            "object": "crm_account",
            "field": field,
            "group": group,
            "before": before,
        }

    changed = {"action": "change_object", "object": "crm_account", "changes": {"layout": layout}}
    await apply(admin, changed, move("industry", 1, "phone"), move("parent", 0, None))
    groups = (await object_of(admin, "crm_account"))["layout"]["groups"]
    assert [one["fields"] for one in groups] == [["name", "parent"], ["industry", "phone"]]
    for step, code in (
        (move("industry", 5, None), "unknown_group"),
        (move("industry", 0, "phone"), "not_in_group"),
        (move("nothing", 0, None), "unknown_field"),
    ):
        assert (await try_apply(admin, step)).json()["errors"][0]["code"] == code


@pytest.mark.parametrize(
    ("step", "code"),
    [
        ({"action": "change_object", "object": "nowhere", "changes": {}}, "unknown_object"),
        ({"action": "retire_object", "object": "person"}, "unknown_object"),
        ({"action": "restore_object", "object": "crm_account"}, "unknown_object"),
        (retire_field("owner"), "system_field"),
        (retire_field("nothing"), "unknown_field"),
        ({"action": "restore_field", "object": "crm_account", "field": "phone"}, "unknown_field"),
        (change_field("owner", required=True), "system_field"),
        (change_field("parent", options={"target": "crm_opportunity"}), "target_fixed"),
        (change_field("industry", options={"max_length": 0}), "invalid_options"),
        (change_field("industry", options={"wishes": 1}), "invalid_options"),
        (change_field("industry", options={"pattern": "("}), "invalid_options"),
        (
            add_field(
                "x",
                "choice",
                options={
                    "choices": [{"value": "a", "label": {"en": "A"}, "kind": "open"}],
                    "is_stage": True,
                },
            )
            | {"object": "crm_opportunity"},
            "second_stage",
        ),
        (
            {
                "action": "add_object",
                "object": {
                    "label": {"en": "X"},
                    "grant_roles": ["0192a000-0000-7000-8000-000000000000"],
                },
            },
            "unknown_role",
        ),
    ],
)
async def test_what_cannot_be_is_refused_with_the_place(
    admin: Browser, step: dict[str, Any], code: str
) -> None:
    before = await version_of(admin)
    for path in ("/design/plan", "/design/apply"):
        refused = await admin.post(path, {"base_version": before, "steps": [step]})
        assert refused.status_code == 422
        (error,) = refused.json()["errors"]
        assert error["code"] == code
        assert error["pointer"].startswith("/steps/0/")
    assert await version_of(admin) == before


async def test_labels_of_system_fields_can_be_changed(admin: Browser) -> None:
    await apply(admin, change_field("name", label={"zh-CN": "公司", "en": "Company"}))
    account = await object_of(admin, "crm_account")
    assert account["fields"][0]["label"] == {"zh-CN": "公司", "en": "Company"}
    assert account["fields"][0]["name"] == "name"


async def test_of_two_designers_the_second_is_told(admin: Browser) -> None:
    base = await version_of(admin)
    answers = await asyncio.gather(
        try_apply(admin, add_field("one"), base=base),
        try_apply(admin, add_field("two"), base=base),
    )
    assert sorted(one.status_code for one in answers) == [200, 409]
    refused = next(one for one in answers if one.status_code == 409)
    assert refused.json()["code"] == "design_changed"


async def test_history_tells_who_did_what(admin: Browser) -> None:
    await apply(admin, add_field("one"), change_field("one", label={"en": "First"}))
    await apply(admin, retire_field("one"))
    page = (await admin.get("/design/history?limit=1")).json()
    (change,) = page["changes"]
    assert change["actor"]["name"] == "Admin"
    assert change["steps"] == [
        {
            "action": "retire_field",
            "object": "crm_account",
            "field": "one",
            "sentence": {
                "zh-CN": "停用「crm_account」的字段「First」。",
                "en": "Retire the field “First” of “crm_account”.",
            },
        }
    ]
    rest = (await admin.get(f"/design/history?cursor={page['next_cursor']}")).json()
    assert [step["action"] for step in rest["changes"][0]["steps"]] == [
        "add_field",
        "change_field",
    ]
    assert (await admin.get("/design/history?cursor=x")).status_code == 400


async def test_roles_that_were_named_may_use_a_new_object(admin: Browser, clerk: Browser) -> None:
    role = (await admin.post("/roles", {"name": {"en": "Clerks"}})).json()["id"]
    await admin.patch(f"/people/{clerk.person}", {"roles": [role]})
    await apply(
        admin,
        {
            "action": "add_object",
            "object": {"name": "open", "label": {"en": "Open"}, "grant_roles": [role]},
        },
        {"action": "add_object", "object": {"name": "shut", "label": {"en": "Shut"}}},
    )
    seen = [one["name"] for one in (await clerk.get("/objects")).json()["objects"]]
    assert seen == ["open"]
    assert (await clerk.post("/records/open", {"name": "Mine"})).status_code == 201
    assert (await clerk.get("/records/shut")).status_code == 404
    designed = {one["name"]: one for one in (await admin.get("/design/objects")).json()["objects"]}
    assert (designed["open"]["roles"], designed["shut"]["roles"]) == ([role], [])


async def test_only_designers_plan_apply_and_look(admin: Browser, clerk: Browser) -> None:
    body = {"base_version": await version_of(admin), "steps": [add_field("one")]}
    asked = [
        await clerk.post("/design/plan", body),
        await clerk.post("/design/apply", body),
        await clerk.post("/objects/crm_account/fields", {"label": {"en": "X"}, "type": "text"}),
        await clerk.get("/design/objects"),
        await clerk.get("/design/history"),
    ]
    assert [one.status_code for one in asked] == [403] * 5
    role = await admin.post("/roles", {"name": {"en": "Designers"}, "rights": ["design"]})
    await admin.patch(f"/people/{clerk.person}", {"roles": [role.json()["id"]]})
    assert (await clerk.post("/design/apply", body)).status_code == 200


async def test_field_types_tell_what_a_designer_needs(admin: Browser, platform: Platform) -> None:
    types = {one["name"]: one for one in (await admin.get("/field-types")).json()["types"]}
    assert set(types) == set(platform.field_types.names())
    assert types["number"]["options_schema"]["properties"]["decimals"]
    assert types["text"]["can_be_unique"]
    assert types["number"]["formats"]
    assert all(one["description"]["zh-CN"] and one["label"]["en"] for one in types.values())


async def test_rules_are_told_to_forms_and_designers_and_kept_by_the_api(
    admin: Browser, clerk: Browser
) -> None:
    await apply(
        admin,
        add_field("level"),
        change_field("level", required_when='{Industry} = "steel"', default_formula='"B"'),
        {
            "action": "change_object",
            "object": "crm_account",
            "changes": {
                "validations": [
                    {
                        "name": "no_x",
                        "condition": '{level} <> "x"',
                        "message": {"en": "Not x.", "zh-CN": "不能是 x。"},
                        "field": "level",
                    }
                ]
            },
        },
    )
    account = await object_of(admin, "crm_account")
    [level] = [one for one in account["fields"] if one["name"] == "level"]
    assert level["formulas"]["required_when"][0] == "call"
    assert account["validations"][0]["condition"] == [
        "call", "<>", ["field", "level"], ["text", "x"],
    ]  # fmt: skip
    answer = await admin.get("/design/objects")
    [designed] = [one for one in answer.json()["objects"] if one["name"] == "crm_account"]
    fields = {one["name"]: one for one in designed["fields"]}
    assert fields["level"]["rules"]["required_when"].endswith('= "steel"')
    assert [one["kind"] for one in fields["industry"]["used_by"]] == ["rule"]
    assert designed["validations"][0]["condition"].endswith('<> "x"')
    refused = await admin.post("/records/crm_account", {"name": "A", "level": "x"})
    assert refused.status_code == 422
    [problem] = refused.json()["errors"]
    assert (problem["field"], problem["code"]) == ("level", "validation")
    assert problem["message"] in ("Not x.", "不能是 x。")
    made = await admin.post("/records/crm_account", {"name": "A"})
    assert made.json()["level"] == "B"
    refused = await try_apply(admin, retire_field("industry"))
    assert refused.status_code == 422


async def test_any_step_can_be_taken_back_unless_a_later_one_stands_in_the_way(
    admin: Browser,
) -> None:
    async def undo(version: int, place: int = 0) -> Any:
        return await admin.get(f"/design/history/{version}/{place}/undo")

    await apply(admin, add_field("size"), add_field("note"))
    first = await version_of(admin)
    rule = {"required_when": '{industry} = "x"'}
    await apply(
        admin,
        change_field("note", label={"en": "Remark"}, help={"en": "Say why."}, **rule),
        {
            "action": "change_object",
            "object": "crm_account",
            "changes": {"icon": "star", "color": "blue"},
        },
        change_field("size", type="number", options={"decimals": 1}),
        {"action": "move_field", "object": "crm_account", "field": "note", "group": 0},
    )
    second = await version_of(admin)
    assert (await undo(first, 9)).status_code == 404
    before = await object_of(admin, "crm_account")
    steps = [(await undo(second, place)).json()["step"] for place in (3, 1, 0)]
    assert steps[2]["changes"] == {"label": {"en": "Note"}, "help": None, "required_when": None}
    assert steps[1]["changes"]["icon"] == "box"
    await apply(admin, *steps)
    third = await version_of(admin)
    after = await object_of(admin, "crm_account")
    assert (before["icon"], after["icon"]) == ("star", "box")
    # What took it back can be taken back itself; what it took back not again.
    (again,) = [(await undo(third, 2)).json()["step"]]
    assert again["changes"]["required_when"].replace(" ", "") == '{industry}="x"'
    refused = await undo(second, 0)
    assert refused.status_code == 409
    assert refused.json()["code"] == "step_in_the_way"
    assert str(third) in refused.json()["detail"]
    # The type comes back with the values, the field goes as it came.
    typed = (await undo(second, 2)).json()["step"]
    assert typed["changes"] == {"values": "before"}
    await apply(admin, typed)
    assert (await undo(first, 0)).json()["step"]["action"] == "retire_field"


async def test_a_type_that_shared_views_cannot_be_asked_with_is_not_taken(admin: Browser) -> None:
    await apply(admin, add_field("size", "number"))
    view = {
        "object": "crm_account",
        "name": "Large",
        "kind": "table",
        "shared": True,
        "config": {
            "filter": {"field": "size", "op": "gt", "value": 3},
            "columns": [{"field": "size"}],
        },
    }
    assert (await admin.post("/views", view)).status_code == 201
    planned = await plan(admin, change_field("size", type="text"))
    assert [one["used_by"][0]["name"] for one in planned["blockers"]] == ["Large"]
    # A filter that reads the same with the new type is in nobody's way.
    assert (await plan(admin, change_field("size", type="money")))["blockers"] == []
    await apply(admin, change_field("size", type="money"))
    field = next(
        one
        for each in (await admin.get("/design/objects")).json()["objects"]
        if each["name"] == "crm_account"
        for one in each["fields"]
        if one["name"] == "size"
    )
    assert (field["type"], field["kept_type"]) == ("money", "number")
