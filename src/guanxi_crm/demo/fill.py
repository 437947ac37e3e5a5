"""Fills an empty workspace with the demonstration: people first, then customers, then a year of business."""

from collections.abc import Mapping
from datetime import timedelta
from itertools import count
from pathlib import Path
from random import Random
from uuid import UUID

import yaml

from guanxi.sdk.demo import Demo, PastChange, PastRecord
from guanxi_crm.demo.calendar import Calendar
from guanxi_crm.demo.company import DEPARTMENTS, NAME, PEOPLE, PRODUCTS, SELLERS
from guanxi_crm.demo.customers import PlannedAccount, plan_accounts, plan_contacts
from guanxi_crm.demo.fill_quotations import Quotations, fill_quotations
from guanxi_crm.demo.pipeline import PlannedOpportunity, plan_opportunities
from guanxi_crm.demo.quotations import equipment_values, plan_prices, plan_quotations

#: The same every time; nothing here is secret.
SEED = 20_260_618
PRODUCTS_DAYS = 720
EQUIPMENT = Path(__file__).with_name("equipment.yaml")


async def fill(demo: Demo) -> None:
    """People with departments and roles, products, accounts, contacts, opportunities with their history."""
    random = Random(SEED)  # noqa: S311
    calendar = Calendar(demo.now.astimezone(demo.zone), random)
    accounts = plan_accounts(random, calendar)
    contacts = plan_contacts(random, calendar, accounts)
    opportunities = plan_opportunities(random, calendar, accounts, contacts)

    await demo.name_workspace(NAME)
    people = await _people(demo)
    await demo.design(yaml.safe_load(EQUIPMENT.read_text(encoding="utf-8"))["steps"])
    products = await _products(demo, calendar, people["operations"])
    account_ids = await _accounts(demo, accounts, people)
    contact_ids = await demo.create(
        "crm_contact",
        [
            PastRecord(
                {**one.values, "account": str(account_ids[one.account])},
                one.at,
                people[accounts[one.account].seller],
            )
            for one in contacts
        ],
    )
    opportunity_ids = await demo.create(
        "crm_opportunity",
        [
            PastRecord(
                {
                    **one.values,
                    "account": str(account_ids[one.account]),
                    "contact": str(contact_ids[one.contact]),
                    "product": str(products[one.product]),
                    "collaborators": _collaborators(place, accounts[one.account], people),
                },
                one.at,
                people[accounts[one.account].seller],
            )
            for place, one in enumerate(opportunities)
        ],
    )
    sellers = [people[accounts[one.account].seller] for one in opportunities]
    for number in count():
        changes = [
            PastChange(id_, one.steps[number].values, one.steps[number].at, seller)
            for id_, one, seller in zip(opportunity_ids, opportunities, sellers, strict=True)
            if number < len(one.steps)
        ]
        if not changes:
            break
        await demo.change("crm_opportunity", changes)
    await demo.change("crm_account", _won_accounts(accounts, account_ids, opportunities, people))
    regions = [accounts[one.account].seller.rstrip("0123456789") for one in opportunities]
    quotations = Quotations(
        plan_quotations(random, calendar, opportunities, regions),
        opportunities,
        account_ids,
        contact_ids,
        opportunity_ids,
        products,
        sellers,
    )
    await fill_quotations(demo, quotations, plan_prices(random, demo.now), people["operations"])


async def _people(demo: Demo) -> dict[str, UUID]:
    departments: dict[str, UUID] = {}
    for name, above in DEPARTMENTS:
        parent = departments[above] if above else None
        departments[name] = await demo.add_department(name, parent=parent)
    people: dict[str, UUID] = {}
    for one in PEOPLE:
        people[one.key] = await demo.add_person(
            one.name,
            one.email,
            role=one.role,
            department=departments[one.department],
            manager=people[one.manager] if one.manager else None,
            locale=one.locale,
            signs_in=one.signs_in,
        )
    return people


async def _products(demo: Demo, calendar: Calendar, by: UUID) -> dict[str, UUID]:
    at = calendar.working(calendar.now - timedelta(days=PRODUCTS_DAYS))
    records = [
        PastRecord(
            {
                "name": one.name,
                "code": one.code,
                "series": one.series,
                "list_price": one.price,
                "unit": one.unit,
                "description": one.description,
                **equipment_values(one),
            },
            at,
            by,
        )
        for one in PRODUCTS
    ]
    ids = await demo.create("crm_product", records)
    return {one.code: id_ for one, id_ in zip(PRODUCTS, ids, strict=True)}


async def _accounts(
    demo: Demo, accounts: list[PlannedAccount], people: Mapping[str, UUID]
) -> dict[int, UUID]:
    """The ids by place. Companies that belong to others are made after them."""
    ids: dict[int, UUID] = {}
    for has_parent in (False, True):
        some = [
            (place, one)
            for place, one in enumerate(accounts)
            if (one.parent is not None) == has_parent
        ]
        made = await demo.create(
            "crm_account",
            [
                PastRecord(
                    one.values
                    if one.parent is None
                    else {**one.values, "parent": str(ids[one.parent])},
                    one.at,
                    people[one.seller],
                )
                for _, one in some
            ],
        )
        ids.update({place: id_ for (place, _), id_ in zip(some, made, strict=True)})
    return ids


def _collaborators(
    place: int, account: PlannedAccount, people: Mapping[str, UUID]
) -> list[str] | None:
    """Now and then colleagues work on an opportunity as well: sales operations, and one from another region."""
    if place % 6:
        return None
    region = account.seller.rstrip("0123456789")
    others = [one for name, some in SELLERS.items() if name != region for one in some[-1:]]
    return [str(people[key]) for key in ("operations", others[place % len(others)])]


def _won_accounts(
    accounts: list[PlannedAccount],
    ids: Mapping[int, UUID],
    opportunities: list[PlannedOpportunity],
    people: Mapping[str, UUID],
) -> list[PastChange]:
    """An account is a customer from its first won opportunity on."""
    first: dict[int, PlannedOpportunity] = {}
    for one in sorted(opportunities, key=lambda one: one.at):
        known = first.get(one.account)
        if one.won_at and (known is None or known.won_at is None or one.won_at < known.won_at):
            first[one.account] = one
    return [
        PastChange(ids[place], {"status": "active"}, one.won_at, people[accounts[place].seller])
        for place, one in first.items()
        if one.won_at is not None
    ]
