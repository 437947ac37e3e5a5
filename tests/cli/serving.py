"""A real `guanxi serve` in a process of its own, as an operator starts it."""

import os
import select
import signal
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from socket import AF_INET, SOCK_STREAM, socket

import httpx

COMMAND = [sys.executable, "-m", "guanxi.cli.main"]
START_SECONDS = 90


def free_port() -> int:
    with closing(socket(AF_INET, SOCK_STREAM)) as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def guanxi(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Runs a command to its end."""
    return subprocess.run(
        [*COMMAND, *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "LANG": "en_US.UTF-8", "LC_ALL": "", **environment},
    )


@dataclass
class Serving:
    """One `guanxi serve`."""

    data_dir: Path
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[str] | None" = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> "Serving":
        """Returns when it is ready."""
        self.process = subprocess.Popen(
            [*COMMAND, "serve", "--port", str(self.port), "--data-dir", str(self.data_dir)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "LANG": "en_US.UTF-8", "LC_ALL": "", "PYTHONUNBUFFERED": "1"},
        )
        until = time.monotonic() + START_SECONDS
        while not self._is_ready():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < until, self.said()
            time.sleep(0.1)
        return self

    def end(self, with_: signal.Signals) -> int:
        """Sends the signal and returns the exit code; raises TimeoutExpired when it lives on for 20 seconds."""
        assert self.process is not None
        self.process.send_signal(with_)
        return self.process.wait(20)

    def said(self) -> str:
        """What it has printed until now."""
        assert self.process is not None
        assert self.process.stdout is not None
        said = b""
        while select.select([self.process.stdout], [], [], 0)[0]:
            more = os.read(self.process.stdout.fileno(), 65536)
            if not more:
                break
            said += more
        return said.decode()

    def close(self) -> None:
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(20)
        if self.process.stdout is not None:
            self.process.stdout.close()

    def _is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.address}/readyz", timeout=2).status_code == 200
        except httpx.TransportError:
            return False
