"""A workspace as one file: made while people write, restored elsewhere to the last row, refused when it is not whole."""

import asyncio
import hashlib
import io
import json
import random
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo
from tests.conftest import copied

from guanxi.auth.sign_in import SignIn
from guanxi.backup.errors import (
    DamagedBackupError,
    IncompleteBackupError,
    NewerBackupError,
    NoSuchWorkspaceError,
    NotABackupError,
    WorkspaceInUseError,
)
from guanxi.backup.make import make_backup
from guanxi.backup.restore import Restored, restore_backup
from guanxi.bootstrap import Platform, open_platform
from guanxi.db.database import Database
from guanxi.files.upload import keep_upload, prepare_upload
from guanxi.kit.clock import SystemClock
from guanxi.kit.settings import Settings
from guanxi.records.create import create

_numbers = count(1)


def silent(thing: str, done: int, total: int) -> None:
    """Nobody waits."""


@contextmanager
def other_installation(server: str, template: str) -> Iterator[str]:
    """A database with nothing in it."""
    name = f"{template}_restored_{next(_numbers)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        yield make_conninfo(server, dbname=name)
        connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


@dataclass(frozen=True)
class BackedUp:
    """The demonstration and its backup."""

    conninfo: str
    files: Path
    backup: Path
    noted: dict[str, Any]


@pytest.fixture(scope="module")
def backed_up(
    server: str, demo_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BackedUp]:
    folder = tmp_path_factory.mktemp("data")
    with copied(server, demo_template) as conninfo:
        noted = asyncio.run(_prepare(conninfo, folder))
        yield BackedUp(conninfo, folder / "files", folder / "demo.backup", noted)


async def _prepare(conninfo: str, folder: Path) -> dict[str, Any]:
    """Some files, of which the content of one was lost; then a backup during which others write."""
    platform = await open_platform(Settings(locale="en", data_dir=folder), conninfo)
    source = folder / "source"
    source.write_bytes(random.Random(1).randbytes(3_000_000))
    kept = []
    for name in ("绘图.bin", "lost.bin"):
        prepared = await asyncio.to_thread(prepare_upload, source, name, person=None, limit_mb=10)
        async with platform.database.begin(platform.schema) as work:
            kept.append((await keep_upload(work, platform.content, prepared)).id)
    platform.content.forget(kept[1])
    before = contents_of(conninfo, platform.schema)
    made = await make_backup(
        platform.database,
        platform.content,
        "main",
        folder / "demo.backup",
        clock=SystemClock(),
        progress=_meddling(conninfo),
    )
    await platform.database.close()
    return {"before": before, "made": made, "file": kept[0], "lost": kept[1]}


def _meddling(conninfo: str) -> Callable[[str, int, int], None]:
    """Whenever the next table is read, somebody commits to two tables: one that was read already, one that was not."""

    def meddle(thing: str, done: int, total: int) -> None:
        with psycopg.connect(conninfo) as other:
            other.execute("set search_path = ws_main")
            other.execute(
                "insert into app (name, version, label) values (%s, '1', '{}')", [f"a{done}{thing}"]
            )
            other.execute("update work_calendar set version = version + 1")
            other.execute(
                "delete from person_role where ctid = (select min(ctid) from person_role)"
            )

    return meddle


