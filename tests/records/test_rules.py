"""Rules of fields and validations decide what is saved, whichever way it comes."""

from typing import Any
from uuid import UUID

import pytest
from tests.records.test_computed import design

from guanxi.kit.errors import ValuesRefusedError
from guanxi.metadata.steps import (
    AddField,
    ChangeField,
    ChangeObject,
    FieldChanges,
    NewField,
    ObjectChanges,
    RetireField,
    ValidationPart,
)
from guanxi.permissions.viewer import Viewer
from guanxi.records.bulk import Bulk
from guanxi.records.create import create
from guanxi.records.update import RecordChange, update
from guanxi.testing.sales import SalesWorld, grant

DEAL = "crm_opportunity"


def rule(name: str, object_name: str = DEAL, **said: Any) -> ChangeField:
    return ChangeField(object=object_name, field=name, changes=FieldChanges(**said))


def validations(*parts: ValidationPart) -> ChangeObject:
    return ChangeObject(object=DEAL, changes=ObjectChanges(validations=parts))


def must(condition: str, field: str | None = None, name: str = "must") -> ValidationPart:
    message = {"en": f"Not {name}.", "zh-CN": f"不{name}。"}
    return ValidationPart(name=name, condition=condition, message=message, field=field)


async def ann(world: SalesWorld) -> Viewer:
    return await world.viewer("ann", grant(DEAL), grant("crm_account"))


async def change(world: SalesWorld, viewer: Viewer, id_: UUID, **values: Any) -> None:
    async with world.database.begin(world.schema) as work:
        await update(work, viewer, world.saving, DEAL, [RecordChange(id_, values)])


async def made(world: SalesWorld, viewer: Viewer, **values: Any) -> UUID:
    async with world.database.begin(world.schema) as work:
        [saved] = await create(work, viewer, world.saving, DEAL, [{"name": "A", **values}])
    return saved.id


async def value(world: SalesWorld, id_: UUID, name: str) -> Any:
    async with world.database.begin(world.schema) as work:
        return await work.value(f"select {name} from {DEAL} where id = %s", [id_])


def told(refused: pytest.ExceptionInfo[ValuesRefusedError]) -> list[tuple[str, str]]:
    return [(one.code, one.field or "") for one in refused.value.problems]


async def test_a_field_is_required_when_its_condition_holds(world: SalesWorld) -> None:
    await design(world, rule("note", required_when='{stage} = "lost"'))
    deal = await made(world, world.admin, stage="new")
    with pytest.raises(ValuesRefusedError) as refused:
        await change(world, world.admin, deal, stage="lost")
    assert told(refused) == [("required", "note")]
    await change(world, world.admin, deal, stage="lost", note="Too dear")
    with pytest.raises(ValuesRefusedError):
        await change(world, world.admin, deal, note=None)


async def test_an_old_record_that_lacks_it_does_not_hold_up_other_changes(
    world: SalesWorld,
) -> None:
    deal = await made(world, world.admin, stage="lost", amount="5")
    await design(
        world,
        rule("note", required_when='{stage} = "lost"'),
        validations(must("{amount} > 10", "amount")),
    )
    await change(world, world.admin, deal, code="X-1")
    assert await value(world, deal, "code") == "X-1"
    with pytest.raises(ValuesRefusedError) as refused:
        await change(world, world.admin, deal, amount="6")
    assert told(refused) == [("validation", "amount")]


async def test_a_hidden_field_keeps_its_value_and_is_not_required(world: SalesWorld) -> None:
    await design(
        world,
        rule("note", required=True, visible_when='{stage} = "lost"'),
        rule("code", required_when="TRUE", visible_when='{stage} = "lost"'),
    )
    deal = await made(world, world.admin, stage="new")
    with pytest.raises(ValuesRefusedError) as refused:
        await change(world, world.admin, deal, stage="lost")
    assert sorted(told(refused)) == [("required", "code"), ("required", "note")]
    await change(world, world.admin, deal, stage="lost", note="N", code="C")
    await change(world, world.admin, deal, stage="new")
    assert await value(world, deal, "note") == "N"
    await change(world, world.admin, deal, note=None)


