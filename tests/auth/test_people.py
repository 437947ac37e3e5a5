"""People, their managers and who may manage whom."""

from uuid import UUID, uuid4

import pytest

from guanxi.auth.errors import (
    EmailTakenError,
    InvalidEmailError,
    LastAdministratorError,
    ManagerCycleError,
    MayNotManagePersonError,
    PersonNotFoundError,
    UnknownDepartmentError,
    UnknownRolesError,
    WeakPasswordError,
)
from guanxi.auth.model import ADMINISTRATOR_ROLE, Person
from guanxi.auth.people import change_person, create_person, list_people
from guanxi.auth.sessions import open_session
from guanxi.auth.sign_in import SignIn
from guanxi.auth.store import load_person
from guanxi.db.database import Database
from guanxi.db.unit_of_work import UnitOfWork


async def add(work: UnitOfWork, name: str, **more: object) -> UUID:
    values: dict[str, object] = {
        "email": f"{name}@example.com",
        "password": "correct horse",
        **more,
    }
    return (await create_person(work, None, name=name, **values)).id  # type: ignore[arg-type]


async def loaded(work: UnitOfWork, person: UUID) -> Person:
    found = await load_person(work, person)
    assert found is not None
    return found


async def test_an_administrator_has_all_rights(database: Database, schema: str) -> None:
    async with database.begin(schema) as work:
        ada = await loaded(work, await add(work, "ada", roles=[ADMINISTRATOR_ROLE]))
    assert ada.is_administrator
    assert ada.workspace_rights == {"design", "manage_people", "manage_roles"}
    assert ada.subordinates == (ada.id,)
    assert ada.locale == "zh-CN"


async def test_the_line_of_managers_reaches_all_levels(database: Database, schema: str) -> None:
    async with database.begin(schema) as work:
        top = await add(work, "top")
        middle = await add(work, "middle", manager=top)
        low = await add(work, "low", manager=middle)
        assert set((await loaded(work, top)).subordinates) == {top, middle, low}
        assert set((await loaded(work, middle)).subordinates) == {middle, low}


async def test_moving_a_manager_takes_everybody_below_along(
    database: Database, schema: str
) -> None:
    async with database.begin(schema) as work:
        first, second = await add(work, "first"), await add(work, "second")
        lead = await add(work, "lead", manager=first)
        low = await add(work, "low", manager=lead)
        await change_person(work, None, lead, {"manager": second})
        assert set((await loaded(work, first)).subordinates) == {first}
        assert set((await loaded(work, second)).subordinates) == {second, lead, low}
        await change_person(work, None, lead, {"manager": None})
        assert set((await loaded(work, second)).subordinates) == {second}
        assert set((await loaded(work, lead)).subordinates) == {lead, low}


async def test_managers_cannot_form_a_ring(database: Database, schema: str) -> None:
    async with database.begin(schema) as work:
        top = await add(work, "top")
        low = await add(work, "low", manager=await add(work, "middle", manager=top))
        with pytest.raises(ManagerCycleError):
            await change_person(work, None, top, {"manager": low})
        with pytest.raises(ManagerCycleError):
            await change_person(work, None, top, {"manager": top})


async def test_every_change_of_a_person_ends_what_processes_remember(
    database: Database, schema: str
) -> None:
    async with database.begin(schema) as work:
        ada = await add(work, "ada")
        before = await work.value("select rights from epoch")
        await change_person(work, None, ada, {"name": "Ada"})
        assert await work.value("select rights from epoch") > before


async def test_an_email_belongs_to_one_person(database: Database, schema: str) -> None:
    async with database.begin(schema) as work:
        await add(work, "ada")
    with pytest.raises(EmailTakenError):
        async with database.begin(schema, pipelined=True) as work:
            await add(work, "other", email=" ADA@example.com ")


@pytest.mark.parametrize(
    "email", ["", "ada", "ada@", "@example.com", "a b@example.com", "a@b", "a\x00@b.c"]
)
async def test_what_is_no_email_is_refused(database: Database, schema: str, email: str) -> None:
    async with database.begin(schema) as work:
        with pytest.raises(InvalidEmailError):
            await add(work, "ada", email=email)


