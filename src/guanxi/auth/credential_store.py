"""SQL of sessions, tokens and tries to sign in."""

from datetime import datetime
from typing import cast
from uuid import UUID

from guanxi.auth.model import ApiToken
from guanxi.db.unit_of_work import Row, UnitOfWork

# Sessions


async def insert_session(
    work: UnitOfWork,
    *,
    id_: UUID,
    person: UUID,
    secret_hash: bytes,
    address: str | None,
    user_agent: str | None,
    days: int,
) -> None:
    await work.execute(
        "insert into session (id, person, secret_hash, address, user_agent, ends_at)"
        " values (%s, %s, %s, %s, %s, now() + make_interval(days => %s))",
        [id_, person, secret_hash, address, user_agent, days],
    )
    await work.execute("update person set last_seen_at = now() where id = %s", [person])


async def delete_session(work: UnitOfWork, secret_hash: bytes) -> None:
    await work.execute("delete from session where secret_hash = %s", [secret_hash])


async def delete_sessions_of(
    work: UnitOfWork, person: UUID, *, except_hash: bytes | None = None
) -> None:
    await work.execute(
        "delete from session where person = %s and secret_hash is distinct from %s",
        [person, except_hash],
    )


async def touch(work: UnitOfWork, secret_hash: bytes) -> None:
    """Notes that a session or token was used, at most once a minute."""
    await work.execute(
        "with used as ("
        " update session set last_seen_at = now() where secret_hash = %(hash)s"
        "  and last_seen_at < now() - interval '1 minute' returning person"
        "), used_token as ("
        " update api_token set last_used_at = now() where secret_hash = %(hash)s"
        "  and (last_used_at is null or last_used_at < now() - interval '1 minute') returning person"
        ") update person set last_seen_at = now()"
        " where id in (select person from used union all select person from used_token)",
        {"hash": secret_hash},
    )


async def delete_ended(work: UnitOfWork, idle: str) -> None:
    """Sessions and tokens that no longer stand, and tries to sign in that no longer count."""
    await work.execute(
        "delete from session where ends_at < now() or last_seen_at < now() - %s::interval", [idle]
    )
    await work.execute("delete from api_token where expires_at < now() - interval '30 days'")
    await work.execute("delete from guanxi.sign_in_attempt where at < now() - interval '1 day'")


# Tokens

_API_ACCESS = "id, name, prefix, created_at, last_used_at, expires_at"


async def insert_token(
    work: UnitOfWork,
    *,
    id_: UUID,
    person: UUID,
    name: str,
    prefix: str,
    secret_hash: bytes,
    expires_at: datetime | None,
) -> ApiToken:
    row = await work.row(
        "insert into api_token (id, person, name, prefix, secret_hash, expires_at)"
        f" values (%s, %s, %s, %s, %s, %s) returning {_API_ACCESS}",
        [id_, person, name, prefix, secret_hash, expires_at],
    )
    return _token(cast("Row", row))


async def tokens_of(work: UnitOfWork, person: UUID) -> list[ApiToken]:
    rows = await work.rows(
        f"select {_API_ACCESS} from api_token where person = %s order by created_at desc, id limit 1000",
        [person],
    )
    return [_token(row) for row in rows]


async def delete_token(work: UnitOfWork, person: UUID, id_: UUID) -> bool:
    cursor = await work.execute(
        "delete from api_token where person = %s and id = %s returning id", [person, id_]
    )
    return await cursor.fetchone() is not None


async def delete_tokens_of(work: UnitOfWork, person: UUID) -> None:
    await work.execute("delete from api_token where person = %s", [person])


def _token(row: Row) -> ApiToken:
    return ApiToken(*row)


# Tries to sign in


async def lock_tries(work: UnitOfWork, email_hash: bytes) -> None:
    """One try per e-mail at a time: otherwise a hundred at once would all be counted as the first."""
    await work.execute(
        "select pg_advisory_xact_lock(hashtextextended(encode(%s, 'hex'), 0))", [email_hash]
    )


async def failed_tries(
    work: UnitOfWork, *, email_hash: bytes, address: str, minutes: int
) -> tuple[int, int, int]:
    """Failures within the last minutes: for the e-mail since its last success, from the address, and the seconds
    until the oldest of them is forgotten.
    """
    row = await work.row(
        """
with recent as (
  select at, email_hash = %(email)s as for_email, address = %(address)s as from_address
    from guanxi.sign_in_attempt
   where at > now() - make_interval(mins => %(minutes)s) and not succeeded
     and (email_hash = %(email)s or address = %(address)s)
), success as (
  select coalesce(max(at), '-infinity') as at from guanxi.sign_in_attempt
   where email_hash = %(email)s and succeeded and at > now() - make_interval(mins => %(minutes)s)
)
select count(*) filter (where for_email and recent.at > success.at), count(*) filter (where from_address),
       coalesce(ceil(extract(epoch from min(recent.at) + make_interval(mins => %(minutes)s) - now())), 0)::int
  from recent, success
""",
        {"email": email_hash, "address": address, "minutes": minutes},
    )
    return cast("tuple[int, int, int]", row)


async def insert_try(work: UnitOfWork, *, email_hash: bytes, address: str) -> int:
    """Notes a try as failed; `mark_succeeded` puts it right."""
    return cast(
        "int",
        await work.value(
            "insert into guanxi.sign_in_attempt (email_hash, address, succeeded)"
            " values (%s, %s, false) returning id",
            [email_hash, address],
        ),
    )


async def mark_succeeded(work: UnitOfWork, attempt: int) -> None:
    await work.execute(
        "update guanxi.sign_in_attempt set succeeded = true where id = %s", [attempt]
    )


async def find_identity(work: UnitOfWork, email: str) -> tuple[UUID, UUID, str | None] | None:
    """Person, identity and password hash of an e-mail of this workspace, when the person is active."""
    row = await work.row(
        "select p.id, i.id, i.password_hash from guanxi.identity i join person p on p.identity = i.id"
        " where i.email = %s and p.active",
        [email],
    )
    return cast("tuple[UUID, UUID, str | None] | None", row)
