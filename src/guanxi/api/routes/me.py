"""One's own person, password and tokens."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from guanxi.api.access import COOKIE, Access, SignedIn
from guanxi.api.me import me_of
from guanxi.api.schemas.people import (
    MeAnswer,
    NewTokenAnswer,
    NewTokenBody,
    OwnChangesBody,
    PasswordBody,
    TokenAnswer,
    TokensAnswer,
)
from guanxi.auth.errors import NotSignedInError
from guanxi.auth.model import Person
from guanxi.auth.own_person import change_own_password, change_own_person
from guanxi.auth.tokens import create_token, delete_token, list_tokens
from guanxi.permissions.viewer import Viewer

router = APIRouter(tags=["me"])


def _person(viewer: Viewer) -> Person:
    if viewer.person is None:
        raise NotSignedInError
    return viewer.person


@router.get("/me", operation_id="get_me")
async def get_me(access: SignedIn, request: Request) -> MeAnswer:
    """Everything the web app needs to begin."""
    return await _me(access, request)


@router.patch("/me", operation_id="change_me")
async def patch_me(access: SignedIn, request: Request, body: OwnChangesBody) -> MeAnswer:
    """Changes what is given; preferences are merged by key."""
    async with access.platform.gate.write(access.credential) as (work, viewer):
        await change_own_person(work, _person(viewer).id, **body.model_dump())
    return await _me(access, request)


@router.post("/me/password", operation_id="change_password", status_code=204)
async def post_password(access: SignedIn, body: PasswordBody) -> Response:
    """Sets a new password and ends all other sessions."""
    async with access.platform.gate.write(access.credential) as (work, viewer):
        await change_own_password(
            work,
            _person(viewer),
            current=body.current,
            new=body.new,
            session_hash=access.credential.digest,
        )
    return Response(status_code=204)


@router.get("/tokens", operation_id="list_tokens")
async def get_tokens(access: SignedIn) -> TokensAnswer:
    """One's own tokens, newest first."""
    async with access.platform.gate.write(access.credential) as (work, viewer):
        return TokensAnswer.model_validate({"tokens": await list_tokens(work, _person(viewer).id)})


@router.post("/tokens", operation_id="create_token", status_code=201)
async def post_token(access: SignedIn, body: NewTokenBody) -> NewTokenAnswer:
    """Makes a token; its secret is shown this once."""
    async with access.platform.gate.write(access.credential) as (work, viewer):
        made = await create_token(
            work, _person(viewer).id, name=body.name, expires_at=body.expires_at
        )
    token = TokenAnswer.model_validate(made.token)
    return NewTokenAnswer(**token.model_dump(), token=made.secret)


@router.delete("/tokens/{token_id}", operation_id="delete_token", status_code=204)
async def remove_token(access: SignedIn, token_id: UUID) -> Response:
    """The token stops working at once."""
    async with access.platform.gate.write(access.credential) as (work, viewer):
        await delete_token(work, _person(viewer).id, token_id)
    return Response(status_code=204)


async def _me(access: Access, request: Request) -> MeAnswer:
    secret = request.cookies.get(COOKIE) if access.credential.source == "page" else None
    async with access.platform.gate.write(access.credential) as (work, viewer):
        return await me_of(work, viewer, access.platform, session_secret=secret)
