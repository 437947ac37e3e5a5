"""`guanxi import`."""

import asyncio
import os
import signal
import subprocess
import time
from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner, Result

from guanxi.bootstrap import install_extensions, open_platform
from guanxi.cli.import_command import ROWS_REFUSED
from guanxi.cli.main import app
from guanxi.kit.settings import Settings
from guanxi.records.create import create
from guanxi.testing.serving import COMMAND
from guanxi.worker.running import working

DEALS = """opportunity_id,sales_agent,product,deal_stage,close_date,close_value
N1,,GTXPro,Won,3/13/2017,1054
N2,,GTX Pro,Lost,3/14/2017,0
"""


@pytest.fixture
def conninfo_with_product(conninfo: str) -> str:
    """A database with one product."""

    async def fill() -> None:
        platform = await open_platform(Settings(), conninfo)
        await install_extensions(platform)
        async with platform.gate.system_write("command") as (work, viewer):
            await create(work, viewer, platform.saving, "crm_product", [{"name": "GTX Pro"}])
        await platform.database.close()

    asyncio.run(fill())
    return conninfo


def call(conninfo: str, *arguments: str) -> Result:
    environment = {"GUANXI_DATABASE_URL": conninfo, "LANG": "en_US.UTF-8", "LC_ALL": ""}
    return CliRunner().invoke(app, ["import", *arguments], env=environment)


@pytest.fixture
def deals(tmp_path: Path) -> str:
    file = tmp_path / "deals.csv"
    file.write_text(DEALS)
    return str(file)


def test_a_file_is_tried_imported_and_imported_again_without_a_change(
    conninfo_with_product: str, deals: str, tmp_path: Path
) -> None:
    given = (conninfo_with_product, deals, "--object", "crm_opportunity")
    errors = tmp_path / "errors.csv"
    tried = call(*given, "--dry-run", "--errors", str(errors))
    assert tried.exit_code == ROWS_REFUSED, tried.output
    assert "2 rows; would create 1" in tried.output
    assert "Add --value 'product:GTXPro=GTX Pro'" in tried.output
    assert (
        errors.read_text("utf-8-sig").splitlines()[1].endswith(",2,N1,,GTXPro,Won,3/13/2017,1054")
    )

    meant = ("--value", "product:GTXPro=GTX Pro", "--key", "opportunity_id")
    done = call(*given, *meant)
    assert done.exit_code == 0, done.output
    assert "Imported 2 rows: created 2" in done.output
    again = call(*given, *meant)
    assert "created 0, updated 0, unchanged 2" in again.output


def test_a_worker_goes_on_with_the_import_of_a_killed_command(
    conninfo_with_product: str, tmp_path: Path
) -> None:
    rows = 12_000
    file = tmp_path / "accounts.csv"
    file.write_text("name\n" + "".join(f"Account {n}\n" for n in range(rows)))
    environment = {**os.environ, "GUANXI_DATABASE_URL": conninfo_with_product}
    command = [*COMMAND, "import", str(file), "--object", "crm_account"]
    with (
        psycopg.connect(conninfo_with_product, autocommit=True) as looking,
        subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as running,
    ):
        looking.execute("set search_path to ws_main")
        written = 0
        while not written and running.poll() is None:
            time.sleep(0.01)
            row = looking.execute("select max(done) from import_file where last_row > 0").fetchone()
            written = (row and row[0]) or 0
        running.send_signal(signal.SIGKILL)
        assert 0 < written < rows, "killed in the midst of it"
        held = "select due_at > now() + interval '60 seconds' from job where kind = 'import.run'"
        assert looking.execute(held).fetchall() == [(True,)]
        # Nobody waits here until the command has given no sign of life for long.
        looking.execute("update job set due_at = now() where kind = 'import.run'")
        asyncio.run(_work_until_done(conninfo_with_product))
        count = "select count(*), count(distinct name) from crm_account"
        assert looking.execute(count).fetchall() == [(rows, rows)]


async def _work_until_done(conninfo: str) -> None:
    platform = await open_platform(Settings(), conninfo)
    async with working(platform), asyncio.timeout(60):
        status = "running"
        while status == "running":
            await asyncio.sleep(0.05)
            async with platform.database.begin(platform.schema) as work:
                status = await work.value("select status from import_file")
    await platform.database.close()
    assert status == "done"


def test_people_are_told_their_first_passwords(conninfo_with_product: str, tmp_path: Path) -> None:
    file = tmp_path / "team.csv"
    file.write_text("sales_agent,manager,regional_office\nAnna Snelling,Dustin Brinkmann,Central\n")
    done = call(conninfo_with_product, str(file), "--object", "person", "--create-links")
    assert done.exit_code == 0, done.output
    assert "Anna Snelling <anna.snelling@example.com> first password: " in done.output
    assert "Dustin Brinkmann <dustin.brinkmann@example.com> first password: " in done.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--object", "crm_spaceship"), "crm_spaceship"),
        (("--object", "crm_opportunity", "--map", "nothing=name"), "no column “nothing”"),
        (("--object", "crm_opportunity", "--map", "product=colour"), "no field “colour”"),
        (("--object", "crm_opportunity", "--map", "product"), "Header=field"),
        (("--object", "crm_opportunity", "--value", "GTXPro"), "Header:cell=meaning"),
        (("--object", "crm_opportunity", "--policy", "burn"), "skip, update, create"),
        (("--object", "crm_opportunity", "--as", "no@example.com"), "no@example.com"),
    ],
)
def test_a_refusal_is_one_line(
    conninfo_with_product: str, deals: str, arguments: tuple[str, ...], said: str
) -> None:
    refused = call(conninfo_with_product, deals, *arguments)
    assert refused.exit_code == 1, refused.output
    assert said in refused.output
    assert len(refused.output.strip().splitlines()) == 1


def test_a_file_that_is_not_there_is_named(conninfo_with_product: str) -> None:
    refused = call(conninfo_with_product, "/no/such.csv", "--object", "crm_account")
    assert (refused.exit_code, "/no/such.csv" in refused.output) == (1, True)
