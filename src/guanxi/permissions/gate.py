"""The way in: every read and every write of a person passes here and meets the rights of this very moment.

What is known of people, rights and the design is kept in the process. Each request carries one guard statement ahead of
its own, in the same round trip, that tells whether what is kept still holds; if not, it is loaded anew and the request
is done again. So a revoked right ends with the request that follows it, on every process.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from guanxi.auth.errors import NotSignedInError
from guanxi.auth.guard import Guard, guard_of, guard_statement
from guanxi.auth.model import Person
from guanxi.auth.store import load_person
from guanxi.db.database import Database, Statement
from guanxi.db.unit_of_work import Row, UnitOfWork
from guanxi.fields.field_type import FieldType
from guanxi.kit.errors import ConflictError, GuanxiError
from guanxi.kit.registry import Registry
from guanxi.kit.text import Locale, Text
from guanxi.metadata.model import Catalog
from guanxi.metadata.store import load_catalog
from guanxi.permissions.lines import with_lines
from guanxi.permissions.model import Rights
from guanxi.permissions.rights import load_rights
from guanxi.permissions.viewer import Source, Viewer, system_viewer

MOST_TRIES = 3
MOST_PEOPLE = 5000


class RestlessError(ConflictError):
    """Rights or design changed again and again during one request."""

    code = "changed_meanwhile"
    title = Text(zh="设置正在变化", en="Settings are changing")
    sentence = Text(
        zh="权限或设计刚刚变更，请再试一次。",
        en="Rights or the design changed just now; please try again.",
    )


@dataclass(frozen=True, slots=True)
class Credential:
    """What somebody shows to be let in, and how they wish to be answered."""

    #: SHA-256 of the session secret or of the token.
    digest: bytes
    source: Source
    #: The language asked for by the request; None for the person's own.
    locale: Locale | None = None


Answer = TypeVar("Answer")


@dataclass(frozen=True)
class PreparedRead(Generic[Answer]):
    """Statements to be sent together and what becomes of their rows."""

    statements: Sequence[Statement]
    finish: Callable[[list[list[Row]]], Answer]


@dataclass(frozen=True, slots=True)
class WorkspaceFacts:
    """What the workspace says of itself."""

    zone: ZoneInfo
    locale: Locale


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the process keeps of a person."""

    person: Person
    rights: Rights


