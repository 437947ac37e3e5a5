"""One object with a field of every type: written, read, asked, exported and imported again."""

from typing import Any

import pytest
from tests.api.test_design import apply
from tests.api.test_imports import app, ended  # noqa: F401 -- the application with a worker
from tests.kinds.examples import EXAMPLES

from guanxi.fields.builtin import builtin_field_types
from guanxi.testing.browser import Browser

#: Those that hold records, people or files, and what nobody writes, have tests of their own.
TYPES = [
    name
    for name in EXAMPLES
    if name not in ("auto_number", "file", "image", "signature", "secret", "sub_table")
    and not hasattr(builtin_field_types().get(name).options_model, "target")
    and "target" not in builtin_field_types().get(name).options_model.model_fields
]
OBJECT = "everything"
PAGE = f"/records/{OBJECT}"


def as_label(text: str) -> dict[str, str]:
    return {"en": text, "zh-CN": text}


@pytest.fixture
async def designer(admin: Browser) -> Browser:
    """An administrator of a workspace with an object that has a field of every type."""
    added = [
        {
            "action": "add_field",
            "object": OBJECT,
            "field": {
                "name": f"its_{name}",
                "label": as_label(f"its_{name}"),
                "type": name,
                "options": EXAMPLES[name][0],
            },
        }
        for name in TYPES
    ]
    made = {"name": OBJECT, "label": as_label("Everything"), "plural_label": as_label("Everything")}
    await apply(admin, {"action": "add_object", "object": made}, *added)
    return admin


async def make(browser: Browser) -> list[dict[str, Any]]:
    """Records that together hold every example."""
    rows = max(len(EXAMPLES[name][1]) for name in TYPES)
    made = []
    for row in range(rows):
        values = {
            f"its_{name}": examples[row % len(examples)]
            for name in TYPES
            if (examples := EXAMPLES[name][1])
        }
        answer = await browser.post(PAGE, {"name": f"Row {row}", **values})
        assert answer.status_code == 201, answer.text
        made.append(answer.json())
    return made


async def test_what_is_written_is_read_again_and_writing_it_changes_nothing(
    designer: Browser,
) -> None:
    for one in await make(designer):
        read = (await designer.get(f"{PAGE}/{one['id']}")).json()
        written = {key: value for key, value in read.items() if key.startswith("its_")}
        assert None not in written.values()
        again = await designer.patch(
            f"{PAGE}/{one['id']}", written, headers={"If-Match": f'"{read["version"]}"'}
        )
        assert again.status_code == 200, again.text
        assert again.json()["version"] == read["version"]


async def test_every_operator_answers(designer: Browser) -> None:
    made = await make(designer)
    fields = (await designer.get(f"/objects/{OBJECT}")).json()["fields"]
    asked = 0
    for field in fields:
        if not field["name"].startswith("its_"):
            continue
        value = made[0][field["name"]]
        for operator in field["operators"]:
            leaf = {"field": field["name"], "op": operator, "value": fitting(operator, value)}
            if leaf["value"] is None:
                del leaf["value"]
            answer = await designer.post(f"{PAGE}/aggregate", {"filter": leaf, "measures": COUNT})
            assert answer.status_code == 200, (leaf, answer.text)
            if operator in (
                "eq",
                "in",
                "between",
                "lte",
                "gte",
                "has_all",
                "under",
                "near",
                "has_key",
                "is_not_empty",
            ):
                assert answer.json()["groups"][0]["values"][0] >= 1, leaf
            asked += 1
    assert asked > len(TYPES)


COUNT = [{"op": "count"}]


def fitting(operator: str, value: Any) -> Any:
    if operator in ("is_empty", "is_not_empty", "is_me"):
        return None
    if operator == "within":
        return "this_year"
    if operator == "near":
        return {"place": value, "km": 1}
    if operator == "has_key":
        return "客户.id"
    if operator in ("contains", "not_contains") and not isinstance(value, str):
        return "客户"
    if operator == "between":
        return [value, value]
    if operator in ("in", "not_in", "has_any", "has_all", "has_none", "under"):
        return value if isinstance(value, list) else [value]
    return value


async def test_every_type_is_sorted_grouped_and_measured_as_it_says(designer: Browser) -> None:
    made = await make(designer)
    fields = (await designer.get(f"/objects/{OBJECT}")).json()["fields"]
    for field in fields:
        if not field["name"].startswith("its_"):
            continue
        if field["sortable"]:
            for sign in ("", "-"):
                answer = await designer.get(PAGE, params={"sort": sign + field["name"]})
                assert answer.status_code == 200, answer.text
                assert len(answer.json()["records"]) == len(made)
        measures = [{"op": one, "field": field["name"]} for one in field["aggregates"]]
        groups = [field["name"]] if field["groupable"] else []
        answer = await designer.post(
            f"{PAGE}/aggregate", {"group_by": groups, "measures": [*COUNT, *measures]}
        )
        assert answer.status_code == 200, answer.text
        assert sum(one["values"][0] for one in answer.json()["groups"]) == len(made)


async def bin_(browser: Browser, one: dict[str, Any]) -> None:
    headers = {"If-Match": f'"{one["version"]}"'}
    assert (await browser.delete(f"{PAGE}/{one['id']}", headers=headers)).is_success


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
async def test_an_exported_file_is_imported_as_the_same(designer: Browser, format_: str) -> None:
    made = []
    for one in await make(designer):
        if one["its_date_time"].endswith(":00Z"):
            made.append(one)
        else:  # A file tells moments to the second.
            await bin_(designer, one)
    assert len(made) > 2
    names = ["name", *(f"its_{name}" for name in TYPES)]
    file = await designer.post("/exports", {"object": OBJECT, "format": format_, "fields": names})
    assert file.status_code == 200, file.text
    for one in made:
        await bin_(designer, one)
    sent = await designer.http.post(
        "/api/v1/imports",
        data={"object": OBJECT},
        files={"file": (f"everything.{format_}", file.content)},
    )
    assert sent.status_code == 201, sent.text
    import_ = sent.json()
    assert [one["field"] for one in import_["mapping"]] == names
    await designer.post(f"/imports/{import_['id']}/check")
    checked = await ended(designer, import_["id"])
    assert checked["report"]["to_create"] == len(made), checked["report"]["columns"]
    await designer.post(f"/imports/{import_['id']}/run")
    await ended(designer, import_["id"])
    listed = (await designer.get(PAGE, params={"limit": 50})).json()["records"]
    held = {one["name"]: {name: one[name] for name in names} for one in listed}
    assert held == {one["name"]: {name: one[name] for name in names} for one in made}


async def test_the_history_tells_every_value(designer: Browser) -> None:
    first = (await make(designer))[0]
    changed = {f"its_{name}": None for name in TYPES if name != "checkbox"}
    answer = await designer.patch(
        f"{PAGE}/{first['id']}", changed, headers={"If-Match": f'"{first["version"]}"'}
    )
    assert answer.status_code == 200, answer.text
    history = (await designer.get(f"{PAGE}/{first['id']}/history")).json()
    told = {one["field"]: one["old"] for one in history["changes"][0]["fields"]}
    assert {name: first[name] for name in changed} == told
