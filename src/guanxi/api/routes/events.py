"""Live events: a stream of what happens to the records one may see."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from guanxi.api.access import Access, SignedIn
from guanxi.auth.errors import NotSignedInError
from guanxi.db.failures import AnyFailure
from guanxi.events.live import LiveHub, News
from guanxi.kit.errors import GuanxiError
from guanxi.permissions.gate import PreparedRead
from guanxi.permissions.viewer import Viewer
from guanxi.records.visible import Changes, visible_changes

_log = logging.getLogger(__name__)

router = APIRouter(tags=["events"])

#: A comment so often keeps proxies from closing the line.
STILL_HERE_SECONDS = 20.0


@router.get("/events", operation_id="follow_events", response_class=StreamingResponse)
async def follow_events(access: SignedIn, request: Request) -> StreamingResponse:
    """Server-sent events `change`, `design`, `rights`, `import`; see the HTTP reference, Live."""
    await access.platform.gate.viewer(access.credential)
    hub: LiveHub = request.app.state.live_hub
    return StreamingResponse(
        _stream(access, hub),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _stream(access: Access, hub: LiveHub) -> AsyncIterator[str]:
    subscription = await hub.subscribe()
    try:
        yield ": here\n\n"
        while True:
            try:
                news = await asyncio.wait_for(subscription.next(), STILL_HERE_SECONDS)
            except TimeoutError:
                yield ": still here\n\n"
                continue
            if news is None:
                return
            try:
                events = await _events(access, news)
            except NotSignedInError:
                return
            except AnyFailure as error:
                _log.warning("A live line was ended: %s", error)
                return
            for event in events:
                yield event
    finally:
        hub.unsubscribe(subscription)


async def _events(access: Access, news: News) -> list[str]:
    """What the person may know of the news, at the rights of this moment. Raises NotSignedInError."""
    events: list[str] = []
    if news.design is not None:
        events.append(_event("design", {"version": news.design}))
    if news.rights_changed:
        events.append(_event("rights", {}))

    def prepare(viewer: Viewer) -> PreparedRead[tuple[Viewer, Changes]]:
        visible = visible_changes(viewer, access.platform.asking, news.changes)
        return PreparedRead(visible.statements, lambda rows: (viewer, visible.finish(rows)))

    try:
        viewer, changes = await access.platform.gate.read(access.credential, prepare)
    except NotSignedInError:
        raise
    except GuanxiError:
        return events
    for name, ids in changes.items():
        listed = None if ids is None else sorted(str(one) for one in ids)
        events.append(_event("change", {"object": name, "ids": listed}))
    return events + [
        _event(watched.name, watched.state)
        for watched in news.watched.values()
        if viewer.rights.is_administrator or watched.audience == viewer.person_id
    ]


def _event(name: str, data: object) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
