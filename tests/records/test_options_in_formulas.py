"""What formulas say of options follows when an option is called otherwise, or a stage is of another kind."""

from typing import Any

import pytest
from tests.records.computing import compute_what_waits, computed, design, value
from tests.records.test_unique_rules import unique

from guanxi.kit.errors import ValuesRefusedError
from guanxi.metadata.errors import DesignBlockedError
from guanxi.metadata.steps import ChangeField, FieldChanges
from guanxi.testing.sales import STAGES, SalesWorld

DEAL = "crm_opportunity"


def stages(*others: dict[str, Any]) -> ChangeField:
    """The stages, some of them said otherwise."""
    said = {one["value"]: one for one in others}
    choices = [{**one, **said.get(str(one["value"]), {})} for one in STAGES]
    options = {"is_stage": True, "choices": choices}
    return ChangeField(object=DEAL, field="stage", changes=FieldChanges(options=options))


async def test_computed_fields_follow_kinds_and_labels_of_stages(world: SalesWorld) -> None:
    await design(
        world,
        computed(DEAL, "how", "text", '{stage} & ":" & KIND({stage})'),
        computed(
            "crm_account", "won", "number", 'COUNTIF({crm_opportunity}, KIND({row.stage}) = "won")'
        ),
    )
    (account,) = await world.make("crm_account", {"name": "A"})
    (deal,) = await world.make(DEAL, {"name": "D", "stage": "lost", "account": str(account)})
    await compute_what_waits(world)
    assert await value(world, DEAL, deal, "how") == "输单:lost"
    assert await value(world, "crm_account", account, "won") == 0
    await design(
        world, stages({"value": "lost", "kind": "won", "label": {"zh-CN": "成交", "en": "Deal"}})
    )
    await compute_what_waits(world)
    assert await value(world, DEAL, deal, "how") == "成交:won"
    assert await value(world, "crm_account", account, "won") == 1


async def test_colours_and_new_options_compute_nothing_anew(world: SalesWorld) -> None:
    await design(world, computed(DEAL, "how", "text", "KIND({stage})"))
    await world.make(DEAL, {"name": "D", "stage": "lost"})
    await compute_what_waits(world)
    await design(world, stages({"value": "lost", "color": "red"}))
    assert await compute_what_waits(world) == 0


async def test_unique_rules_compare_by_the_kinds_stages_have_now(world: SalesWorld) -> None:
    await design(world, unique("amount", condition='KIND({stage}) = "open"'))
    await world.make(DEAL, {"name": "A", "stage": "won", "amount": "5"})
    await world.make(DEAL, {"name": "B", "stage": "new", "amount": "5"})
    with pytest.raises(DesignBlockedError):
        await design(world, stages({"value": "won", "kind": "open"}))
    await design(world, stages({"value": "lost", "kind": "open"}))
    with pytest.raises(ValuesRefusedError):
        await world.make(DEAL, {"name": "C", "stage": "lost", "amount": "5"})
