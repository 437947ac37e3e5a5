"""Two imports at the same time, and people who save meanwhile, do not wait for each other in a circle."""

import asyncio
from decimal import Decimal
from uuid import UUID

import psycopg
import pytest
from tests.records.computing import TOTALS
from tests.records.importing import Importer, csv_of

from guanxi.metadata.apply import apply_steps, current_version
from guanxi.records import import_apply
from guanxi.records.import_model import LinkWish
from guanxi.records.import_run import run_import
from guanxi.records.recompute_waiting import recompute_waiting
from guanxi.testing.sales import TYPES, ZONE

DEALS = 24


async def prepared(importer: Importer) -> None:
    """Deals of one account, which adds up their amounts."""
    accounts = csv_of("name", "One")
    await importer.whole("crm_account", accounts)
    lines = [f"D{n},N{n},won,1,One" for n in range(DEALS)]
    await importer.whole(
        "crm_opportunity",
        csv_of("name,opportunity_id,stage,amount,account", *lines),
        links={"account": LinkWish(match_by="name")},
    )
    async with importer.platform.database.begin(importer.platform.schema) as work:
        base = await current_version(work)
        await apply_steps(work, TYPES, [TOTALS[1]], base_version=base, actor=None, zone=ZONE)
    await compute_what_waits(importer)


async def compute_what_waits(importer: Importer) -> None:
    await recompute_waiting(lambda: importer.platform.gate.system_write("job"))


async def begun(importer: Importer, order: list[int], amount: int) -> UUID:
    """An import that gives deals an amount, ready to run."""
    lines = [f"N{n},{amount}" for n in order]
    made = await importer.upload("crm_opportunity", csv_of("opportunity_id,amount", *lines))
    made = await importer.change(made, key="opportunity_id", policy="update")
    await importer.begin(made)
    return made.id


async def side_by_side(importer: Importer) -> None:
    await prepared(importer)
    there = list(range(DEALS))
    for turn in range(3):
        imports = [
            await begun(importer, there, 10 + turn),
            await begun(importer, there[::-1], 20 + turn),
        ]
        await asyncio.gather(*(run_import(importer.importing, one) for one in imports))
    await compute_what_waits(importer)
    stored, right = (
        await importer.rows(
            "select a.total, (select sum(amount) from crm_opportunity o where o.account = a.id) from crm_account a"
        )
    )[0]
    assert stored == right > Decimal(DEALS)


async def test_two_imports_of_the_same_records_do_not_wait_for_each_other(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_apply, "SET", 1)
    await side_by_side(importer)


async def test_without_locks_for_several_saves_they_would(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing(*_: object, **__: object) -> None:
        return

    monkeypatch.setattr(import_apply, "SET", 1)
    monkeypatch.setattr(import_apply, "lock_for_several", nothing)
    with pytest.raises(psycopg.errors.DeadlockDetected):
        await side_by_side(importer)
