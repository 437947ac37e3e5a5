"""The words of background work: job, lane, handler, lease."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Any, Protocol

from guanxi.db.unit_of_work import UnitOfWork


class Lane(IntEnum):
    """Jobs of one lane wait for each other, lanes do not.

    Flow, rule and cron jobs are database work: the job is removed by the transaction that does it. I/O and bulk jobs are
    leased: they may take long, are done outside of a transaction and possibly twice.
    """

    FLOW = 0
    RULE = 1
    IO = 2
    BULK = 3
    CRON = 4

    @property
    def is_leased(self) -> bool:
        return self in (Lane.IO, Lane.BULK)


@dataclass(frozen=True, slots=True)
class NewJob:
    """Work to be done after the commit.

    Of jobs with the same kind and `dedupe_key` only one waits. Jobs with the same lane and `serial_key` are done one after
    the other, in the order in which they were queued.
    """

    kind: str
    lane: Lane
    payload: Mapping[str, Any] = field(default_factory=dict)
    dedupe_key: str | None = None
    serial_key: str | None = None
    #: Not before; None is at once.
    due_at: datetime | None = None
    #: None is what is usual in its lane.
    max_attempt: int | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A job in the hands of a worker; `attempt` counts from 1."""

    id: int
    lane: Lane
    kind: str
    payload: Mapping[str, Any]
    attempt: int
    max_attempt: int
    dedupe_key: str | None = None
    serial_key: str | None = None

    @property
    def idempotency_key(self) -> str:
        """What a receiver outside can tell a repetition by."""
        return f"job:{self.id}"


class LeaseLostError(RuntimeError):
    """The job took too long without a sign of life and belongs to another worker now."""


class Lease(Protocol):
    """The right to work on a leased job for now; it is prolonged while the handler runs."""

    async def finish(self, work: UnitOfWork) -> None:
        """Removes the job in the handler's own last transaction, so that result and removal are one.

        Raises LeaseLostError when the job is another worker's by now; the transaction must then not be committed.
        """
        ...


DatabaseHandler = Callable[[UnitOfWork, Job], Awaitable[None]]
LeasedHandler = Callable[[Job, Lease], Awaitable[None]]


class Handlers:
    """Who does which kind of job."""

    def __init__(self) -> None:
        self._database: dict[str, DatabaseHandler] = {}
        self._leased: dict[str, LeasedHandler] = {}
        self._giving_up: dict[str, DatabaseHandler] = {}

    def register_database(self, kind: str, run: DatabaseHandler) -> None:
        """Work within one transaction, done exactly once."""
        self._refuse_twice(kind)
        self._database[kind] = run

    def register_leased(
        self, kind: str, run: LeasedHandler, *, give_up: DatabaseHandler | None = None
    ) -> None:
        """Long or outside work, done at least once.

        `give_up` joins in the transaction that buries a job, so that whoever waits for it hears that nobody will do it.
        """
        self._refuse_twice(kind)
        self._leased[kind] = run
        if give_up is not None:
            self._giving_up[kind] = give_up

    def kinds(self, lane: Lane) -> list[str]:
        return list(self._leased if lane.is_leased else self._database)

    def database(self, kind: str) -> DatabaseHandler:
        return self._database[kind]

    def leased(self, kind: str) -> LeasedHandler:
        return self._leased[kind]

    def giving_up(self, kind: str) -> DatabaseHandler | None:
        return self._giving_up.get(kind)

    def _refuse_twice(self, kind: str) -> None:
        if kind in self._database or kind in self._leased:
            raise ValueError(f"A handler of jobs of kind '{kind}' is registered already.")