class Gate:
    """Lets people and jobs into one workspace."""

    def __init__(
        self,
        database: Database,
        schema: str,
        field_types: Registry[FieldType[Any]],
        facts: WorkspaceFacts,
    ) -> None:
        self._database = database
        self._schema = schema
        self._field_types = field_types
        self._facts = facts
        self._catalog: Catalog | None = None
        self._rights_epoch = -1
        self._people: dict[UUID, _Kept] = {}
        self._known: dict[bytes, UUID] = {}

    async def read(
        self, credential: Credential, prepare: Callable[[Viewer], PreparedRead[Answer]]
    ) -> Answer:
        """Reads as the person of the credential. Raises NotSignedInError, and what `prepare` raises.

        A refusal counts only when what it was founded on still holds: a field added a moment ago is there.
        """
        for _ in range(MOST_TRIES):
            viewer = self._kept_viewer(credential) or await self._load_viewer(credential)
            prepared, refusal = _tried(prepare, viewer)
            guard_rows, *rows = await self._database.read(
                self._schema,
                guard_statement(self._schema, credential.digest),
                *(prepared.statements if prepared else ()),
            )
            guard = guard_of(guard_rows[0])
            if guard.person is None:
                self._known.pop(credential.digest, None)
                raise NotSignedInError
            if self._holds(guard, viewer):
                if refusal is not None:
                    raise refusal
                if prepared is not None:
                    return prepared.finish(rows)
            self._forget()
        raise RestlessError

    async def viewer(self, credential: Credential) -> Viewer:
        """The person of the credential, as of now."""
        return await self.read(credential, lambda viewer: PreparedRead((), lambda _: viewer))

    @asynccontextmanager
    async def write(
        self, credential: Credential, *, pipelined: bool = True
    ) -> AsyncIterator[tuple[UnitOfWork, Viewer]]:
        """A unit of work as the person of the credential. Raises NotSignedInError.

        Pipelined, statements whose results nobody awaits travel together with the next one, and fail with it.
        """
        async with self._database.begin(self._schema, pipelined=pipelined) as work:
            statement = guard_statement(self._schema, credential.digest)
            row = await work.row(statement.text, statement.parameters)
            guard = guard_of(row) if row else None
            if guard is None or guard.person is None:
                raise NotSignedInError
            yield work, await self._viewer_at(work, guard, credential)

    @asynccontextmanager
    async def long_read(self, credential: Credential) -> AsyncIterator[tuple[UnitOfWork, Viewer]]:
        """A read that takes its time, through a cursor of the server. Raises NotSignedInError."""
        async with self._database.begin(self._schema) as work:
            await work.execute("set transaction read only")
            statement = guard_statement(self._schema, credential.digest)
            row = await work.row(statement.text, statement.parameters)
            guard = guard_of(row) if row else None
            if guard is None or guard.person is None:
                raise NotSignedInError
            yield work, await self._viewer_at(work, guard, credential)

    @asynccontextmanager
    async def system_write(
        self, source: Source, *, batch: UUID | None = None
    ) -> AsyncIterator[tuple[UnitOfWork, Viewer]]:
        """A unit of work that acts for nobody and may do everything."""
        async with self._database.begin(self._schema) as work:
            yield work, await self.system_viewer(work, source, batch=batch)

    async def system_viewer(
        self, work: UnitOfWork, source: Source, *, batch: UUID | None = None
    ) -> Viewer:
        """A viewer that acts for nobody and may do everything, at the design of this moment."""
        return system_viewer(
            await self.catalog(work),
            zone=self._facts.zone,
            locale=self._facts.locale,
            source=source,
            batch=batch,
        )

    async def person_viewer(
        self, work: UnitOfWork, person: UUID, source: Source, *, batch: UUID | None = None
    ) -> Viewer:
        """A viewer for somebody in whose name a job works. Raises NotSignedInError when they have left."""
        guard = guard_of((await work.rows(*_epochs(self._schema)))[0])
        viewer = await self._viewer_at(
            work,
            Guard(design=guard.design, rights=guard.rights, person=person),
            Credential(b"", source),
        )
        return replace(viewer, batch=batch)

    async def catalog(self, work: UnitOfWork) -> Catalog:
        """The design as of this transaction."""
        version = await work.value("select design from epoch")
        if self._catalog is None or self._catalog.version != version:
            self._catalog = await load_catalog(work, self._field_types)
        return self._catalog

    def _kept_viewer(self, credential: Credential) -> Viewer | None:
        person = self._known.get(credential.digest)
        kept = self._people.get(person) if person else None
        if kept is None or self._catalog is None:
            return None
        return self._make(kept, self._catalog, credential)

    async def _load_viewer(self, credential: Credential) -> Viewer:
        async with self._database.begin(self._schema) as work:
            statement = guard_statement(self._schema, credential.digest)
            row = await work.row(statement.text, statement.parameters)
            guard = guard_of(row) if row else None
            if guard is None or guard.person is None:
                raise NotSignedInError
            return await self._viewer_at(work, guard, credential)

    async def _viewer_at(self, work: UnitOfWork, guard: Guard, credential: Credential) -> Viewer:
        if self._rights_epoch != guard.rights:
            self._forget()
            self._rights_epoch = guard.rights
        catalog = self._catalog
        if catalog is None or catalog.version != guard.design:
            catalog = self._catalog = await load_catalog(work, self._field_types)
        if guard.person is None:
            raise NotSignedInError
        kept = self._people.get(guard.person)
        if kept is None:
            person = await load_person(work, guard.person)
            if person is None or not person.active:
                raise NotSignedInError
            if len(self._people) >= MOST_PEOPLE:
                self._forget()
            kept = self._people[guard.person] = _Kept(person, await load_rights(work, person))
        if credential.digest:
            self._known[credential.digest] = guard.person
        return self._make(kept, catalog, credential)

    def _make(self, kept: _Kept, catalog: Catalog, credential: Credential) -> Viewer:
        return Viewer(
            person=kept.person,
            rights=with_lines(kept.rights, catalog),
            catalog=catalog,
            locale=credential.locale or kept.person.locale,
            zone=self._facts.zone,
            source=credential.source,
        )

    def _holds(self, guard: Guard, viewer: Viewer) -> bool:
        return (
            guard.person == viewer.person_id
            and guard.rights == self._rights_epoch
            and guard.design == viewer.catalog.version
        )

    def _forget(self) -> None:
        self._people.clear()
        self._known.clear()
        self._rights_epoch = -1


def _tried(
    prepare: Callable[[Viewer], PreparedRead[Answer]], viewer: Viewer
) -> tuple[PreparedRead[Answer] | None, GuanxiError | None]:
    try:
        return prepare(viewer), None
    except GuanxiError as error:
        return None, error


def _epochs(schema: str) -> tuple[str, dict[str, object]]:
    statement = guard_statement(schema, None)
    return statement.text, dict(statement.parameters)