async def test_what_is_read_only_is_refused_to_people_and_not_to_saving_steps(
    world: SalesWorld,
) -> None:
    await design(world, rule("amount", read_only_when='{stage} = "won"'))
    person = await ann(world)
    deal = await made(world, person, stage="new", amount="10")
    await change(world, person, deal, stage="won", amount="20")
    with pytest.raises(ValuesRefusedError) as refused:
        await change(world, person, deal, amount="30")
    assert told(refused) == [("read_only", "amount")]
    await change(world, person, deal, amount="20", code="same amount")
    await change(world, person, deal, stage="new", amount="30")
    await change(world, person, deal, stage="won")
    await change(world, world.admin, deal, amount="31")

    class Rounding:
        may_refuse = False

        async def __call__(
            self, work: Any, viewer: Any, definition: Any, drafts: Any, operation: Any
        ) -> None:
            for draft in drafts:
                draft.values["amount"] = 100

    world.saving.steps[DEAL] = [Rounding()]
    await change(world, person, deal, code="by the step")
    assert await value(world, deal, "amount") == 100


async def test_new_records_are_filled_by_formulas_each_after_those_it_looks_at(
    world: SalesWorld,
) -> None:
    await design(
        world,
        rule("probability", default_formula='IF({stage} = "won", 100, {amount} / 10)'),
        rule("amount", default_formula="50 + 20"),
        rule("note", default_formula='{account.industry} & "!"'),
        rule("stage", default_formula='IF({hot}, "won", "new")'),
        rule("tags", default_formula='["a", "b"]'),
    )
    [account] = await world.make("crm_account", {"name": "Acme", "industry": "steel"})
    deal = await made(world, world.admin, account=str(account))
    found = [await value(world, deal, name) for name in ("amount", "probability", "stage", "note")]
    assert [str(one) for one in found] == ["70.00", "7.0000", "new", "steel!"]
    assert await value(world, deal, "tags") == ["a", "b"]
    hot = await made(world, world.admin, hot=True, note="Mine", amount=None)
    found = [await value(world, hot, name) for name in ("amount", "probability", "stage", "note")]
    assert [str(one) for one in found] == ["None", "100.0000", "won", "Mine"]


async def test_rules_look_over_links_with_one_statement_for_a_set(world: SalesWorld) -> None:
    await design(
        world,
        rule("note", required_when='{account.industry} = "steel"'),
        validations(must('COUNTIF({account.crm_opportunity}, {row.stage} = "new") < 3', "account")),
    )
    steel, wood = await world.make(
        "crm_account", {"name": "S", "industry": "steel"}, {"name": "W", "industry": "wood"}
    )
    person = await ann(world)
    rows = [{"name": f"D{n}", "account": str(steel if n % 3 else wood)} for n in range(9)]
    async with world.database.begin(world.schema) as work:
        results = await Bulk(work, person, world.saving, DEAL).create(rows)
    refused = [place for place, one in enumerate(results) if one.error is not None]
    assert refused == [1, 2, 4, 5, 7, 8]
    await made(world, person, account=str(steel), note="yes", stage="new")
    for _ in range(2):
        await made(world, person, account=str(wood), stage="new")


async def test_the_message_of_a_validation_speaks_both_languages(world: SalesWorld) -> None:
    await design(
        world,
        validations(must("{amount} > 0", name="positive"), must('{code} <> "x"', "code", "x")),
    )
    with pytest.raises(ValuesRefusedError) as refused:
        await made(world, world.admin, amount="-1", code="x")
    assert [(one.pointer, one.message.zh, one.message.en) for one in refused.value.problems] == [
        ("", "不positive。", "Not positive."),
        ("/code", "不x。", "Not x."),
    ]


