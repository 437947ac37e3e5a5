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


async def test_a_formula_may_ask_who_looks(world: SalesWorld) -> None:
    """The team and the departments of whoever reads; nobody's for the system."""
    ann, bob = world.people["ann"], world.people["bob"]
    await world.make(
        DEAL, {"name": "of ann", "owner": str(ann)}, {"name": "of bob", "owner": str(bob)}
    )
    for person, owner in (("ann", ann), ("bob", bob)):
        viewer = await world.viewer(person, grant(DEAL))
        mine = await world.names(viewer, DEAL, filter={"formula": "{owner} = CURRENT_USER()"})
        assert mine == [f"of {person}"]
        for formula, operator in (
            ("{owner} in MY_TEAM()", "reports_to_me"),
            ("{owner.department} in MY_DEPARTMENTS()", "in_my_department"),
        ):
            by_formula = await world.names(viewer, DEAL, filter={"formula": formula}, sort=["name"])
            sentence = {"field": "owner", "op": operator}
            assert by_formula == await world.names(viewer, DEAL, filter=sentence, sort=["name"])
            assert f"of {person}" in by_formula
        named = await world.names(viewer, DEAL, filter={"formula": f'{{owner}} = "{owner}"'})
        assert named == mine
    assert not await world.names(world.admin, DEAL, filter={"formula": "{owner} = CURRENT_USER()"})


async def test_a_permission_may_be_given_by_who_looks(filled: SalesWorld) -> None:
    condition = {"formula": "{owner} = CURRENT_USER()"}
    ann = await filled.viewer("ann", grant(DEAL, Scope.CONDITION, condition=condition))
    assert await filled.names(ann, DEAL) == []
    await filled.make(DEAL, {"name": "D", "owner": str(filled.people["ann"])})
    assert await filled.names(ann, DEAL) == ["D"]


async def test_kinds_of_stages_and_periods_are_told_by_formulas_too(filled: SalesWorld) -> None:
    for formula, sentence in (
        ('KIND({stage}) in ["won"]', {"field": "stage", "op": "kind_in", "value": ["won"]}),
        (
            'WITHIN({created_at}, "today")',
            {"field": "created_at", "op": "within", "value": "today"},
        ),
        (
            'WITHIN({created_at}, "last_days", 7)',
            {"field": "created_at", "op": "within", "value": {"last_days": 7}},
        ),
        (
            'WITHIN({created_at}, "next_week")',
            {"field": "created_at", "op": "within", "value": "next_week"},
        ),
    ):
        by_formula = await filled.names(filled.admin, DEAL, filter={"formula": formula})
        assert by_formula == await filled.names(filled.admin, DEAL, filter=sentence)
