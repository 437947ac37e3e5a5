"""Files through the API: uploaded, held by records, fetched by whoever may read the field, and nobody else."""

import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.api.test_design import apply
from tests.conftest import copied

from guanxi.auth.people import create_person
from guanxi.bootstrap import Platform, open_platform
from guanxi.files.purge import purge_loose_files
from guanxi.kit.settings import Settings
from guanxi.permissions.role import GrantWish
from guanxi.permissions.roles import create_role
from guanxi.testing.browser import PASSWORD, Browser, browser_of

ACCOUNTS = "/records/crm_account"
OFFER = b"%PDF-1.7 offer"


@pytest.fixture
async def platform(server: str, objects_template: str, tmp_path: Path) -> AsyncIterator[Platform]:
    """A platform that keeps its files in a folder of the test, one megabyte each at most."""
    with copied(server, objects_template) as conninfo:
        settings = Settings(locale="en", data_dir=tmp_path, upload_limit_mb=1)
        platform = await open_platform(settings, conninfo)
        yield platform
        await platform.database.close()


@pytest.fixture
async def designer(admin: Browser) -> Browser:
    """An administrator of accounts that have drawings (PDF alone) and photographs."""
    fields = {
        "drawings": ("file", {"endings": ["pdf"], "most": 2}),
        "photos": ("image", {}),
    }
    await apply(
        admin,
        *(
            {
                "action": "add_field",
                "object": "crm_account",
                "field": {
                    "name": name,
                    "label": {"en": name, "zh-CN": name},
                    "type": type_,
                    "options": options,
                },
            }
            for name, (type_, options) in fields.items()
        ),
    )
    return admin


@pytest.fixture
async def salesperson(app: Any, platform: Platform, designer: Browser) -> AsyncIterator[Browser]:
    """Somebody who sees and writes their own accounts, but not their photographs."""
    async with platform.database.begin(platform.schema) as work:
        viewer = await platform.gate.system_viewer(work, "job")
        grant = GrantWish(
            "crm_account", ("see", "create", "edit"), "own", field_except={"photos": "none"}
        )
        role = await create_role(work, viewer, name={"en": "Sales"}, grants=[grant])
        made = await create_person(
            work, None, name="Rep", email="rep@example.com", password=PASSWORD, roles=[role.id]
        )
    browser = browser_of(app)
    browser.person = made.id
    assert (await browser.sign_in("rep@example.com")).status_code == 200
    yield browser
    await browser.http.aclose()


async def try_upload(browser: Browser, name: str, content: bytes) -> Any:
    return await browser.http.post("/api/v1/files", files={"file": (name, content)})


async def upload(browser: Browser, name: str = "Offer.pdf", content: bytes = OFFER) -> Any:
    answer = await try_upload(browser, name, content)
    assert answer.status_code == 201, answer.text
    return answer.json()


