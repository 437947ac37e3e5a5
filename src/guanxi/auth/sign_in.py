"""Signing in by e-mail and password, slowed down for those who guess."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from guanxi.auth import credential_store, store
from guanxi.auth.errors import TooManySignInsError, WrongSignInError
from guanxi.auth.passwords import hash_password, needs_rehash, verify_password
from guanxi.auth.sessions import open_session
from guanxi.db.database import Database

WINDOW_MINUTES = 15
MOST_FAILURES_PER_EMAIL = 10
#: A whole office may stand behind one address.
MOST_FAILURES_PER_ADDRESS = 100


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who signed in, and the secret of the new session."""

    person: UUID
    secret: str


class SignIn:
    """Signs people in. It commits on its own: a failed try must be remembered although the request fails."""

    def __init__(self, database: Database, schema: str) -> None:
        self._database = database
        self._schema = schema

    async def __call__(
        self, email: str, password: str, *, address: str, user_agent: str | None = None
    ) -> SignedIn:
        """Raises WrongSignInError or TooManySignInsError.

        An unknown e-mail takes as long and answers the same as a wrong password.
        """
        known_as = email.replace("\x00", "").strip().lower()
        attempt, left = await self._note_try(hashlib.sha256(known_as.encode()).digest(), address)
        async with self._database.begin(self._schema) as work:
            found = await credential_store.find_identity(work, known_as)
        password_hash = found[2] if found else None
        is_right = await verify_password(password, password_hash)
        if found is None or password_hash is None or not is_right:
            raise WrongSignInError(left=left, minutes=WINDOW_MINUTES)
        person, identity, _ = found
        fresh_hash = await hash_password(password) if needs_rehash(password_hash) else None
        async with self._database.begin(self._schema) as work:
            await credential_store.mark_succeeded(work, attempt)
            if fresh_hash:
                await store.set_password_hash(work, identity, fresh_hash)
            secret = await open_session(work, person, address=address, user_agent=user_agent)
        return SignedIn(person, secret)

    async def _note_try(self, email_hash: bytes, address: str) -> tuple[int, int]:
        """The try, and how many are left after it.

        It counts as failed until it has succeeded, so a burst at once is counted in full.
        """
        async with self._database.begin(self._schema) as work:
            await credential_store.lock_tries(work, email_hash)
            for_email, from_address, seconds = await credential_store.failed_tries(
                work, email_hash=email_hash, address=address, minutes=WINDOW_MINUTES
            )
            if for_email >= MOST_FAILURES_PER_EMAIL or from_address >= MOST_FAILURES_PER_ADDRESS:
                raise TooManySignInsError(
                    retry_after_seconds=max(seconds, 1), minutes=max(1, -(-seconds // 60))
                )
            attempt = await credential_store.insert_try(
                work, email_hash=email_hash, address=address
            )
            return attempt, MOST_FAILURES_PER_EMAIL - for_email - 1
