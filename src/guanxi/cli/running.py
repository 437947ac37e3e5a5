"""How every command runs: settings from environment and options, and failures as one clear line."""

import asyncio
import signal
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Annotated, Any

import typer
import uvloop

from guanxi.cli.language import spoken
from guanxi.db.embedded import EmbeddedServerError
from guanxi.db.failures import DatabaseAway
from guanxi.kit.errors import GuanxiError, ValuesRefusedError
from guanxi.kit.settings import InvalidSettingError, Settings, read_settings
from guanxi.kit.text import Text

#: Exit codes: what was asked cannot be done; the installation cannot be reached; ended by a signal.
REFUSED = 1
UNREACHABLE = 3
INTERRUPTED = 130

UNREACHABLE_TEXT = Text(
    zh="无法连接数据库：{reason}请运行 guanxi doctor 查看设置。",
    en="The database cannot be reached: {reason}Run guanxi doctor to see the settings.",
)

DataDir = Annotated[
    Path | None,
    typer.Option(help="Where data lies: the embedded database and the log. [env: GUANXI_DATA_DIR]"),
]


class CommandError(Exception):
    """A command cannot do what it was asked; the text says why and what to do."""

    def __init__(self, text: Text | str) -> None:
        self.text = text if isinstance(text, Text) else Text(zh=text, en=text)
        super().__init__(self.text.en)


def settings_with(**overrides: Any) -> Settings:
    """The settings of this call; an invalid one ends the command."""
    try:
        return read_settings(**overrides)
    except InvalidSettingError as error:
        raise _ended(str(error), REFUSED) from None


def run(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Runs a command to its end. What the operator can mend is said in one line.

    SIGTERM and Ctrl-C end it in good order: what it opened is closed.
    """
    try:
        uvloop.run(_until_told(work))
    except CommandError as error:
        raise _ended(spoken(error.text), REFUSED) from None
    except ValuesRefusedError as error:
        told = "\n".join(f"  {one.pointer}: {spoken(one.message)}" for one in error.problems)
        raise _ended(f"{spoken(error.detail)}\n{told}", REFUSED) from None
    except GuanxiError as error:
        raise _ended(spoken(error.detail), REFUSED) from None
    except EmbeddedServerError as error:
        raise _ended(str(error).strip(), UNREACHABLE) from None
    except DatabaseAway as error:
        reason = " ".join(str(error).split())
        told = spoken(UNREACHABLE_TEXT.fill(reason=f"{reason} " if reason else ""))
        raise _ended(told, UNREACHABLE) from None
    except (KeyboardInterrupt, asyncio.CancelledError):
        raise typer.Exit(INTERRUPTED) from None


async def _until_told(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    task = asyncio.current_task()
    if task is not None:
        on_signals(task.cancel)
    await work()


def on_signals(stop: Callable[[], object]) -> None:
    """What Ctrl-C and SIGTERM do from now on."""
    loop = asyncio.get_running_loop()
    for one in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(one, stop)


def _ended(sentence: str, code: int) -> typer.Exit:
    typer.echo(f"guanxi: {sentence}", err=True)
    return typer.Exit(code)
