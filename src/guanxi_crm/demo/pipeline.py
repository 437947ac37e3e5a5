"""Plans a year of opportunities, each with its way through the stages; the same for the same random source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from guanxi_crm.demo.calendar import Calendar
from guanxi_crm.demo.company import PRODUCTS, DemoProduct
from guanxi_crm.demo.customers import PlannedAccount, PlannedContact, chosen

OPPORTUNITIES = 600
DAYS = 365
#: Accounts are asked by how much they buy.
GRADE_WEIGHT = {"a": 7, "b": 3, "c": 1}

#: Stage → days until the next decision, and what it may be with its weight.
WAY: Mapping[str, tuple[tuple[int, int], tuple[tuple[str, int], ...]]] = {
    "prospecting": ((5, 30), (("engaging", 84), ("lost", 14), ("void", 2))),
    "engaging": ((10, 40), (("proposal", 82), ("lost", 18))),
    "proposal": ((10, 45), (("negotiation", 82), ("lost", 18))),
    "negotiation": ((8, 40), (("won", 72), ("lost", 28))),
}
EXPECTED_DAYS = (50, 130)

SOURCES = (
    ("exhibition", 4),
    ("website", 2),
    ("referral", 3),
    ("existing", 6),
    ("platform", 2),
)
LOST_REASONS = (("price", 6), ("delivery", 2), ("function", 2), ("relation", 2), ("cancelled", 3))
COMPETITORS = ("北辰数控", "泰远精机", "海德曼机床", "Norvik CNC", "Takamori", "")
NEXT_STEPS: Mapping[str, tuple[str, ...]] = {
    "prospecting": ("电话确认需求", "寄样本与案例", "约工厂参观", "Call to qualify the need"),
    "engaging": ("上门看工件与节拍", "试切样件", "和工艺部门开方案会", "Machine the test part"),
    "proposal": (
        "提交技术方案与报价",
        "修改报价：加自动化",
        "安排现场演示",
        "Revise the quotation",
    ),
    "negotiation": ("谈付款方式与交期", "等合同审批", "约总经理面谈", "Agree on payment terms"),
}


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A change of an opportunity."""

    values: dict[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class PlannedOpportunity:
    """An opportunity to be made, and what becomes of it. Account and contact are places in their plans."""

    values: dict[str, Any]
    account: int
    contact: int
    product: str
    at: datetime
    steps: tuple[PlannedStep, ...]

    @property
    def won_at(self) -> datetime | None:
        return next((step.at for step in self.steps if step.values.get("stage") == "won"), None)


def plan_opportunities(
    random: Random,
    calendar: Calendar,
    accounts: Sequence[PlannedAccount],
    contacts: Sequence[PlannedContact],
) -> list[PlannedOpportunity]:
    people: dict[int, list[int]] = {}
    for place, contact in enumerate(contacts):
        people.setdefault(contact.account, []).append(place)
    weights = [GRADE_WEIGHT[account.grade] for account in accounts]
    asked = random.choices(range(len(accounts)), weights, k=OPPORTUNITIES)
    return [_plan(random, calendar, place, accounts[place], people[place]) for place in asked]


def _plan(
    random: Random, calendar: Calendar, place: int, account: PlannedAccount, people: Sequence[int]
) -> PlannedOpportunity:
    product = random.choices(PRODUCTS, [one.share for one in PRODUCTS])[0]
    number = random.randint(1, product.most)
    began = max(
        calendar.now - timedelta(days=DAYS * (1 - random.random() ** 0.85)),
        account.at + timedelta(days=1),
    )
    at = calendar.working(began)
    expected = (at + timedelta(days=random.randint(*EXPECTED_DAYS))).date()
    values = {
        "name": _name(account, product, number),
        "amount": _rounded(product.price * number),
        "engage_date": at.date().isoformat(),
        "close_date": expected.isoformat(),
        "source": chosen(random, SOURCES),
        **_next_step(random, "prospecting", at),
    }
    steps = tuple(_steps(random, calendar, at, expected, product.price * number))
    return PlannedOpportunity(values, place, random.choice(people), product.code, at, steps)


def _steps(
    random: Random, calendar: Calendar, began: datetime, expected: date, list_price: int
) -> list[PlannedStep]:
    """The way until it ends, or until today."""
    steps: list[PlannedStep] = []
    stage, at = "prospecting", began
    while stage in WAY:
        days, ways = WAY[stage]
        moment = calendar.working(at + timedelta(days=random.randint(*days)))
        if moment >= calendar.now - timedelta(hours=1) or moment <= at:
            break
        stage, at = chosen(random, ways), moment
        steps.append(PlannedStep(_values_of(random, stage, at, expected, list_price), at))
    return steps


def _values_of(
    random: Random, stage: str, at: datetime, expected: date, list_price: int
) -> dict[str, Any]:
    values: dict[str, Any] = {"stage": stage}
    if stage in NEXT_STEPS:
        values |= _next_step(random, stage, at)
        if stage == "proposal":
            values["amount"] = _rounded(list_price * random.uniform(0.86, 1.04))
        if expected <= at.date() and random.random() < 0.8:
            values["close_date"] = (at + timedelta(days=random.randint(15, 45))).date().isoformat()
        return values
    values |= {"next_step": None, "next_step_date": None}
    if stage == "lost":
        values["lost_reason"] = chosen(random, LOST_REASONS)
        if values["lost_reason"] != "cancelled":
            values["competitor"] = random.choice(COMPETITORS) or None
    if stage in ("won", "lost"):
        values["close_date"] = at.date().isoformat()
    return values


def _next_step(random: Random, stage: str, at: datetime) -> dict[str, Any]:
    planned = (at + timedelta(days=random.randint(3, 20))).date()
    return {
        "next_step": random.choice(NEXT_STEPS[stage]),
        "next_step_date": planned.isoformat(),
    }


def _name(account: PlannedAccount, product: DemoProduct, number: int) -> str:
    short = account.values["short_name"]
    what = product.code if product.series != "服务与备件" else product.name
    if account.is_overseas:
        return f"{short} – {product.code}" + (f" ×{number}" if number > 1 else "")
    return f"{short} {what}" + (f" {number} {product.unit}" if number > 1 else " 采购")


def _rounded(amount: float) -> int:
    return round(amount / 1000) * 1000
