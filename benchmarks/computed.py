"""Computed fields: many formulas over many rows, wide and deep changes, and a new formula beside somebody who reads."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from itertools import pairwise
from typing import Any
from uuid import UUID

from benchmarks.figures import Figure, median_pair, median_seconds
from benchmarks.ground import DEAL, SHOWN, Ground, apply_steps_now, field, object_named
from benchmarks.lists import FILTER
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.metadata.steps import RetireField, Step
from guanxi.permissions.viewer import Viewer
from guanxi.records.read import ListRequest, list_question
from guanxi.records.recompute_waiting import recompute_waiting
from guanxi.records.update import RecordChange, update

ROWS = 100_000
PARENTS = 500
CHAIN = 5
CHAIN_ROWS = 10_000
CHUNK = 5000

_LINE, _DOCUMENT, _PRODUCT, _SHEET = "bench_line", "bench_document", "bench_product", "bench_sheet"

#: Each hangs on those before it.
FORMULAS = (
    "{quantity} * {price}",
    "{f1} * {discount} / 100",
    "{f1} - {f2}",
    "ROUND({f3} * 0.13, 2)",
    "{f3} + {f4}",
    "IF({f5} > 1000, {f5} * 0.02, 0)",
    "{f5} - {f6}",
    "{quantity} * {cost}",
    "{f7} - {f8}",
    "ROUND({f9} * 100 / ({f7} + 1), 2)",
    "MAX({f9}, {f10}, 0)",
    "{f10} + {f11}",
)
#: The same as a person would write it who knows that nothing is empty.
_BY_HAND = f"""
update {_SHEET} t set {", ".join(f"h{n} = l{n}.v" for n in range(1, 13))}
  from {_SHEET} n
  cross join lateral (select round(n.quantity * n.price, 2) as v offset 0) l1
  cross join lateral (select round(l1.v * n.discount / 100, 2) as v offset 0) l2
  cross join lateral (select round(l1.v - l2.v, 2) as v offset 0) l3
  cross join lateral (select round(l3.v * 0.13, 2) as v offset 0) l4
  cross join lateral (select round(l3.v + l4.v, 2) as v offset 0) l5
  cross join lateral (select round(case when l5.v > 1000 then l5.v * 0.02 else 0 end, 2) as v offset 0) l6
  cross join lateral (select round(l5.v - l6.v, 2) as v offset 0) l7
  cross join lateral (select round(n.quantity * n.cost, 2) as v offset 0) l8
  cross join lateral (select round(l7.v - l8.v, 2) as v offset 0) l9
  cross join lateral (select round(l9.v * 100 / (l7.v + 1), 2) as v offset 0) l10
  cross join lateral (select round(greatest(l9.v, l10.v, 0), 2) as v offset 0) l11
  cross join lateral (select round(l10.v + l11.v, 2) as v offset 0) l12
 where t.id = n.id
