"""Workdays and work time against counting day by day and minute by minute."""

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from guanxi.calendars.check import check_calendar
from guanxi.calendars.fill import work_calendar
from guanxi.calendars.model import CalendarDefinition, Interval, SpecialDay, Week
from guanxi.formula.errors import NoValueError
from guanxi.formula.work_calendar import WorkCalendar

ZONES = ("Asia/Shanghai", "America/New_York", "Europe/Berlin", "Pacific/Apia", "Asia/Kathmandu")
#: Apia left out 30 December 2011; clocks are changed in most of the others.
FIRST_YEAR, LAST_YEAR = 2011, 2012
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def random_intervals(chance: random.Random) -> tuple[Interval, ...]:
    marks = sorted(chance.sample(range(1441), 2 * chance.choice((0, 1, 2, 3))))
    return tuple(zip(marks[::2], marks[1::2], strict=True))


def random_calendar(seed: int) -> CalendarDefinition:
    chance = random.Random(seed)
    start = date(FIRST_YEAR, 1, 1)
    days = sorted(chance.sample(range(730), 60))
    weeks = [Week(None, (*(random_intervals(chance) for _ in range(6)), ((60, 240),)))]
    if chance.random() < 0.7:
        since = start + timedelta(days=chance.randrange(300, 700))
        weeks.append(Week(since, (((0, 1440),), *(random_intervals(chance) for _ in range(6)))))
    definition = CalendarDefinition(
        name="random",
        label={"en": "Random"},
        time_zone=ZONES[seed % len(ZONES)],
        first_year=FIRST_YEAR,
        last_year=LAST_YEAR,
        weeks=tuple(weeks),
        special_days=tuple(
            SpecialDay(
                start + timedelta(days=day),
                works=works,
                intervals=random_intervals(chance) or ((600, 660),)
                if works and chance.random() < 0.5
                else None,
            )
            for day in days
            for works in [chance.random() < 0.5]
        ),
    )
    check_calendar(definition)
    return definition


def hours_of(definition: CalendarDefinition, day: date) -> tuple[Interval, ...]:
    """By the words of the definition, for one day."""
    week = [one for one in definition.weeks if one.since is None or one.since <= day][-1]
    for one in definition.special_days:
        if one.day == day:
            usual = next(some for some in week.hours if some)
            return () if not one.works else usual if one.intervals is None else one.intervals
    return week.hours[day.weekday()]


class Plain:
    """Looks at every day, and at the local clock of every minute."""

    def __init__(self, definition: CalendarDefinition) -> None:
        self._hours = {}
        day = date(FIRST_YEAR, 1, 1)
        while day.year <= LAST_YEAR:
            self._hours[day] = hours_of(definition, day)
            day += DAY
        self._zone = ZoneInfo(definition.time_zone)

    def workdays(self, first: date, last: date) -> int:
        low, high = min(first, last), max(first, last)
        found = sum(1 for day, hours in self._hours.items() if low <= day <= high and hours)
        return found if first <= last else -found

    def workday(self, start: date, count: int) -> date | None:
        day, left = start, abs(count)
        while left:
            day += DAY if count > 0 else -DAY
            if day not in self._hours:
                return None
            left -= bool(self._hours[day])
        return day

    def is_worked(self, moment: datetime) -> bool:
        shown = moment.astimezone(self._zone)
        minute = shown.hour * 60 + shown.minute
        return any(start <= minute < end for start, end in self._hours[shown.date()])

    def minutes(self, first: datetime, last: datetime) -> int:
        count, moment = 0, first
        while moment < last:
            count += self.is_worked(moment)
            moment += MINUTE
        return count


def some_days(chance: random.Random, count: int) -> list[date]:
    return [date(FIRST_YEAR, 1, 1) + timedelta(days=chance.randrange(731)) for _ in range(count)]


@pytest.fixture(params=range(20))
def seed(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def definition(seed: int) -> CalendarDefinition:
    return random_calendar(seed)


@pytest.fixture
def filled(definition: CalendarDefinition) -> WorkCalendar:
    return work_calendar(definition)


def test_workdays_are_those_one_counts(
    seed: int, definition: CalendarDefinition, filled: WorkCalendar
) -> None:
    chance, plain = random.Random(seed), Plain(definition)
    for first, last in zip(some_days(chance, 60), some_days(chance, 60), strict=True):
        assert filled.workdays(first, last) == plain.workdays(first, last)


def test_the_workday_after_is_the_one_one_comes_to(
    seed: int, definition: CalendarDefinition, filled: WorkCalendar
) -> None:
    chance, plain = random.Random(seed), Plain(definition)
    for start in some_days(chance, 60):
        count = chance.randint(-200, 200)
        wanted = plain.workday(start, count)
        if wanted is None:
            with pytest.raises(NoValueError):
                filled.workday(start, count)
        else:
            assert filled.workday(start, count) == wanted


#: Two days around every change of the clock in 2011, and the day Apia left out.
CHANGES = ("2011-03-12", "2011-03-26", "2011-09-23", "2011-10-29", "2011-11-05", "2011-12-29")


def test_work_time_is_what_a_clock_shows_minute_by_minute(
    seed: int, definition: CalendarDefinition, filled: WorkCalendar
) -> None:
    chance, plain = random.Random(seed), Plain(definition)
    for change in CHANGES:
        start = datetime.fromisoformat(f"{change}T00:00:00+00:00")
        first = start + chance.randrange(900) * MINUTE
        last = first + chance.randrange(3 * 1440) * MINUTE
        assert filled.worked(first, last) == plain.minutes(first, last) * 60_000_000, change


def test_the_moment_after_work_time_is_the_first_at_which_it_has_passed(
    seed: int, filled: WorkCalendar
) -> None:
    chance = random.Random(seed)
    for _ in range(60):
        start = datetime(2011, 3, 1, tzinfo=UTC) + timedelta(
            seconds=chance.randrange(40_000_000), microseconds=chance.choice((0, 0, 1, 999_999))
        )
        wished = chance.randint(1, 10**11) * chance.choice((1, -1))
        due = filled.moment_after(start, wished)
        moved = timedelta(microseconds=1 if wished > 0 else -1)
        assert filled.worked(start, due) == wished
        assert filled.worked(start, due - moved) == wished - (1 if wished > 0 else -1)


def test_nothing_is_known_beyond_the_span() -> None:
    filled = work_calendar(random_calendar(0))
    with pytest.raises(NoValueError):
        filled.workdays(date(2010, 12, 31), date(2011, 1, 5))
    with pytest.raises(NoValueError):
        filled.worked(datetime(2011, 6, 1, tzinfo=UTC), datetime(2013, 1, 2, tzinfo=UTC))
    with pytest.raises(NoValueError):
        filled.moment_after(datetime(2012, 12, 30, tzinfo=UTC), 10**13)
