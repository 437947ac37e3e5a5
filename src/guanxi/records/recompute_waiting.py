"""Computes what designs and saves left over, a few thousand records per transaction, so that nobody waits for it."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from uuid import UUID

from guanxi.db.failures import DatabaseAway, TookTooLong
from guanxi.db.unit_of_work import UnitOfWork
from guanxi.metadata.computed import computed_fields
from guanxi.metadata.computing_store import (
    SOME,
    Computing,
    count_computing,
    finish_computing,
    move_computing,
    note_failure,
    take_computing,
)
from guanxi.metadata.retype_store import fill
from guanxi.permissions.viewer import Viewer
from guanxi.records.computed_words import set_words_again
from guanxi.records.lock_ahead import lock_to_compute
from guanxi.records.recompute import recompute_fields, recompute_moved_values
from guanxi.records.recompute_store import count_records, ids_after

Writing = Callable[[], AbstractAsyncContextManager[tuple[UnitOfWork, Viewer]]]


async def recompute_waiting(writing: Writing) -> int:
    """How many records were looked at. May be killed at any moment: what was not committed is still left over.

    What cannot be computed does not hold up the rest; its fault is raised when the rest is done.
    """
    looked = 0
    fault: Exception | None = None
    while True:
        one: Computing | None = None
        try:
            async with writing() as (work, viewer):
                one = await take_computing(work)
                if one is not None:
                    looked += await _go_on(work, viewer, one)
        except Exception as error:
            if one is None or (
                isinstance(error, DatabaseAway) and not isinstance(error, TookTooLong)
            ):
                raise
            async with writing() as (work, _):
                await note_failure(work, one, type(error).__name__)
            fault = error
        if one is None:
            break
    if fault is not None:
        raise fault
    return looked


async def _go_on(work: UnitOfWork, viewer: Viewer, one: Computing) -> int:
    """The next records of something left over."""
    known = {computed.field.name for computed in computed_fields(viewer.catalog).of(one.object)}
    fields = [name for name in one.fields if name in known]
    definition = viewer.catalog.objects[one.object]
    # Fields people fill in: their words are made anew, and what they held as another type is read.
    plain = [
        name
        for name in one.fields
        if one.records is None and name in definition.fields and name not in known
    ]
    if not fields and not plain:
        await finish_computing(work, one)
        return 0
    if one.records is not None:
        await finish_computing(work, one)
        await recompute_fields(
            work, viewer, one.object, fields, one.records, actor=one.actor, is_told=True
        )
        return len(one.records)
    if one.total is None:
        await count_computing(work, one, await count_records(work, one.object))
    ids = await ids_after(work, one.object, one.after or UUID(int=0), limit=SOME)
    if ids:
        await lock_to_compute(work, viewer, definition, [*plain, *fields], ids, most=SOME)
        for name in plain:
            converted = await fill(work, definition, name, ids)
            await recompute_moved_values(work, viewer, definition, {name: converted})
        await recompute_fields(
            work, viewer, one.object, fields, ids, actor=None, is_told=False, is_locked=True
        )
        # Words of values that were there before and are not computed again would stay otherwise.
        if plain or any(one.name in fields for one in definition.searchable_fields):
            await set_words_again(work, definition, {"name": ids})
        await move_computing(work, one, ids[-1], len(ids))
    if len(ids) < SOME:
        await finish_computing(work, one)
    return len(ids)
