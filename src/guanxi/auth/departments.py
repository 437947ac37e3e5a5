"""The tree of departments."""

from typing import TypedDict
from uuid import UUID

from guanxi.auth import store
from guanxi.auth.closure_store import DEPARTMENTS
from guanxi.auth.errors import (
    DepartmentCycleError,
    DepartmentInUseError,
    DepartmentNotFoundError,
    UnknownDepartmentError,
)
from guanxi.auth.model import Department
from guanxi.db.locks import LockSpace, lock
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.ids import new_id


class DepartmentChanges(TypedDict, total=False):
    """What may be changed of a department; what is missing stays."""

    name: str
    parent: UUID | None
    position: int


async def list_departments(work: UnitOfWork) -> list[Department]:
    return await store.departments(work)


async def create_department(
    work: UnitOfWork, *, name: str, parent: UUID | None = None, position: int | None = None
) -> Department:
    """A new department, last among its siblings unless a position is given. Raises UnknownDepartmentError."""
    await lock(work, LockSpace.DEPARTMENTS)
    await _check_parent(work, parent)
    department = new_id()
    await store.insert_department(work, department, name.strip(), parent, position)
    await DEPARTMENTS.add(work, department, parent)
    await store.bump_rights(work)
    return await _get(work, department)


async def change_department(
    work: UnitOfWork, department: UUID, changes: DepartmentChanges
) -> Department:
    """Renames, reorders or moves a department with all below it.

    Raises DepartmentNotFoundError, UnknownDepartmentError, DepartmentCycleError.
    """
    await lock(work, LockSpace.DEPARTMENTS)
    before = await _get(work, department)
    parent = changes.get("parent", before.parent)
    if parent != before.parent:
        await _check_parent(work, parent)
        if parent is not None and await DEPARTMENTS.is_below(work, parent, department):
            raise DepartmentCycleError
        await DEPARTMENTS.move(work, department, parent)
    if changes:
        columns = dict(changes)
        if "name" in changes:
            columns["name"] = changes["name"].strip()
        await store.update_department(work, department, columns)
        await store.bump_rights(work)
    return await _get(work, department)


async def delete_department(work: UnitOfWork, department: UUID) -> None:
    """Raises DepartmentNotFoundError, and DepartmentInUseError while anything is below it."""
    await lock(work, LockSpace.DEPARTMENTS)
    await _get(work, department)
    people, departments = await store.department_contents(work, department)
    if people or departments:
        raise DepartmentInUseError(people=people, departments=departments)
    await store.delete_department(work, department)
    await store.bump_rights(work)


async def _check_parent(work: UnitOfWork, parent: UUID | None) -> None:
    if parent is not None and await store.department(work, parent) is None:
        raise UnknownDepartmentError(id=parent)


async def _get(work: UnitOfWork, department: UUID) -> Department:
    found = await store.department(work, department)
    if found is None:
        raise DepartmentNotFoundError(id=department)
    return found
