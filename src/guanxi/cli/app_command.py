"""`guanxi app`: applications as folders of YAML."""

from pathlib import Path
from typing import Annotated

import typer

from guanxi.apps.export import export_application
from guanxi.apps.install import install_application, try_application
from guanxi.apps.load import load_application
from guanxi.apps.manifest import Application
from guanxi.apps.model import Installation
from guanxi.apps.store import installed_apps
from guanxi.apps.write import write_application
from guanxi.cli.language import reader_locale, spoken
from guanxi.cli.opening import opened
from guanxi.cli.running import DataDir, run, settings_with
from guanxi.kit.settings import Settings
from guanxi.kit.text import Text, label_in

INSTALLED = Text(
    zh="已安装 {app} {version}：新增 {objects} 个对象、{fields} 个字段、{roles} 个角色、{views} 个视图。",
    en="Installed {app} {version}: {objects} objects, {fields} fields, {roles} roles, {views} views added.",
)
NOTHING_TO_ADD = Text(
    zh="{app} {version} 已安装，没有要新增的内容。",
    en="{app} {version} is installed already; there was nothing to add.",
)
IN_ORDER = Text(
    zh="{app} {version} 没有问题：{objects} 个对象，{fields} 个字段。",
    en="{app} {version} is in order: {objects} objects, {fields} fields.",
)
EXPORTED = Text(zh="已把 {app} 导出到 {folder}。", en="Exported {app} to {folder}.")

app = typer.Typer(
    no_args_is_help=True,
    help="Applications as folders of YAML: list, check, install, export.",
)

Folder = Annotated[
    Path,
    typer.Argument(help="The folder with app.yaml.", exists=True, file_okay=False, dir_okay=True),
]


@app.command("list")
def list_(data_dir: DataDir = None) -> None:
    """List the applications of the workspace: name, version, label.

    Examples:
        guanxi app list

    Exit codes: 0 listed, 3 database out of reach.

    """
    run(lambda: _list(settings_with(data_dir=data_dir)))


@app.command()
def check(folder: Folder, data_dir: DataDir = None) -> None:
    """Tell everything that is wrong with an application, by file and line. Nothing is changed.

    It is installed on trial and taken back, so that what the workspace holds is looked at, too.

    Examples:
        guanxi app check ./fleet

    Exit codes: 0 in order, 1 something is wrong, 3 database out of reach.

    """
    run(lambda: _check(settings_with(data_dir=data_dir), folder))


@app.command()
def install(folder: Folder, data_dir: DataDir = None) -> None:
    """Install an application. What is there already stays as it is, changed by hand or not.

    Examples:
        guanxi app install ./fleet

    Exit codes: 0 installed, 1 something is wrong, 3 database out of reach.

    """
    run(lambda: _install(settings_with(data_dir=data_dir), folder))


@app.command()
def export(
    name: Annotated[str, typer.Argument(help="The name of the application, e.g. crm.")],
    folder: Annotated[Path, typer.Argument(help="An empty or new folder to write into.")],
    data_dir: DataDir = None,
) -> None:
    """Write an application as the workspace has it by now, changes by administrators included.

    Examples:
        guanxi app export crm ./crm-as-used

    Exit codes: 0 written, 1 refused (not installed, folder not empty), 3 database out of reach.

    """
    run(lambda: _export(settings_with(data_dir=data_dir), name, folder))


async def _list(settings: Settings) -> None:
    async with opened(settings) as platform, platform.database.begin(platform.schema) as work:
        found = await installed_apps(work)
    for one in found:
        typer.echo("\t".join([one.name, one.version, label_in(one.label, reader_locale())]))


async def _check(settings: Settings, folder: Path) -> None:
    application = load_application(folder)
    async with opened(settings) as platform, platform.database.begin(platform.schema) as work:
        await try_application(work, platform.field_types, application, zone=platform.zone)
    typer.echo(spoken(_filled(IN_ORDER, application)))


async def _install(settings: Settings, folder: Path) -> None:
    application = load_application(folder)
    async with opened(settings) as platform, platform.database.begin(platform.schema) as work:
        done = await install_application(
            work, platform.field_types, application, zone=platform.zone
        )
    typer.echo(spoken(_told(done)))


async def _export(settings: Settings, name: str, folder: Path) -> None:
    async with opened(settings) as platform, platform.database.begin(platform.schema) as work:
        application = await export_application(work, platform.field_types, name, folder=folder)
    write_application(application)
    typer.echo(spoken(EXPORTED.fill(app=name, folder=folder)))


def _told(done: Installation) -> Text:
    sentence = NOTHING_TO_ADD if done.changed_nothing else INSTALLED
    return sentence.fill(
        app=done.app,
        version=done.version,
        objects=done.objects,
        fields=done.fields,
        roles=done.roles,
        views=done.views,
    )


def _filled(sentence: Text, application: Application) -> Text:
    return sentence.fill(
        app=application.app.name,
        version=application.app.version,
        objects=len(application.objects),
        fields=sum(len(one.definition.fields) for one in application.objects),
    )
