"""`guanxi user` and `guanxi doctor`: an installation cared for without a browser."""

from collections.abc import Callable

import pytest
from typer.testing import CliRunner, Result

from guanxi.cli.language import reader_locale
from guanxi.cli.main import app

Command = Callable[..., Result]


@pytest.fixture
def command(conninfo: str) -> Command:
    """Runs a command on a database of its own."""

    def call(*arguments: str, **environment: str) -> Result:
        ours = {"GUANXI_DATABASE_URL": conninfo, "LANG": "en_US.UTF-8", "LC_ALL": ""}
        return CliRunner().invoke(app, list(arguments), env={**ours, **environment})

    return call


def test_a_person_is_added_listed_and_given_a_new_password(command: Command) -> None:
    added = command("user", "add", "fang@example.com", "--name", "王芳", "--administrator")
    assert added.exit_code == 0, added.output
    assert "Password: " in added.output
    assert "fang@example.com\t王芳\t\tAdministrator" in command("user", "list").output
    changed = command("user", "password", "FANG@example.com")
    assert changed.exit_code == 0, changed.output
    assert "Password: " in changed.output


def test_the_last_administrator_stays_and_the_reason_is_said_in_the_readers_language(
    command: Command,
) -> None:
    command("user", "add", "fang@example.com", "--administrator")
    refused = command("user", "disable", "fang@example.com", LANG="zh_CN.UTF-8")
    assert refused.exit_code == 1
    assert refused.output.startswith("guanxi: 这是最后一位")


def test_somebody_who_left_is_shown_as_disabled(command: Command) -> None:
    command("user", "add", "ming@example.com")
    assert command("user", "disable", "ming@example.com").exit_code == 0
    assert "disabled" in command("user", "list").output


def test_an_unknown_address_is_refused_in_one_line(command: Command) -> None:
    refused = command("user", "password", "nobody@example.com")
    assert refused.exit_code == 1
    assert refused.output.count("\n") == 1
    assert "nobody@example.com" in refused.output


def test_the_doctor_names_every_setting_and_hides_the_password(command: Command) -> None:
    looked = command("doctor", GUANXI_POOL_SIZE="3")
    assert "GUANXI_POOL_SIZE           3  (environment)" in looked.output
    assert "GUANXI_PORT                8000  (default)" in looked.output
    assert "PostgreSQL 18" in looked.output


def test_a_database_out_of_reach_has_an_exit_code_of_its_own(command: Command) -> None:
    away = "postgresql://somebody:secret@127.0.0.1:1/nowhere?connect_timeout=1"
    looked = command("doctor", GUANXI_DATABASE_URL=away)
    assert looked.exit_code == 3
    assert "secret" not in looked.output
    assert "Traceback" not in looked.output


@pytest.mark.parametrize(
    ("said", "locale"),
    [("zh_CN.UTF-8", "zh-CN"), ("en_GB", "en"), ("C.UTF-8", "en"), ("", "en")],
)
def test_commands_speak_the_language_of_the_terminal(said: str, locale: str) -> None:
    assert reader_locale({"LANG": said}) == locale
