"""Settings → Platform: every registry and verb, assembled once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.apps.install import install_application
from guanxi.apps.load import load_application
from guanxi.apps.model import Installation
from guanxi.apps.store import roles_by_origin
from guanxi.auth.model import Workspace
from guanxi.auth.setup import is_setup_needed
from guanxi.auth.workspace import ensure_workspace
from guanxi.calendars.ensure import ensure_calendars
from guanxi.db.database import Database
from guanxi.db.locks import LockSpace, lock
from guanxi.db.migrations.upgrade import migrate, schema_of
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.events.partitions import ensure_partitions
from guanxi.fields.builtin import builtin_field_types
from guanxi.fields.field_type import FieldType
from guanxi.files.content import Content, LocalContent
from guanxi.kit.clock import Clock, SystemClock
from guanxi.kit.registry import Registry
from guanxi.kit.seal import read_seal
from guanxi.kit.settings import Settings
from guanxi.metadata.model import ObjectDefinition
from guanxi.metadata.references import References
from guanxi.metadata.store import bump_design
from guanxi.metadata.uses_in_formulas import uses_in_formulas
from guanxi.permissions.asking import Asking
from guanxi.permissions.designing import Designing
from guanxi.permissions.gate import Gate, WorkspaceFacts
from guanxi.permissions.references import formulas_in_grants, grants_that_break, uses_in_grants
from guanxi.permissions.viewer import Viewer
from guanxi.records.draft import Operation, RecordDraft, SavingStep
from guanxi.records.importing import Importing
from guanxi.records.read import Reading
from guanxi.records.saving import Saving
from guanxi.sdk.demo import Demo
from guanxi.sdk.extension import Extension, find_extensions
from guanxi.views.references import formulas_in_views, uses_in_views, views_that_break


@dataclass(frozen=True)
class Platform:
    """One installation at work: what routes, commands and jobs are given."""

    settings: Settings
    database: Database
    schema: str
    workspace: Workspace
    clock: Clock
    field_types: Registry[FieldType[Any]]
    gate: Gate
    asking: Asking
    reading: Reading
    saving: Saving
    designing: Designing
    extensions: tuple[Extension, ...]

    @property
    def content(self) -> Content:
        """Where the content of files lies."""
        return LocalContent(self.settings.data_dir / "files" / self.schema)

    @property
    def importing(self) -> Importing:
        """What the verbs of imports work with."""
        return Importing(
            self.database, self.schema, self.gate, self.saving, self.settings.upload_limit_mb
        )

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.workspace.time_zone)


async def open_platform(
    settings: Settings,
    conninfo: str,
    *,
    clock: Clock | None = None,
    extensions: Sequence[Extension] | None = None,
) -> Platform:
    """Connects, brings the tables up to date, and assembles the platform. Close its database afterwards.

    `extensions` are the applications at hand; if not given, those of all installed packages.
    """
    if extensions is None:
        extensions = find_extensions()
    clock = clock or SystemClock()
    database = Database(conninfo, pool_size=settings.pool_size)
    await database.open()
    await migrate(database, settings.workspace)
    schema = schema_of(settings.workspace)
    async with database.begin(schema) as work:
        await ensure_partitions(work)
        workspace = await ensure_workspace(
            work,
            Workspace(
                name=settings.workspace,
                time_zone=settings.time_zone,
                currency=settings.currency,
                locale=settings.locale,
            ),
        )
        if await ensure_calendars(work, workspace.time_zone, clock.now().year):
            await bump_design(work)
    field_types = builtin_field_types()
    asking = Asking(clock)
    facts = WorkspaceFacts(zone=ZoneInfo(workspace.time_zone), locale=workspace.locale)
    return Platform(
        settings=settings,
        database=database,
        schema=schema,
        workspace=workspace,
        clock=clock,
        field_types=field_types,
        gate=Gate(database, schema, field_types, facts),
        asking=asking,
        reading=Reading(asking),
        saving=Saving(
            clock,
            asking,
            _saving_steps(extensions, clock),
            read_seal(settings.key_file or settings.data_dir / "secret.key"),
        ),
        designing=Designing(field_types, _references()),
        extensions=tuple(extensions),
    )


async def install_extensions(platform: Platform) -> list[Installation]:
    """Installs the applications at hand, each in a transaction of its own; what is there already stays as it is.

    Raises InvalidAppError, NameTakenError, DesignBusyError.
    """
    installed: list[Installation] = []
    for extension in platform.extensions:
        application = load_application(extension.folder)
        async with platform.database.begin(platform.schema) as work:
            installed.append(
                await install_application(
                    work, platform.field_types, application, zone=platform.zone
                )
            )
    return installed


async def fill_demo(platform: Platform) -> bool:
    """Demonstration data of the applications at hand, only where nobody is yet; whether it was needed."""
    async with platform.database.begin(platform.schema) as work:
        await lock(work, LockSpace.SETUP)
        if not await is_setup_needed(work):
            return False
        demo = Demo(
            work=work,
            saving=platform.saving,
            types=platform.field_types,
            viewer=await platform.gate.system_viewer(work, "job"),
            now=platform.clock.now(),
            roles=await roles_by_origin(work, ""),
        )
        for extension in platform.extensions:
            if extension.fill_demo is not None:
                await extension.fill_demo(demo)
    return True


def _saving_steps(extensions: Sequence[Extension], clock: Clock) -> dict[str, list[SavingStep]]:
    steps: dict[str, list[SavingStep]] = {}
    for extension in extensions:
        for name, own in extension.saving_steps(clock).items():
            steps.setdefault(name, []).extend(_OnItsOwn(extension.name, step) for step in own)
    return steps


@dataclass(frozen=True, slots=True)
class _OnItsOwn:
    """A step of an application, for objects the application brought and no others of the name."""

    application: str
    step: SavingStep

    @property
    def may_refuse(self) -> bool:
        return self.step.may_refuse

    async def __call__(
        self,
        work: UnitOfWork,
        viewer: Viewer,
        definition: ObjectDefinition,
        drafts: Sequence[RecordDraft],
        operation: Operation,
    ) -> None:
        if definition.origin == self.application:
            await self.step(work, viewer, definition, drafts, operation)


def _references() -> References:
    """Who knows where fields are used."""
    references = References()
    references.register(uses_in_formulas)
    references.register(uses_in_grants)
    references.register(uses_in_views)
    references.register_breaks(grants_that_break)
    references.register_breaks(views_that_break)
    references.register_formulas(formulas_in_grants)
    references.register_formulas(formulas_in_views)
    return references
