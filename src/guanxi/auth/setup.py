"""The first visit: a one-time code makes the first administrator."""

import hmac
import secrets
from base64 import b32encode

from guanxi.auth import store
from guanxi.auth.credentials import secret_hash
from guanxi.auth.errors import SetupDoneError, WrongSetupCodeError
from guanxi.auth.model import ADMINISTRATOR_ROLE
from guanxi.auth.people import create_person
from guanxi.auth.sessions import open_session
from guanxi.auth.sign_in import SignedIn
from guanxi.db.locks import LockSpace, lock
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.text import Locale


async def is_setup_needed(work: UnitOfWork) -> bool:
    """Whether nobody can sign in yet."""
    return not await store.any_person(work)


async def new_setup_code(work: UnitOfWork) -> str | None:
    """A code to be printed where only the operator sees it; the one before stops working. None when set up already."""
    await lock(work, LockSpace.SETUP)
    if not await is_setup_needed(work):
        return None
    raw = b32encode(secrets.token_bytes(10)).decode()
    code = "-".join(raw[start : start + 4] for start in range(0, 16, 4))
    await store.set_setup_code_hash(work, secret_hash(_plain(code)))
    return code


async def set_up(
    work: UnitOfWork,
    *,
    code: str,
    name: str,
    email: str,
    password: str,
    locale: Locale,
    address: str | None = None,
    user_agent: str | None = None,
) -> SignedIn:
    """Makes the first administrator and signs them in. Raises SetupDoneError, WrongSetupCodeError, WeakPasswordError."""
    await lock(work, LockSpace.SETUP)
    if not await is_setup_needed(work):
        raise SetupDoneError
    expected = await store.setup_code_hash(work)
    if expected is None or not hmac.compare_digest(expected, secret_hash(_plain(code))):
        raise WrongSetupCodeError
    created = await create_person(
        work,
        None,
        name=name,
        email=email,
        password=password,
        locale=locale,
        roles=[ADMINISTRATOR_ROLE],
        is_own_password=True,
    )
    await store.set_setup_code_hash(work, None)
    secret = await open_session(work, created.id, address=address, user_agent=user_agent)
    return SignedIn(created.id, secret)


def _plain(code: str) -> str:
    return code.replace("-", "").replace(" ", "").upper()
