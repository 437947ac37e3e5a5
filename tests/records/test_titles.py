"""The name of a record can be filled by a formula: a title that follows what it tells."""

from uuid import UUID

import pytest
from tests.records.computing import change, compute_what_waits, design, value
from tests.records.importing import Importer

from guanxi.kit.errors import ValuesRefusedError
from guanxi.metadata.apply import apply_steps, current_version
from guanxi.metadata.plan import plan_steps
from guanxi.metadata.references import References
from guanxi.metadata.steps import ChangeField, FieldChanges
from guanxi.query.compile_computed import NAMELESS
from guanxi.records.import_model import LinkWish, Result
from guanxi.testing.sales import TYPES, ZONE, SalesWorld

DEAL = "crm_opportunity"


def named(formula: str | None) -> ChangeField:
    return ChangeField(object=DEAL, field="name", changes=FieldChanges(formula=formula))


OVER_A_LINK = named('{account.name} & " · " & TEXT({amount}, "0")')
OF_ITS_OWN = named('{code} & " " & TEXT({amount}, "0")')


async def names(world: SalesWorld, q: str) -> list[str]:
    """What a search finds."""
    return sorted(await world.names(world.admin, DEAL, q=q))


async def account(world: SalesWorld, name: str) -> UUID:
    (made,) = await world.make("crm_account", {"name": name})
    return made


async def test_a_title_follows_what_it_tells_over_links(world: SalesWorld) -> None:
    first = await account(world, "苏州澜科")
    (old,) = await world.make(DEAL, {"name": "Old", "amount": "5", "account": str(first)})
    await design(world, OVER_A_LINK)
    await compute_what_waits(world)
    assert await value(world, DEAL, old, "name") == "苏州澜科 · 5"
    (new,) = await world.make(DEAL, {"amount": "7", "account": str(first)})
    assert await value(world, DEAL, new, "name") == "苏州澜科 · 7"
    assert await names(world, "szlk") == ["苏州澜科 · 5", "苏州澜科 · 7"], "found by initials"
    await change(world, "crm_account", first, name="宁波海天")
    assert await value(world, DEAL, new, "name") == "宁波海天 · 7"
    assert await names(world, "宁波") == ["宁波海天 · 5", "宁波海天 · 7"]
    assert await names(world, "澜科") == []


async def test_a_title_of_ones_own_fields_is_there_at_once(world: SalesWorld) -> None:
    await design(world, OF_ITS_OWN)
    (made,) = await world.make(DEAL, {"code": "A-1", "amount": "3"})
    assert await value(world, DEAL, made, "name") == "A-1 3"
    await change(world, DEAL, made, code="B-2")
    assert await value(world, DEAL, made, "name") == "B-2 3"
    assert await names(world, "B-2") == ["B-2 3"]


async def test_a_title_that_comes_to_nothing_is_a_dash_and_a_long_one_is_cut(
    world: SalesWorld,
) -> None:
    await design(world, named("{code}"))
    (made,) = await world.make(DEAL, {"amount": "3"})
    assert await value(world, DEAL, made, "name") == NAMELESS
    await design(world, named("{account.name}"))
    (other,) = await world.make(DEAL, {"amount": "3"})
    assert await value(world, DEAL, other, "name") == NAMELESS
    await design(world, named("{note}"))
    (long,) = await world.make(DEAL, {"note": "x" * 300})
    assert await value(world, DEAL, long, "name") == "x" * 255


async def test_nobody_writes_a_title_and_a_name_is_asked_for_again_afterwards(
    world: SalesWorld,
) -> None:
    await design(world, OF_ITS_OWN)
    with pytest.raises(ValuesRefusedError):
        await world.make(DEAL, {"name": "Mine", "code": "A-1"})
    (made,) = await world.make(DEAL, {"code": "A-1", "amount": "3"})
    await design(world, named(None))
    assert await value(world, DEAL, made, "name") == "A-1 3", "what it was computed stays"
    with pytest.raises(ValuesRefusedError):
        await world.make(DEAL, {"code": "A-2"})
    await change(world, DEAL, made, name="Mine")
    assert await value(world, DEAL, made, "name") == "Mine"


async def test_a_plan_tells_how_many_are_renamed(world: SalesWorld) -> None:
    await world.make(DEAL, {"name": "A"}, {"name": "B"})
    async with world.database.begin(world.schema) as work:
        planned = await plan_steps(work, TYPES, [OF_ITS_OWN], References(), zone=ZONE)
    (warning,) = planned.steps[0].effect.warnings
    assert warning.en.startswith("2 records get the name")


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ("{amount}", "wrong_type"),
        ("{code} & TODAY()", "live_name"),
        ("{name} & {code}", "circular_formula"),
    ],
)
async def test_a_title_that_could_not_be_kept_is_refused(
    world: SalesWorld, formula: str, code: str
) -> None:
    with pytest.raises(ValuesRefusedError) as refused:
        await design(world, named(formula))
    assert refused.value.problems[0].code == code


@pytest.mark.parametrize("field", ["owner", "created_at"])
async def test_no_other_field_of_the_platform_is_computed(world: SalesWorld, field: str) -> None:
    step = ChangeField(object=DEAL, field=field, changes=FieldChanges(formula="{code}"))
    with pytest.raises(ValuesRefusedError) as refused:
        await design(world, step)
    assert refused.value.problems[0].code == "system_field"


@pytest.mark.parametrize(
    "formula", ['{opportunity_id} & "/" & TEXT({amount}, "0")', '{account.name} & "/1"']
)
async def test_imported_records_get_their_titles(importer: Importer, formula: str) -> None:
    platform = importer.platform
    async with platform.database.begin(platform.schema) as work:
        base = await current_version(work)
        types = platform.field_types
        step = named(formula)
        await apply_steps(work, types, [step], base_version=base, actor=None, zone=ZONE)
    await importer.whole("crm_account", "name\nN1\n")
    made = await importer.upload(
        "crm_opportunity", "opportunity_id,amount,account,stage\nN1,1,N1,won\n,1,N1,won\n"
    )
    wishes = {"account": LinkWish(match_by="name")}
    made = await importer.change(made, links=wishes)
    report = await importer.check(made)
    assert (report.to_create, report.invalid) == (2, 0)
    assert await importer.run(made) == Result(created=2)
    found = await importer.rows("select name from crm_opportunity order by opportunity_id")
    assert found[0] == ("N1/1",)
    assert found[1] == (("N1/1",) if "account" in formula else ("/1",))
