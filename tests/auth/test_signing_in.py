"""Signing in, sessions, tokens, the first visit."""

import asyncio

import pytest

from guanxi.auth.credentials import csrf_token, csrf_token_matches, secret_hash
from guanxi.auth.errors import (
    SetupDoneError,
    TokenNotFoundError,
    TooManySignInsError,
    WrongPasswordError,
    WrongSetupCodeError,
    WrongSignInError,
)
from guanxi.auth.guard import guard_of, guard_statement
from guanxi.auth.own_person import change_own_password, change_own_person, own_preferences
from guanxi.auth.people import change_person, create_person
from guanxi.auth.sessions import note_use, person_of
from guanxi.auth.setup import is_setup_needed, new_setup_code, set_up
from guanxi.auth.sign_in import MOST_FAILURES_PER_ADDRESS, MOST_FAILURES_PER_EMAIL, SignIn
from guanxi.auth.tokens import create_token, delete_token, list_tokens
from guanxi.db.database import Database

PASSWORD = "correct horse"


@pytest.fixture
async def sign_in(database: Database, schema: str) -> SignIn:
    async with database.begin(schema) as work:
        await create_person(work, None, name="Ada", email="ada@example.com", password=PASSWORD)
    return SignIn(database, schema)


async def test_a_session_stands_for_its_person(
    sign_in: SignIn, database: Database, schema: str
) -> None:
    signed_in = await sign_in(" Ada@Example.com", PASSWORD, address="10.0.0.1")
    async with database.begin(schema) as work:
        person = await person_of(work, secret_hash(signed_in.secret))
        assert person is not None
        assert person.name == "Ada"
        stored = await work.value("select secret_hash from session")
        assert signed_in.secret.encode() not in stored
    rows = await database.read(schema, guard_statement(schema, secret_hash(signed_in.secret)))
    assert guard_of(rows[0][0]).person == person.id


@pytest.mark.parametrize(
    "end",
    [
        "update session set ends_at = now() - interval '1 second'",
        "update session set last_seen_at = now() - interval '31 days'",
        "update person set active = false",
        "delete from session",
    ],
)
async def test_an_ended_session_stands_for_nobody(
    sign_in: SignIn, database: Database, schema: str, end: str
) -> None:
    signed_in = await sign_in("ada@example.com", PASSWORD, address="10.0.0.1")
    async with database.begin(schema) as work:
        await work.execute(end)
        assert await person_of(work, secret_hash(signed_in.secret)) is None


async def test_the_guard_enters_the_workspace(database: Database, schema: str) -> None:
    async with database.connection() as connection, connection.transaction():
        statement = guard_statement(schema, None)
        row = await (await connection.execute(statement.text, statement.parameters)).fetchone()  # type: ignore[arg-type]
        assert row is not None
        guard = guard_of(row)
        assert (guard.design, guard.person) == (1, None)
        path = await (await connection.execute("show search_path")).fetchone()
        assert path == (schema,)


async def test_use_keeps_a_session_alive(sign_in: SignIn, database: Database, schema: str) -> None:
    signed_in = await sign_in("ada@example.com", PASSWORD, address="10.0.0.1")
    async with database.begin(schema) as work:
        await work.execute("update session set last_seen_at = now() - interval '20 days'")
        await note_use(work, secret_hash(signed_in.secret))
        assert await work.value("select last_seen_at = now() from session")


@pytest.mark.parametrize("email", ["ada@example.com", "nobody@example.com", "\x00", "x" * 5000])
async def test_wrong_email_and_wrong_password_answer_the_same(sign_in: SignIn, email: str) -> None:
    with pytest.raises(WrongSignInError):
        await sign_in(email, "wrong password", address="10.0.0.1")


async def test_a_refusal_says_how_many_tries_are_left(sign_in: SignIn) -> None:
    for left in (MOST_FAILURES_PER_EMAIL - 1, MOST_FAILURES_PER_EMAIL - 2):
        with pytest.raises(WrongSignInError) as refused:
            await sign_in("ada@example.com", "wrong password", address="10.0.0.1")
        assert refused.value.values["left"] == left


async def test_guessing_one_password_is_stopped_even_all_at_once(sign_in: SignIn) -> None:
    tries = [
        sign_in("ada@example.com", f"guess {number}", address=f"10.0.0.{number}")
        for number in range(MOST_FAILURES_PER_EMAIL + 4)
    ]
    failures = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(one, TooManySignInsError) for one in failures) == 4
    with pytest.raises(TooManySignInsError) as stopped:
        await sign_in("ada@example.com", PASSWORD, address="10.9.9.9")
    assert 0 < stopped.value.retry_after_seconds <= 900


async def test_guessing_many_people_from_one_address_is_stopped(
    sign_in: SignIn, database: Database, schema: str
) -> None:
    async with database.begin(schema) as work:
        await work.execute(
            "insert into guanxi.sign_in_attempt (email_hash, address, succeeded)"
            " select sha256(n::text::bytea), '10.6.6.6', false from generate_series(1, %s) n",
            [MOST_FAILURES_PER_ADDRESS],
        )
    with pytest.raises(TooManySignInsError):
        await sign_in("ada@example.com", PASSWORD, address="10.6.6.6")
    await sign_in("ada@example.com", PASSWORD, address="10.0.0.1")


