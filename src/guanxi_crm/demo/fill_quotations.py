"""Writes the quotations of the demonstration with the prices of the materials they are computed from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import count
from uuid import UUID

from guanxi.sdk.demo import Demo, PastChange, PastRecord
from guanxi_crm.demo.pipeline import PlannedOpportunity
from guanxi_crm.demo.quotations import MATERIALS, PlannedPrice, PlannedQuotation

_HOUR_OF_PRICES = time(9, 30)


@dataclass(frozen=True, slots=True)
class Quotations:
    """The quotations planned, and the ids of what they belong to: by place in the plans, products by code."""

    planned: Sequence[PlannedQuotation]
    opportunities: Sequence[PlannedOpportunity]
    accounts: Mapping[int, UUID]
    contacts: Sequence[UUID]
    opportunity_ids: Sequence[UUID]
    products: Mapping[str, UUID]
    #: Who owns each opportunity.
    sellers: Sequence[UUID]


async def fill_quotations(
    demo: Demo, quotations: Quotations, prices: Sequence[PlannedPrice], by: UUID
) -> None:
    """Materials with their prices first, then the quotations, then what became of them."""
    materials = await _materials(demo, prices, by)
    planned = quotations.planned
    owners = [quotations.sellers[one.opportunity] for one in planned]
    ids = await demo.create(
        "crm_quote",
        [
            PastRecord(_values(quotations, one), one.at, owner)
            for one, owner in zip(planned, owners, strict=True)
        ],
    )
    await demo.create(
        "crm_quote_line",
        [
            PastRecord(
                {
                    **values,
                    "quote": str(id_),
                    "product": str(quotations.products[product]),
                    **(
                        {"material": str(materials[values["material"]])}
                        if "material" in values
                        else {}
                    ),
                },
                one.at + timedelta(seconds=place + 1),
                owner,
            )
            for one, id_, owner in zip(planned, ids, owners, strict=True)
            for place, (product, values) in enumerate(one.lines)
        ],
    )
    for number in count():
        changes = [
            PastChange(id_, {"state": one.ends[number][0]}, one.ends[number][1], owner)
            for one, id_, owner in zip(planned, ids, owners, strict=True)
            if number < len(one.ends)
        ]
        if not changes:
            break
        await demo.change("crm_quote", changes)


def _values(quotations: Quotations, one: PlannedQuotation) -> dict[str, object]:
    opportunity = quotations.opportunities[one.opportunity]
    return {
        **one.values,
        "account": str(quotations.accounts[opportunity.account]),
        "contact": str(quotations.contacts[opportunity.contact]),
        "opportunity": str(quotations.opportunity_ids[one.opportunity]),
    }


async def _materials(demo: Demo, prices: Sequence[PlannedPrice], by: UUID) -> dict[str, UUID]:
    """The ids by code; each price was entered on the morning it began to be valid."""
    first = min(one.valid_from for one in prices)
    made = await demo.create(
        "crm_material",
        [
            PastRecord(
                {"name": name, "code": code, "unit": "kg"},
                datetime.combine(first, _HOUR_OF_PRICES, demo.zone),
                by,
            )
            for code, (name, _, _) in MATERIALS.items()
        ],
    )
    ids = dict(zip(MATERIALS, made, strict=True))
    await demo.create(
        "crm_material_price",
        [
            PastRecord(
                {
                    "name": f"{one.material} {one.valid_from:%Y-%m}",
                    "material": str(ids[one.material]),
                    "valid_from": one.valid_from.isoformat(),
                    "price": str(one.price),
                },
                datetime.combine(one.valid_from, _HOUR_OF_PRICES, demo.zone),
                by,
            )
            for one in prices
        ],
    )
    return ids
