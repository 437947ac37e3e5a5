"""Conditions may be written as formulas; nobody learns by them what they may not see."""

import pytest

from guanxi.permissions.model import Scope
from guanxi.query.errors import QuestionError
from guanxi.records.read import ListRequest
from guanxi.testing.sales import SalesWorld, grant

DEAL = "crm_opportunity"


@pytest.fixture
async def filled(world: SalesWorld) -> SalesWorld:
    steel, wood = await world.make(
        "crm_account", {"name": "S", "industry": "steel"}, {"name": "W", "industry": "wood 50%"}
    )
    await world.make(
        DEAL,
        {"name": "A", "amount": 10, "probability": 50, "account": str(steel), "stage": "new"},
        {"name": "B", "amount": 30, "probability": 90, "account": str(wood), "tags": ["a", "b"]},
        {"name": "C", "amount": 0, "stage": "won", "tags": ["b"]},
    )
    return world


@pytest.mark.parametrize(
    ("formula", "names"),
    [
        ("{amount} * {probability} > 600", ["B"]),
        ('{account.industry} = "steel" || {stage} = "won"', ["A", "C"]),
        ('{account.industry} = "wood 50%"', ["B"]),
        ("100 / {amount} > 5", ["A"]),
        ("NOT(100 / {amount} > 5)", ["B"]),
        ('IN("a", {tags})', ["B"]),
    ],
)
async def test_a_filter_may_be_a_formula(
    filled: SalesWorld, formula: str, names: list[str]
) -> None:
    found = await filled.names(filled.admin, DEAL, filter={"formula": formula}, sort=["name"])
    assert found == names
    joined = {"and": [{"formula": formula}, {"field": "name", "op": "eq", "value": names[0]}]}
    assert await filled.names(filled.admin, DEAL, filter=joined) == [names[0]]


async def test_a_permission_may_be_given_by_a_formula(filled: SalesWorld) -> None:
    condition = {"formula": '{amount} > 5 && {account.industry} <> "steel"'}
    ann = await filled.viewer("ann", grant(DEAL, Scope.CONDITION, condition=condition))
    assert await filled.names(ann, DEAL) == ["B"]
    assert await filled.count(ann, DEAL) == 1


async def test_a_formula_shows_nothing_of_fields_and_records_one_may_not_see(
    filled: SalesWorld,
) -> None:
    ann = await filled.viewer("ann", grant(DEAL, amount="none"))
    for formula in ("{amount} > 5", '{account.industry} = "steel"'):
        with pytest.raises(QuestionError) as refused:
            await filled.names(ann, DEAL, filter={"formula": formula})
        assert [one.code for one in refused.value.problems] == ["no_field"]
    bob = await filled.viewer(
        "bob",
        grant(DEAL),
        grant("crm_account", Scope.CONDITION, condition={"formula": '{industry} <> "steel"'}),
    )
    wanted = {"formula": "NOT(ISBLANK({account.industry}))"}
    assert await filled.names(bob, DEAL, filter=wanted) == ["B"]


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ("{amount} + 1", "wrong_type"),
        ("{amount} >", "ends_early"),
        ("COUNTIF({account.crm_opportunity}, {row.amount} > 1) > 1", "over_many"),
        ("", "not_a_formula"),
        (7, "not_a_formula"),
    ],
)
async def test_what_is_no_condition_is_refused_at_its_place(
    filled: SalesWorld, formula: object, code: str
) -> None:
    with pytest.raises(QuestionError) as refused:
        filled.reading.page(
            filled.admin, DEAL, ListRequest(filter={"not": {"formula": formula}}, fields=["name"])
        )
    [problem] = refused.value.problems
    assert (problem.pointer, problem.code) == ("/filter/not/formula", code)
