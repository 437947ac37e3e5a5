"""Options and linked records are offered by condition, and what is not offered is not saved."""

import json
from typing import Any

import pytest
from tests.records.computing import design
from tests.records.test_rules import DEAL, change, made, rule, told, value

from guanxi.api.schemas.formulas import candidates_give
from guanxi.kit.errors import ValuesRefusedError
from guanxi.metadata.rules_json import rules_document, rules_of
from guanxi.permissions.model import Action
from guanxi.permissions.viewer import Viewer
from guanxi.query.errors import ObjectNotFoundError, QuestionError
from guanxi.records.bulk import Bulk
from guanxi.records.candidates import CandidateRequest, Candidates
from guanxi.testing.sales import SalesWorld, grant

ACCOUNT = "crm_account"
OF_STEEL = '{CurrentValue.industry} = "steel"'


def offered(condition: str, *options: str) -> dict[str, Any]:
    return {"options": options, "condition": condition}


async def found(world: SalesWorld, viewer: Viewer, field: str, **asked: Any) -> list[str]:
    candidates = Candidates(world.reading)
    async with world.database.begin(world.schema) as work:
        request = CandidateRequest(field, **{"sort": ["name"], **asked})
        page = await candidates.find(work, viewer, DEAL, request)
    return [row["name"] for row in json.loads(page)["records"]]


async def test_an_option_is_refused_where_none_of_its_conditions_holds(world: SalesWorld) -> None:
    await design(
        world,
        rule(
            "tags",
            options_when=[
                offered('{stage} = "lost"', "a", "b"),
                offered('{stage} = "won"', "b"),
            ],
        ),
    )
    deal = await made(world, world.admin, stage="lost", tags=["a", "c"])
    with pytest.raises(ValuesRefusedError) as refused:
        await made(world, world.admin, stage="won", tags=["a"])
    assert told(refused) == [("not_offered", "tags")]
    assert refused.value.problems[0].message.en == (
        "“tags” cannot be “a” as the record is now. Choose one of: b, c."
    )
    await made(world, world.admin, stage="won", tags=["b", "c"])
    with pytest.raises(ValuesRefusedError):
        await change(world, world.admin, deal, stage="won")
    await change(world, world.admin, deal, stage="won", tags=["b"])


async def test_a_value_that_stood_before_stays_until_what_it_hangs_on_changes(
    world: SalesWorld,
) -> None:
    deal = await made(world, world.admin, stage="new", tags=["a"])
    await design(
        world,
        rule("tags", options_when=[offered('{stage} = "lost"', "a"), offered("{hot}", "b")]),
    )
    await change(world, world.admin, deal, note="else")
    await change(world, world.admin, deal, tags=["a", "c"])
    await change(world, world.admin, deal, hot=True)
    with pytest.raises(ValuesRefusedError) as refused:
        await change(world, world.admin, deal, hot=False, tags=["a", "b"])
    assert "“b”" in refused.value.problems[0].message.en
    with pytest.raises(ValuesRefusedError):
        await change(world, world.admin, deal, stage="won")


async def test_what_a_hidden_field_keeps_is_not_judged(world: SalesWorld) -> None:
    lost = '{stage} = "lost"'
    await design(world, rule("tags", visible_when=lost, options_when=[offered(lost, "a")]))
    deal = await made(world, world.admin, stage="lost", tags=["a"])
    await change(world, world.admin, deal, stage="new")
    assert await value(world, deal, "tags") == ["a"]


async def test_options_may_hang_on_linked_records_in_sets(world: SalesWorld) -> None:
    await design(
        world, rule("stage", options_when=[offered('{account.industry} = "steel"', "won")])
    )
    steel, wood = await world.make(
        ACCOUNT, {"name": "S", "industry": "steel"}, {"name": "W", "industry": "wood"}
    )
    rows = [{"name": "D", "stage": "won", "account": str(one)} for one in (steel, wood, steel)]
    async with world.database.begin(world.schema) as work:
        results = await Bulk(work, world.admin, world.saving, DEAL).create(rows)
    assert [one.error is None for one in results] == [True, False, True]


async def test_a_link_points_only_to_what_its_condition_allows(world: SalesWorld) -> None:
    condition = OF_STEEL + " && ({hot} || ISBLANK({CurrentValue.parent}))"
    await design(world, rule("account", candidates_when=condition))
    steel, wood = await world.make(
        ACCOUNT, {"name": "S", "industry": "steel"}, {"name": "W", "industry": "wood"}
    )
    [below] = await world.make(ACCOUNT, {"name": "B", "industry": "steel", "parent": str(steel)})
    deal = await made(world, world.admin, account=str(steel))
    for wrong in (wood, below):
        with pytest.raises(ValuesRefusedError) as refused:
            await change(world, world.admin, deal, account=str(wrong))
        assert told(refused) == [("not_offered", "account")]
    await change(world, world.admin, deal, account=str(below), hot=True)
    with pytest.raises(ValuesRefusedError):
        await change(world, world.admin, deal, hot=False)
    await change(world, world.admin, deal, note="else")
    assert await value(world, deal, "account") == below


