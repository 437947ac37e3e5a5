"""Tokens by which programs act for a person."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from guanxi.auth import credential_store
from guanxi.auth.credentials import SHOWN_PREFIX_LENGTH, new_token, secret_hash
from guanxi.auth.errors import TokenNotFoundError
from guanxi.auth.model import ApiToken
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.ids import new_id


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token just made; its secret is shown this once."""

    token: ApiToken
    secret: str


async def create_token(
    work: UnitOfWork, person: UUID, *, name: str, expires_at: datetime | None = None
) -> NewToken:
    secret = new_token()
    token = await credential_store.insert_token(
        work,
        id_=new_id(),
        person=person,
        name=name,
        prefix=secret[:SHOWN_PREFIX_LENGTH],
        secret_hash=secret_hash(secret),
        expires_at=expires_at,
    )
    return NewToken(token, secret)


async def list_tokens(work: UnitOfWork, person: UUID) -> list[ApiToken]:
    return await credential_store.tokens_of(work, person)


async def delete_token(work: UnitOfWork, person: UUID, token: UUID) -> None:
    """The token stops working at once. Raises TokenNotFoundError."""
    if not await credential_store.delete_token(work, person, token):
        raise TokenNotFoundError(id=token)
