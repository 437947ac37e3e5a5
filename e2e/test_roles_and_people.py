"""An administrator makes a role and a person; that person sees what the role gives, and nothing else."""

import re
from uuid import uuid4

from e2e.conftest import Visits
from playwright.sync_api import Page, expect

PASSWORD = "correct horse 42"


def _choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.locator(f".ant-select-item-option[title='{option}']:visible").click()


def _make_role(page: Page, name: str) -> None:
    """A role that sees its own accounts, without their phone numbers."""
    page.goto("/settings/roles")
    page.get_by_role("button", name="添加角色").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name=re.compile("^名称")).fill(name)
    dialog.get_by_role("button", name="添加").click()
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    _choose(page, "客户 · 哪些记录", "本人的")
    page.get_by_role("checkbox", name="电话 · 能看").uncheck()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text(f"“{name}”的权限已生效")).to_be_visible()


def _add_person(page: Page, name: str, email: str, role: str) -> None:
    page.goto("/settings/people")
    page.get_by_role("button", name="添加人员").click()
    drawer = page.get_by_role("dialog", name="添加人员")
    drawer.get_by_label(re.compile("^姓名")).fill(name)
    drawer.get_by_label(re.compile("^邮箱")).fill(email)
    drawer.get_by_label(re.compile("^角色")).click()
    page.locator(f".ant-select-item-option[title='{role}']:visible").click()
    drawer.get_by_label(re.compile("^初始密码")).fill(PASSWORD)
    drawer.get_by_role("button", name="添加", exact=True).click()
    expect(page.get_by_role("button", name=name)).to_be_visible()


def _sign_in(page: Page, email: str) -> None:
    page.get_by_label("邮箱").fill(email)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()


def _hand_over_an_account(page: Page, to_email: str) -> str:
    """As the administrator, by the API. Returns the account's name."""
    me = page.request.get("/api/v1/me").json()
    people = page.request.get("/api/v1/people", params={"q": to_email}).json()["people"]
    account = page.request.get("/api/v1/records/crm_account?limit=1&fields=name").json()["records"][
        0
    ]
    answer = page.request.patch(
        f"/api/v1/records/crm_account/{account['id']}",
        data={"owner": people[0]["id"]},
        headers={"If-Match": "*", "X-CSRF-Token": me["csrf_token"]},
    )
    assert answer.ok, answer.text()
    return str(account["name"])


def test_a_person_sees_what_the_role_gives(visit: Visits) -> None:
    mark = uuid4().hex[:6]
    role, name, email = f"见习{mark}", f"许婧{mark}", f"xu.{mark}@example.com"
    admin = visit("/", as_="admin@example.com", locale="zh-CN")
    _make_role(admin, role)
    _add_person(admin, name, email, role)

    page = visit("/settings/roles", locale="zh-CN")
    _sign_in(page, email)
    expect(page.get_by_text("你看不到这里")).to_be_visible()
    navigation = page.get_by_role("navigation", name="导航")
    expect(navigation.get_by_role("link", name="客户")).to_be_visible()
    for hidden in ("商机", "人员", "角色与权限", "导入"):
        expect(navigation.get_by_role("link", name=hidden)).to_have_count(0)

    assert page.request.get("/api/v1/records/crm_account").json()["records"] == []
    assert page.request.get("/api/v1/records/crm_opportunity").status == 404

    account = _hand_over_an_account(admin, email)
    seen = page.request.get("/api/v1/records/crm_account").json()["records"]
    assert [record["name"] for record in seen] == [account]
    assert "phone" not in seen[0]
    navigation.get_by_role("link", name="客户").click()
    expect(page.get_by_text(account).first).to_be_visible()


def test_a_disabled_person_is_signed_out(visit: Visits) -> None:
    mark = uuid4().hex[:6]
    name, email = f"苏晴{mark}", f"su.{mark}@example.com"
    admin = visit("/", as_="admin@example.com", locale="zh-CN")
    _add_person(admin, name, email, "观察者")
    page = visit("/settings/me", locale="zh-CN")
    _sign_in(page, email)
    expect(page.get_by_role("heading", name="我的设置")).to_be_visible()

    admin.get_by_role("button", name=name).click()
    admin.get_by_role("dialog", name=name).get_by_role("button", name="停用").click()
    admin.get_by_role("dialog", name=f"停用 {name}？").get_by_role("button", name="停用").click()
    expect(admin.get_by_text(f"{name} 已停用")).to_be_visible()

    page.reload()
    expect(page.get_by_role("button", name="登录", exact=True)).to_be_visible()
