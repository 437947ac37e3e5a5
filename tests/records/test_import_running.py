"""An import at work: in pieces, killed, cancelled, done again, taken back."""

import asyncio
from dataclasses import replace
from uuid import UUID

import pytest
from tests.records.importing import Importer, csv_of

from guanxi.permissions.viewer import Viewer
from guanxi.records.delete import delete
from guanxi.records.import_apply import Applying
from guanxi.records.import_check import check_import
from guanxi.records.import_control import cancel
from guanxi.records.import_errors import ImportBusyError, PartlyWrittenError
from guanxi.records.import_model import Import, ImportStatus, LinkWish, Result
from guanxi.records.import_run import fail_import, run_import
from guanxi.records.import_undo_store import count_undone
from guanxi.records.update import RecordChange, update

DEALS = csv_of(
    "name,opportunity_id,stage,amount",
    *(f"Deal {n},N{n},won,{n}00" for n in range(1, 8)),
)


class KilledError(Exception):
    """The worker is dropped."""


class Watcher:
    """Drops the worker as soon as so many rows are written."""

    def __init__(self, rows: int) -> None:
        self._rows = rows

    def __call__(self, done: int, total: int) -> None:
        if done >= self._rows:
            raise KilledError


async def broken_off(importer: Importer, content: str, rows: int, **wishes: object) -> Import:
    """An import whose worker died when so many rows were written."""
    made = await importer.upload("crm_opportunity", content)
    made = await importer.change(made, **wishes)  # type: ignore[arg-type]
    await importer.begin(made)
    with pytest.raises(KilledError):
        await run_import(importer.importing, made.id, watch=Watcher(rows))
    return await importer.load(made)


async def test_a_killed_import_goes_on_behind_its_last_chunk(importer: Importer) -> None:
    importer = replace(importer, chunk=3)
    made = await broken_off(importer, DEALS, 3)
    assert (made.status, made.done) == (ImportStatus.RUNNING, 3)
    assert await importer.value("select count(*) from crm_opportunity") == 3

    result = await run_import(importer.importing, made.id)
    assert result == Result(created=7)
    assert await importer.rows(
        "select opportunity_id, number from crm_opportunity order by opportunity_id"
    ) == [(f"N{n}", f"OPP-000{n}") for n in range(1, 8)]
    assert await importer.value("select count(*) from change where batch = %s", made.id) == 7
    done = await importer.load(made)
    assert (done.status, done.done, done.total) == (ImportStatus.DONE, 7, 7)
    stages = "select count(*) from pg_tables where tablename like 'import%%' || %s"
    assert await importer.value(stages, made.id.hex) == 0
    assert await run_import(importer.importing, made.id) is None


async def test_rows_that_were_lost_with_the_database_are_read_again(importer: Importer) -> None:
    importer = replace(importer, chunk=3)
    made = await broken_off(importer, DEALS.replace("500\n", "x\n"), 3)
    async with importer.platform.database.begin(importer.platform.schema) as work:
        # What PostgreSQL does to unlogged tables after a crash.
        for table in ("rows", "links", "matches"):
            await work.execute(f"truncate import_{table}_{made.id.hex}")
    result = await run_import(importer.importing, made.id)
    assert result == Result(created=6, failed=1)
    assert await importer.value("select count(*) from crm_opportunity") == 6
    assert await importer.value("select count(*) from import_problem") == 1


async def test_two_workers_write_a_row_once(importer: Importer) -> None:
    importer = replace(importer, chunk=3)
    made = await broken_off(importer, DEALS, 3)
    async with importer.importing.work_as(made) as (work, _):
        await work.execute("update import_file set last_row = 8, done = 7 where id = %s", [made.id])
    await run_import(importer.importing, made.id)
    assert await importer.value("select count(*) from crm_opportunity") == 3


async def test_a_cancelled_import_stops_at_the_next_chunk_and_can_be_taken_back(
    importer: Importer,
) -> None:
    importer = replace(importer, chunk=3)
    made = await broken_off(importer, DEALS, 3)
    async with importer.importing.work_as(made) as (work, viewer):
        await cancel(work, viewer, made.id)
    assert await run_import(importer.importing, made.id) is None
    stopped = await importer.load(made)
    assert (stopped.status, stopped.result) == (ImportStatus.CANCELLED, Result(created=3))
    with pytest.raises(ImportBusyError):
        await importer.begin(made)
    undone = await importer.undo(made)
    assert (undone.removed, undone.kept) == (3, 0)
    assert (
        await importer.value("select count(*) from crm_opportunity where deleted_at is null") == 0
    )


