"""While a record is filled in one is told what its rules will say of it, and it is what the save says."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest
from tests.records.computing import design
from tests.records.test_offers import offered
from tests.records.test_rules import DEAL, ann, change, made, rule

from guanxi.kit.errors import ValuesRefusedError
from guanxi.permissions.model import Action, Scope
from guanxi.permissions.viewer import Viewer
from guanxi.query.errors import ObjectNotFoundError
from guanxi.records.create import create
from guanxi.records.told_rules import FilledIn, ToldRules, told_rules
from guanxi.testing.sales import SalesWorld, grant

STEEL = '{account.industry} = "steel"'


async def told(
    world: SalesWorld, viewer: Viewer, *records: tuple[UUID | None, Mapping[str, Any]]
) -> list[ToldRules]:
    asked = [FilledIn(id_, values) for id_, values in records]
    async with world.database.begin(world.schema) as work:
        return await told_rules(work, viewer, world.saving, DEAL, asked)


async def account(world: SalesWorld, name: str, industry: str, owner: str | None = None) -> UUID:
    values = {"name": name, "industry": industry}
    if owner is not None:
        values["owner"] = str(world.people[owner])
    async with world.database.begin(world.schema) as work:
        [saved] = await create(work, world.admin, world.saving, "crm_account", [values])
    return saved.id


async def test_rules_over_links_are_told_of_saved_records_and_of_new_ones(
    world: SalesWorld,
) -> None:
    steel, wood = await account(world, "S", "steel"), await account(world, "W", "wood")
    await design(
        world,
        rule("amount", read_only_when=STEEL),
        rule("note", required_when=STEEL),
        rule("code", visible_when=f"NOT({STEEL})"),
        rule("tags", options_when=[offered(STEEL, "a", "b"), offered("{hot}", "b")]),
    )
    soft = await made(world, world.admin, account=str(wood), amount=1)
    hard = await made(world, world.admin, account=str(steel), amount=1, note="N")
    person = await ann(world)
    of_soft, of_hard, moved, new = await told(
        world,
        person,
        (soft, {}),
        (hard, {"hot": True}),
        (soft, {"account": str(steel)}),
        (None, {"account": str(steel)}),
    )
    assert (of_soft.read_only, of_soft.required, of_soft.hidden) == ([], [], [])
    assert of_soft.not_offered == {"tags": ["a", "b"]}
    assert (of_hard.read_only, of_hard.required, of_hard.hidden) == (["amount"], ["note"], ["code"])
    assert of_hard.not_offered == {}
    # What is changed in the same save as the reason may still be changed.
    assert (moved.read_only, moved.required, moved.hidden) == ([], ["note"], ["code"])
    assert (new.id, new.read_only, new.required, new.hidden) == (None, [], ["note"], ["code"])
    with pytest.raises(ValuesRefusedError):
        await change(world, person, hard, amount=2)
    with pytest.raises(ValuesRefusedError):
        await change(world, person, soft, tags=["a"])


async def test_who_one_leads_and_what_one_may_not_read_or_see_decides(world: SalesWorld) -> None:
    theirs = await account(world, "Of the boss", "steel", owner="boss")
    await design(
        world,
        rule("note", required_when="{owner} in MY_TEAM()"),
        rule("amount", read_only_when=STEEL),
        rule("code", visible_when='{stage} <> "lost"'),
    )
    deal = await made(world, world.admin, account=str(theirs), owner=str(world.people["cy"]), note="N")  # fmt: skip
    own = grant("crm_account", Scope.OWN)
    leader = await world.viewer("ann", grant(DEAL), own)
    [of_deal] = await told(world, leader, (deal, {"stage": "lost"}))
    assert (of_deal.required, of_deal.hidden) == (["note"], ["code"])
    [chosen] = await told(world, leader, (None, {"account": str(theirs)}))
    assert chosen.read_only == []
    blind = await world.viewer("ann", grant(DEAL, owner="none", stage="none"), own)
    [unread] = await told(world, blind, (deal, {}))
    assert (unread.required, unread.hidden) == ([], [])
    looking = await world.viewer("ann", grant(DEAL, actions=(Action.SEE,)))
    with pytest.raises(ObjectNotFoundError):
        await told(world, looking, (deal, {}))
    apart = await world.viewer("bob", grant(DEAL, Scope.OWN), own)
    assert await told(world, apart, (deal, {})) == []
