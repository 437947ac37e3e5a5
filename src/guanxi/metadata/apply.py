"""Applying a design: all steps or none, one design at a time."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from psycopg.errors import (
    DeadlockDetected,
    FeatureNotSupported,
    InvalidObjectDefinition,
    LockNotAvailable,
    UniqueViolation,
)

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.kit.errors import FieldProblem
from guanxi.kit.text import Text
from guanxi.metadata.computed import no_longer_live, work_out
from guanxi.metadata.computing_store import leave_field
from guanxi.metadata.draft import draft
from guanxi.metadata.errors import DesignBlockedError, DesignBusyError, DesignChangedError
from guanxi.metadata.history_store import write_change
from guanxi.metadata.made import Drafted, FieldChanged, Made, field_of
from guanxi.metadata.making import make
from guanxi.metadata.pending import ask_to_finish
from guanxi.metadata.sentences import sentence_of
from guanxi.metadata.steps import Step
from guanxi.metadata.store import bump_design, load_catalog, relation_names
from guanxi.metadata.system_fields import FieldTypes
from guanxi.metadata.undo import before_of

#: Longer than this nobody who works with a table waits behind a change of its design.
LOCK_TIMEOUT = "2s"

#: How long to wait before a design that found its tables in use is tried again.
PAUSES_SECONDS = (0.3, 1.0)

_NOT_UNIQUE = Text(
    zh="字段的值有重复，不能设为唯一。请先合并或修改重复的记录。",
    en="Some values occur more than once, so the field cannot be made unique. Change those records first.",
)
_NOT_KEPT = Text(
    zh="不重复规则的条件太复杂，数据库不能保证。请先把条件做成一个“是/否”计算字段，再用那个字段作条件。",
    en="The condition of a unique rule is too involved for the database to keep it. Make it a computed yes-or-no field first"
    " and use that field as the condition.",
)

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class AppliedDesign:
    """The design version after the steps and what they made."""

    version: int
    made: Sequence[Made]
    #: Whether work on large tables remains; `pending.finish_pending` does it after the commit.
    has_pending: bool = False


async def current_version(work: UnitOfWork) -> int:
    """The version of the design, held until the end of the transaction: nobody else changes it meanwhile."""
    return int(await work.value("select design from epoch for update"))


async def apply_steps(
    work: UnitOfWork,
    types: FieldTypes,
    steps: Sequence[Step],
    *,
    base_version: int,
    actor: UUID | None,
    zone: ZoneInfo,
    origin: str | None = None,
) -> AppliedDesign:
    """Does all steps in the transaction of `work`, which must be rolled back when this raises.

    Raises DesignChangedError, DesignBusyError, DesignBlockedError, ValuesRefusedError. Rights are the caller's business.
    """
    current = await current_version(work)
    if current != base_version:
        raise DesignChangedError(base=base_version, current=current)
    catalog = await load_catalog(work, types)
    drafted = draft(
        catalog,
        types,
        steps,
        zone=zone,
        relations=await relation_names(work),
        origin=origin,
    )
    if not drafted.made:
        return AppliedDesign(current, drafted.made)
    await work.execute("select set_config('lock_timeout', %s, true)", [LOCK_TIMEOUT])
    remains = False
    for place, one in enumerate(drafted.made):
        try:
            remains |= await make(work, one)
        except (LockNotAvailable, DeadlockDetected) as error:
            raise DesignBusyError from error
        except UniqueViolation as error:
            pointer = f"/steps/{place}"
            raise DesignBlockedError([FieldProblem(pointer, "not_unique", _NOT_UNIQUE)]) from error
        except (FeatureNotSupported, InvalidObjectDefinition) as error:
            raise DesignBlockedError(
                [FieldProblem(f"/steps/{place}", "blocked", _NOT_KEPT)]
            ) from error
    for key in no_longer_live(catalog, drafted.objects):
        await leave_field(work, *key)
    await _follow_values(work, drafted)
    if remains:
        await ask_to_finish(work)
    version = await bump_design(work)
    documents = [_kept(step, one) for step, one in zip(steps, drafted.made, strict=True)]
    await write_change(work, version, actor, documents)
    return AppliedDesign(version, drafted.made, remains)


async def _follow_values(work: UnitOfWork, drafted: Drafted) -> None:
    """What hangs on fields whose values, or what is said of them, are others now is made again, and the words they are
    found by.
    """
    changed = [
        made
        for made in drafted.made
        if isinstance(made, FieldChanged)
        and (made.has_other_values or made.speaks_otherwise_of_options)
    ]
    if not changed:
        return
    computed = work_out(drafted.objects)
    for made in changed:
        object_name, field = made.definition.name, made.field
        if (field.searchable and made.has_other_values) or made.is_retyped:
            await leave_field(work, object_name, field.name)
        for one in computed.dependents(object_name, field.name):
            await leave_field(work, *one.computed.key)


async def patiently(attempt: Callable[[], Awaitable[Result]]) -> Result:
    """Tries again when the tables are in use; raises DesignBusyError when they still are after the last pause."""
    for pause in PAUSES_SECONDS:
        try:
            return await attempt()
        except DesignBusyError:
            await asyncio.sleep(pause)
    return await attempt()


def _kept(step: Step, made: Made) -> dict[str, object]:
    """A step as the history of the design keeps it."""
    return {
        "action": step.action,
        "object": made.definition.name,
        "field": field_of(made),
        "sentence": sentence_of(step, made).as_label(),
        "step": step.model_dump(mode="json", exclude_unset=True),
        "before": before_of(step, made),
    }