async def test_a_formula_without_a_value_asks_nothing(world: SalesWorld) -> None:
    await design(
        world,
        rule("note", required_when="1 / {amount} > 0", visible_when="1 / {amount} > 0"),
        rule("code", read_only_when="1 / {amount} > 0"),
        validations(must("1 / {amount} > 0")),
    )
    person = await ann(world)
    deal = await made(world, person, amount="0")
    await change(world, person, deal, code="free", amount=None)


async def test_only_what_reads_and_fits_can_be_a_rule(world: SalesWorld) -> None:
    wrong = {
        "wrong_type": rule("note", required_when="{amount} + 1"),
        "no_field": rule("note", visible_when="{nowhere} = 1"),
        "no_option": rule("stage", default_formula='"sold"'),
        "unknown_field": validations(must("TRUE", "nowhere")),
        "second": validations(must("TRUE"), must("FALSE")),
        "system_field": rule("owner", required_when="TRUE"),
    }
    for code, step in wrong.items():
        with pytest.raises(ValuesRefusedError) as refused:
            await design(world, step)
        assert [one.code for one in refused.value.problems] == [code]
    with pytest.raises(ValuesRefusedError) as refused:
        await design(
            world,
            rule("note", default_formula="{code}"),
            rule("code", default_formula="{note}"),
        )
    assert [one.code for one in refused.value.problems] == ["circular_default"]


async def test_a_field_that_a_rule_needs_stays(world: SalesWorld) -> None:
    await design(
        world,
        rule("note", required_when='{account.industry} = "steel"'),
        validations(must("{amount} > 0", "code")),
    )
    for object_name, name in (("crm_account", "industry"), (DEAL, "amount"), (DEAL, "code")):
        with pytest.raises(ValuesRefusedError) as refused:
            await design(world, RetireField(object=object_name, field=name))
        assert [one.code for one in refused.value.problems] == ["used_by_rule"]
    await design(world, rule("note", required_when=None), validations())
    await design(world, RetireField(object=DEAL, field="amount"))


async def test_a_draft_is_not_judged_by_records_one_may_not_link_to(world: SalesWorld) -> None:
    await design(world, validations(must('{account.industry} <> "steel"', "account")))
    [steel] = await world.make("crm_account", {"name": "S", "industry": "steel"})
    person = await world.viewer("ann", grant(DEAL))
    with pytest.raises(ValuesRefusedError) as refused:
        await made(world, person, account=str(steel))
    assert told(refused) == [("no_such_record", "account")]


async def test_rules_and_defaults_know_who_saves(world: SalesWorld) -> None:
    await design(
        world,
        rule("seller", default_formula="CURRENT_USER()"),
        rule("note", required_when="NOT({seller} = CURRENT_USER())"),
        validations(
            must("{account.owner} in MY_TEAM() || ISBLANK({account})", "account", "of the team")
        ),
    )
    person = await world.viewer("ann", grant(DEAL), grant("crm_account"))
    deal = await made(world, person)
    assert await value(world, deal, "seller") == world.people["ann"]
    with pytest.raises(ValuesRefusedError) as refused:
        await change(world, person, deal, seller=str(world.people["bob"]))
    assert told(refused) == [("required", "note")]
    of_ann, of_cy = await world.make(
        "crm_account",
        {"name": "Of ann", "owner": str(world.people["ann"])},
        {"name": "Of cy, whom ann leads", "owner": str(world.people["cy"])},
    )
    await change(world, person, deal, account=str(of_cy))
    bob = await world.viewer("bob", grant(DEAL), grant("crm_account"))
    with pytest.raises(ValuesRefusedError) as refused:
        await change(world, bob, deal, account=str(of_ann), note="Seen")
    assert told(refused) == [("validation", "account")]


async def test_a_computed_field_is_the_same_for_everybody(world: SalesWorld) -> None:
    formula = NewField(
        name="mine", label={"en": "Mine"}, type="checkbox", formula="{seller} = CURRENT_USER()"
    )
    with pytest.raises(ValuesRefusedError) as refused:
        await design(world, AddField(object=DEAL, field=formula))
    assert "CURRENT_USER" in str(refused.value.problems[0].message.en)
