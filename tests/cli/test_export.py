"""`guanxi export`."""

import asyncio
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from guanxi.bootstrap import install_extensions, open_platform
from guanxi.cli.main import app
from guanxi.kit.settings import Settings
from guanxi.records.create import create


@pytest.fixture
def filled(conninfo: str) -> str:
    """A database with two accounts."""

    async def fill() -> None:
        platform = await open_platform(Settings(), conninfo)
        await install_extensions(platform)
        async with platform.gate.system_write("command") as (work, viewer):
            records = [{"name": "Acme", "website": "acme.example"}, {"name": "Bolt"}]
            await create(work, viewer, platform.saving, "crm_account", records)
        await platform.database.close()

    asyncio.run(fill())
    return conninfo


def call(conninfo: str, *arguments: str) -> Result:
    environment = {"GUANXI_DATABASE_URL": conninfo, "LANG": "en_US.UTF-8", "LC_ALL": ""}
    return CliRunner().invoke(app, ["export", *arguments], env=environment)


def test_records_are_written_and_counted(filled: str, tmp_path: Path) -> None:
    file = tmp_path / "accounts.csv"
    filter_ = '{"field": "website", "op": "is_not_empty"}'
    done = call(
        *(filled, "--object", "crm_account", "-o", str(file)),
        *("--fields", "name,website", "--filter", filter_),
    )
    assert done.exit_code == 0, done.output
    assert "Exported 1 records" in done.output
    assert file.read_text("utf-8-sig").splitlines()[1:] == ["Acme,https://acme.example"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--object", "crm_spaceship", "-o", "{}/a.csv"), "crm_spaceship"),
        (("--object", "crm_account", "-o", "{}/a.pdf"), "csv, xlsx"),
        (("--object", "crm_account", "-o", "{}/a.csv", "--filter", "{"), "--filter is JSON"),
        (("--object", "crm_account", "-o", "{}/none/a.csv"), "Cannot write"),
        (("--object", "crm_account", "-o", "{}/a.csv", "--as", "no@example.com"), "no@example.com"),
    ],
)
def test_a_refusal_is_one_line_and_leaves_no_file(
    filled: str, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = call(filled, *(one.replace("{}", str(tmp_path)) for one in arguments))
    assert done.exit_code == 1
    assert said in done.output
    assert done.output.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