def contents_of(conninfo: str, schema: str) -> dict[str, Any]:
    """Everything of a workspace as PostgreSQL's own catalogue tells it, and a digest of the rows of each table."""
    with psycopg.connect(conninfo) as connection:
        connection.execute("select set_config('search_path', %s, false)", [schema])
        connection.execute("set timezone = 'UTC'")

        def ask(query: str) -> list[Any]:
            rows = connection.execute(query, {"schema": schema}).fetchall()
            return [tuple(str(cell).replace(schema, "ws") for cell in row) for row in rows]

        tables = [
            row[0]
            for row in connection.execute(
                "select relname from pg_class where relnamespace = %s::regnamespace and relkind = 'r' order by 1",
                [schema],
            )
        ]
        rows = {}
        for table in tables:
            columns = connection.execute(
                "select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute"
                " where attrelid = %s::regclass and attnum > 0 and not attisdropped and atttypid <> 'xid8'::regtype",
                [f'"{table}"'],
            ).fetchone()
            assert columns is not None
            rows[table] = connection.execute(
                sql.SQL(
                    "select count(*), md5(string_agg(t::text, chr(10) order by t::text)) from"
                    " (select {} from {}) t"
                ).format(sql.SQL(columns[0]), sql.Identifier(table))
            ).fetchone()
        return {
            "rows": rows,
            "columns": ask(
                "select table_name, column_name, udt_name, data_type, is_nullable, column_default, identity_generation,"
                " numeric_precision, numeric_scale, collation_name, is_generated, generation_expression"
                " from information_schema.columns where table_schema = %(schema)s"
                " order by table_name, ordinal_position"
            ),
            "indexes": ask(
                "select tablename, indexname, indexdef from pg_indexes where schemaname = %(schema)s order by 1, 2"
            ),
            "constraints": ask(
                "select conrelid::regclass::text, conname, contype, pg_get_constraintdef(oid) from pg_constraint"
                " where connamespace = %(schema)s::regnamespace order by 1, 2"
            ),
            "numbers": ask(
                "select schemaname, sequencename, last_value, increment_by from pg_sequences"
                " where schemaname = %(schema)s order by 1, 2"
            ),
            "functions": ask(
                "select proname, pg_get_functiondef(oid) from pg_proc where pronamespace = %(schema)s::regnamespace"
                " order by 1"
            ),
            "options": ask(
                "select relname, reloptions, relpersistence, pg_get_expr(relpartbound, oid) from pg_class"
                " where relnamespace = %(schema)s::regnamespace and relkind in ('r', 'p', 'i', 'I') order by 1"
            ),
        }


async def _restore(
    conninfo: str, files: Path, path: Path, workspace: str | None = None
) -> Restored:
    database = Database(conninfo, pool_size=4)
    await database.open()
    try:
        return await restore_backup(database, files, path, workspace, progress=silent)
    finally:
        await database.close()


async def test_another_installation_gets_the_same_workspace(
    backed_up: BackedUp, server: str, template: str, tmp_path: Path
) -> None:
    with other_installation(server, template) as conninfo:
        restored = await _restore(conninfo, tmp_path / "files", backed_up.backup, "moved")
        assert restored.files == 1
        assert list(restored.missing) == [str(backed_up.noted["lost"])]
        expected, found = backed_up.noted["before"], contents_of(conninfo, "ws_moved")
        # It is called otherwise, and nobody is signed in.
        for one in (expected, found):
            one["rows"].pop("setting")
        assert found["rows"].pop("session")[0] == 0
        assert expected["rows"].pop("session")[0] == 0
        assert found == expected
        assert len(found["rows"]) > 40
        assert found["rows"]["crm_account"][0] > 10
        settings = Settings(locale="en", data_dir=tmp_path, workspace="moved")
        platform = await open_platform(settings, conninfo)
        await _works_on(platform)
        place = platform.content.path(backed_up.noted["file"])
        await platform.database.close()
        assert place is not None
        assert place.read_bytes() == random.Random(1).randbytes(3_000_000)
        assert [one.name for one in (tmp_path / "files").iterdir()] == ["ws_moved"]


async def _works_on(platform: Platform) -> None:
    """People sign in with their passwords, numbers go on, the change log takes new rows behind the old ones."""
    signs_in = SignIn(platform.database, platform.schema)
    assert (await signs_in("rep1@example.com", "guanxi-demo", address="::1")).person
    async with platform.gate.system_write("job") as (work, viewer):
        [made] = await create(work, viewer, platform.saving, "crm_account", [{"name": "Neu"}])
        last = await work.row("select record, op from change order by xid desc, id desc limit 1")
        assert last == (made.id, "create")


