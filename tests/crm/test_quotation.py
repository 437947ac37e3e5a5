"""The machinery maker's quotation: every line by formula, and the lines add up to the document."""

import csv
import json
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest
import yaml

from guanxi.bootstrap import Platform
from guanxi.kit.errors import ValuesRefusedError
from guanxi.records.create import create
from guanxi.records.delete import delete, restore
from guanxi.records.export import export
from guanxi.records.read import ListRequest
from guanxi.records.update import RecordChange, update
from guanxi.sdk.demo import Demo
from guanxi_crm.demo.fill import EQUIPMENT

LEVELS = {"a": Decimal("0.94"), "b": Decimal("0.97"), "c": Decimal(1), None: Decimal(1)}
SPINDLES = {"standard": 0, "fast": 46000, "torque": 38500, None: 0}
PRICES = (("2026-01-01", Decimal("8.20")), ("2026-03-01", Decimal("9.10")), ("2026-05-01", Decimal("8.75")))  # fmt: skip
MACHINE = {"base_weight": 5200, "base_hours": "218.5", "labour_rate": 120, "bought_in": 137_760, "list_price": 328_000}  # fmt: skip


def cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


class Works:
    """The machinery maker with equipment that is priced by its parameters."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform

    async def design(self) -> None:
        async with self.platform.gate.system_write("job") as (work, viewer):
            demo = Demo(
                work=work,
                saving=self.platform.saving,
                types=self.platform.field_types,
                viewer=viewer,
                now=self.platform.clock.now(),
                roles={},
            )
            await demo.design(yaml.safe_load(EQUIPMENT.read_text(encoding="utf-8"))["steps"])

    async def make(self, object_name: str, *records: Mapping[str, Any]) -> list[UUID]:
        async with self.platform.gate.system_write("page") as (work, viewer):
            saved = await create(
                work,
                viewer,
                self.platform.saving,
                object_name,
                [{"name": "it", **_plain(one)} for one in records],
            )
        return [one.id for one in saved]

    async def change(self, object_name: str, id_: UUID, **values: Any) -> None:
        async with self.platform.gate.system_write("page") as (work, viewer):
            changes = [RecordChange(id_, _plain(values))]
            await update(work, viewer, self.platform.saving, object_name, changes)

    async def read(self, object_name: str, where: str, id_: UUID) -> list[dict[str, Any]]:
        async with self.platform.database.begin(self.platform.schema) as work:
            return await work.dicts(
                f"select * from {object_name} where {where} = %s and deleted_at is null order by number",
                [id_],
            )

    async def quotation(self, id_: UUID) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        [quote] = await self.read("crm_quote", "id", id_)
        return quote, await self.read("crm_quote_line", "quote", id_)


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: str(value) if isinstance(value, UUID | Decimal) else value
        for name, value in values.items()
    }


@pytest.fixture
async def works(crm: Platform) -> Works:
    made = Works(crm)
    await made.design()
    return made


async def _basics(works: Works, grade: str | None = "a") -> tuple[UUID, UUID, UUID]:
    [account] = await works.make("crm_account", {"grade": grade})
    [product] = await works.make("crm_product", MACHINE)
    [material] = await works.make("crm_material", {"code": "HT300"})
    await works.make(
        "crm_material_price",
        *({"material": material, "valid_from": day, "price": price} for day, price in PRICES),
    )
    return account, product, material


def _cost(line: Mapping[str, Any], quote: Mapping[str, Any]) -> Decimal:
    """What one machine costs, told anew in Python."""
    travel = line["extra_travel"] or Decimal(0)
    weight = Decimal(5200) * (1 + Decimal("0.35") * travel)
    weight = weight.quantize(Decimal(1), ROUND_HALF_UP)
    distance = quote["distance"] or Decimal(0)
    rate = Decimal("0.95" if distance <= 300 else "0.72" if distance <= 1000 else "0.58")
    if quote["distance"] is None:
        # Nothing is smaller than an empty distance: no band but the last holds.
        rate = Decimal("0.58")
    freight = cents(weight / 1000 * distance * rate)
    valid = [price for day, price in PRICES if day <= quote["quote_date"].isoformat()]
    material = valid[-1] if valid and line["material"] else Decimal(0)
    labour = Decimal("218.5") * 120 * (1 + Decimal("0.2") * travel)
    return cents(
        weight * material + labour + Decimal(137_760) + SPINDLES[line["spindle"]] + freight
    )


def _expect_exact(quote: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> None:
    """Whatever was done: the lines add up to the document to the last cent."""
    for name in ("gross", "net", "tax", "total", "cost"):
        assert quote[name] == sum((line[name] for line in lines), Decimal(0)), name
    for line in lines:
        assert line["total"] == line["net"] + line["tax"]
        assert line["tax"] == cents(line["net"] * (line["tax_rate"] or 0) / 100)
        assert line["net"] == line["gross"] - line["discount_share"]
    if quote["gross"] > 0:
        assert sum(line["discount_share"] for line in lines) == (quote["discount"] or 0)
    assert quote["margin"] == quote["net"] - quote["cost"]


async def test_a_line_is_priced_by_its_parameters(works: Works) -> None:
    account, product, material = await _basics(works)
    [quote] = await works.make(
        "crm_quote", {"account": account, "quote_date": "2026-04-12", "distance": 420}
    )
    [line] = await works.make(
        "crm_quote_line",
        {"quote": quote, "product": product, "material": material, "quantity": 2,
         "extra_travel": "0.5", "spindle": "fast"},
    )  # fmt: skip
    head, [row] = await works.quotation(quote)
    assert row["weight"] == 6110
    assert row["material_price"] == Decimal("9.10")
    assert row["freight"] == Decimal("1847.66")
    assert row["unit_cost"] == Decimal("270050.66") == _cost(row, head)
    assert row["price"] == cents(row["unit_cost"] / Decimal("0.68") * Decimal("0.94"))
    assert head["total"] == cents(row["price"] * 2) + cents(row["price"] * 2 * 13 / 100)

    await works.change("crm_quote_line", line, extra_travel="0.8")
    await works.change("crm_account", account, grade="b")
    await works.change("crm_quote", quote, quote_date="2026-06-01")
    head, [row] = await works.quotation(quote)
    assert row["material_price"] == Decimal("8.75")
    assert row["unit_cost"] == _cost(row, head)
    assert row["price"] == cents(row["unit_cost"] / Decimal("0.68") * Decimal("0.97"))
    _expect_exact(head, [row])

    await works.change("crm_quote_line", line, agreed_price=300_000)
    head, [row] = await works.quotation(quote)
    assert row["price"] == 300_000
    _expect_exact(head, [row])


@pytest.mark.parametrize("seed", range(4))
async def test_lines_add_up_whatever_is_done(works: Works, seed: int) -> None:
    random = Random(seed)
    account, product, material = await _basics(works, random.choice(("a", "b", "c", None)))
    [grade] = [row["grade"] for row in await works.read("crm_account", "id", account)]
    [quote] = await works.make("crm_quote", {"account": account, "quote_date": "2026-04-12"})
    lines = await works.make("crm_quote_line", *(
        {"quote": quote, "product": product, **_parameters(random, material)} for _ in range(4)
    ))  # fmt: skip
    for _ in range(12):
        what = random.choice(("line", "line", "quote", "new", "gone"))
        if what == "new" or not lines:
            parameters = _parameters(random, material)
            lines += await works.make(
                "crm_quote_line", {"quote": quote, "product": product, **parameters}
            )
        elif what == "line":
            await works.change(
                "crm_quote_line", random.choice(lines), **_parameters(random, material)
            )
        elif what == "gone":
            gone = lines.pop(random.randrange(len(lines)))
            async with works.platform.gate.system_write("page") as (work, viewer):
                await delete(work, viewer, works.platform.saving, "crm_quote_line", {gone: None})
        else:
            discount = random.choice((None, "0.01", "100", "3333.33", "8888"))
            distance = random.choice((None, 20, 300, 301, 1000, 1400))
            day = random.choice(("2025-12-31", "2026-01-01", "2026-04-30", "2026-05-01"))
            head, _ = await works.quotation(quote)
            if not 0 < head["gross"] < Decimal(discount or 0):
                await works.change(
                    "crm_quote", quote, discount=discount, distance=distance, quote_date=day
                )
        head, rows = await works.quotation(quote)
        _expect_exact(head, rows)
        for row in rows:
            assert row["unit_cost"] == _cost(row, head)
            listed = cents(row["unit_cost"] / Decimal("0.68") * LEVELS[grade])
            assert row["price"] == (listed if row["agreed_price"] is None else row["agreed_price"])


def _parameters(random: Random, material: UUID) -> dict[str, Any]:
    return {
        "quantity": random.choice((1, 2, 3, 7, "0.333")),
        "extra_travel": random.choice((None, "0.15", "0.5", "1.25")),
        "spindle": random.choice((None, "standard", "fast", "torque")),
        "material": random.choice((material, None)),
        "agreed_price": random.choice((None, None, "99999.99", "0.07")),
        "discount_rate": random.choice((None, 0, "3.33", 12)),
        "tax_rate": random.choice((13, 6, 0, None)),
    }


@pytest.mark.parametrize("state", ["sent", "accepted"])
async def test_what_was_offered_stays_whatever_becomes_dearer(works: Works, state: str) -> None:
    account, product, material = await _basics(works)
    wish = {"account": account, "quote_date": "2026-04-12", "distance": 420}
    offered, draft = await works.make("crm_quote", wish, wish)
    parameters = {"product": product, "material": material, "quantity": 2}
    [line, _] = await works.make(
        "crm_quote_line", {"quote": offered, **parameters}, {"quote": draft, **parameters}
    )
    await works.change("crm_quote", offered, state=state)
    before = await works.quotation(offered)
    still_open = await works.quotation(draft)
    assert before[1][0]["price"] == still_open[1][0]["price"]

    dearer = {"material": material, "valid_from": "2026-04-01", "price": "99"}
    await works.make("crm_material_price", dearer)
    await works.change("crm_product", product, labour_rate=500, list_price=1)
    await works.change("crm_account", account, grade="c")
    held = ("material_price", "unit_cost", "price", "net", "total", "margin")
    head, [row] = await works.quotation(offered)
    assert [row[name] for name in held] == [before[1][0][name] for name in held]
    assert [head[name] for name in held[3:]] == [before[0][name] for name in held[3:]]
    assert (await works.quotation(draft))[1][0]["price"] > row["price"]

    # Nor does what people may not change any more, were it changed all the same.
    await works.change("crm_quote_line", line, agreed_price=1)
    assert (await works.quotation(offered))[1][0]["price"] == row["price"]
    await works.change("crm_quote_line", line, agreed_price=None)
    # What is offered besides is priced as of now; back in draft all of it is.
    await works.make("crm_quote_line", {"quote": offered, **parameters})
    head, [first, second] = await works.quotation(offered)
    assert first["price"] == row["price"] < second["price"]
    _expect_exact(head, [first, second])
    await works.change("crm_quote", offered, state="draft")
    head, [first, second] = await works.quotation(offered)
    assert first["price"] == second["price"] == (await works.quotation(draft))[1][0]["price"]
    _expect_exact(head, [first, second])


async def test_a_quotation_says_why_it_is_refused(works: Works) -> None:
    account, product, _ = await _basics(works)
    [quote] = await works.make("crm_quote", {"account": account, "quote_date": "2026-04-12"})
    await works.make("crm_quote_line", {"quote": quote, "product": product, "agreed_price": 100})
    for values, pointer, code in (
        ({"valid_until": "2026-04-11"}, "/valid_until", "validation"),
        ({"discount": "100.01"}, "/discount", "validation"),
    ):
        with pytest.raises(ValuesRefusedError) as refused:
            await works.change("crm_quote", quote, **values)
        assert [(one.pointer, one.code) for one in refused.value.problems] == [(pointer, code)]


async def test_list_and_export_say_what_is_stored(works: Works, tmp_path: Path) -> None:
    account, product, material = await _basics(works)
    [quote] = await works.make("crm_quote", {"account": account, "quote_date": "2026-04-12"})
    await works.make(
        "crm_quote_line",
        {"quote": quote, "product": product, "material": material, "quantity": 3},
    )
    head, _ = await works.quotation(quote)
    request = ListRequest(fields=["name", "total"], sort=["-total"])
    async with works.platform.gate.system_write("page") as (work, viewer):
        prepared = works.platform.reading.page(viewer, "crm_quote", request)
        await export(
            work,
            viewer,
            works.platform.asking,
            "crm_quote",
            request,
            format_="csv",
            to=tmp_path / "quotes.csv",
        )
    answer = prepared.finish(
        await works.platform.database.read(works.platform.schema, *prepared.statements)
    )
    assert f'"total":{head["total"]}' in answer.decode().replace(" ", "")
    with (tmp_path / "quotes.csv").open(encoding="utf-8-sig", newline="") as file:
        [_, row] = list(csv.reader(file))
    assert Decimal(row[1].replace(",", "").lstrip("¥")) == head["total"]


async def test_lines_go_with_their_quotation_and_come_back_with_it(works: Works) -> None:
    account, product, _ = await _basics(works)
    [quote] = await works.make("crm_quote", {"account": account, "quote_date": "2026-04-12"})
    first, second = await works.make(
        "crm_quote_line",
        *({"quote": quote, "product": product, "quantity": number} for number in (1, 2)),
    )
    saving = works.platform.saving
    async with works.platform.gate.system_write("page") as (work, viewer):
        await delete(work, viewer, saving, "crm_quote_line", {first: None})
    async with works.platform.gate.system_write("page") as (work, viewer):
        await delete(work, viewer, saving, "crm_quote", {quote: None})
    assert await works.read("crm_quote_line", "quote", quote) == []

    async with works.platform.gate.system_write("page") as (work, viewer):
        await restore(work, viewer, saving, "crm_quote", [quote])
    head, lines = await works.quotation(quote)
    assert [line["id"] for line in lines] == [second]
    _expect_exact(head, lines)


FIGURES = ("weight", "unit_cost", "price", "gross", "discount_share", "net", "tax", "total")


@pytest.mark.parametrize("seed", range(2))
async def test_every_way_of_reading_tells_the_same_figures(
    works: Works, seed: int, tmp_path: Path
) -> None:
    """What formulas came to while saving, the record, the list, its sums and an export say to the last cent."""
    random = Random(seed)
    account, product, material = await _basics(works)
    wish = {"account": account, "quote_date": "2026-04-12", "distance": 700, "discount": "333.33"}
    [quote] = await works.make("crm_quote", wish)
    parameters = [_parameters(random, material) for _ in range(5)]
    await works.make(
        "crm_quote_line",
        *({"quote": quote, "product": product, **one, "quantity": 3} for one in parameters),
    )
    head, lines = await works.quotation(quote)
    stored = {line["number"]: {name: line[name] for name in FIGURES} for line in lines}
    request = ListRequest(
        filter={"field": "quote", "op": "eq", "value": str(quote)}, fields=["number", *FIGURES]
    )
    reading = works.platform.reading
    async with works.platform.gate.system_write("page") as (work, viewer):
        page = reading.page(viewer, "crm_quote_line", request)
        ones = [reading.one(viewer, "crm_quote_line", line["id"]) for line in lines]
        await export(
            work,
            viewer,
            works.platform.asking,
            "crm_quote_line",
            request,
            format_="csv",
            to=tmp_path / "lines.csv",
        )

    async def answer(prepared: Any) -> Any:
        rows = await works.platform.database.read(works.platform.schema, *prepared.statements)
        return prepared.finish(rows)

    listed = json.loads(await answer(page), parse_float=Decimal)["records"]
    assert {one["number"]: _figures(one) for one in listed} == stored
    told = [json.loads((await answer(one))[0], parse_float=Decimal) for one in ones]
    assert {one["number"]: _figures(one) for one in told} == stored
    with (tmp_path / "lines.csv").open(encoding="utf-8-sig", newline="") as file:
        [_, *rows] = csv.reader(file)
    exported = {
        number: dict(zip(FIGURES, map(_read_number, figures), strict=True))
        for number, *figures in rows
    }
    assert exported == stored
    assert head["total"] == sum(one["total"] for one in stored.values())


def _figures(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: record[name] for name in FIGURES}


def _read_number(text: str) -> Decimal:
    """As somebody reads it: with a currency sign, commas, a unit behind."""
    return Decimal("".join(one for one in text if one.isdigit() or one in ".-"))