"""


async def measure(ground: Ground) -> list[Figure]:
    """What needs no deals."""
    chained = await _formulas_in_chain(ground)
    return [chained, await _live(ground), await _wide(ground), await _deep(ground)]


async def _formulas_in_chain(ground: Ground) -> Figure:
    plain = ("quantity", "price", "discount", "cost")
    await apply_steps_now(
        ground,
        [
            object_named(_SHEET),
            *(field(_SHEET, name, "money") for name in plain),
            *(field(_SHEET, f"h{n}", "money") for n in range(1, 13)),
        ],
    )
    await _execute(
        ground,
        f"insert into {_SHEET} (id, name, version, name_key, search, quantity, price, discount, cost)"
        " select uuidv7(), 'S' || n, 1, 's' || n, '', 1 + n %% 90, (n %% 9973) * 1.25, n %% 30, (n %% 997) * 0.5"
        " from generate_series(1, %s) n",
        [ROWS],
    )
    await _vacuum(ground, _SHEET)
    begun = time.perf_counter()
    await _execute(ground, _BY_HAND)
    by_hand = time.perf_counter() - begun
    await _vacuum(ground, _SHEET)
    steps: list[Step] = [
        field(_SHEET, f"f{place}", "money", formula=formula)
        for place, formula in enumerate(FORMULAS, 1)
    ]
    await apply_steps_now(ground, steps)
    begun = time.perf_counter()
    looked = await compute_what_waits(ground)
    seconds = time.perf_counter() - begun
    wrong = await _value(
        ground,
        f"select count(*) from {_SHEET} where "
        + " or ".join(f"f{n} is distinct from h{n}" for n in range(1, 13)),
    )
    if looked != ROWS or wrong:
        raise RuntimeError(f"{looked} rows were computed, {wrong} of them wrong.")
    return Figure(
        f"12 chained formulas over {ROWS // 1000}k rows",
        seconds * 1000,
        "ms",
        by_hand * 1000,
        "one statement by hand",
        2.0,
    )


async def _live(ground: Ground) -> Figure:
    """A count by a field that hangs on the clock and is stored nowhere, beside one by a stored field."""
    live = field(
        _SHEET, "fate", "text", formula='IF({f12} > TODAY() - DATE(2026, 1, 1), "much", "little")'
    )
    await apply_steps_now(ground, [live])
    viewer = await ground.administrator()

    def counting(test: dict[str, Any]) -> Callable[[], Awaitable[object]]:
        request = ListRequest(filter=test)
        prepared = ground.platform.reading.count(viewer, _SHEET, request, exact=True)
        return lambda: ground.platform.database.read(ground.platform.schema, *prepared.statements)

    seconds, stored = await median_pair(
        counting({"field": "fate", "op": "eq", "value": "much"}),
        counting({"field": "f12", "op": "gt", "value": 100}),
        9,
    )
    name = f"a count by a live field over {ROWS // 1000}k rows"
    return Figure(name, seconds * 1000, "ms", stored * 1000, "by a stored field")


async def _wide(ground: Ground) -> Figure:
    """One product stands on the lines of 500 documents, whose totals change with its price."""
    await apply_steps_now(
        ground,
        [
            object_named(_PRODUCT),
            field(_PRODUCT, "price", "money"),
            object_named(_DOCUMENT),
            object_named(_LINE),
            field(_LINE, "document", "link", options={"target": _DOCUMENT}),
            field(_LINE, "product", "link", options={"target": _PRODUCT}),
        ],
    )
    for name, count in ((_PRODUCT, 10), (_DOCUMENT, PARENTS)):
        await _fill_plainly(ground, name, count)
    await _execute(ground, f"update {_PRODUCT} set price = 10")
    await _execute(
        ground,
        f"insert into {_LINE} (id, name, version, name_key, search, document, product)"
        f" select uuidv7(), 'L', 1, 'l', '', d.id, p.id from {_DOCUMENT} d cross join {_PRODUCT} p",
    )
    total = field(_DOCUMENT, "total", "money", formula=f"SUM({{{_LINE}.product.price}})")
    await apply_steps_now(ground, [total])
    await compute_what_waits(ground)
    product = await _value(ground, f"select id from {_PRODUCT} order by id limit 1")
    prices = iter(range(11, 1000))
    price = 10

    async def change() -> None:
        nonlocal price
        price = next(prices)
        await _change(ground, _PRODUCT, [product], {"price": price})

    seconds = await median_seconds(change, 15)
    right = await _value(ground, f"select count(*) from {_DOCUMENT} where total = %s", [90 + price])
    if right != PARENTS:
        raise RuntimeError(f"{right} totals of {PARENTS} are right.")
    name = f"one child changes the rollups of {PARENTS} parents"
    return Figure(name, seconds * 1000, "ms", bound=300.0)


async def _deep(ground: Ground) -> Figure:
    """Each record of a level adds one to what the record it links to holds, five levels deep."""
    names = [f"bench_level_{level}" for level in range(CHAIN + 1)]
    steps: list[Step] = [object_named(names[0]), field(names[0], "v", "money")]
    for above, name in pairwise(names):
        steps += [object_named(name), field(name, "up", "link", options={"target": above})]
    await apply_steps_now(ground, steps)
    await _fill_plainly(ground, names[0], CHAIN_ROWS)
    for above, name in pairwise(names):
        await _execute(
            ground,
            f"insert into {name} (id, name, version, name_key, search, up)"
            f" select uuidv7(), 'L', 1, 'l', '', id from {above} order by id",
        )
    for name in names:
        await _vacuum(ground, name)
    for name in names[1:]:
        await apply_steps_now(ground, [field(name, "v", "money", formula="{up.v} + 1")])
    await compute_what_waits(ground)
    ids = [row[0] for row in await _rows(ground, f"select id from {names[0]} order by id")]
    begun = time.perf_counter()
    for start in range(0, len(ids), CHUNK):
        await _change(ground, names[0], ids[start : start + CHUNK], {"v": 7})
    await compute_what_waits(ground)
    seconds = time.perf_counter() - begun
    right = await _value(ground, f"select count(*) from {names[-1]} where v = %s", [7 + CHAIN])
    if right != CHAIN_ROWS:
        raise RuntimeError(f"{right} of {CHAIN_ROWS} ends of the chain are right.")
    name = f"{CHAIN_ROWS // 1000}k records, {CHAIN} links deep, until all are right"
    return Figure(name, seconds, "s", bound=10.0)


async def measure_readers(ground: Ground, label: str) -> list[Figure]:
    """How long somebody who reads waits at most while a formula is added to all deals and computed."""
    viewer = await ground.administrator()
    request = ListRequest(filter=FILTER, sort=["-amount"], fields=SHOWN, limit=50)
    statement = ground.platform.asking.list(viewer, list_question(viewer, DEAL, request))
    waits: list[float] = []
    stopped = asyncio.Event()

    async def read_on() -> None:
        while not stopped.is_set():
            begun = time.perf_counter()
            await ground.platform.database.read(ground.platform.schema, statement)
            waits.append(time.perf_counter() - begun)
            await asyncio.sleep(0.02)

    reading = asyncio.create_task(read_on())
    begun = time.perf_counter()
    name = f"expected_{label.lower()}"  # a retired field keeps its name
    step = field(DEAL, name, "money", formula="{amount} * {probability} / 100")
    await apply_steps_now(ground, [step])
    added = time.perf_counter() - begun
    looked = await compute_what_waits(ground)
    computed = time.perf_counter() - begun - added
    stopped.set()
    await reading
    await apply_steps_now(ground, [RetireField(object=DEAL, field=name)])
    nearly_all = sorted(waits)[len(waits) * 99 // 100] * 1000
    note = f"{len(waits)} reads, 99 % within {nearly_all:.0f} ms; {looked} rows in {computed:.0f} s"
    return [
        Figure(f"adding a formula to {label}", added * 1000, "ms"),
        Figure(
            f"a reader's longest wait meanwhile, {label}",
            max(waits) * 1000,
            "ms",
            bound=1000.0,
            note=note,
        ),
    ]


async def compute_what_waits(ground: Ground) -> int:
    """Does the worker's part."""

    @asynccontextmanager
    async def writing() -> AsyncIterator[tuple[UnitOfWork, Viewer]]:
        async with ground.platform.gate.system_write("job") as (work, viewer):
            yield work, viewer

    return await recompute_waiting(writing)


