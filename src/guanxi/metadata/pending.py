"""What a design leaves to be done after its commit: work on large tables that must block nobody.

Each is a row, written by the transaction of the design, so that it is done even when the process dies. Whoever finishes
it may be killed at any moment: the next one clears away what was left half done.
"""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from psycopg import AsyncConnection
from psycopg.errors import DeadlockDetected, LockNotAvailable, UniqueViolation

from guanxi.db.database import Database
from guanxi.db.locks import LockSpace
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.jobs.job import Lane, NewJob
from guanxi.jobs.queue import enqueue
from guanxi.kit.text import Text, text_of
from guanxi.metadata import ddl, match_store, unique_store
from guanxi.metadata.errors import DesignBusyError
from guanxi.metadata.history_store import write_own_change
from guanxi.metadata.match_keys import MatchKey, key_of_text
from guanxi.metadata.model import FieldDefinition, ObjectDefinition
from guanxi.metadata.store import bump_design, drop_unique_rule, load_catalog
from guanxi.metadata.system_fields import FieldTypes
from guanxi.metadata.unique_rules import unique_of_object

#: The kind of the job that does what is pending.
FINISH_DESIGN = "design.finish"

#: Builds wait so long for transactions that are older than themselves; then they are tried again later.
LOCK_TIMEOUT = "3s"
MOST_ATTEMPTS = 50

_NOT_UNIQUE = Text(
    zh="「{object}」的字段「{field}」没有设为唯一：有的值重复。请先改掉重复的值，再设一次。",
    en="The field “{field}” of “{object}” was not made unique: some values occur more than once."
    " Change those, then try again.",
)

_RULE_NOT_KEPT = Text(
    zh="「{object}」没有要求「{fields}」不重复：已有重复的记录。请先改掉重复的值，再设一次。",
    en="“{object}”: “{fields}” is not kept unique, for some records are alike. Change those, then try again.",
)

_PUT_OFF = "insert into design_pending (object, field, kind) values (%s, %s, %s)"
_TAKE_BACK = "delete from design_pending where object = %s and field = %s and kind = %s"

_log = logging.getLogger(__name__)


class PendingKind(StrEnum):
    """What remains to be done for a field."""

    INDEX = "index"
    UNIQUE = "unique"
    FOREIGN_KEY = "foreign_key"
    #: Of an object's unique rule; its name stands where that of a field would.
    UNIQUE_RULE = "unique_rule"
    #: Of a table, for duplicate rules; the text of the key stands where the name of a field would.
    MATCH_KEY = "match_key"


@dataclass(frozen=True, slots=True)
class Pending:
    """One thing that remains to be done."""

    id: int
    object: str
    field: str
    kind: PendingKind


async def put_off(
    work: UnitOfWork, definition: ObjectDefinition, field: FieldDefinition, kind: PendingKind
) -> None:
    """Leaves something to be done after the commit."""
    await work.execute(_PUT_OFF, [definition.name, field.name, str(kind)])


async def take_back(
    work: UnitOfWork, definition: ObjectDefinition, field: FieldDefinition, kind: PendingKind
) -> None:
    """Nothing of the kind need be done for the field any more."""
    await work.execute(_TAKE_BACK, [definition.name, field.name, str(kind)])


async def put_off_rule(work: UnitOfWork, definition: ObjectDefinition, rule: str) -> None:
    """Leaves the index of a unique rule to be built after the commit."""
    await work.execute(_PUT_OFF, [definition.name, rule, str(PendingKind.UNIQUE_RULE)])


async def take_back_rule(work: UnitOfWork, definition: ObjectDefinition, rule: str) -> None:
    """The index of a unique rule need not be built any more."""
    await work.execute(_TAKE_BACK, [definition.name, rule, str(PendingKind.UNIQUE_RULE)])


async def put_off_key(work: UnitOfWork, key: MatchKey) -> None:
    """Leaves the index of a key to be built after the commit."""
    await take_back_key(work, key)
    await work.execute(_PUT_OFF, [key.object, key.text, str(PendingKind.MATCH_KEY)])


async def take_back_key(work: UnitOfWork, key: MatchKey) -> None:
    """The index of a key need not be built any more."""
    await work.execute(_TAKE_BACK, [key.object, key.text, str(PendingKind.MATCH_KEY)])


async def ask_to_finish(work: UnitOfWork) -> None:
    """Has the worker do what is pending, in case the one who put it off does not live to do it."""
    await enqueue(
        work,
        NewJob(FINISH_DESIGN, Lane.BULK, dedupe_key=FINISH_DESIGN, max_attempt=MOST_ATTEMPTS),
    )


async def pending_of(work: UnitOfWork) -> list[Pending]:
    """What is pending, in order."""
    rows = await work.rows("select id, object, field, kind from design_pending order by id")
    return [Pending(row[0], row[1], row[2], PendingKind(row[3])) for row in rows]


async def finish_pending(database: Database, schema: str, types: FieldTypes) -> None:
    """Does what is pending, one at a time, unless somebody is at it already.

    Raises DesignBusyError when some of it has to wait for others who use the tables.
    """
    async with database.begin(schema) as work:
        if not await pending_of(work):
            return
    is_busy = False
    async with _alone(database, schema) as connection:
        if connection is None:
            return
        async with database.begin(schema) as work:
            waiting = await pending_of(work)
        for one in waiting:
            try:
                await _finish(database, schema, types, connection, one)
            except (LockNotAvailable, DeadlockDetected):
                _log.info("%s.%s: %s has to wait.", one.object, one.field, one.kind)
                is_busy = True
    if is_busy:
        raise DesignBusyError


