"""What happens in a workspace, told to those who are looking at it right now."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from guanxi.db.database import Database, Statement
from guanxi.db.failures import AnyFailure
from guanxi.db.notify import Topic, subscribe
from guanxi.db.unit_of_work import Row
from guanxi.events.log import PRESENT, Position, changes_after, changes_of, present_of
from guanxi.kit.tasks import end_tasks

#: News is gathered for so long before it is told.
BATCH_SECONDS = 0.3
POLL_SECONDS = 1.0
MOST_READ = 5000

#: Of an object with more changed records only that there were many is told.
MOST_IDS = 500

_EPOCHS = Statement("select design, rights from epoch")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Watch:
    """Something with a state that people follow, such as an import.

    Its statement yields `key uuid, audience uuid, state jsonb`: who may know of it, and what they are told whenever
    it differs from before. `audience` null is everybody who may manage the workspace's data.
    """

    name: str
    statement: Statement


@dataclass(frozen=True, slots=True)
class WatchedState:
    """The new state of something watched."""

    name: str
    audience: UUID | None
    state: Mapping[str, Any]


@dataclass(slots=True)
class News:
    """What happened since the last time."""

    #: Changed records by object; None for too many to name.
    changes: dict[str, set[UUID] | None] = field(default_factory=dict)
    design: int | None = None
    rights_changed: bool = False
    watched: dict[tuple[str, UUID], WatchedState] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.changes or self.watched or self.rights_changed or self.design is not None)

    def add(self, other: "News") -> None:
        for name, ids in other.changes.items():
            known = self.changes.get(name, set())
            both = None if known is None or ids is None else known | ids
            self.changes[name] = None if both is None or len(both) > MOST_IDS else both
        self.design = other.design if other.design is not None else self.design
        self.rights_changed |= other.rights_changed
        self.watched.update(other.watched)


class Subscription:
    """One listener. News it has not taken yet grows together, so a slow one costs no memory."""

    def __init__(self) -> None:
        self._news = News()
        self._has_news = asyncio.Event()
        self._is_closed = False

    def tell(self, news: News) -> None:
        self._news.add(news)
        self._has_news.set()

    def close(self) -> None:
        self._is_closed = True
        self._has_news.set()

    async def next(self) -> News | None:
        """What happened since the last call, as soon as something has; None when there will be no more."""
        await self._has_news.wait()
        if self._is_closed:
            return None
        self._has_news.clear()
        news, self._news = self._news, News()
        return news


class LiveHub:
    """Follows a workspace for all listeners of this process, by one query for all; without listeners by none."""

    def __init__(self, database: Database, schema: str, *, watches: Sequence[Watch] = ()) -> None:
        self._database = database
        self._schema = schema
        self._watches = tuple(watches)
        self._subscriptions: set[Subscription] = set()
        self._wake = asyncio.Event()
        self._position: Position | None = None
        self._epochs: Row | None = None
        self._states: dict[tuple[str, UUID], Any] | None = None
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._task = asyncio.create_task(self._follow())

    def end_subscriptions(self) -> None:
        """Tells all listeners that there will be no more, so that a server that stops need not wait for them."""
        for subscription in tuple(self._subscriptions):
            subscription.close()

    async def stop(self) -> None:
        """Ends all subscriptions and stops following."""
        self.end_subscriptions()
        await end_tasks(self._task)

    async def subscribe(self) -> Subscription:
        """A listener that hears of everything committed from now on. Unsubscribe it in the end."""
        subscription = Subscription()
        if not self._subscriptions:
            await self._begin()
        self._subscriptions.add(subscription)
        self._wake.set()
        return subscription

    def unsubscribe(self, subscription: Subscription) -> None:
        self._subscriptions.discard(subscription)

    async def _begin(self) -> None:
        present, epochs, *watched = await self._database.read(
            self._schema, PRESENT, _EPOCHS, *(watch.statement for watch in self._watches)
        )
        self._position = present_of(present)
        self._epochs = epochs[0]
        self._states = self._states_of(watched)

    async def _follow(self) -> None:
        stop_listening = subscribe(self._schema, Topic.CHANGES, self._wake.set)
        try:
            while True:
                with suppress(TimeoutError):
                    await asyncio.wait_for(
                        self._wake.wait(), POLL_SECONDS if self._subscriptions else None
                    )
                self._wake.clear()
                if self._subscriptions:
                    await self._look()
                    await asyncio.sleep(BATCH_SECONDS)
        finally:
            stop_listening()

    async def _look(self) -> None:
        try:
            news = await self._read()
        except AnyFailure as error:
            _log.warning("The change log could not be followed: %s", error)
            return
        if news:
            for subscription in tuple(self._subscriptions):
                subscription.tell(news)

    async def _read(self) -> News:
        news = News()
        if self._position is None:
            await self._begin()
            return news
        logged, [epochs], *watched = await self._database.read(
            self._schema,
            changes_after(self._position, limit=MOST_READ),
            _EPOCHS,
            *(watch.statement for watch in self._watches),
        )
        found = changes_of(logged)
        for change in found:
            news.add(News(changes={change.object: {change.record}}))
        if found:
            self._position = found[-1].position
        if len(found) == MOST_READ:
            self._wake.set()
        if self._epochs is not None and epochs != self._epochs:
            news.design = epochs[0] if epochs[0] != self._epochs[0] else None
            news.rights_changed = epochs[1] != self._epochs[1]
        self._epochs = epochs
        states = self._states_of(watched)
        for key, state in states.items():
            if (self._states or {}).get(key) != state:
                news.watched[key] = WatchedState(key[0], *state)
        self._states = states
        return news

    def _states_of(self, watched: Sequence[Sequence[Row]]) -> dict[tuple[str, UUID], Any]:
        return {
            (watch.name, row[0]): (row[1], row[2])
            for watch, rows in zip(self._watches, watched, strict=True)
            for row in rows
        }
