"""People and departments."""

from typing import Annotated, cast
from uuid import UUID

from fastapi import APIRouter, Query, Response

from guanxi.api.access import SignedIn
from guanxi.api.answering import answered
from guanxi.api.idempotency import Idempotent
from guanxi.api.schemas.people import (
    CreatedPersonAnswer,
    DepartmentAnswer,
    DepartmentChangesBody,
    DepartmentsAnswer,
    NewDepartmentBody,
    NewPersonBody,
    PeopleAnswer,
    PersonAnswer,
    PersonChangesBody,
)
from guanxi.auth.departments import (
    DepartmentChanges,
    change_department,
    create_department,
    delete_department,
    list_departments,
)
from guanxi.auth.people import (
    PersonChanges,
    change_person,
    create_person,
    list_people,
    person_profile,
)
from guanxi.permissions.model import WorkspaceRight
from guanxi.permissions.require import require

router = APIRouter()

PEOPLE = "people"
DEPARTMENTS = "departments"


@router.get("/people", operation_id="list_people", tags=[PEOPLE])
async def get_people(
    access: SignedIn,
    q: Annotated[str, Query(max_length=200)] = "",
    department: UUID | None = None,
    active: bool | None = None,
    limit: Annotated[int, Query(ge=1, le=5000)] = 1000,
) -> PeopleAnswer:
    """People by name; `department` includes those below it."""
    async with access.platform.gate.write(access.credential) as (work, _):
        people = await list_people(
            work,
            words=q.replace("\x00", "").strip(),
            department=department,
            active=active,
            limit=limit,
        )
    return PeopleAnswer.model_validate({"people": people})


@router.post("/people", operation_id="create_person", tags=[PEOPLE], status_code=201)
async def post_person(access: SignedIn, body: NewPersonBody) -> CreatedPersonAnswer:
    """Makes a person who can sign in. Without a password one is made and shown this once."""
    async with access.platform.gate.write(access.credential) as (work, viewer):
        require(viewer, WorkspaceRight.MANAGE_PEOPLE)
        created = await create_person(work, viewer.person, **body.model_dump())
        answer = CreatedPersonAnswer.model_validate(await person_profile(work, created.id))
        answer.initial_password = created.initial_password
    return answer


@router.patch("/people/{person_id}", operation_id="change_person", tags=[PEOPLE])
async def patch_person(
    access: SignedIn, idempotent: Idempotent, person_id: UUID, body: PersonChangesBody
) -> Response:
    """Changes what is given."""
    async with access.platform.gate.write(access.credential) as (work, viewer):
        require(viewer, WorkspaceRight.MANAGE_PEOPLE)
        replayed = await idempotent.replayed(work, viewer)
        if replayed is not None:
            return replayed
        changes = cast("PersonChanges", body.model_dump(exclude_unset=True))
        person = await change_person(work, viewer.person, person_id, changes)
        answer = answered(PersonAnswer.model_validate(person))
        return await idempotent.keep(work, viewer, answer)


@router.get("/departments", operation_id="list_departments", tags=[DEPARTMENTS])
async def get_departments(access: SignedIn) -> DepartmentsAnswer:
    """The whole tree, by position and name."""
    async with access.platform.gate.write(access.credential) as (work, _):
        return DepartmentsAnswer.model_validate({"departments": await list_departments(work)})


@router.post("/departments", operation_id="create_department", tags=[DEPARTMENTS], status_code=201)
async def post_department(
    access: SignedIn, idempotent: Idempotent, body: NewDepartmentBody
) -> Response:
    """Makes a department."""
    async with access.platform.gate.write(access.credential) as (work, viewer):
        require(viewer, WorkspaceRight.MANAGE_PEOPLE)
        replayed = await idempotent.replayed(work, viewer)
        if replayed is not None:
            return replayed
        department = await create_department(work, **body.model_dump())
        answer = answered(DepartmentAnswer.model_validate(department), status=201)
        return await idempotent.keep(work, viewer, answer)


@router.patch("/departments/{department_id}", operation_id="change_department", tags=[DEPARTMENTS])
async def patch_department(
    access: SignedIn, idempotent: Idempotent, department_id: UUID, body: DepartmentChangesBody
) -> Response:
    """Renames, reorders or moves a department with all below it."""
    async with access.platform.gate.write(access.credential) as (work, viewer):
        require(viewer, WorkspaceRight.MANAGE_PEOPLE)
        replayed = await idempotent.replayed(work, viewer)
        if replayed is not None:
            return replayed
        changes = cast("DepartmentChanges", body.model_dump(exclude_unset=True))
        department = await change_department(work, department_id, changes)
        answer = answered(DepartmentAnswer.model_validate(department))
        return await idempotent.keep(work, viewer, answer)


@router.delete(
    "/departments/{department_id}",
    operation_id="delete_department",
    tags=[DEPARTMENTS],
    status_code=204,
)
async def remove_department(
    access: SignedIn, idempotent: Idempotent, department_id: UUID
) -> Response:
    """Refused while people or departments are below."""
    async with access.platform.gate.write(access.credential) as (work, viewer):
        require(viewer, WorkspaceRight.MANAGE_PEOPLE)
        replayed = await idempotent.replayed(work, viewer)
        if replayed is not None:
            return replayed
        await delete_department(work, department_id)
        return await idempotent.keep(work, viewer, Response(status_code=204))