async def test_a_success_forgives_the_failures_before_it(sign_in: SignIn) -> None:
    for _ in range(2):
        for _ in range(MOST_FAILURES_PER_EMAIL - 1):
            with pytest.raises(WrongSignInError):
                await sign_in("ada@example.com", "wrong password", address="10.0.0.1")
        await sign_in("ada@example.com", PASSWORD, address="10.0.0.1")


async def test_a_new_password_ends_the_other_sessions(
    sign_in: SignIn, database: Database, schema: str
) -> None:
    kept = await sign_in("ada@example.com", PASSWORD, address="10.0.0.1")
    other = await sign_in("ada@example.com", PASSWORD, address="10.0.0.2")
    async with database.begin(schema) as work:
        ada = await person_of(work, secret_hash(kept.secret))
        assert ada is not None
        with pytest.raises(WrongPasswordError):
            await change_own_password(
                work, ada, current="no", new="battery staple", session_hash=b""
            )
        await change_own_password(
            work,
            ada,
            current=PASSWORD,
            new="battery staple",
            session_hash=secret_hash(kept.secret),
        )
        assert await person_of(work, secret_hash(kept.secret)) is not None
        assert await person_of(work, secret_hash(other.secret)) is None
    with pytest.raises(WrongSignInError):
        await sign_in("ada@example.com", PASSWORD, address="10.0.0.1")
    await sign_in("ada@example.com", "battery staple", address="10.0.0.1")


async def test_a_changed_email_signs_in(sign_in: SignIn, database: Database, schema: str) -> None:
    signed_in = await sign_in("ada@example.com", PASSWORD, address="10.0.0.1")
    async with database.begin(schema) as work:
        await change_person(work, None, signed_in.person, {"email": "lovelace@example.com"})
    await sign_in("lovelace@example.com", PASSWORD, address="10.0.0.1")
    with pytest.raises(WrongSignInError):
        await sign_in("ada@example.com", PASSWORD, address="10.0.0.1")


async def test_a_token_stands_for_its_person_until_it_expires(
    sign_in: SignIn, database: Database, schema: str
) -> None:
    signed_in = await sign_in("ada@example.com", PASSWORD, address="10.0.0.1")
    async with database.begin(schema) as work:
        made = await create_token(work, signed_in.person, name="robot")
        digest = secret_hash(made.secret)
        assert made.secret.startswith("gx_")
        assert made.secret.startswith(made.token.prefix)
        assert await person_of(work, digest) is not None
        await note_use(work, digest)
        assert (await list_tokens(work, signed_in.person))[0].last_used_at is not None
        await work.execute("update api_token set expires_at = now() - interval '1 second'")
        assert await person_of(work, digest) is None


async def test_a_token_is_deleted_by_its_person_only(
    sign_in: SignIn, database: Database, schema: str
) -> None:
    signed_in = await sign_in("ada@example.com", PASSWORD, address="10.0.0.1")
    async with database.begin(schema) as work:
        bob = await create_person(work, None, name="Bob", email="bob@example.com")
        made = await create_token(work, signed_in.person, name="robot")
        with pytest.raises(TokenNotFoundError):
            await delete_token(work, bob.id, made.token.id)
        await delete_token(work, signed_in.person, made.token.id)
        assert await person_of(work, secret_hash(made.secret)) is None


async def test_preferences_are_merged_by_key(
    sign_in: SignIn, database: Database, schema: str
) -> None:
    signed_in = await sign_in("ada@example.com", PASSWORD, address="10.0.0.1")
    async with database.begin(schema) as work:
        for wish in (
            {"theme": "dark", "density": "compact"},
            {"theme": "light"},
            {"density": None},
        ):
            await change_own_person(work, signed_in.person, preferences=wish)
        assert await own_preferences(work, signed_in.person) == {"theme": "light"}


def test_a_csrf_token_belongs_to_one_session() -> None:
    assert csrf_token_matches("secret", csrf_token("secret"))
    assert not csrf_token_matches("other", csrf_token("secret"))
    assert not csrf_token_matches("secret", None)
    assert not csrf_token_matches("secret", "ünicode")


async def test_the_newest_setup_code_makes_the_administrator_once(
    database: Database, schema: str
) -> None:
    async with database.begin(schema) as work:
        assert await is_setup_needed(work)
        old = await new_setup_code(work)
        code = await new_setup_code(work)
        assert old
        assert code
        person = {"name": "Ada", "email": "ada@example.com", "password": PASSWORD}
        with pytest.raises(WrongSetupCodeError):
            await set_up(work, code=old, locale="en", **person)
        signed_in = await set_up(work, code=code.lower(), locale="en", **person)
        ada = await person_of(work, secret_hash(signed_in.secret))
        assert ada is not None
        assert ada.is_administrator
        assert not ada.has_initial_password
        with pytest.raises(SetupDoneError):
            await set_up(work, code=code, locale="en", **person)
        assert await new_setup_code(work) is None
