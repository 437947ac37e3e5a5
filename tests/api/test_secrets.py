"""Secrets: sealed in the database, shown by an action that is written down, and to nobody else."""

import base64
from pathlib import Path
from typing import Any

import pytest
from tests.api.test_design import apply

from guanxi.auth.people import create_person
from guanxi.bootstrap import Platform
from guanxi.kit.seal import Seal, SealedWithAnotherKeyError, read_seal
from guanxi.permissions.role import GrantWish
from guanxi.permissions.roles import create_role
from guanxi.testing.browser import PASSWORD, Browser, browser_of

ACCOUNTS = "/records/crm_account"
KEY = "correct horse battery staple"
MASK = "••••••"


@pytest.fixture
async def designer(admin: Browser) -> Browser:
    label = {"en": "API key", "zh-CN": "密钥"}
    field = {"name": "api_key", "label": label, "type": "secret"}
    await apply(admin, {"action": "add_field", "object": "crm_account", "field": field})
    return admin


async def test_a_secret_leaves_only_when_it_is_revealed(
    designer: Browser, platform: Platform
) -> None:
    made = (await designer.post(ACCOUNTS, {"name": "Acme", "api_key": KEY})).json()
    assert made["api_key"] == MASK
    one = f"{ACCOUNTS}/{made['id']}"

    async def change(value: str | None) -> int:
        version = (await designer.get(one)).json()["version"]
        headers = {"If-Match": f'"{version}"'}
        answer = await designer.patch(one, {"api_key": value}, headers=headers)
        assert answer.status_code == 200, answer.text
        return int(answer.json()["version"])

    # What stands for it, or the same again, changes nothing.
    assert await change(MASK) == 1
    assert await change(KEY) == 1
    assert await change("another") == 2
    assert await change(KEY) == 3
    filled = {"filter": {"field": "api_key", "op": "is_not_empty"}}
    exported = await designer.post(
        "/exports", {"object": "crm_account", "format": "csv", "fields": ["name", "api_key"]}
    )
    answers = [
        await designer.get(one),
        await designer.get(ACCOUNTS, params={"q": "battery"}),
        await designer.post(f"{ACCOUNTS}/query", filled),
        await designer.get(f"{one}/history"),
        exported,
    ]
    assert all(answer.status_code == 200 for answer in answers)
    assert not any("battery" in answer.text or "another" in answer.text for answer in answers)
    async with platform.database.begin(platform.schema) as work:
        stored = await work.value("select api_key from crm_account where name = 'Acme'")
        logged = await work.value("select string_agg(coalesce(old, new)::text, ' ') from change")
    assert "battery" not in stored
    assert "battery" not in logged

    revealed = await designer.post(f"{one}/reveal", {"field": "api_key"})
    assert revealed.json() == {"value": KEY}
    history = (await designer.get(f"{one}/history")).json()["changes"]
    assert history[0]["op"] == "reveal"
    assert history[0]["actor"]["name"]
    assert [part["field"] for part in history[0]["fields"]] == ["api_key"]
    assert (await designer.post(f"{one}/reveal", {"field": "name"})).status_code == 404


async def test_whoever_may_not_read_the_field_may_not_reveal_it(
    app: Any, designer: Browser, platform: Platform
) -> None:
    made = (await designer.post(ACCOUNTS, {"name": "Acme", "api_key": KEY})).json()
    async with platform.database.begin(platform.schema) as work:
        viewer = await platform.gate.system_viewer(work, "job")
        grant = GrantWish("crm_account", ("see", "edit"), "all", field_except={"api_key": "none"})
        role = await create_role(work, viewer, name={"en": "Sales"}, grants=[grant])
        await create_person(
            work, None, name="Rep", email="rep@example.com", password=PASSWORD, roles=[role.id]
        )
    browser = browser_of(app)
    assert (await browser.sign_in("rep@example.com")).status_code == 200
    assert (await browser.get(f"{ACCOUNTS}/{made['id']}")).status_code == 200
    answer = await browser.post(f"{ACCOUNTS}/{made['id']}/reveal", {"field": "api_key"})
    assert answer.status_code == 404
    assert "battery" not in answer.text
    await browser.http.aclose()


async def test_secrets_have_no_default(admin: Browser) -> None:
    field = {"name": "pin", "label": {"en": "PIN"}, "type": "secret", "default": "1234"}
    step = {"action": "add_field", "object": "crm_account", "field": field}
    answer = await admin.post("/design/plan", {"steps": [step]})
    assert answer.status_code == 422, answer.text


def test_what_is_sealed_opens_at_its_place_with_its_key_alone(tmp_path: Path) -> None:
    seal = read_seal(tmp_path / "keys" / "secret.key")
    closed = seal.close("密码", "a")
    assert closed == seal.close("密码", "a") != seal.close("密码", "b")
    again = read_seal(tmp_path / "keys" / "secret.key")
    assert again.open(closed, "a") == "密码"
    newer = Seal.of([b"n" * 64, base64.b64decode((tmp_path / "keys" / "secret.key").read_text())])
    assert newer.open(closed, "a") == "密码"
    assert newer.close("密码", "a") != closed
    for broken, place in ((closed, "b"), (f"00000000:{closed[9:]}", "a"), (closed[:-8], "a")):
        with pytest.raises(SealedWithAnotherKeyError):
            again.open(broken, place)
    assert (tmp_path / "keys" / "secret.key").stat().st_mode & 0o077 == 0