def picture(side: int = 800, **more: Any) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (side, side // 2), "red").save(written, "JPEG", **more)
    return written.getvalue()


async def make(browser: Browser, **values: Any) -> Any:
    answer = await browser.post(ACCOUNTS, {"name": "Acme", **values})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def change(browser: Browser, record: Any, **values: Any) -> Any:
    return await browser.patch(
        f"{ACCOUNTS}/{record['id']}", values, headers={"If-Match": f'"{record["version"]}"'}
    )


async def test_an_upload_becomes_part_of_a_record_and_is_fetched(designer: Browser) -> None:
    uploaded = await upload(designer)
    assert uploaded == {
        "id": uploaded["id"],
        "name": "Offer.pdf",
        "type": "application/pdf",
        "size": len(OFFER),
        "thumbnail": False,
    }
    record = await make(designer, drawings=[uploaded["id"]])
    assert record["drawings"] == [uploaded]
    fetched = await designer.get(f"/files/{uploaded['id']}")
    assert fetched.content == OFFER
    assert fetched.headers["content-disposition"].startswith("inline")
    assert fetched.headers["x-content-type-options"] == "nosniff"
    again = await designer.get(
        f"/files/{uploaded['id']}", headers={"If-None-Match": fetched.headers["etag"]}
    )
    assert again.status_code == 304
    saved = await designer.get(f"/files/{uploaded['id']}", params={"download": "true"})
    assert saved.headers["content-disposition"].startswith("attachment")
    found = await designer.get(ACCOUNTS, params={"q": "offer"})
    assert [one["id"] for one in found.json()["records"]] == [record["id"]]


async def test_what_is_sent_of_a_file_besides_its_id_is_not_believed(designer: Browser) -> None:
    uploaded = await upload(designer)
    forged = {**uploaded, "name": "<script>.html", "type": "text/html", "size": 1}
    record = await make(designer, drawings=[forged])
    assert record["drawings"] == [uploaded]
    same = await change(designer, record, drawings=[{"id": uploaded["id"]}])
    assert same.json()["version"] == record["version"], "the same files change nothing"


async def test_nobody_holds_or_fetches_the_uploads_of_others(
    designer: Browser, salesperson: Browser
) -> None:
    uploaded = await upload(designer)
    assert (await salesperson.get(f"/files/{uploaded['id']}")).status_code == 404
    assert (await salesperson.get(f"/files/{uploaded['id']}/thumbnail")).status_code == 404
    answer = await salesperson.post(
        "/records/crm_account", {"name": "Mine", "drawings": [uploaded["id"]]}
    )
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "no_such_file"


async def test_whoever_may_read_the_field_on_the_record_may_fetch_the_file(
    designer: Browser, salesperson: Browser
) -> None:
    own = await upload(salesperson)
    mine = await make(salesperson, drawings=[own["id"]])
    assert (await salesperson.get(f"/files/{own['id']}")).content == OFFER
    assert (await designer.get(f"/files/{own['id']}")).content == OFFER
    other = await upload(designer)
    await make(designer, drawings=[other["id"]])
    assert (await salesperson.get(f"/files/{other['id']}")).status_code == 404, "not their record"
    hidden = await upload(designer, "a.jpg", picture())
    assert (await change(designer, mine, photos=[hidden["id"]])).status_code == 200
    assert (await salesperson.get(f"/files/{hidden['id']}")).status_code == 404, "not their field"
    assert (await salesperson.get(f"/files/{hidden['id']}/thumbnail")).status_code == 404


async def test_a_file_taken_out_of_a_record_is_fetched_no_more(designer: Browser) -> None:
    uploaded = await upload(designer)
    record = await make(designer, drawings=[uploaded["id"]])
    assert (await change(designer, record, drawings=[])).status_code == 200
    assert (await designer.get(f"/files/{uploaded['id']}")).status_code == 404


async def test_the_limits_of_a_field_hold(designer: Browser) -> None:
    three = [(await upload(designer, f"{place}.pdf"))["id"] for place in range(3)]
    too_many = await designer.post(ACCOUNTS, {"name": "A", "drawings": three})
    assert too_many.json()["errors"][0]["code"] == "too_many_files"
    wrong = await upload(designer, "a.exe", b"MZ")
    refused = await designer.post(ACCOUNTS, {"name": "A", "drawings": [wrong["id"]]})
    assert refused.json()["errors"][0]["code"] == "wrong_ending"
    no_picture = await upload(designer, "a.png", b"not a picture at all")
    refused = await designer.post(ACCOUNTS, {"name": "A", "photos": [no_picture["id"]]})
    assert refused.json()["errors"][0]["code"] == "no_picture"
    assert (await try_upload(designer, "big.pdf", b"x" * (1 << 20) + b"y")).status_code == 413
    assert (await try_upload(designer, "empty.pdf", b"")).status_code == 422
    assert (await designer.post("/files", {"file": "x"})).status_code == 400


async def test_pictures_are_shown_small_and_tell_nothing_of_the_camera(designer: Browser) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera of somebody"
    uploaded = await upload(designer, "a.jpg", picture(2000, exif=exif.tobytes()))
    assert uploaded["thumbnail"]
    await make(designer, photos=[uploaded["id"]])
    small = await designer.get(f"/files/{uploaded['id']}/thumbnail")
    assert small.headers["content-type"] == "image/webp"
    opened = Image.open(io.BytesIO(small.content))
    assert opened.size == (480, 240)
    assert b"Camera" not in small.content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("page.html", b"<script>alert(1)</script>"),
        ("polyglot.png", b"<html><script>alert(1)</script>"),
        ("bomb.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 100),
        ("data.bin", b"\x00\x01"),
    ],
)
async def test_what_could_run_in_a_browser_is_only_ever_saved(
    designer: Browser, name: str, content: bytes
) -> None:
    uploaded = await upload(designer, name, content)
    assert not uploaded["thumbnail"]
    fetched = await designer.get(f"/files/{uploaded['id']}")
    is_png = uploaded["type"] == "image/png"
    assert fetched.headers["content-disposition"].startswith("inline" if is_png else "attachment")
    assert "default-src 'none'" in fetched.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\li\\报价.pdf", "报价.pdf"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("x" * 400 + ".pdf", "x" * 196 + ".pdf"),
        ("...", "file"),
    ],
)
async def test_a_name_is_no_path_and_hides_nothing(designer: Browser, sent: str, kept: str) -> None:
    assert (await upload(designer, sent))["name"] == kept


async def test_uploads_that_no_record_holds_go_after_a_day(
    designer: Browser, platform: Platform
) -> None:
    loose, held = await upload(designer), await upload(designer)
    await make(designer, drawings=[held["id"]])
    async with platform.database.begin(platform.schema) as work:
        assert await purge_loose_files(work, platform.content) == 0
        await work.execute("update file set created_at = created_at - interval '2 days'")
    async with platform.database.begin(platform.schema) as work:
        assert await purge_loose_files(work, platform.content) == 1
    assert (await designer.get(f"/files/{loose['id']}")).status_code == 404
    assert (await designer.get(f"/files/{held['id']}")).content == OFFER
