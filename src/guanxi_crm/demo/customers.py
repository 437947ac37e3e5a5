"""Plans the accounts and contacts of the demonstration; the same for the same random source."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from guanxi_crm.demo.calendar import Calendar
from guanxi_crm.demo.company import SELLERS
from guanxi_crm.demo.places import (
    CITIES,
    FIRST_CHARACTERS,
    GIVEN_NAMES,
    INDUSTRIES,
    OVERSEAS,
    OVERSEAS_NAMES,
    OVERSEAS_TITLES,
    SECOND_CHARACTERS,
    STREETS,
    SURNAMES,
    TITLES,
)

DOMESTIC = {"east": 72, "south": 42, "north": 28}
#: Every so many accounts of a region belong to the one before them.
GROUP_EVERY = 11
#: Companies were met over so many days before today.
ACQUAINTANCE_DAYS = 700

GRADES = (("a", 2), ("b", 5), ("c", 4))
SOURCES = (
    ("exhibition", 5),
    ("website", 3),
    ("referral", 4),
    ("cold_call", 2),
    ("platform", 2),
    ("agent", 1),
)


@dataclass(frozen=True, slots=True)
class PlannedAccount:
    """An account to be made. `parent` is the place of another one in the plan, before this one."""

    values: dict[str, Any]
    seller: str
    at: datetime
    grade: str
    domain: str
    parent: int | None = None
    is_overseas: bool = False


@dataclass(frozen=True, slots=True)
class PlannedContact:
    """A contact to be made; `account` is a place in the plan of accounts."""

    values: dict[str, Any]
    account: int
    at: datetime


def chosen(random: Random, weighted: Sequence[tuple[Any, ...]]) -> Any:
    """One of some tuples by the weight in their last place: the tuple without it, or its only other member."""
    found = random.choices(weighted, [one[-1] for one in weighted])[0][:-1]
    return found[0] if len(found) == 1 else found


def plan_accounts(random: Random, calendar: Calendar) -> list[PlannedAccount]:
    names = _own_names(random, sum(DOMESTIC.values()))
    planned: list[PlannedAccount] = []
    for region, count in DOMESTIC.items():
        for number in range(count):
            is_part = number % GROUP_EVERY == GROUP_EVERY - 1
            parent = len(planned) - 1 if is_part else None
            planned.append(_domestic(random, calendar, region, next(names), planned, parent))
    planned += [_overseas(random, calendar, *company) for company in OVERSEAS]
    return planned


def plan_contacts(
    random: Random, calendar: Calendar, accounts: Sequence[PlannedAccount]
) -> list[PlannedContact]:
    """One to three people of each account, the first of them the one to talk to."""
    planned: list[PlannedContact] = []
    for place, account in enumerate(accounts):
        titles = OVERSEAS_TITLES if account.is_overseas else TITLES
        for number, (title, role) in enumerate(random.sample(titles, random.choice((1, 2, 2, 3)))):
            name, mailbox, mobile = _person(random, overseas=account.is_overseas)
            values = {
                "name": name,
                "title": title,
                "decision_role": role,
                "mobile": mobile,
                "email": f"{mailbox}@{account.domain}.example",
                "is_primary": number == 0,
            }
            moment = calendar.working(account.at + timedelta(days=number * 9))
            planned.append(PlannedContact(values, place, moment))
    return planned


def _own_names(random: Random, count: int) -> Any:
    pairs = [
        (first, second)
        for first in FIRST_CHARACTERS
        for second in SECOND_CHARACTERS
        if first[1:] != second[1:]
    ]
    for first, second in random.sample(pairs, count):
        yield first[0] + second[0], first[1:] + second[1:]


def _domestic(
    random: Random,
    calendar: Calendar,
    region: str,
    name: tuple[str, str],
    planned: Sequence[PlannedAccount],
    parent: int | None,
) -> PlannedAccount:
    own, domain = name
    province, city, area, _ = random.choices(CITIES[region], [one[-1] for one in CITIES[region]])[0]
    industry, words = chosen(random, INDUSTRIES)
    grade = chosen(random, GRADES)
    seller = random.choice(SELLERS[region])
    if parent is not None:
        above = planned[parent]
        own, domain = str(above.values["short_name"]), f"{domain}-{above.domain}"
        industry, seller = str(above.values["industry"]), above.seller
        words = next(some for one, some, _ in INDUSTRIES if one == industry)
    word = random.choice(words)
    size = {"a": 900, "b": 260, "c": 70}[grade]
    employees = int(size * random.uniform(0.6, 2.2))
    values = {
        "name": f"{city}{own}{word}{'分公司' if parent is not None else '有限公司'}",
        "short_name": own if parent is None else f"{own}{city}",
        "industry": industry,
        "grade": grade,
        "source": chosen(random, SOURCES),
        "region": city if province == city else f"{province} {city}",
        "address": f"{city}市{random.choice(STREETS)} {random.randrange(1, 400)} 号",
        "phone": f"{area}-{random.randrange(5000, 8999)}{random.randrange(1000, 9999)}",
        "website": f"https://www.{domain}.example",
        "employees": employees,
        "annual_revenue": round(employees * random.uniform(0.5, 1.4) * 10_000) * 100,
        "year_established": random.randrange(1992, 2020),
    }
    at = calendar.working(calendar.now - timedelta(days=random.uniform(30, ACQUAINTANCE_DAYS)))
    if parent is not None:
        at = max(at, calendar.working(planned[parent].at + timedelta(days=3)))
    return PlannedAccount(values, seller, at, grade, domain, parent)


def _overseas(
    random: Random,
    calendar: Calendar,
    name: str,
    country: str,
    city: str,
    industry: str,
    domain: str,
) -> PlannedAccount:
    grade = chosen(random, GRADES)
    employees = int({"a": 700, "b": 220, "c": 60}[grade] * random.uniform(0.6, 2.0))
    values = {
        "name": name,
        "short_name": " ".join(name.split()[:2]),
        "industry": industry,
        "grade": grade,
        "source": chosen(random, SOURCES),
        "region": country if country == city else f"{country}, {city}",
        "website": f"https://www.{domain}.example",
        "employees": employees,
        "annual_revenue": round(employees * random.uniform(0.8, 2.4) * 10_000) * 100,
        "year_established": random.randrange(1965, 2018),
    }
    at = calendar.working(calendar.now - timedelta(days=random.uniform(30, ACQUAINTANCE_DAYS)))
    seller = random.choice(SELLERS["overseas"])
    return PlannedAccount(values, seller, at, grade, domain, is_overseas=True)


def _person(random: Random, *, overseas: bool) -> tuple[str, str, str]:
    """Name, mailbox, mobile."""
    if overseas:
        name = random.choice(OVERSEAS_NAMES)
        mailbox = "".join(one if one.isascii() and one.isalpha() else "." for one in name.lower())
        return name, mailbox.strip("."), f"+00 555 {random.randrange(1000, 9999)}"
    surname, given = random.choice(SURNAMES), random.choice(GIVEN_NAMES)
    characters = "".join(one for one in given if not one.isascii())
    mailbox = f"{surname[1:]}.{given[len(characters) :]}"
    return surname[0] + characters, mailbox, f"199 0000 {random.randrange(1000, 9999)}"
