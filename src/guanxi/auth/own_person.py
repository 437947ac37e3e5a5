"""What people change of themselves."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from guanxi.auth import credential_store, store
from guanxi.auth.errors import WrongPasswordError
from guanxi.auth.model import Person
from guanxi.auth.passwords import check_strength, hash_password, verify_password
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.text import Locale


async def change_own_person(
    work: UnitOfWork,
    person: UUID,
    *,
    name: str | None = None,
    locale: Locale | None = None,
    preferences: Mapping[str, Any] | None = None,
) -> None:
    """Changes what is given. Preferences are merged by key; null removes one."""
    columns = {"name": name.strip() if name else None, "locale": locale}
    given = {column: value for column, value in columns.items() if value is not None}
    if given:
        await store.update_person(work, person, given)
        await store.bump_rights(work)
    if preferences:
        await store.merge_preferences(work, person, preferences)


async def change_own_password(
    work: UnitOfWork, person: Person, *, current: str, new: str, session_hash: bytes
) -> None:
    """Sets a new password and ends all other sessions. Raises WrongPasswordError, WeakPasswordError."""
    identity, password_hash = await store.identity_of(work, person.id)
    if identity is None or not await verify_password(current, password_hash):
        raise WrongPasswordError
    check_strength(new, email=person.email)
    await store.set_password_hash(work, identity, await hash_password(new))
    await store.update_person(work, person.id, {"has_initial_password": False})
    await credential_store.delete_sessions_of(work, person.id, except_hash=session_hash)
    await store.bump_rights(work)


async def own_preferences(work: UnitOfWork, person: UUID) -> dict[str, Any]:
    """As they are now; the remembered person may have older ones."""
    return await store.preferences_of(work, person)