async def _change(
    ground: Ground, object_name: str, ids: Sequence[UUID], values: dict[str, Any]
) -> None:
    platform = ground.platform
    changes = [RecordChange(id_, values) for id_ in ids]
    async with platform.database.begin(platform.schema, pipelined=True) as work:
        viewer = await platform.gate.system_viewer(work, "page")
        await update(work, viewer, platform.saving, object_name, changes)


async def _fill_plainly(ground: Ground, table: str, count: int) -> None:
    await _execute(
        ground,
        f"insert into {table} (id, name, version, name_key, search)"
        " select uuidv7(), 'R' || n, 1, 'r' || n, '' from generate_series(1, %s) n",
        [count],
    )
    await _vacuum(ground, table)


async def _vacuum(ground: Ground, table: str) -> None:
    async with ground.platform.database.connection() as connection:
        await connection.execute(f"vacuum analyze {ground.platform.schema}.{table}")


async def _in_work(ground: Ground, act: Callable[[UnitOfWork], Awaitable[Any]]) -> Any:
    async with ground.platform.database.begin(ground.platform.schema) as work:
        return await act(work)


async def _execute(ground: Ground, text: str, parameters: Any = None) -> None:
    await _in_work(ground, lambda work: work.execute(text, parameters))


async def _value(ground: Ground, text: str, parameters: Any = None) -> Any:
    return await _in_work(ground, lambda work: work.value(text, parameters))


async def _rows(ground: Ground, text: str) -> Any:
    return await _in_work(ground, lambda work: work.rows(text))
