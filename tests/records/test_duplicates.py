"""A value that is taken, or a reference to nothing, is refused as the field's problem, whoever sends it and however it
travels.
"""

import pytest

from guanxi.kit.errors import ValuesRefusedError
from guanxi.kit.ids import new_id
from guanxi.permissions.model import Scope
from guanxi.records.create import create
from guanxi.records.errors import DuplicateValueError
from guanxi.records.update import RecordChange, update
from guanxi.testing.sales import SalesWorld, grant

OBJECT = "crm_opportunity"


@pytest.mark.parametrize("pipelined", [False, True])
async def test_a_taken_value_is_refused_to_people_without_all_rights(
    world: SalesWorld, *, pipelined: bool
) -> None:
    ann = await world.viewer("ann", grant(OBJECT, Scope.OWN))
    await world.make(OBJECT, {"name": "Hers", "code": "taken"})
    with pytest.raises(DuplicateValueError) as refused:
        async with world.database.begin(world.schema, pipelined=pipelined) as work:
            await create(work, ann, world.saving, OBJECT, [{"name": "Mine", "code": "taken"}])
    assert refused.value.field == "code"
    async with world.database.begin(world.schema, pipelined=pipelined) as work:
        [mine] = await create(work, ann, world.saving, OBJECT, [{"name": "Mine"}])
    change = RecordChange(mine.id, {"code": "taken"})
    with pytest.raises(DuplicateValueError):
        async with world.database.begin(world.schema, pipelined=pipelined) as work:
            await update(work, ann, world.saving, OBJECT, [change])


@pytest.mark.parametrize("pipelined", [False, True])
@pytest.mark.parametrize("code", ["taken", "free"])
async def test_a_reference_to_nothing_is_told_before_a_taken_value(
    world: SalesWorld, *, pipelined: bool, code: str
) -> None:
    ann = await world.viewer("ann", grant(OBJECT, Scope.OWN), grant("crm_account", Scope.ALL))
    await world.make(OBJECT, {"name": "Hers", "code": "taken"})
    values = {"name": "Mine", "code": code, "account": str(new_id())}
    for viewer in (ann, world.admin):
        with pytest.raises(ValuesRefusedError) as refused:
            async with world.database.begin(world.schema, pipelined=pipelined) as work:
                await create(work, viewer, world.saving, OBJECT, [values])
        assert [one.code for one in refused.value.problems] == ["no_such_record"]
    assert await world.names(world.admin, OBJECT) == ["Hers"]