async def test_one_installation_holds_both_and_people_keep_their_sign_in(
    backed_up: BackedUp, server: str, demo_template: str, tmp_path: Path
) -> None:
    with copied(server, demo_template) as conninfo:
        with pytest.raises(WorkspaceInUseError):
            await _restore(conninfo, tmp_path, backed_up.backup)
        # An empty workspace that nobody has used gives way; and is there already when it is asked for again.
        await _restore(conninfo, tmp_path, backed_up.backup, "twin")
        with pytest.raises(WorkspaceInUseError):
            await _restore(conninfo, tmp_path, backed_up.backup, "twin")
        with psycopg.connect(conninfo) as connection:
            tied = connection.execute(
                "select count(*), count(i.id), count(o.id) from ws_twin.person p"
                " left join guanxi.identity i on i.id = p.identity left join ws_main.person o on o.identity = i.id"
            ).fetchone()
            assert tied is not None
            assert tied[0] == tied[1] == tied[2] > 3


async def test_an_empty_workspace_gives_way(
    backed_up: BackedUp, server: str, template: str, tmp_path: Path
) -> None:
    with copied(server, template) as conninfo:
        restored = await _restore(conninfo, tmp_path, backed_up.backup)
        assert restored.workspace == "main"
        with psycopg.connect(conninfo) as connection:
            people = connection.execute("select count(*) from ws_main.person").fetchone()
            assert people == (backed_up.noted["before"]["rows"]["person"][0],)


async def test_what_is_not_there_is_not_backed_up(database: Database, tmp_path: Path) -> None:
    with pytest.raises(NoSuchWorkspaceError):
        await make_backup(
            database,
            None,  # type: ignore[arg-type]
            "nowhere",
            tmp_path / "x",
            clock=SystemClock(),
            progress=silent,
        )
    assert not (tmp_path / "x").exists()


# What the file may look like after accidents and after malice.

Entries = list[tuple[str, bytes, bytes]]


def _entries(backup: bytes) -> Entries:
    with tarfile.open(fileobj=io.BytesIO(backup)) as tar:
        return [(one.name, tar.extractfile(one).read(), one.type) for one in tar]  # type: ignore[union-attr]


def _packed(entries: Entries) -> bytes:
    """With an end that fits, as somebody would write it who knows the format."""
    made = io.BytesIO()
    for name, content, type_ in entries:
        if name == "end.json":
            end = json.loads(content)
            end["sha256"] = hashlib.sha256(made.getvalue()).hexdigest()
            content = json.dumps(end, separators=(",", ":")).encode()
        header = tarfile.TarInfo(name)
        header.size, header.type, header.mode = len(content), type_, 0o600
        header.linkname = "/etc/passwd" if type_ == tarfile.SYMTYPE else ""
        made.write(header.tobuf(tarfile.USTAR_FORMAT) + content + bytes(-len(content) % 512))
    made.write(bytes(1024))
    return made.getvalue()


def _with_head(change: Callable[[dict[str, Any]], None]) -> Callable[[bytes], bytes]:
    def altered(backup: bytes) -> bytes:
        (name, content, type_), *others = _entries(backup)
        head = json.loads(content)
        change(head)
        text = json.dumps(head, separators=(",", ":")).encode()
        return _packed([(name, text, type_), *others])

    return altered


def _with_entry(
    name: str, content: bytes, type_: bytes = tarfile.REGTYPE
) -> Callable[[bytes], bytes]:
    def altered(backup: bytes) -> bytes:
        first, *others = _entries(backup)
        return _packed([first, (name, content, type_), *others])

    return altered


def _column(head: dict[str, Any], table: str, **told: Any) -> None:
    next(one for one in head["tables"] if one["name"] == table)["columns"][-1].update(told)


def _flipped(backup: bytes) -> bytes:
    place = len(backup) // 2
    return backup[:place] + bytes([backup[place] ^ 1]) + backup[place + 1 :]


