"""What somebody may not read on a record, they do not learn by writing it and seeing what happens."""

import pytest

from guanxi.permissions.model import Action, Scope
from guanxi.permissions.viewer import Viewer
from guanxi.records.errors import NotAllowedError
from guanxi.records.update import RecordChange, update
from guanxi.search.find import find
from guanxi.testing.sales import SalesWorld, grant

OPPORTUNITY = "crm_opportunity"
HOT = {"field": "hot", "op": "eq", "value": True}


@pytest.fixture
async def ann(world: SalesWorld) -> Viewer:
    """She writes the notes of all, but reads those of her own only; amounts she writes of hot ones only."""
    see, edit = [Action.SEE], [Action.EDIT]
    return await world.viewer(
        "ann",
        grant(OPPORTUNITY, Scope.ALL, see, note="none"),
        grant(OPPORTUNITY, Scope.OWN, see),
        grant(OPPORTUNITY, Scope.ALL, edit, amount="read"),
        grant(OPPORTUNITY, Scope.CONDITION, edit, condition=HOT),
    )


async def write(world: SalesWorld, viewer: Viewer, id_: object, **values: object) -> bool:
    async with world.database.begin(world.schema) as work:
        change = RecordChange(id_, values)  # type: ignore[arg-type]
        [saved] = await update(work, viewer, world.saving, OPPORTUNITY, [change])
    return saved.changed


async def test_the_right_guess_is_refused_like_any_other(world: SalesWorld, ann: Viewer) -> None:
    [other] = await world.make(OPPORTUNITY, {"name": "A", "note": "secret"})
    for guess in ("secret", "something else", None):
        with pytest.raises(NotAllowedError):
            await write(world, ann, other, note=guess)


async def test_what_one_reads_may_be_sent_back_as_it_is(world: SalesWorld, ann: Viewer) -> None:
    """Forms send whole records."""
    [mine] = await world.make(
        OPPORTUNITY, {"name": "A", "amount": 5, "owner": str(world.people["ann"])}
    )
    assert await write(world, ann, mine, amount=5, note="new")
    assert not await write(world, ann, mine, amount=5, note="new")
    with pytest.raises(NotAllowedError):
        await write(world, ann, mine, amount=6)


async def test_the_order_of_what_is_found_tells_nothing_of_hidden_names(world: SalesWorld) -> None:
    older, newer = await world.make(
        OPPORTUNITY, {"name": "alder", "note": "alder"}, {"name": "birch", "note": "alder"}
    )
    blind = await world.viewer("ann", grant(OPPORTUNITY, name="none"))
    for viewer, expected in ((blind, [newer, older]), (world.admin, [older, newer])):
        found = await world.answer(find(viewer, world.asking, "alder", limit=5))
        assert [one["id"] for one in found["groups"][0]["records"]] == [str(i) for i in expected]
