"""How every command runs: settings from environment and options, and failures as one clear line."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Annotated, Any

import typer
import uvloop
from psycopg import OperationalError
from psycopg_pool import PoolTimeout

from guanxi.db.embedded import EmbeddedServerError
from guanxi.kit.errors import GuanxiError, ValuesRefusedError
from guanxi.kit.settings import InvalidSettingError, Settings, read_settings

#: Exit codes: what was asked cannot be done; the installation cannot be reached.
REFUSED = 1
UNREACHABLE = 3

DataDir = Annotated[
    Path | None,
    typer.Option(help="Where data lies: the embedded database and the log. [env: GUANXI_DATA_DIR]"),
]


class CommandError(Exception):
    """A command cannot do what it was asked; the text says why and what to do."""


def settings_with(**overrides: Any) -> Settings:
    """The settings of this call; an invalid one ends the command."""
    try:
        return read_settings(**overrides)
    except InvalidSettingError as error:
        raise _ended(str(error), REFUSED) from None


def run(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Runs a command to its end. What the operator can mend is said in one line."""
    try:
        uvloop.run(work())
    except CommandError as error:
        raise _ended(str(error), REFUSED) from None
    except ValuesRefusedError as error:
        told = "\n".join(f"  {problem.pointer}: {problem.message.en}" for problem in error.problems)
        raise _ended(f"{error.detail.en}\n{told}", REFUSED) from None
    except GuanxiError as error:
        raise _ended(error.detail.en, REFUSED) from None
    except (EmbeddedServerError, PoolTimeout, OperationalError) as error:
        told = f"The database cannot be reached. {error}".strip()
        raise _ended(told, UNREACHABLE) from None
    except (KeyboardInterrupt, asyncio.CancelledError):
        raise typer.Exit(130) from None


def _ended(sentence: str, code: int) -> typer.Exit:
    typer.echo(f"guanxi: {sentence}", err=True)
    return typer.Exit(code)
