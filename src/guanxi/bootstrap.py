"""Settings → Platform: every registry and verb, assembled once."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.auth.model import Workspace
from guanxi.auth.workspace import ensure_workspace
from guanxi.db.database import Database
from guanxi.db.migrations.upgrade import migrate, schema_of
from guanxi.events.partitions import ensure_partitions
from guanxi.fields.builtin import builtin_field_types
from guanxi.fields.field_type import FieldType
from guanxi.kit.clock import Clock, SystemClock
from guanxi.kit.registry import Registry
from guanxi.kit.settings import Settings
from guanxi.permissions.asking import Asking
from guanxi.permissions.gate import Gate, WorkspaceFacts
from guanxi.records.read import Reading
from guanxi.records.saving import Saving


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

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.workspace.time_zone)


async def open_platform(
    settings: Settings, conninfo: str, *, clock: Clock | None = None
) -> Platform:
    """Connects, brings the tables up to date, and assembles the platform. Close its database afterwards."""
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
        saving=Saving(clock, asking),
    )
