"""The PostgreSQL that comes along."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from guanxi.db.embedded import FORGETFUL, EmbeddedServerError, start_embedded

HOLDER = """
import sys, time
from pathlib import Path
from guanxi.db.embedded import FORGETFUL, start_embedded
server = start_embedded(Path(sys.argv[1]), **FORGETFUL)
print(server.conninfo, flush=True)
time.sleep(600)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder the server's own user can reach, which pytest's are not."""
    with TemporaryDirectory(prefix="guanxi-embedded-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def answers(conninfo: str) -> bool:
    try:
        with psycopg.connect(conninfo) as connection:
            return connection.execute("select 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


def holder(folder: Path) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith("host=")
    return process


def test_it_starts_keeps_its_data_and_leaves_nothing_running(folder: Path) -> None:
    server = start_embedded(folder, **FORGETFUL)
    with psycopg.connect(server.conninfo) as connection:
        connection.execute("create table kept (n int)")
        row = connection.execute(
            "select current_setting('listen_addresses'), lower('ÄÉ')"
        ).fetchone()
    assert row == ("", "äé")
    server.stop()
    assert not answers(server.conninfo)
    began = time.monotonic()
    again = start_embedded(folder, **FORGETFUL)
    assert time.monotonic() - began < 5
    with psycopg.connect(again.conninfo) as connection:
        assert connection.execute("select count(*) from kept").fetchone() == (0,)
    again.stop()


def test_the_last_process_to_stop_ends_it(folder: Path) -> None:
    other = holder(folder)
    server = start_embedded(folder, **FORGETFUL)
    server.stop()
    assert answers(server.conninfo)
    last = start_embedded(folder, **FORGETFUL)
    other.kill()
    other.wait()
    last.stop()
    assert not answers(server.conninfo)
    if other.stdout:
        other.stdout.close()


def test_a_new_start_after_a_kill_takes_over_and_cleans_up(folder: Path) -> None:
    killed = holder(folder)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    server = start_embedded(folder, **FORGETFUL)
    assert answers(server.conninfo)
    server.stop()
    assert not answers(server.conninfo)
    if killed.stdout:
        killed.stdout.close()


def test_a_server_that_cannot_start_says_why(folder: Path) -> None:
    with pytest.raises(EmbeddedServerError, match="shared_buffers"):
        start_embedded(folder, shared_buffers="nonsense")