def _without_rows(backup: bytes) -> bytes:
    return _packed(
        [one for one in _entries(backup) if not one[0].startswith("tables/person_path/")]
    )


_BOMB = zlib.compressobj(9, zlib.DEFLATED, 31)
BOMB = b"".join([_BOMB.compress(bytes(1 << 24)) for _ in range(80)]) + _BOMB.flush()

HOSTILE: dict[str, tuple[type[Exception], Callable[[bytes], bytes]]] = {
    "empty": (NotABackupError, lambda _: b""),
    "text": (NotABackupError, lambda _: b"name,amount\n" * 100),
    "archive of something else": (NotABackupError, lambda b: _packed(_entries(b)[1:])),
    "without its last byte": (IncompleteBackupError, lambda b: b[:-1]),
    "without its end": (IncompleteBackupError, lambda b: b[: len(b) * 2 // 3]),
    "without anything but the head": (IncompleteBackupError, lambda b: b[:600]),
    "a bit": (DamagedBackupError, _flipped),
    "something behind": (DamagedBackupError, lambda b: b + b"more"),
    "newer form": (NewerBackupError, _with_head(lambda head: head.update(format=2, more={}))),
    "newer tables": (NewerBackupError, _with_head(lambda head: head.update(revision="9999"))),
    "no rows": (DamagedBackupError, _without_rows),
    "path": (DamagedBackupError, _with_entry("files/../../../evil", b"x")),
    "absolute": (DamagedBackupError, _with_entry("/tmp/evil", b"x")),
    "link": (DamagedBackupError, _with_entry("files/evil", b"", tarfile.SYMTYPE)),
    "long header": (DamagedBackupError, _with_entry("x", b"9" * 600, tarfile.XHDTYPE)),
    "unknown table": (DamagedBackupError, _with_entry("tables/pg_class/0000001.gz", b"x")),
    "bomb": (DamagedBackupError, _with_entry("tables/app/0000001.gz", BOMB)),
    "no gzip": (DamagedBackupError, _with_entry("tables/app/0000001.gz", b"x")),
    "statement as a type": (
        DamagedBackupError,
        _with_head(lambda head: _column(head, "app", type="text); drop schema guanxi cascade; --")),
    ),
    "reads the server's files": (
        DamagedBackupError,
        _with_head(lambda head: _column(head, "app", expression="pg_read_file('/etc/passwd')")),
    ),
    "hides that it does": (
        DamagedBackupError,
        _with_head(
            lambda head: _column(head, "app", expression="\"pg_read_file\"/**/('/etc/passwd')")
        ),
    ),
    "second statement": (
        DamagedBackupError,
        _with_head(lambda head: _column(head, "app", expression="1); drop schema guanxi cascade")),
    ),
    "no such type": (
        DamagedBackupError,
        _with_head(lambda head: _column(head, "app", type="colour")),
    ),
}


async def test_what_is_not_whole_or_not_ours_changes_nothing(
    backed_up: BackedUp, server: str, template: str, tmp_path: Path
) -> None:
    backup, files = backed_up.backup.read_bytes(), tmp_path / "files"
    path = tmp_path / "hostile.backup"
    assert _packed(_entries(backup)) == backup
    with copied(server, template) as conninfo:
        before = _installation(conninfo)
        for name, (expected, alter) in HOSTILE.items():
            path.write_bytes(alter(backup))
            with pytest.raises(Exception, match="Nothing was changed") as refused:
                await _restore(conninfo, files, path, "evil")
            assert type(refused.value) is expected, (name, refused.value)
            assert _installation(conninfo) == before, name
            assert not [one for one in files.rglob("*") if one.is_file()], name


def _installation(conninfo: str) -> list[Any]:
    with psycopg.connect(conninfo) as connection:
        return [
            connection.execute("select nspname from pg_namespace order by 1").fetchall(),
            connection.execute("select * from guanxi.identity order by id").fetchall(),
            connection.execute("select name from guanxi.workspace order by 1").fetchall(),
        ]
