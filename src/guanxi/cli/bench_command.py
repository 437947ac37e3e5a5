"""`guanxi bench`: the figures of this machine, each beside its floor."""

import subprocess
import sys
from pathlib import Path

import typer

from guanxi.cli.running import REFUSED

_CHECKOUT = Path(__file__).parents[3]


def bench(context: typer.Context) -> None:
    """Measure this machine and print each figure beside its floor.

    It makes data of its own and touches no installation. Options are handed on; see `guanxi bench -- --help`.

    Examples:
        guanxi bench

        guanxi bench -- --rows 100000 --only lists writes

    """
    if not (_CHECKOUT / "benchmarks").is_dir():
        typer.echo("guanxi: Benchmarks run from a checkout of the source only.", err=True)
        raise typer.Exit(REFUSED)
    command = [sys.executable, "-m", "benchmarks", *context.args]
    done = subprocess.run(command, cwd=_CHECKOUT, check=False)  # noqa: S603 -- our own module
    raise typer.Exit(done.returncode)
