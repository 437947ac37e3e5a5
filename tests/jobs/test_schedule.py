"""Things that happen at set times."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from guanxi.db.database import Database
from guanxi.jobs.cron import InvalidCronError, parse_cron
from guanxi.jobs.schedule import Missed, Schedule, remove_schedule, set_schedule, tick

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("cron", "after", "expected"),
    [
        ("* * * * *", "2026-11-24T10:00:30+08:00", "2026-11-24T10:01:00+08:00"),
        ("*/15 8-18 * * 1-5", "2026-11-27T18:45:00+08:00", "2026-11-30T08:00:00+08:00"),
        ("30 9 1 * *", "2026-11-24T00:00:00+08:00", "2026-12-01T09:30:00+08:00"),
        ("0 0 29 2 *", "2026-11-24T00:00:00+08:00", "2028-02-29T00:00:00+08:00"),
        ("0 0 13 * 5", "2026-11-24T00:00:00+08:00", "2026-11-27T00:00:00+08:00"),
        ("0 8 * * 7", "2026-11-24T00:00:00+08:00", "2026-11-29T08:00:00+08:00"),
        ("5/20 3 * * *", "2026-11-24T03:06:00+08:00", "2026-11-24T03:25:00+08:00"),
    ],
)
def test_the_next_time_is_found(cron: str, after: str, expected: str) -> None:
    found = parse_cron(cron).next_after(datetime.fromisoformat(after), SHANGHAI)
    assert found == datetime.fromisoformat(expected)


def test_a_time_the_clocks_skip_or_repeat_comes_once() -> None:
    cron = parse_cron("30 2 * * *")
    spring = cron.next_after(datetime(2026, 3, 28, 12, tzinfo=UTC), BERLIN)
    assert spring == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    autumn = cron.next_after(datetime(2026, 10, 24, 12, tzinfo=UTC), BERLIN)
    assert cron.next_after(autumn, BERLIN) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "cron", ["", "* * * *", "60 * * * *", "x * * * *", "5-1 * * * *", "*/0 * * * *"]
)
def test_what_is_no_cron_expression_is_refused(cron: str) -> None:
    with pytest.raises(InvalidCronError):
        parse_cron(cron)


def test_what_never_comes_is_refused() -> None:
    with pytest.raises(InvalidCronError):
        parse_cron("0 0 31 2 *").next_after(datetime(2026, 1, 1, tzinfo=UTC), SHANGHAI)


@pytest.mark.parametrize(("missed", "jobs"), [("once", 1), ("all", 5), ("skip", 0)])
async def test_missed_ticks_follow_their_policy(
    database: Database, schema: str, missed: Missed, jobs: int
) -> None:
    async with database.begin(schema) as work:
        await set_schedule(
            work, Schedule("hourly", "0 * * * *", "tidy", "Asia/Shanghai", missed=missed)
        )
        await work.execute(
            "update schedule set next_at = date_trunc('hour', now()) - interval '4 hours 0 minutes'"
        )
        now = await work.value(
            "select extract(minute from now()) * 60 + extract(second from now())"
        )
        expected = 1 if missed == "skip" and now <= 90 else jobs
        assert await tick(work) == expected
        assert await work.value("select next_at > now() from schedule")
        assert await work.value("select count(*) from job") == expected


async def test_ticks_are_not_done_twice_by_two_processes(database: Database, schema: str) -> None:
    async with database.begin(schema) as work:
        await set_schedule(work, Schedule("hourly", "0 * * * *", "tidy", "Asia/Shanghai"))
        await work.execute("update schedule set next_at = now()")
    async with database.begin(schema) as one, database.begin(schema) as two:
        assert await tick(one) == 1
        assert await tick(two) == 0


async def test_setting_a_schedule_again_keeps_its_next_tick(
    database: Database, schema: str
) -> None:
    async with database.begin(schema) as work:
        schedule = Schedule("hourly", "0 * * * *", "tidy", "Asia/Shanghai")
        await set_schedule(work, schedule)
        await work.execute("update schedule set next_at = now() - interval '1 hour'")
        await set_schedule(work, schedule)
        assert await work.value("select next_at < now() from schedule")
        await set_schedule(work, Schedule("hourly", "5 * * * *", "tidy", "Asia/Shanghai"))
        assert await work.value("select next_at > now() from schedule")
        await remove_schedule(work, "hourly")
        assert await work.value("select count(*) from schedule") == 0


@pytest.mark.parametrize("spoiled", ["cron = 'nonsense'", "time_zone = 'Nowhere/Land'"])
async def test_a_schedule_that_cannot_be_read_does_not_stop_the_others(
    database: Database, schema: str, spoiled: str
) -> None:
    async with database.begin(schema) as work:
        for name in ("spoiled", "sound"):
            await set_schedule(work, Schedule(name, "0 * * * *", "tidy", "Asia/Shanghai"))
        await work.execute("update schedule set next_at = now()")
        await work.execute(f"update schedule set {spoiled} where name = 'spoiled'")
        assert await tick(work) == 1
        assert await tick(work) == 0
