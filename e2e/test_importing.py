"""Somebody brings a sales pipeline in from files: people, accounts, products, and deals with a misspelt product."""

import re
from pathlib import Path

import pytest
from e2e.conftest import Size, Visits, sign_in
from playwright.sync_api import Page, expect

ADMIN = "admin@example.com"

PEOPLE = """sales_agent,manager,regional_office
Vera Zorn,Otto Zimmer,Zone North
Paul Zander,Otto Zimmer,Zone North
Ida Zeller,Ruth Zorn,Zone South
"""
ACCOUNTS = """account,sector,year_established,revenue,employees,office_location,subsidiary_of
Zubehör Süd,technolgy,1996,1100.04,2822,Germany,Zentral Holding
Zentral Holding,medical,1999,251.41,495,Germany,
Zeppelin Ost,retail,2001,64.72,185,Kenya,
"""
PRODUCTS = """product,series,sales_price
ZTX Basic,ZTX,550
ZTX Pro,ZTX,4821
ZG Special,ZG,55
"""
DEALS = """opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value
ZED00001,Vera Zorn,ZTX Basic,Zubehör Süd,Won,10/20/2016,3/1/2017,1054
ZED00002,Vera Zorn,ZTXPro,Zentral Holding,Won,10/25/2016,3/11/2017,4514
ZED00003,Paul Zander,ZG Special,Zeppelin Ost,Lost,10/25/2016,3/27/2017,0
ZED00004,Paul Zander,ZTXPro,,Engaging,12/5/2016,,
ZED00005,Ida Zeller,ZTX Basic,,Prospecting,,,
ZED00006,Ida Zeller,ZTX Pro,Zubehör Süd,Won,1/14/2017,3/31/2017,4900
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """The files of a small sales pipeline."""
    written = {
        "sales_teams": PEOPLE,
        "accounts": ACCOUNTS,
        "products": PRODUCTS,
        "sales_pipeline": DEALS,
    }
    for name, text in written.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_pipeline_comes_in_by_the_page_settled_counted_and_taken_back(
    visit: Visits, files: Path
) -> None:
    page = visit("/imports/new", as_=ADMIN)

    _upload(page, files / "sales_teams.csv", "People")
    for column in ("manager", "regional_office"):
        page.get_by_role("button", name=column, exact=True).click()
        expect(page.get_by_role("heading", name=column)).to_be_visible()
        page.get_by_role("checkbox", name="Create those that are missing").check()
    # Three agents, and two managers whom the file only mentions.
    _run(page, "Import 5 rows")

    _upload(page, files / "accounts.csv", "Account")
    _run(page, "Import 3 rows")
    _upload(page, files / "products.csv", "Product")
    _run(page, "Import 3 rows")

    _upload(page, files / "sales_pipeline.csv", "Opportunity")
    expect(page.get_by_text("1 value not settled: product")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Take “ZTXPro” for “ZTX Pro”").click()
    expect(page.get_by_text("All settled")).to_be_visible()
    _run(page, "Import 6 rows")
    assert _deals(page) == {"won": 3, "lost": 1, "open": 2, "without account": 2, "ZTX Pro": 3}

    first = page.url
    _upload(page, files / "sales_pipeline.csv", "Opportunity")
    page.get_by_role("button", name="Take “ZTXPro” for “ZTX Pro”").click(timeout=30_000)
    _run(
        page, "Finish (nothing changes)", ended="Nothing changed: the file says what the system has"
    )

    page.goto(first)
    page.get_by_role("button", name="Undo this import").click()
    page.get_by_role("button", name="Undo the whole import").click()
    expect(page.get_by_role("heading", name="This import was undone")).to_be_visible(timeout=30_000)
    assert sum(_deals(page).values()) == 0


def test_rows_that_cannot_be_imported_come_back_in_a_file_with_the_reason(
    visit: Visits, tmp_path: Path
) -> None:
    file = tmp_path / "products.csv"
    file.write_text("product,sales_price\nZQ One,12\nZQ Two,a lot\n", encoding="utf-8")
    page = visit("/imports/new", as_=ADMIN)
    _upload(page, file, "Product")
    expect(page.get_by_text("1 row cannot be imported and goes to a file")).to_be_visible(
        timeout=30_000
    )
    _run(page, "Import the other row")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download refused rows").or_(
            page.get_by_role("link", name="Download refused rows")
        ).click()
    refused = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert "ZQ Two" in refused
    assert "a lot" in refused
    assert "ZQ One" not in refused


def test_a_file_written_in_china_reads_as_it_was_written(visit: Visits, tmp_path: Path) -> None:
    file = tmp_path / "客户台账.csv"
    file.write_bytes(
        "客户名称;地区\n宁波远舟精密模具有限公司;浙江\n温州泰合阀门有限公司;浙江\n".encode("gbk")
    )
    page = visit("/imports/new?object=crm_account", as_=ADMIN, locale="zh-CN")
    _upload(page, file, "客户")
    expect(page.get_by_role("button", name="客户名称", exact=True)).to_be_visible()
    expect(page.get_by_text("GB18030").first).to_be_visible()
    preview = page.get_by_role("table").nth(1)
    expect(preview.get_by_text("宁波远舟精密模具有限公司")).to_be_visible(timeout=30_000)


@pytest.mark.parametrize("name", ["photo.png", "old.xls"])
def test_files_of_other_kinds_are_refused_before_they_travel(
    visit: Visits, tmp_path: Path, name: str
) -> None:
    file = tmp_path / name
    file.write_bytes(b"anything")
    page = visit("/imports/new", as_=ADMIN)
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_role("alert")).to_contain_text(name)
    expect(page.get_by_role("button", name="Choose a file")).to_be_visible()


def test_on_a_phone_one_settles_what_waits_and_imports(visit: Visits, tmp_path: Path) -> None:
    products = tmp_path / "products.csv"
    products.write_text("product\nZP Handy\n", encoding="utf-8")
    deals = tmp_path / "deals.csv"
    deals.write_text("name,product,stage\nA phone deal,ZPHandy,Won\n", encoding="utf-8")
    phone: Size = "phone"
    page = visit("/imports/new", as_=ADMIN, size=phone)
    _upload(page, products, "Product")
    _run(page, "Import 1 row")
    _upload(page, deals, "Opportunity")
    expect(page.get_by_role("heading", name="1 for you to decide")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("To change where columns go, use a computer.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    choice = page.locator(".ant-select").bounding_box()
    assert choice is not None
    assert choice["width"] > 100
    page.get_by_role("button", name="Take “ZPHandy” for “ZP Handy”").click()
    _run(page, "Import 1 row")
    # Coming back later shows the same end.
    page.reload()
    expect(page.get_by_role("heading", name="Import finished")).to_be_visible()


def _upload(page: Page, file: Path, what: str) -> None:
    if not page.url.endswith("new") and "/new?" not in page.url:
        page.goto("/imports/new")
    kind = page.get_by_role("radio", name=what, exact=True)
    kind.click()
    expect(kind).to_be_checked()
    page.locator("input[type=file]").set_input_files(file)
    page.wait_for_url(re.compile(r"/imports/[0-9a-f-]{36}"))


def _run(page: Page, verb: str, *, ended: str = "Import finished") -> None:
    page.get_by_role("button", name=re.compile("^Next")).click()
    page.get_by_role("button", name=verb, exact=True).click(timeout=45_000)
    expect(page.get_by_role("heading", name=ended)).to_be_visible(timeout=45_000)


def _deals(page: Page) -> dict[str, int]:
    """How many deals of the story there are, by the API."""
    token = sign_in(page, ADMIN)

    def count(*conditions: object) -> int:
        of_the_story = {"field": "opportunity_id", "op": "starts_with", "value": "ZED"}
        answer = page.request.post(
            "/api/v1/records/crm_opportunity/count",
            data={"filter": {"and": [of_the_story, *conditions]}, "exact": True},
            headers={"X-CSRF-Token": token},
        )
        assert answer.ok, answer.text()
        found: int = answer.json()["count"]
        return found

    def of_kind(kind: str) -> object:
        return {"field": "stage", "op": "kind_in", "value": [kind]}

    return {
        "won": count(of_kind("won")),
        "lost": count(of_kind("lost")),
        "open": count(of_kind("open")),
        "without account": count({"field": "account", "op": "is_empty"}),
        "ZTX Pro": count({"field": "product.name", "op": "eq", "value": "ZTX Pro"}),
    }