async def test_an_import_that_failed_half_way_is_not_mapped_anew_but_goes_on(
    importer: Importer,
) -> None:
    importer = replace(importer, chunk=3)
    made = await broken_off(importer, DEALS.replace("500\n", "x\n"), 3)
    await fail_import(importer.importing, made.id, ImportBusyError(status="x", wish="y"))
    with pytest.raises(PartlyWrittenError):
        await importer.change(made, key="opportunity_id")
    with pytest.raises(PartlyWrittenError):
        await importer.check(made)
    assert await importer.run(made) == Result(created=6, failed=1)
    assert await importer.value("select count(*) from crm_opportunity") == 6
    assert (await importer.undo(made)).removed == 6


async def test_an_import_that_was_taken_back_in_part_does_not_go_on(importer: Importer) -> None:
    importer = replace(importer, chunk=3)
    made = await broken_off(importer, DEALS, 3)
    async with importer.importing.begin() as work:
        await count_undone(work, made.id, removed=1, reverted=0)
    await fail_import(importer.importing, made.id, ImportBusyError(status="x", wish="y"))
    with pytest.raises(PartlyWrittenError):
        await importer.begin(made)


async def test_rows_whose_reading_broke_off_are_all_read_again(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    importer = replace(importer, chunk=3)
    made = await broken_off(importer, DEALS, 3)
    async with importer.importing.begin() as work:
        await work.execute(f"truncate import_rows_{made.id.hex}")

    async def die(*arguments: object, **options: object) -> None:
        del arguments, options
        raise KilledError

    with monkeypatch.context() as patched:
        patched.setattr("guanxi.records.import_check.judge", die)
        with pytest.raises(KilledError):
            await run_import(importer.importing, made.id)
    assert await run_import(importer.importing, made.id) == Result(created=7)


async def test_an_import_is_taken_back_and_what_was_changed_since_is_kept(
    importer: Importer,
) -> None:
    async with importer.importing.begin() as work:
        viewer = await importer.viewer(work)
    before = csv_of("name,opportunity_id,stage,amount", "Old,N1,engaging,5", "Old,N2,engaging,6")
    await importer.whole("crm_opportunity", before)
    made = await importer.upload("crm_opportunity", DEALS)
    made = await importer.change(made, key="opportunity_id", policy="update")
    result = await importer.run(made)
    assert (result.created, result.updated) == (5, 2)

    ids = dict(await importer.rows("select opportunity_id, id from crm_opportunity"))
    await _change(importer, viewer, ids["N2"])
    await _change(importer, viewer, ids["N3"])
    async with importer.importing.begin() as work:
        saving = importer.platform.saving
        await delete(work, viewer, saving, "crm_opportunity", {ids["N4"]: None})

    undone = await importer.undo(made)
    assert (undone.removed, undone.reverted, undone.kept) == (3, 1, 3)
    assert await importer.rows(
        "select opportunity_id, name, stage, amount::int from crm_opportunity"
        " where deleted_at is null order by 1"
    ) == [
        ("N1", "Old", "engaging", 5),
        ("N2", "Changed", "won", 200),
        ("N3", "Changed", "won", 300),
    ]
    with pytest.raises(ImportBusyError):
        await importer.undo(made)


async def test_taking_back_is_taken_up_again(importer: Importer) -> None:
    made = await importer.upload("crm_account", "name\nA\nB\n")
    await importer.run(made)
    async with importer.importing.begin() as work:
        viewer = await importer.viewer(work)
        [(first,)] = await work.rows("select id from crm_account where name = 'B'")
        await delete(work, viewer, importer.platform.saving, "crm_account", {first: None})
        await work.execute(
            "update import_file set result = result || '{\"removed\": 1}' where id = %s", [made.id]
        )
    undone = await importer.undo(made)
    assert (undone.removed, undone.kept) == (2, 0)


async def test_made_link_targets_go_with_the_import_unless_somebody_uses_them(
    importer: Importer,
) -> None:
    deals = csv_of("name,stage,account", "One,won,Acme", "Two,won,acme", "Three,won,Beta")
    made = await importer.upload("crm_opportunity", deals)
    links = {"account": LinkWish(create_missing=True)}
    result = await importer.run(await importer.change(made, links=links))
    assert result == Result(created=3)
    assert await importer.rows("select name from crm_account order by 1") == [("Acme",), ("Beta",)]
    await importer.whole("crm_opportunity", csv_of("name,stage,account", "Later,won,Beta"))
    undone = await importer.undo(made)
    assert (undone.removed, undone.kept) == (4, 1)
    living = "select name from crm_account where deleted_at is null"
    assert await importer.rows(living) == [("Beta",)]


async def test_parents_further_down_the_file_are_linked_across_chunks(importer: Importer) -> None:
    importer = replace(importer, chunk=2)
    accounts = csv_of(
        "name,parent", "C,A", "B,C", "A,", "Orphan,Nobody", "Child of orphan,Orphan", "Self,Self"
    )
    made = await importer.upload("crm_account", accounts)
    report = await importer.check(made)
    assert (report.to_create, report.invalid) == (3, 3)
    assert await importer.run(made) == Result(created=3, failed=3)
    assert await importer.rows(
        "select c.name, p.name from crm_account c left join crm_account p on p.id = c.parent order by 1"
    ) == [("A", None), ("B", "C"), ("C", "A")]
    assert (await importer.undo(made)).removed == 3


async def _change(importer: Importer, viewer: Viewer, id_: UUID) -> None:
    async with importer.importing.begin() as work:
        change = RecordChange(id_, {"name": "Changed"})
        await update(work, viewer, importer.platform.saving, "crm_opportunity", [change])


async def test_a_chunk_whose_writing_broke_off_is_written_by_whoever_goes_on(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [f"Deal {n},N{n},won" for n in range(1, 10)]
    made = await importer.upload("crm_opportunity", csv_of("name,opportunity_id,stage", *lines))
    dying = replace(importer, chunk=3)
    await dying.begin(made)
    apply = Applying.apply

    async def apply_and_die(self: Applying, *, behind: int, upto: int) -> Result:
        result = await apply(self, behind=behind, upto=upto)
        if behind > 0:
            raise KilledError
        return result

    monkeypatch.setattr(Applying, "apply", apply_and_die)
    with pytest.raises(KilledError):
        await run_import(dying.importing, made.id)
    assert await importer.value("select count(*) from crm_opportunity") == 3
    monkeypatch.setattr(Applying, "apply", apply)
    assert await run_import(dying.importing, made.id) == Result(created=9)
    assert await importer.value("select count(distinct opportunity_id) from crm_opportunity") == 9


async def test_two_workers_at_one_import_write_each_row_once(importer: Importer) -> None:
    lines = [f"Deal {n},won" for n in range(1, 31)]
    made = await importer.upload("crm_opportunity", csv_of("name,stage", *lines))
    slow = replace(importer, chunk=3)
    await slow.begin(made)
    is_staged = asyncio.Event()
    first = asyncio.create_task(
        run_import(slow.importing, made.id, watch=lambda *_: is_staged.set())
    )
    await is_staged.wait()
    results = await asyncio.gather(first, run_import(slow.importing, made.id))
    assert any(one is not None for one in results)
    assert await importer.value("select count(*) from crm_opportunity") == 30
    assert (await importer.load(made)).result == Result(created=30)


async def test_two_workers_that_begin_at_the_same_moment_read_the_file_once(
    importer: Importer,
) -> None:
    lines = [f"Deal {n},won" for n in range(1, 31)]
    for begin, work in (
        (importer.begin, run_import),
        (importer.begin_check, check_import),
    ):
        made = await importer.upload("crm_opportunity", csv_of("name,stage", *lines))
        await begin(made)
        results = await asyncio.gather(*(work(importer.importing, made.id) for _ in range(3)))
        assert any(one is not None for one in results)
        assert (await importer.load(made)).error is None
    assert await importer.value("select count(*) from crm_opportunity") == 30
    report = (await importer.load(made)).report
    assert report is not None
    assert (report.rows, report.to_create, report.invalid) == (30, 30, 0)
    stages = "select count(*) from pg_tables where tablename like 'import%%' || %s"
    assert await importer.value(stages, made.id.hex) == 0
