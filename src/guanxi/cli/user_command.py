"""`guanxi user`: people who can sign in, cared for without a browser."""

from typing import Annotated
from uuid import UUID

import typer

from guanxi.auth.emails import parse_email
from guanxi.auth.model import ADMINISTRATOR_ROLE, PersonProfile
from guanxi.auth.passwords import new_password
from guanxi.auth.people import change_person, create_person, list_people
from guanxi.auth.store import person_by_email
from guanxi.cli.language import reader_locale, spoken
from guanxi.cli.opening import opened
from guanxi.cli.running import CommandError, DataDir, run, settings_with
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.settings import Settings
from guanxi.kit.text import Text, label_in

NOBODY = Text(
    zh="没有人员使用邮箱 {email}。guanxi user list 可列出所有人员。",
    en="Nobody has the e-mail address {email}. guanxi user list shows who there is.",
)
ADDED = Text(zh="已添加 {email}。", en="Added {email}.")
PASSWORD_IS = Text(zh="密码：{password}", en="Password: {password}")
PASSWORD_SET = Text(
    zh="已为 {email} 设置新密码，其登录全部失效。",
    en="Set a new password for {email}; their sessions have ended.",
)
DISABLED = Text(
    zh="{email} 已停用，登录和令牌全部失效。",
    en="Disabled {email}; their sessions and tokens have ended.",
)
LEFT = Text(zh="已停用", en="disabled")

PROMPTED = "--prompt"

user = typer.Typer(
    no_args_is_help=True,
    help="People who can sign in: add, list, disable, set a password.",
)

Email = Annotated[str, typer.Argument(help="Their e-mail address.")]
Prompt = Annotated[
    bool, typer.Option(PROMPTED, help="Ask for the password; else one is made and shown.")
]


@user.command()
def add(
    email: Email,
    name: Annotated[str, typer.Option(help="Their name. Default: what stands before the @.")] = "",
    administrator: Annotated[
        bool, typer.Option("--administrator", help="Give them the role of administrators.")
    ] = False,
    prompt: Prompt = False,
    data_dir: DataDir = None,
) -> None:
    """Add a person who can sign in.

    Examples:
        guanxi user add wang.fang@example.com --name 王芳

        guanxi user add admin@example.com --administrator --prompt

    Exit codes: 0 added, 1 refused (address taken, password too weak), 3 database out of reach.

    """
    password = _asked() if prompt else None
    run(
        lambda: _add(
            settings_with(data_dir=data_dir), email, name, password, administrator=administrator
        )
    )


@user.command()
def password(email: Email, prompt: Prompt = False, data_dir: DataDir = None) -> None:
    """Give somebody a new password. All their sessions end.

    Examples:
        guanxi user password wang.fang@example.com

    Exit codes: 0 set, 1 refused (nobody has the address, too weak), 3 database out of reach.

    """
    given = _asked() if prompt else None
    run(lambda: _password(settings_with(data_dir=data_dir), email, given))


@user.command()
def disable(email: Email, data_dir: DataDir = None) -> None:
    """Let somebody no longer sign in. Their records stay; their sessions and tokens end at once.

    Examples:
        guanxi user disable wang.fang@example.com

    Exit codes: 0 disabled, 1 refused (nobody, or the last administrator), 3 database out of reach.

    """
    run(lambda: _disable(settings_with(data_dir=data_dir), email))


@user.command("list")
def list_(data_dir: DataDir = None) -> None:
    """List people: e-mail address, name, department, roles.

    Examples:
        guanxi user list

    Exit codes: 0 listed, 3 database out of reach.

    """
    run(lambda: _list(settings_with(data_dir=data_dir)))


async def _add(
    settings: Settings, email: str, name: str, password: str | None, *, administrator: bool
) -> None:
    async with opened(settings) as platform, platform.database.begin(platform.schema) as work:
        created = await create_person(
            work,
            None,
            name=name or email.partition("@")[0],
            email=email,
            password=password,
            roles=[ADMINISTRATOR_ROLE] if administrator else [],
        )
    typer.echo(spoken(ADDED.fill(email=email)))
    if created.initial_password is not None:
        typer.echo(spoken(PASSWORD_IS.fill(password=created.initial_password)))


async def _password(settings: Settings, email: str, given: str | None) -> None:
    chosen = given or new_password()
    async with opened(settings) as platform, platform.database.begin(platform.schema) as work:
        await change_person(work, None, await person_of(work, email), {"password": chosen})
    typer.echo(spoken(PASSWORD_SET.fill(email=email)))
    if given is None:
        typer.echo(spoken(PASSWORD_IS.fill(password=chosen)))


async def _disable(settings: Settings, email: str) -> None:
    async with opened(settings) as platform, platform.database.begin(platform.schema) as work:
        await change_person(work, None, await person_of(work, email), {"active": False})
    typer.echo(spoken(DISABLED.fill(email=email)))


async def _list(settings: Settings) -> None:
    async with opened(settings) as platform, platform.database.begin(platform.schema) as work:
        people = await list_people(work, limit=100_000)
    for one in people:
        typer.echo(_line(one))


def _line(one: PersonProfile) -> str:
    roles = ", ".join(label_in(role.name, reader_locale()) for role in one.roles)
    parts = [one.email, one.name, one.department.name if one.department else "", roles]
    return "\t".join([*parts, *([] if one.active else [spoken(LEFT)])])


async def person_of(work: UnitOfWork, email: str) -> UUID:
    """The person with an e-mail address. Raises CommandError, InvalidEmailError."""
    found = await person_by_email(work, parse_email(email))
    if found is None:
        raise CommandError(NOBODY.fill(email=email))
    return found


def _asked() -> str:
    asked: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return asked
