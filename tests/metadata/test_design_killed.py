"""A designer's process is killed by SIGKILL at any step: the design is whole or not there, and others see what there is."""

import asyncio
import random
import sys
from typing import Any

import pytest
from tests.metadata.test_apply import TYPES, ZONE, add_field, apply, columns_of

from guanxi.metadata.pending import FINISH_DESIGN, finish_pending
from guanxi.permissions.gate import Gate, WorkspaceFacts
from guanxi.testing.sales import SalesWorld

#: One design with what it puts off takes about so many steps.
STEPS = 75


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("seed", "deaths"),
    [(1, 6), *(pytest.param(seed, 40, marks=pytest.mark.slow) for seed in (2, 3))],
)
async def test_a_killed_designer_leaves_no_design_half_done(
    world: SalesWorld, seed: int, deaths: int
) -> None:
    chance = random.Random(seed)
    await apply(world.database, world.schema, add_field("crm_account", name="code"))
    await world.make("crm_account", {"name": "A"}, {"name": "B"})
    # Somebody else's process, which hears of nothing: the killed one tells nobody.
    gate = Gate(world.database, world.schema, TYPES, WorkspaceFacts(zone=ZONE, locale="en"))
    designers = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.metadata.dying_designer",
        world.database.conninfo,
        world.schema,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert designers.stdin is not None
    assert designers.stdout is not None
    made = 0
    for number in range(deaths):
        before = await _seen(world, gate)
        designers.stdin.write(f"{chance.randint(1, STEPS)}\n".encode())
        await designers.stdout.readline()
        seen = await _seen(world, gate)
        assert seen - before in (frozenset(), {f"t{number}", f"l{number}"})
        made += bool(seen - before)
        own = await columns_of(world.database, world.schema, "crm_account")
        assert {name for name in own if name[0] in "tl" and name[1:].isdigit()} == {
            name for name in seen if name[0] in "tl" and name[1:].isdigit()
        }
        # Whoever comes next finishes what was put off, and the worker has been asked to.
        if await _value(world, "select count(*) from design_pending"):
            asked = "select count(*) from job where kind = %s"
            assert await _value(world, asked, FINISH_DESIGN) == 1
            await finish_pending(world.database, world.schema, TYPES)
        assert await _value(world, "select count(*) from design_pending") == 0
        broken = (
            "select (select count(*) from pg_index where not indisvalid)"
            " + (select count(*) from pg_constraint where not convalidated)"
        )
        assert await _value(world, broken) == 0
        unique = "select count(*) from pg_class where relname = 'crm_account_code_key'"
        is_unique = await _value(world, "select is_unique from field where name = 'code'")
        assert bool(await _value(world, unique)) is is_unique
    designers.stdin.close()
    await designers.wait()
    assert made > 0
    assert await _value(world, "select count(*) from design_change") == made + 1


async def _seen(world: SalesWorld, gate: Gate) -> frozenset[str]:
    async with world.database.begin(world.schema) as work:
        return frozenset((await gate.catalog(work)).objects["crm_account"].fields)


async def _value(world: SalesWorld, query: str, *parameters: object) -> Any:
    async with world.database.begin(world.schema) as work:
        return await work.value(query, list(parameters))
