"""Computes a computed field of every record, a few thousand per transaction, so that nobody waits for it."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from uuid import UUID

from guanxi.db.unit_of_work import UnitOfWork
from guanxi.permissions.viewer import Viewer
from guanxi.records.recompute import SOME, recompute_field
from guanxi.records.recompute_store import ids_after

Writing = Callable[[], AbstractAsyncContextManager[tuple[UnitOfWork, Viewer]]]


async def recompute_all(writing: Writing, object_name: str, field_name: str) -> int:
    """How many records were looked at. May be killed and begun again: what is right already is left alone."""
    after, looked = UUID(int=0), 0
    while True:
        async with writing() as (work, viewer):
            definition = viewer.catalog.find(object_name)
            if definition is None or field_name not in definition.fields:
                return looked
            ids = await ids_after(work, object_name, after, limit=SOME)
            if not ids:
                return looked
            await recompute_field(work, viewer, object_name, field_name, ids)
        after, looked = ids[-1], looked + len(ids)
