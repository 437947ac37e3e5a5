"""`guanxi`: every command in one place."""

import gc

import typer

from guanxi.cli.app_command import app as app_folders
from guanxi.cli.backup_command import backup, restore
from guanxi.cli.bench_command import bench
from guanxi.cli.doctor_command import doctor
from guanxi.cli.export_command import export_
from guanxi.cli.import_command import import_
from guanxi.cli.serve_command import serve
from guanxi.cli.user_command import user
from guanxi.cli.worker_command import worker

app = typer.Typer(
    name="guanxi",
    help="A no-code application platform with a full-funnel CRM built on it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def guanxi() -> None:
    """The installation is the one of GUANXI_DATABASE_URL, else the embedded one in the data folder."""


app.command()(serve)
app.command()(worker)
app.command("import")(import_)
app.command("export")(export_)
app.add_typer(app_folders, name="app")
app.add_typer(user, name="user")
app.command()(backup)
app.command()(restore)
app.command()(doctor)
app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(bench)

# What is there by now is never garbage; see `guanxi.cli`.
gc.freeze()
gc.enable()

if __name__ == "__main__":
    app()