@asynccontextmanager
async def _alone(
    database: Database, schema: str
) -> AsyncIterator[AsyncConnection[tuple[Any, ...]] | None]:
    """A connection without a transaction, in the workspace; None while another one holds it."""
    key = [int(LockSpace.DESIGN), f"{schema}:pending"]
    async with database.connection() as connection:
        cursor = await connection.execute("select pg_try_advisory_lock(%s, hashtext(%s))", key)
        row = await cursor.fetchone()
        if row is None or not row[0]:
            yield None
            return
        await connection.execute("select set_config('search_path', %s, false)", [schema])
        await connection.execute("select set_config('lock_timeout', %s, false)", [LOCK_TIMEOUT])
        try:
            yield connection
        finally:
            if not connection.closed:
                await connection.execute("reset search_path")
                await connection.execute("reset lock_timeout")
                await connection.execute("select pg_advisory_unlock(%s, hashtext(%s))", key)


async def _finish(
    database: Database,
    schema: str,
    types: FieldTypes,
    connection: AsyncConnection[tuple[Any, ...]],
    one: Pending,
) -> None:
    async with database.begin(schema) as work:
        catalog = await load_catalog(work, types)
    definition = catalog.objects[one.object]
    if one.kind is PendingKind.MATCH_KEY:
        await _finish_key(database, schema, connection, one)
        return
    if one.kind is PendingKind.UNIQUE_RULE:
        await _finish_rule(database, schema, connection, definition, one)
        return
    field = {**definition.fields, **definition.retired_fields}[one.field]
    if one.kind is PendingKind.FOREIGN_KEY:
        await connection.execute(ddl.validate_foreign_key(definition, field))
        is_done = True
    else:
        is_unique = one.kind is PendingKind.UNIQUE
        is_done = await _build_index(connection, definition, replace(field, unique=is_unique))
    async with database.begin(schema) as work:
        await work.execute("select from epoch for update")
        gone = await work.row("delete from design_pending where id = %s returning id", [one.id])
        if gone is not None and not is_done:
            sentence = _NOT_UNIQUE.fill(
                object=text_of(definition.label), field=text_of(field.label)
            )
            await write_own_change(work, [("not_unique", definition, field, sentence)])
        elif gone is not None and one.kind is PendingKind.UNIQUE:
            await work.execute("update field set is_unique = true where id = %s", [field.id])
            await work.execute("select set_config('lock_timeout', %s, true)", [LOCK_TIMEOUT])
            await work.execute(ddl.drop_index(ddl.index_name(one.object, one.field)))
            await bump_design(work)


async def _build_index(
    connection: AsyncConnection[tuple[Any, ...]],
    definition: ObjectDefinition,
    field: FieldDefinition,
) -> bool:
    """Builds the index of a field while others work; False when the values are not unique."""
    name = ddl.index_of(definition, field)
    statement = ddl.create_field_index(definition, field, concurrently=True)
    if name is None or statement is None:
        return True
    return await _build(connection, name, statement)


async def _finish_rule(
    database: Database,
    schema: str,
    connection: AsyncConnection[tuple[Any, ...]],
    definition: ObjectDefinition,
    one: Pending,
) -> None:
    """Builds the index of a unique rule; a rule that does not hold is taken away, and the history says so."""
    checked = unique_of_object({definition.name: definition}, definition)
    unique = next((each for each in checked if each.rule.name == one.field), None)
    is_kept = True
    if unique is not None:
        name = unique_store.index_name(definition, unique)
        statement = unique_store.create_index(definition, unique, concurrently=True)
        is_kept = await _build(connection, name, statement)
    async with database.begin(schema) as work:
        await work.execute("select from epoch for update")
        await work.execute("delete from design_pending where id = %s", [one.id])
        if unique is not None and not is_kept:
            await drop_unique_rule(work, definition.name, unique.rule.name)
            sentence = _RULE_NOT_KEPT.fill(object=text_of(definition.label), fields=unique.label)
            await write_own_change(work, [("not_unique", definition, unique.fields[0], sentence)])


async def _finish_key(
    database: Database, schema: str, connection: AsyncConnection[tuple[Any, ...]], one: Pending
) -> None:
    """Builds the index of a key duplicate rules look for, if any still does."""
    key = key_of_text(one.object, one.field)
    async with database.begin(schema) as work:
        is_needed = key in await match_store.needed_keys(work)
    if is_needed:
        statement = match_store.create_index(key, concurrently=True)
        await _build(connection, match_store.index_name(key), statement)
    async with database.begin(schema) as work:
        await work.execute("delete from design_pending where id = %s", [one.id])


async def _build(connection: AsyncConnection[tuple[Any, ...]], name: str, statement: str) -> bool:
    """Builds an index while others work; False when values are not unique."""
    cursor = await connection.execute(
        "select indisvalid from pg_index where indexrelid = to_regclass(quote_ident(%s))", [name]
    )
    left_behind = await cursor.fetchone()
    if left_behind is not None and not left_behind[0]:
        await connection.execute(ddl.drop_index(name))
    try:
        await connection.execute(statement)
    except UniqueViolation:
        # Somebody wrote a value twice after the design had looked.
        _log.warning("There will be no index %s: values are not unique.", name)
        await connection.execute(ddl.drop_index(name))
        return False
    return True
