"""`guanxi serve`, seen from outside: it starts, tells how to get in, and leaves nothing running."""

import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import psutil
import pytest

from guanxi.db.embedded import processes_of
from guanxi.testing.serving import Serving, guanxi


@pytest.fixture(scope="module")
def data_dir() -> Iterator[Path]:
    """A folder the database's own user can reach, which pytest's are not."""
    with TemporaryDirectory(prefix="guanxi-serve-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def serving(data_dir: Path) -> Iterator[Callable[[], Serving]]:
    """Makes servers on the same data folder; those still running are ended."""
    made: list[Serving] = []

    def make() -> Serving:
        made.append(Serving(data_dir))
        return made[-1]

    yield make
    for one in made:
        one.close()


def running(data_dir: Path) -> list[int]:
    return [pid for pid in processes_of(data_dir / "database") if psutil.pid_exists(pid)]


def test_it_tells_the_setup_code_and_stops_in_spite_of_open_pages(
    serving: Callable[[], Serving], data_dir: Path
) -> None:
    server = serving().start()
    said = server.said()
    assert f"http://localhost:{server.port}" in said
    code = re.search(r"set-up code is ([A-Z2-7-]{19})", said)
    assert code is not None, said
    with httpx.Client(base_url=server.address, timeout=20) as browser:
        answer = browser.post(
            "/api/v1/setup",
            json={
                "code": code[1],
                "name": "Admin",
                "email": "admin@example.com",
                "password": "correct horse",
                "locale": "en",
            },
        )
        assert answer.status_code == 201, answer.text
        with browser.stream("GET", "/api/v1/events") as events:
            assert events.status_code == 200
            assert server.end(signal.SIGTERM) == 0
    assert running(data_dir) == []


def test_ctrl_c_leaves_nothing_running(serving: Callable[[], Serving], data_dir: Path) -> None:
    server = serving().start()
    assert len(running(data_dir)) > 2
    assert server.end(signal.SIGINT) == 0
    assert running(data_dir) == []


def test_a_start_after_kill_9_takes_over_what_was_left(
    serving: Callable[[], Serving], data_dir: Path
) -> None:
    killed = serving().start()
    killed.end(signal.SIGKILL)
    assert running(data_dir), "the database outlives a process that was killed"
    again = serving().start()
    assert again.end(signal.SIGTERM) == 0
    assert running(data_dir) == []


def test_two_on_one_data_folder_share_its_database(
    serving: Callable[[], Serving], data_dir: Path
) -> None:
    first, second = serving().start(), serving().start()
    assert first.end(signal.SIGTERM) == 0
    assert httpx.get(f"{second.address}/readyz", timeout=5).status_code == 200
    assert second.end(signal.SIGTERM) == 0
    assert running(data_dir) == []


def test_a_taken_port_is_said_in_one_line(serving: Callable[[], Serving], data_dir: Path) -> None:
    server = serving().start()
    done = guanxi("serve", "--port", str(server.port), "--data-dir", str(data_dir))
    assert done.returncode == 1
    assert done.stderr.strip() == (
        f"guanxi: Cannot serve on 127.0.0.1:{server.port} (Address already in use)."
        " Choose another port with --port."
    )
