"""A real `guanxi serve` in a process of its own, as an operator starts it: for tests from outside."""

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
    return subprocess.run(  # noqa: S603 -- our own command
        [*COMMAND, *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "LANG": "en_US.UTF-8", "LC_ALL": "", **environment},
    )


class NotServingError(RuntimeError):
    """The server did not come up; the text is what it said."""


@dataclass
class Serving:
    """One `guanxi serve`."""

    data_dir: Path
    port: int = field(default_factory=free_port)
    demo: bool = False
    process: "subprocess.Popen[str] | None" = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> "Serving":
        """Returns when it is ready. Raises NotServingError when it ends or takes too long."""
        options = ["--port", str(self.port), "--data-dir", str(self.data_dir)]
        self.process = subprocess.Popen(  # noqa: S603 -- our own command
            [*COMMAND, "serve", *options, "--demo" if self.demo else "--no-demo"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "LANG": "en_US.UTF-8", "LC_ALL": "", "PYTHONUNBUFFERED": "1"},
        )
        until = time.monotonic() + START_SECONDS
        while not self._is_ready():
            if self.process.poll() is not None or time.monotonic() > until:
                raise NotServingError(self.said())
            time.sleep(0.1)
        return self

    def end(self, with_: signal.Signals) -> int:
        """Sends the signal and returns the exit code; raises TimeoutExpired when it lives on for 20 seconds."""
        process = self._running()
        process.send_signal(with_)
        return process.wait(20)

    def said(self) -> str:
        """What it has printed until now."""
        output = self._running().stdout
        said = b""
        while output is not None and select.select([output], [], [], 0)[0]:
            more = os.read(output.fileno(), 65536)
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

    def _running(self) -> "subprocess.Popen[str]":
        if self.process is None:
            raise NotServingError("It was not started.")
        return self.process

    def _is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.address}/readyz", timeout=2).status_code == 200
        except httpx.TransportError:
            return False
