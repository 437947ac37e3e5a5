"""The first visit, signing in and out."""

from fastapi import APIRouter, Request, Response

from guanxi.api.access import COOKIE, credential_of, locale_wish, platform_of
from guanxi.api.client_address import client_address
from guanxi.api.me import me_of
from guanxi.api.schemas.people import DemoSignIn, MeAnswer, SetupAnswer, SetupBody, SignInBody
from guanxi.auth.credentials import secret_hash
from guanxi.auth.demo import DEMO_EMAILS, DEMO_PASSWORD
from guanxi.auth.errors import NotSignedInError
from guanxi.auth.people import list_people
from guanxi.auth.sessions import LONGEST_DAYS, end_session
from guanxi.auth.setup import is_setup_needed, set_up
from guanxi.auth.sign_in import SignedIn as Opened
from guanxi.auth.sign_in import SignIn
from guanxi.bootstrap import Platform
from guanxi.permissions.gate import Credential

router = APIRouter(tags=["session"])


@router.get("/setup", operation_id="get_setup")
async def get_setup(request: Request) -> SetupAnswer:
    """Whether the first visit is still to come, and the demonstration's sign-ins."""
    platform = platform_of(request)
    async with platform.database.begin(platform.schema) as work:
        people = await list_people(work, active=True) if platform.settings.demo else []
        offered = {person.email: person for person in people}
        return SetupAnswer(
            needed=await is_setup_needed(work),
            demo=platform.settings.demo,
            demo_sign_ins=[
                DemoSignIn(
                    email=email,
                    password=DEMO_PASSWORD,
                    role=dict(offered[email].roles[0].name) if offered[email].roles else {},
                )
                for email in DEMO_EMAILS
                if email in offered
            ],
        )


@router.post("/setup", operation_id="set_up", status_code=201)
async def post_setup(request: Request, response: Response, body: SetupBody) -> MeAnswer:
    """Makes the first administrator and signs them in."""
    platform = platform_of(request)
    async with platform.database.begin(platform.schema) as work:
        opened = await set_up(
            work,
            **body.model_dump(),
            address=client_address(request, platform.settings.trusted_proxies),
            user_agent=request.headers.get("user-agent"),
        )
    return await _let_in(request, response, platform, opened)


@router.post("/session", operation_id="sign_in")
async def post_session(request: Request, response: Response, body: SignInBody) -> MeAnswer:
    """Signs in and sets the cookie."""
    platform = platform_of(request)
    opened = await SignIn(platform.database, platform.schema)(
        body.email,
        body.password,
        address=client_address(request, platform.settings.trusted_proxies),
        user_agent=request.headers.get("user-agent"),
    )
    return await _let_in(request, response, platform, opened)


@router.delete("/session", operation_id="sign_out", status_code=204)
async def delete_session(request: Request) -> Response:
    """Signs out; also right when one is not signed in any more."""
    platform = platform_of(request)
    response = Response(status_code=204)
    try:
        credential = credential_of(request)
    except NotSignedInError:
        credential = None
    if credential is not None:
        async with platform.database.begin(platform.schema) as work:
            await end_session(work, credential.digest)
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
    return response


async def _let_in(
    request: Request, response: Response, platform: Platform, opened: Opened
) -> MeAnswer:
    response.set_cookie(
        COOKIE,
        opened.secret,
        max_age=LONGEST_DAYS * 86_400,
        path="/",
        httponly=True,
        samesite="lax",
        secure=platform.settings.secure_cookies,
    )
    credential = Credential(secret_hash(opened.secret), "page", locale_wish(request))
    async with platform.gate.write(credential) as (work, viewer):
        return await me_of(work, viewer, platform, session_secret=opened.secret)
