"""The tree of departments."""

import asyncio
from uuid import UUID

import pytest

from guanxi.auth.closure_store import DEPARTMENTS
from guanxi.auth.departments import (
    change_department,
    create_department,
    delete_department,
    list_departments,
)
from guanxi.auth.errors import DepartmentCycleError, DepartmentInUseError, GuanxiError
from guanxi.auth.people import create_person, list_people
from guanxi.db.database import Database
from guanxi.db.unit_of_work import UnitOfWork


async def below(work: UnitOfWork, department: UUID) -> set[UUID]:
    rows = await work.rows(
        "select descendant from department_path where ancestor = %s", [department]
    )
    return {row[0] for row in rows}


async def add(work: UnitOfWork, name: str, parent: UUID | None = None) -> UUID:
    return (await create_department(work, name=name, parent=parent)).id


async def test_a_moved_department_brings_those_below_it(database: Database, schema: str) -> None:
    async with database.begin(schema) as work:
        head, east = await add(work, "head"), await add(work, "east")
        sales = await add(work, "sales", head)
        team = await add(work, "team", sales)
        assert await below(work, head) == {head, sales, team}
        await change_department(work, sales, {"parent": east})
        assert await below(work, head) == {head}
        assert await below(work, east) == {east, sales, team}
        kept = await work.rows("select * from department_path order by 1, 2")
        await DEPARTMENTS.rebuild(work)
        assert await work.rows("select * from department_path order by 1, 2") == kept


async def test_a_department_cannot_lie_below_itself(database: Database, schema: str) -> None:
    async with database.begin(schema) as work:
        head = await add(work, "head")
        team = await add(work, "team", await add(work, "sales", head))
        with pytest.raises(DepartmentCycleError):
            await change_department(work, head, {"parent": team})


async def test_two_moves_at_once_cannot_close_a_ring(database: Database, schema: str) -> None:
    async with database.begin(schema) as work:
        one, two = await add(work, "one"), await add(work, "two")

    async def move(department: UUID, parent: UUID) -> bool:
        try:
            async with database.begin(schema) as work:
                await change_department(work, department, {"parent": parent})
        except GuanxiError:
            return False
        return True

    moved = await asyncio.gather(move(one, two), move(two, one))
    assert sorted(moved) == [False, True]


async def test_a_department_in_use_stays(database: Database, schema: str) -> None:
    async with database.begin(schema) as work:
        head = await add(work, "head")
        sales = await add(work, "sales", head)
        await create_person(work, None, name="Ada", email="ada@example.com", department=sales)
        with pytest.raises(DepartmentInUseError):
            await delete_department(work, head)
        with pytest.raises(DepartmentInUseError):
            await delete_department(work, sales)
        empty = await add(work, "empty", head)
        await delete_department(work, empty)
        assert [(one.name, one.people) for one in await list_departments(work)] == [
            ("head", 0),
            ("sales", 1),
        ]
        assert [one.name for one in await list_people(work, department=head)] == ["Ada"]
