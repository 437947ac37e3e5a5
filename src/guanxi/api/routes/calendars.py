"""Work calendars: hours, holidays and make-up workdays."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from guanxi.api.access import Access, SignedIn
from guanxi.api.answering import answered
from guanxi.api.idempotency import Idempotent
from guanxi.api.schemas.calendars import (
    CalendarAnswer,
    CalendarBody,
    CalendarName,
    CalendarsAnswer,
    DaysBody,
    EffectAnswer,
    NearAnswer,
    VersionsAnswer,
    YearAnswer,
    YearBody,
)
from guanxi.calendars.errors import CalendarNotFoundError
from guanxi.calendars.fill import days_of, part_of
from guanxi.calendars.model import Calendar
from guanxi.calendars.store import find_calendar, load_calendars, versions_of
from guanxi.metadata.calendars import CalendarEffect, Changing
from guanxi.permissions.model import WorkspaceRight
from guanxi.permissions.require import require

router = APIRouter(prefix="/calendars", tags=["calendars"])

#: The web app is told so many years back and ahead.
NEAR = 2

Name = Annotated[CalendarName, Path()]
Year = Annotated[int, Path(ge=1900, le=2200)]
Preview = Annotated[bool, Query(description="Tells what the change would do, and does nothing.")]


@router.get("", operation_id="list_calendars")
async def get_calendars(access: SignedIn) -> CalendarsAnswer:
    """All calendars, the workspace's own first."""
    async with access.platform.gate.write(access.credential) as (work, _):
        found = await load_calendars(work)
    return CalendarsAnswer(calendars=[CalendarAnswer.of(one) for one in found])


@router.get("/near", operation_id="near_calendars")
async def get_near(access: SignedIn) -> NearAnswer:
    """The days and stretches of work of two years back to two years ahead, for formulas in the browser."""
    year = access.platform.clock.now().year
    async with access.platform.gate.write(access.credential) as (work, _):
        found = await load_calendars(work)
    first, last = date(year - NEAR, 1, 1), date(year + NEAR, 12, 31)
    return NearAnswer(
        calendars={
            one.definition.name: part_of(one.definition, first, last).told() for one in found
        }
    )


@router.get("/{name}/years/{year}", operation_id="calendar_year")
async def get_year(access: SignedIn, name: Name, year: Year) -> YearAnswer:
    """Every day of a year."""
    calendar = await _found(access, name)
    days = days_of(calendar.definition, date(year, 1, 1), date(year, 12, 31))
    return YearAnswer.of(calendar, year, days)


@router.get("/{name}/versions", operation_id="calendar_versions")
async def get_versions(access: SignedIn, name: Name) -> VersionsAnswer:
    """Who changed the calendar and when, the last change first."""
    async with access.platform.gate.write(access.credential) as (work, _):
        if await find_calendar(work, name) is None:
            raise CalendarNotFoundError(name=name)
        return VersionsAnswer.of(await versions_of(work, name))


@router.put("/{name}", operation_id="set_calendar")
async def put_calendar(
    access: SignedIn,
    idempotent: Idempotent,
    name: Name,
    body: CalendarBody,
    preview: Preview = False,
) -> Response:
    """Makes a calendar, or changes its names, zone and hours."""
    return await _change(
        access, idempotent, preview, lambda it: it.set_up(name, body.as_settings(), body.version)
    )


@router.put("/{name}/days", operation_id="set_calendar_days")
async def put_days(
    access: SignedIn, idempotent: Idempotent, name: Name, body: DaysBody, preview: Preview = False
) -> Response:
    """Makes days holidays or workdays, or as their weekday again; days that are not named stay."""
    return await _change(
        access,
        idempotent,
        preview,
        lambda it: it.set_days(name, body.version, body.special(), body.usual()),
    )


@router.put("/{name}/years/{year}", operation_id="load_calendar_year")
async def put_year(
    access: SignedIn,
    idempotent: Idempotent,
    name: Name,
    year: Year,
    body: YearBody,
    preview: Preview = False,
) -> Response:
    """Replaces the public holidays of a year by those given or known; what people set for single days stays."""
    return await _change(
        access,
        idempotent,
        preview,
        lambda it: it.load_year(name, body.version, year, body.special()),
    )


@router.delete("/{name}", operation_id="delete_calendar", status_code=204)
async def remove_calendar(access: SignedIn, idempotent: Idempotent, name: Name) -> Response:
    """Refused for the standard calendar and while anything uses it: fields, rules, views, roles."""
    async with access.platform.gate.write(access.credential) as (work, viewer):
        replayed = await idempotent.replayed(work, viewer)
        if replayed is not None:
            return replayed
        require(viewer, WorkspaceRight.DESIGN)
        year = access.platform.clock.now().year
        await Changing(work, viewer.catalog, viewer.person_id, year).delete(
            name, access.platform.designing.references
        )
        return await idempotent.keep(work, viewer, Response(status_code=204))


async def _found(access: Access, name: str) -> Calendar:
    async with access.platform.gate.write(access.credential) as (work, _):
        found = await find_calendar(work, name)
    if found is None:
        raise CalendarNotFoundError(name=name)
    return found


async def _change(
    access: Access,
    idempotent: Idempotent,
    preview: bool,
    change: Callable[[Changing], Awaitable[CalendarEffect]],
) -> Response:
    async with access.platform.gate.write(access.credential) as (work, viewer):
        replayed = await idempotent.replayed(work, viewer)
        if replayed is not None:
            return replayed
        require(viewer, WorkspaceRight.DESIGN)
        year = access.platform.clock.now().year
        changing = Changing(work, viewer.catalog, viewer.person_id, year, preview)
        effect = await change(changing)
        return await idempotent.keep(work, viewer, answered(EffectAnswer.of(effect)))
