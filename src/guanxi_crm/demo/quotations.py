"""Plans the quotations of the opportunities that came to a proposal; the same for the same random source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

from guanxi_crm.demo.calendar import Calendar
from guanxi_crm.demo.company import AUTOMATION, PRODUCTS, SERVICE, DemoProduct
from guanxi_crm.demo.customers import chosen
from guanxi_crm.demo.pipeline import PlannedOpportunity

VALID_DAYS = 30
#: Kilometres from the works to the customers of a region, least and most.
DISTANCES: Mapping[str, tuple[int, int]] = {
    "east": (30, 280),
    "south": (900, 1500),
    "north": (700, 1300),
    "overseas": (120, 160),
}
SPINDLES = (("standard", 7), ("fast", 2), ("torque", 2))
#: Raw materials with what they cost per kilogram in the first month told, and how much that may move in a month.
MATERIALS: Mapping[str, tuple[str, str, str]] = {
    "HT300": ("HT300 灰铸铁 Grey iron casting", "8.20", "0.35"),
    "QT600": ("QT600 球墨铸铁 Ductile iron casting", "10.60", "0.45"),
}
MONTHS = 20


@dataclass(frozen=True, slots=True)
class PlannedQuotation:
    """A quotation of an opportunity, by its place in the plan, with its lines by product."""

    opportunity: int
    values: dict[str, Any]
    lines: tuple[tuple[str, dict[str, Any]], ...]
    at: datetime
    #: The state after the draft, and since when.
    ends: tuple[tuple[str, datetime], ...]


@dataclass(frozen=True, slots=True)
class PlannedPrice:
    """What a material costs from a day on."""

    material: str
    valid_from: date
    price: Decimal


def plan_prices(random: Random, now: datetime) -> list[PlannedPrice]:
    """One price a month of each material."""
    found: list[PlannedPrice] = []
    for code, (_, first, most) in MATERIALS.items():
        price = Decimal(first)
        for month in reversed(range(MONTHS)):
            years, index = divmod(now.year * 12 + now.month - 1 - month, 12)
            found.append(PlannedPrice(code, date(years, index + 1, 1), price))
            moved = price + Decimal(most) * Decimal(random.randint(-100, 110)) / 100
            price = max(Decimal(first) / 2, moved).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return found


def equipment_values(product: DemoProduct) -> dict[str, Any]:
    """What the price of a machine is computed from; services and automation are sold by their list price."""
    if product.series in (AUTOMATION, SERVICE):
        return {"unit_cost": product.price * 64 // 100}
    return {
        "base_weight": product.price // 62,
        "base_hours": product.price // 1500,
        "labour_rate": 120,
        "bought_in": product.price * 42 // 100,
    }


def plan_quotations(
    random: Random,
    calendar: Calendar,
    opportunities: Sequence[PlannedOpportunity],
    regions: Sequence[str],
) -> list[PlannedQuotation]:
    """One for each opportunity that came to a proposal; `regions` by the place of the opportunity."""
    return [
        _plan(random, calendar, place, one, regions[place], at)
        for place, one in enumerate(opportunities)
        for at in [next((s.at for s in one.steps if s.values.get("stage") == "proposal"), None)]
        if at is not None
    ]


def _plan(
    random: Random,
    calendar: Calendar,
    place: int,
    opportunity: PlannedOpportunity,
    region: str,
    at: datetime,
) -> PlannedQuotation:
    product = next(one for one in PRODUCTS if one.code == opportunity.product)
    number = round(opportunity.values["amount"] / product.price) or 1
    values = {
        "name": f"{opportunity.values['name']} 报价",
        "quote_date": at.date().isoformat(),
        "valid_until": (at + timedelta(days=VALID_DAYS)).date().isoformat(),
        "distance": random.randint(*DISTANCES[region]),
        "discount": random.choice((0, 0, 0, 1000, 2000, 5000, 8888)) or None,
    }
    lines = tuple(_lines(random, product, number))
    sent = calendar.working(at + timedelta(days=3))
    ends = [("sent", sent)] if sent > at else []
    end = opportunity.steps[-1]
    if ends and end.values["stage"] in ("won", "lost") and end.at > sent:
        ends.append(("accepted" if end.values["stage"] == "won" else "declined", end.at))
    return PlannedQuotation(place, values, lines, at, tuple(ends))


def _lines(random: Random, product: DemoProduct, number: int) -> list[tuple[str, dict[str, Any]]]:
    main: dict[str, Any] = {"name": product.name, "quantity": number}
    if "base_weight" in equipment_values(product):
        main |= {
            "material": random.choice(tuple(MATERIALS)),
            "extra_travel": random.choice((None, None, "0.20", "0.50", "0.80")),
            "spindle": chosen(random, SPINDLES),
            "discount_rate": random.choice((None, None, 2, "3.5", 5)),
        }
    found = [(product.code, main)]
    for series, chance in ((AUTOMATION, 0.35), (SERVICE, 0.3)):
        if product.series != series and random.random() < chance:
            extra = random.choice([one for one in PRODUCTS if one.series == series])
            found.append((extra.code, {"name": extra.name, "quantity": random.randint(1, 2)}))
    return found
