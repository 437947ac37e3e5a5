"""How long a later start takes, and what everything holds in memory when nobody does anything."""

import asyncio
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from benchmarks.figures import Figure

STARTS = 3
REST_SECONDS = 5.0
_ADDRESS = re.compile(rb"Guanxi: http://[^:]+:(\d+)")


async def measure(folder: Path) -> list[Figure]:
    """`guanxi serve` on a data folder that is there already, until it is ready; then its memory at rest."""
    first, _ = await _start(folder)
    starts = []
    memory = 0.0
    for _ in range(STARTS):
        seconds, memory = await _start(folder)
        starts.append(seconds)
    return [
        Figure("first start of `guanxi serve` on an empty folder", first, "s"),
        Figure("later start of `guanxi serve` until ready", min(starts), "s", bound=4.0),
        Figure("memory at rest, PostgreSQL included", memory, "MB", bound=300.0, note="PSS"),
    ]


async def _start(folder: Path) -> tuple[float, float]:
    """Seconds until it is ready, and megabytes held a while later."""
    begun = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "guanxi.cli.main",
        "serve",
        "--port",
        "0",
        "--data-dir",
        str(folder),
        "--demo",
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        port = await _port(process)
        await _until_ready(port)
        seconds = time.perf_counter() - begun
        await asyncio.sleep(REST_SECONDS)
        return seconds, sum(_held(process.pid, folder)) / 1e6
    finally:
        process.terminate()
        await process.wait()


async def _port(process: asyncio.subprocess.Process) -> int:
    assert process.stdout is not None
    async for line in process.stdout:
        found = _ADDRESS.search(line)
        if found:
            return int(found[1])
    raise RuntimeError("guanxi serve ended before it said its address.")


async def _until_ready(port: int) -> None:
    while True:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.02)
            continue
        writer.write(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        answer = await reader.read(64)
        writer.close()
        if b" 200 " in answer:
            return
        await asyncio.sleep(0.02)


def _held(pid: int, folder: Path) -> Iterator[int]:
    """Proportional set sizes in bytes: of the process, and of the PostgreSQL of the folder."""
    yield _pss(psutil.Process(pid))
    for one in psutil.process_iter(["name", "cmdline"]):
        command = " ".join(one.info["cmdline"] or [])
        is_ours = str(folder) in command and "postgres" in command
        if is_ours:
            yield _pss(one)
            yield from (_pss(child) for child in one.children())


def _pss(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0
