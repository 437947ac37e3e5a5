"""The design: what changes would do, doing them, and what was done."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response

from guanxi.api.access import Access, SignedIn
from guanxi.api.answering import answered
from guanxi.api.idempotency import Idempotent, RepeatableRequest
from guanxi.api.schemas.design import (
    AppliedAnswer,
    ComputingFieldsAnswer,
    DesignBody,
    DesignChangeAnswer,
    DesignHistoryAnswer,
    NewFieldBody,
    PlanAnswer,
    PlannedStepAnswer,
    UndoAnswer,
    designed_objects_answer,
)
from guanxi.api.schemas.undone import opposite_of
from guanxi.metadata.apply import patiently
from guanxi.metadata.computing_store import progress_of, try_again
from guanxi.metadata.errors import DesignBusyError
from guanxi.metadata.history import design_history
from guanxi.metadata.pending import finish_pending
from guanxi.metadata.steps import MOST_STEPS, AddField, Step
from guanxi.metadata.undo import refuse_in_the_way, step_done
from guanxi.permissions.model import WorkspaceRight
from guanxi.permissions.require import require
from guanxi.permissions.store import roles_by_object
from guanxi.query.errors import InvalidCursorError

router = APIRouter(tags=["design"])


@router.post("/design/plan", operation_id="plan_design")
async def plan_design(access: SignedIn, body: DesignBody) -> PlanAnswer:
    """What the steps would do, at the design of this moment; nothing is changed."""
    platform = access.platform
    async with platform.gate.write(access.credential, pipelined=False) as (work, viewer):
        return PlanAnswer.of(await platform.designing.plan(work, viewer, body.steps))


@router.post("/design/apply", operation_id="apply_design")
async def apply_design(access: SignedIn, idempotent: Idempotent, body: DesignBody) -> Response:
    """Does all steps or none."""
    return await _apply(access, idempotent, body.steps, body.base_version)


@router.post("/objects/{object_name}/fields", operation_id="add_field", status_code=201)
async def add_field(
    access: SignedIn, idempotent: Idempotent, object_name: str, body: NewFieldBody
) -> Response:
    """Adds one field: a design of one step."""
    step = AddField(object=object_name[:100], field=body.field())
    return await _apply(access, idempotent, [step], body.base_version, status=201)


@router.get("/design/objects", operation_id="list_designed_objects")
async def list_designed_objects(access: SignedIn) -> dict[str, Any]:
    """Every object as designers see it, with what uses its fields."""
    platform = access.platform
    async with platform.gate.write(access.credential, pipelined=False) as (work, viewer):
        require(viewer, WorkspaceRight.DESIGN)
        uses = await platform.designing.references.uses(work, viewer.catalog)
        return designed_objects_answer(viewer, uses, await roles_by_object(work))


@router.get("/design/history", operation_id="list_design_changes")
async def list_design_changes(
    access: SignedIn,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: str | None = None,
) -> DesignHistoryAnswer:
    """What was done to the design, newest first."""
    before = _version_of(cursor)
    async with access.platform.gate.write(access.credential, pipelined=False) as (work, viewer):
        require(viewer, WorkspaceRight.DESIGN)
        changes, following = await design_history(work, limit=limit, before=before)
    return DesignHistoryAnswer(
        changes=[DesignChangeAnswer.of(one) for one in changes],
        next_cursor=None if following is None else str(following),
    )


@router.get("/design/history/{version}/{place}/undo", operation_id="undo_design_step")
async def undo_design_step(
    access: SignedIn,
    version: Annotated[int, Path(ge=0, lt=2**31)],
    place: Annotated[int, Path(ge=0, lt=MOST_STEPS)],
) -> UndoAnswer:
    """The step that takes one of the history back, to be planned and applied as any other; nothing is changed."""
    async with access.platform.gate.write(access.credential, pipelined=False) as (work, viewer):
        require(viewer, WorkspaceRight.DESIGN)
        done, later = await step_done(work, version, place)
        refuse_in_the_way(done, later)
        return UndoAnswer(step=opposite_of(viewer, done))


@router.get("/design/computing", operation_id="list_computing_fields")
async def list_computing_fields(access: SignedIn) -> ComputingFieldsAnswer:
    """Every computed field that is not up to date: how far it is, and whether somebody has to ask for it."""
    async with access.platform.gate.write(access.credential, pipelined=False) as (work, viewer):
        require(viewer, WorkspaceRight.DESIGN)
        return ComputingFieldsAnswer.of(await progress_of(work))


@router.post("/design/computing/{object_name}/retry", operation_id="retry_computing")
async def retry_computing(access: SignedIn, object_name: str) -> ComputingFieldsAnswer:
    """Computes what failed of an object, from where it stopped."""
    async with access.platform.gate.write(access.credential, pipelined=False) as (work, viewer):
        require(viewer, WorkspaceRight.DESIGN)
        await try_again(work, object_name[:100])
        return ComputingFieldsAnswer.of(await progress_of(work))


async def _apply(
    access: Access,
    idempotent: RepeatableRequest,
    steps: Sequence[Step],
    base_version: int | None,
    *,
    status: int = 200,
) -> Response:
    platform = access.platform

    async def attempt() -> Response:
        async with platform.gate.write(access.credential, pipelined=False) as (work, viewer):
            replayed = await idempotent.replayed(work, viewer)
            if replayed is not None:
                return replayed
            base = viewer.catalog.version if base_version is None else base_version
            applied, plan = await platform.designing.apply(work, viewer, steps, base_version=base)
            answer = AppliedAnswer(
                design_version=applied.version,
                steps=[PlannedStepAnswer.of(one) for one in plan.steps],
            )
            return await idempotent.keep(work, viewer, answered(answer, status=status))

    response = await patiently(attempt)
    # What has to wait is the worker's: the design itself is done.
    with suppress(DesignBusyError):
        await finish_pending(platform.database, platform.schema, platform.field_types)
    return response


def _version_of(cursor: str | None) -> int | None:
    if not cursor:
        return None
    if not cursor.isascii() or not cursor.isdigit() or len(cursor) > 9:
        raise InvalidCursorError
    return int(cursor)
