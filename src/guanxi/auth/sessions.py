"""Sessions of browsers: opened, found, ended."""

from uuid import UUID

from guanxi.auth import credential_store, store
from guanxi.auth.credentials import new_session_secret, secret_hash
from guanxi.auth.guard import guard_of, guard_statement
from guanxi.auth.model import Person
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.ids import new_id

#: However much it is used, a session ends after so long.
LONGEST_DAYS = 90


async def open_session(
    work: UnitOfWork, person: UUID, *, address: str | None = None, user_agent: str | None = None
) -> str:
    """Opens a session and returns its secret, which is nowhere kept."""
    secret = new_session_secret()
    await credential_store.insert_session(
        work,
        id_=new_id(),
        person=person,
        secret_hash=secret_hash(secret),
        address=address,
        user_agent=(user_agent or "")[:300] or None,
        days=LONGEST_DAYS,
    )
    return secret


async def person_of(work: UnitOfWork, credential_hash: bytes) -> Person | None:
    """Who a session or token stands for; None when it does not stand or the person is not active."""
    statement = guard_statement(work.schema, credential_hash)
    row = await work.row(statement.text, statement.parameters)
    person = guard_of(row).person if row else None
    return None if person is None else await store.load_person(work, person)


async def end_session(work: UnitOfWork, credential_hash: bytes) -> None:
    await credential_store.delete_session(work, credential_hash)


async def note_use(work: UnitOfWork, credential_hash: bytes) -> None:
    """Keeps a session or token from growing idle; writes at most once a minute."""
    await credential_store.touch(work, credential_hash)