async def test_candidates_are_searched_by_what_the_form_holds(world: SalesWorld) -> None:
    condition = OF_STEEL + " && ({hot} || ISBLANK({CurrentValue.parent}))"
    await design(world, rule("account", candidates_when=condition))
    [steel, _] = await world.make(
        ACCOUNT, {"name": "S", "industry": "steel"}, {"name": "W", "industry": "wood"}
    )
    [below] = await world.make(ACCOUNT, {"name": "B", "industry": "steel", "parent": str(steel)})
    deal = await made(world, world.admin, hot=True)
    admin = world.admin
    assert await found(world, admin, "account") == ["S"]
    assert await found(world, admin, "account", values={"hot": True}) == ["B", "S"]
    assert await found(world, admin, "account", id=deal) == ["B", "S"]
    assert await found(world, admin, "account", id=deal, values={"hot": False}) == ["S"]
    assert await found(world, admin, "account", q="b", values={"hot": True}) == ["B"]
    assert await found(world, admin, "account", ids=[below]) == []
    assert await found(world, admin, "account", ids=[below], values={"hot": True}) == ["B"]


async def test_candidates_may_hang_on_what_the_form_links_to(world: SalesWorld) -> None:
    await design(
        world,
        rule("parent", ACCOUNT, candidates_when="{CurrentValue.industry} = {industry}"),
        rule("seller", candidates_when="{CurrentValue} = {account.owner}"),
    )
    ann = world.people["ann"]
    [account] = await world.make(ACCOUNT, {"name": "S", "industry": "steel", "owner": str(ann)})
    admin = world.admin
    assert len(await found(world, admin, "seller", values={"account": str(account)})) == 1
    assert await found(world, admin, "seller", values={"account": None}) == []
    assert await found(world, admin, "seller", values={"account": "nonsense"}) == []
    await made(world, admin, account=str(account), seller=str(ann))
    with pytest.raises(ValuesRefusedError) as refused:
        await made(world, admin, account=str(account), seller=str(world.people["bob"]))
    assert told(refused) == [("not_offered", "seller")]


async def test_a_search_for_candidates_tells_nothing_of_what_one_may_not_read(
    world: SalesWorld,
) -> None:
    """Else whoever tries values in a form would learn what stands in the fields they are compared with."""
    await design(
        world, rule("account", candidates_when="{CurrentValue.industry} = {note} && {hot}")
    )
    await world.make(ACCOUNT, {"name": "S", "industry": "steel"}, {"name": "W", "industry": "wood"})
    blind = await world.viewer("ann", grant(DEAL), grant(ACCOUNT, industry="none"))
    seeing = await world.viewer("ann", grant(DEAL), grant(ACCOUNT))
    values = {"note": "steel", "hot": True}
    assert await found(world, blind, "account", values=values) == ["S", "W"]
    assert await found(world, blind, "account", values=values | {"hot": False}) == []
    assert await found(world, seeing, "account", values=values) == ["S"]
    none = await world.viewer("ann", grant(DEAL, account="none"), grant(ACCOUNT))
    with pytest.raises(QuestionError):
        await found(world, none, "account")
    reader = await world.viewer("ann", grant(DEAL, actions=[Action.SEE]), grant(ACCOUNT))
    with pytest.raises(ObjectNotFoundError):
        await found(world, reader, "account")


async def test_only_what_reads_and_fits_can_be_offered_by_condition(world: SalesWorld) -> None:
    wrong = {
        "not_options": rule("note", options_when=[offered("TRUE", "a")]),
        "no_option": rule("tags", options_when=[offered("TRUE", "z")]),
        "wrong_type": rule("tags", options_when=[offered("1 + 1", "a")]),
        "not_a_link": rule("note", candidates_when="TRUE"),
        "no_row": rule("note", required_when="{CurrentValue} = 1"),
        "no_field": rule("account", candidates_when="{CurrentValue.nowhere} = 1"),
        "over_many": rule(
            "account", candidates_when="COUNTIF({CurrentValue.crm_opportunity}, TRUE) > 1"
        ),
    }
    for code, step in wrong.items():
        with pytest.raises(ValuesRefusedError) as refused:
            await design(world, step)
        assert [one.code for one in refused.value.problems] == [code]


async def test_rules_of_offers_are_stored_whole(world: SalesWorld) -> None:
    await design(
        world,
        rule("tags", options_when=[offered("{hot}", "a", "b")]),
        rule("account", candidates_when=OF_STEEL),
    )
    fields = world.admin.catalog.objects[DEAL].fields
    for name in ("tags", "account"):
        assert rules_of(rules_document(fields[name].rules)) == fields[name].rules
    await design(world, rule("tags", options_when=[]), rule("account", candidates_when=None))
    assert await made(world, world.admin, tags=["a"])


async def test_a_default_that_is_not_offered_is_left_out_and_refuses_nothing(
    world: SalesWorld,
) -> None:
    await design(
        world,
        rule("tags", default=["a", "c"], options_when=[offered('{stage} = "lost"', "a")]),
    )
    kept, cleared = [await made(world, world.admin, stage=stage) for stage in ("lost", "new")]
    assert await value(world, kept, "tags") == ["a", "c"]
    assert await value(world, cleared, "tags") == ["c"]
    with pytest.raises(ValuesRefusedError):
        await made(world, world.admin, stage="new", tags=["a", "c"])


async def test_a_record_made_for_a_link_starts_with_what_its_condition_sets_equal(
    world: SalesWorld,
) -> None:
    same = "ISBLANK({note}) || {note} = {CurrentValue.industry} && {CurrentValue.name} <> {name}"
    await design(world, rule("account", candidates_when=same))
    person = await world.viewer("ann", grant(DEAL), grant(ACCOUNT))
    definition = person.catalog.objects[DEAL]
    assert candidates_give(person, definition, definition.fields["account"]) == {"industry": "note"}
    assert candidates_give(person, definition, definition.fields["owner"]) == {}
    blind = await world.viewer("ann", grant(DEAL), grant(ACCOUNT, industry="none"))
    assert candidates_give(blind, definition, definition.fields["account"]) == {}
