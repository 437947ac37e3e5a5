"""The care of people by those who may manage them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict, cast
from uuid import UUID

from guanxi.auth import credential_store, store
from guanxi.auth.closure_store import MANAGERS
from guanxi.auth.emails import parse_email
from guanxi.auth.errors import (
    LastAdministratorError,
    ManagerCycleError,
    MayNotManagePersonError,
    PersonNotFoundError,
    UnknownDepartmentError,
    UnknownPersonError,
    UnknownRolesError,
)
from guanxi.auth.model import Person, PersonProfile
from guanxi.auth.passwords import check_strength, hash_password, new_password
from guanxi.db.locks import LockSpace, lock
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.ids import new_id
from guanxi.kit.text import Locale


@dataclass(frozen=True, slots=True)
class CreatedPerson:
    """A new person; `initial_password` when the system made one, shown this once."""

    id: UUID
    initial_password: str | None


class PersonChanges(TypedDict, total=False):
    """What may be changed of a person; what is missing stays."""

    name: str
    email: str
    department: UUID | None
    manager: UUID | None
    roles: Sequence[UUID]
    active: bool
    password: str
    locale: Locale | None


async def create_person(
    work: UnitOfWork,
    actor: Person | None,
    *,
    name: str,
    email: str,
    password: str | None = None,
    department: UUID | None = None,
    manager: UUID | None = None,
    roles: Sequence[UUID] = (),
    locale: Locale | None = None,
    is_own_password: bool = False,
) -> CreatedPerson:
    """A new person who can sign in. `actor` is who does it, None for the system itself.

    Without a password one is made and returned. Raises EmailTakenError, WeakPasswordError, MayNotManagePersonError
    and those that name what does not exist.
    """
    address = parse_email(email)
    await _check_roles(work, actor, roles)
    if password is not None:
        check_strength(password, email=address)
    initial = new_password() if password is None else None
    password_hash = await hash_password(password or cast("str", initial))
    person, identity = new_id(), new_id()
    await lock(work, LockSpace.DEPARTMENTS, "people")
    await _check_places(work, department=department, manager=manager)
    await store.insert_identity(work, identity, address, password_hash)
    await store.insert_person(
        work,
        {
            "id": person,
            "identity": identity,
            "name": name.strip(),
            "email": address,
            "department": department,
            "manager": manager,
            "locale": locale,
            "has_initial_password": not is_own_password,
        },
    )
    await MANAGERS.add(work, person, manager)
    await store.set_roles(work, person, roles)
    await store.bump_rights(work)
    return CreatedPerson(person, initial)


async def change_person(
    work: UnitOfWork, actor: Person | None, person: UUID, changes: PersonChanges
) -> PersonProfile:
    """Changes a person. Leaving (`active` false) and a new password end all their sessions, leaving their tokens too.

    Raises PersonNotFoundError, LastAdministratorError, ManagerCycleError and as `create_person`.
    """
    await lock(work, LockSpace.DEPARTMENTS, "people")
    before = await store.person_locked(work, person)
    if before is None:
        raise PersonNotFoundError(id=person)
    await _check_power(work, actor, await store.roles_of(work, person))
    await _check_places(work, department=changes.get("department"), manager=changes.get("manager"))
    if "roles" in changes:
        await _check_roles(work, actor, changes["roles"])
    await _keep_an_administrator(work, person, changes)
    columns = _columns(changes)
    if columns:
        await store.update_person(work, person, columns)
    if "email" in columns and before["identity"]:
        await store.change_identity_email(work, before["identity"], cast("str", columns["email"]))
    if "manager" in changes and changes["manager"] != before["manager"]:
        await _move(work, person, changes["manager"])
    if "roles" in changes:
        await store.set_roles(work, person, changes["roles"])
    if "password" in changes:
        email = cast("str", columns.get("email", before["email"]))
        await _give_password(
            work,
            person,
            before,
            changes["password"],
            email=email,
            own=actor is not None and actor.id == person,
        )
    if changes.get("active") is False:
        await credential_store.delete_sessions_of(work, person)
        await credential_store.delete_tokens_of(work, person)
    await store.bump_rights(work)
    return await person_profile(work, person)


async def person_profile(work: UnitOfWork, person: UUID) -> PersonProfile:
    """Raises PersonNotFoundError."""
    found = await store.profile(work, person)
    if found is None:
        raise PersonNotFoundError(id=person)
    return found


async def list_people(
    work: UnitOfWork,
    *,
    words: str | None = None,
    department: UUID | None = None,
    active: bool | None = None,
    limit: int = 1000,
) -> list[PersonProfile]:
    """People by name; see `store.profiles`."""
    return await store.profiles(
        work, words=words, department=department, active=active, limit=limit
    )


def _columns(changes: PersonChanges) -> dict[str, object]:
    plain = {"department", "manager", "active", "locale"}
    columns: dict[str, object] = {name: value for name, value in changes.items() if name in plain}
    if "name" in changes:
        columns["name"] = changes["name"].strip()
    if "email" in changes:
        columns["email"] = parse_email(changes["email"])
    return columns


async def _move(work: UnitOfWork, person: UUID, manager: UUID | None) -> None:
    if manager is not None and await MANAGERS.is_below(work, manager, person):
        raise ManagerCycleError
    await MANAGERS.move(work, person, manager)


async def _give_password(
    work: UnitOfWork,
    person: UUID,
    before: Mapping[str, Any],
    password: str,
    *,
    email: str,
    own: bool,
) -> None:
    check_strength(password, email=email)
    password_hash = await hash_password(password)
    if before["identity"] is None:
        identity = new_id()
        await store.insert_identity(work, identity, email, password_hash)
        await store.update_person(work, person, {"identity": identity})
    else:
        await store.set_password_hash(work, before["identity"], password_hash)
    await store.update_person(work, person, {"has_initial_password": not own})
    await credential_store.delete_sessions_of(work, person)


async def _check_places(work: UnitOfWork, *, department: UUID | None, manager: UUID | None) -> None:
    if department is not None and await store.department(work, department) is None:
        raise UnknownDepartmentError(id=department)
    if manager is not None and not await store.person_exists(work, manager):
        raise UnknownPersonError(id=manager)


async def _check_roles(work: UnitOfWork, actor: Person | None, roles: Sequence[UUID]) -> None:
    unknown = await store.unknown_roles(work, roles)
    if unknown:
        raise UnknownRolesError(ids=", ".join(str(one) for one in unknown))
    await _check_power(work, actor, roles)


async def _check_power(work: UnitOfWork, actor: Person | None, roles: Sequence[UUID]) -> None:
    """Nobody reaches by managing people what their own roles do not give."""
    if actor is None or actor.is_administrator or not roles:
        return
    administers, rights = await store.power_of_roles(work, roles)
    if administers or not rights <= actor.workspace_rights:
        raise MayNotManagePersonError


async def _keep_an_administrator(work: UnitOfWork, person: UUID, changes: PersonChanges) -> None:
    leaves = changes.get("active") is False
    if not leaves and "roles" not in changes:
        return
    administers, _ = await store.power_of_roles(work, await store.roles_of(work, person))
    stays = not leaves and (await store.power_of_roles(work, changes.get("roles", ())))[0]
    if administers and not stays and await store.other_administrators(work, person) == 0:
        raise LastAdministratorError