@pytest.mark.parametrize(
    "password", ["short", "12345678", "Password123", "ada@example.com", "aaaaaaaaaa", "x" * 300]
)
async def test_passwords_that_are_easily_guessed_are_refused(
    database: Database, schema: str, password: str
) -> None:
    async with database.begin(schema) as work:
        with pytest.raises(WeakPasswordError):
            await add(work, "ada", password=password)


async def test_a_password_is_made_when_none_is_given(database: Database, schema: str) -> None:
    async with database.begin(schema) as work:
        created = await create_person(work, None, name="Ada", email="ada@example.com")
        assert created.initial_password
        assert (await loaded(work, created.id)).has_initial_password
    signed_in = await SignIn(database, schema)(
        "ada@example.com", created.initial_password, address="10.0.0.1"
    )
    assert signed_in.person == created.id


async def test_the_last_administrator_stays(database: Database, schema: str) -> None:
    async with database.begin(schema) as work:
        ada = await add(work, "ada", roles=[ADMINISTRATOR_ROLE])
        with pytest.raises(LastAdministratorError):
            await change_person(work, None, ada, {"active": False})
        with pytest.raises(LastAdministratorError):
            await change_person(work, None, ada, {"roles": []})
        bob = await add(work, "bob", roles=[ADMINISTRATOR_ROLE])
        await change_person(work, None, ada, {"active": False})
        with pytest.raises(LastAdministratorError):
            await change_person(work, None, bob, {"roles": []})


async def test_nobody_gives_or_takes_more_than_they_have(database: Database, schema: str) -> None:
    async with database.begin(schema) as work:
        clerk_role = uuid4()
        await work.execute(
            "insert into role (id, name, rights) values (%s, '{}', '{manage_people}')", [clerk_role]
        )
        ada = await add(work, "ada", roles=[ADMINISTRATOR_ROLE])
        bob = await add(work, "bob")
        clerk = await loaded(work, await add(work, "clerk", roles=[clerk_role]))
        with pytest.raises(MayNotManagePersonError):
            await change_person(work, clerk, bob, {"roles": [ADMINISTRATOR_ROLE]})
        with pytest.raises(MayNotManagePersonError):
            await change_person(work, clerk, ada, {"password": "taken over 1"})
        with pytest.raises(MayNotManagePersonError):
            await change_person(work, clerk, ada, {"email": "mine@example.com"})
        changed = await change_person(work, clerk, bob, {"roles": [clerk_role]})
        assert [role.id for role in changed.roles] == [clerk_role]


async def test_who_leaves_is_signed_out_everywhere(database: Database, schema: str) -> None:
    async with database.begin(schema) as work:
        await add(work, "boss", roles=[ADMINISTRATOR_ROLE])
        ada = await add(work, "ada")
        await open_session(work, ada)
        await change_person(work, None, ada, {"active": False})
        assert await work.value("select count(*) from session") == 0


async def test_what_does_not_exist_is_named(database: Database, schema: str) -> None:
    async with database.begin(schema) as work:
        ada = await add(work, "ada")
        nobody = uuid4()
        with pytest.raises(PersonNotFoundError, match=str(nobody)):
            await change_person(work, None, nobody, {"name": "x"})
        with pytest.raises(UnknownDepartmentError, match=str(nobody)):
            await change_person(work, None, ada, {"department": nobody})
        with pytest.raises(UnknownRolesError, match=str(nobody)):
            await change_person(work, None, ada, {"roles": [nobody]})


async def test_people_are_found_by_parts_of_name_and_email(database: Database, schema: str) -> None:
    async with database.begin(schema) as work:
        await add(work, "王小明", email="wang@example.com")
        await add(work, "50%_x", email="percent@example.com")
        assert [one.name for one in await list_people(work, words="小明")] == ["王小明"]
        assert [one.name for one in await list_people(work, words="WANG@")] == ["王小明"]
        assert [one.name for one in await list_people(work, words="%_")] == ["50%_x"]
